"""The PULL/PUSH symbol in templates."""

from typing import Any

from django import template

from places.symbols import HEAD_SIZE, ROW_SIZE, head_symbol, row_symbol

register = template.Library()


@register.inclusion_tag("components/symbol.html")
def halves(pull: int, push: int, size: int = ROW_SIZE) -> dict[str, Any]:
    """An entry's symbol in a row: decoration beside words, so hidden from screen readers."""
    return {"symbol": row_symbol(pull, push, size), "size": size, "numbers": False}


@register.inclusion_tag("components/symbol.html")
def big_symbol(pull: int, push: int) -> dict[str, Any]:
    """A place's symbol with its two numbers."""
    return {"symbol": head_symbol(pull, push), "size": HEAD_SIZE, "numbers": True}
