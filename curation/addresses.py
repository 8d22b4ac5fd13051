"""Addresses made of one word: a list names a hundred of them, and Django would work out each anew."""

from functools import cache

from django.urls import get_script_prefix, reverse
from django.utils import translation

WORD = "x"


def address(route: str, word: str, language: str | None = None) -> str:
    """Where a route with one word leads, in the reader's language unless another is given.

    The word must be one the route takes: letters, digits, hyphens and underscores.
    """
    before, after = _around(route, language or translation.get_language(), get_script_prefix())
    return f"{before}{word}{after}"


@cache
def _around(route: str, language: str, _prefix: str) -> tuple[str, str]:
    """What stands before and after the word."""
    with translation.override(language):
        before, _word, after = reverse(route, args=[WORD]).rpartition(WORD)
    return before, after
