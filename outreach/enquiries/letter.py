"""What partners need to know before they can answer, and the text that is made of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from curation.models import Record

from ..choices import Asked, Funding


@dataclass(frozen=True)
class Letter:
    """An enquiry as it was written: the text, who writes, and which of their own entries it is about.

    `email` is empty for somebody with an account, who is answered there.
    """

    text: str
    name: str
    organisation: str
    email: str = ""
    language: str = "da"
    about: Record | None = None


def text_of(said: Mapping[str, Any]) -> str:
    """The answers of the form one below the other, each under its question, in the language of the moment."""
    parts = [
        (_("What the project is about"), said["project"]),
        (_("What we ask of you"), _asks(said["asks"], said["asks_more"])),
        (_("What you get from it"), said["gets"]),
        (_("When, and for how long"), said["when"]),
        (_("Funding"), str(Funding(said["funding"]).label)),
    ]
    return "\n\n".join(f"{heading}:\n{text}" for heading, text in parts)


def _asks(chosen: Iterable[str], more: str) -> str:
    lines = [f"– {Asked(one).label}" for one in chosen]
    return "\n".join([*lines, more] if more else lines)
