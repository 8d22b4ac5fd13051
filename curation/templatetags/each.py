"""A loop for what a page writes hundreds of times: the words in between are put together once."""

import html
from collections.abc import Iterable
from string import Formatter
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, TextNode, Token, render_value_in_context
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


class Each(template.Node):
    """`{% each options %}<li>{label}</li>{% endeach %}`: the same for each, with what it has of these names.

    Everything else inside is rendered once, so it cannot depend on the one that is written. Values are
    escaped as `{{ }}` would; whole numbers stand as they are.
    """

    def __init__(self, items: FilterExpression, inside: NodeList) -> None:
        self.items, self.inside = items, inside
        texts = [node.s for node in inside if isinstance(node, TextNode)]
        self.names = sorted({name for text in texts for name in _names(text)})

    def render(self, context: template.Context) -> SafeString:
        items: Iterable[Any] = self.items.resolve(context)
        pattern = "".join(_pattern(node, context) for node in self.inside)
        written = [
            pattern.format_map({name: _said(getattr(item, name), context) for name in self.names})
            for item in items
        ]
        return mark_safe("".join(written))  # noqa: S308


def _said(value: Any, context: template.Context) -> str:
    if isinstance(value, SafeString):
        return value
    if isinstance(value, int):
        return str(value)
    return html.escape(value) if isinstance(value, str) else render_value_in_context(value, context)


def _names(text: str) -> list[str]:
    """What is put into a text; nothing but names, so that no value can ask for more."""
    found = [part[1:] for part in Formatter().parse(text) if part[1] is not None]
    for name, spec, conversion in found:
        if not name or not name.isidentifier() or spec or conversion:
            raise template.TemplateSyntaxError(f"each: {name!r} is no name")
    return [str(name) for name, *_rest in found]


def _pattern(node: template.Node, context: template.Context) -> str:
    if isinstance(node, TextNode):
        return node.s
    return str(node.render_annotated(context)).replace("{", "{{").replace("}", "}}")


@register.tag
def each(parser: Parser, token: Token) -> Each:
    """`{% each items %}…{% endeach %}`."""
    _name, items = token.split_contents()
    inside = parser.parse(("endeach",))
    parser.delete_first_token()
    return Each(parser.compile_filter(items), inside)
