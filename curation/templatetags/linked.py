"""Data for machines in a block of a page, which no browser runs."""

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# With these nothing in a text can end the block or begin another element, whoever reads it how.
ESCAPED = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


@register.filter
def linked_block(data: Any) -> SafeString:
    """JSON-LD as a data block."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(ESCAPED)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308
