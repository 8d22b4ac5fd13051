"""The version of an entry that a page was made from, as the page sends it back."""

from collections.abc import Mapping

NONE = 0  # no entry is in this version, so a page that does not tell its own is overtaken


def version_in(sent: Mapping[str, str]) -> int:
    """The version a form names; a missing or forged one is that of no entry."""
    text = str(sent.get("version", ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else NONE
