"""What partners need to know before they can answer, and the text that is made of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from curation.models import Record


class Asked(models.TextChoices):
    """What is asked of those who are written to."""

    KNOWLEDGE = "knowledge", gettext_lazy("Knowledge and experience")
    DATA = "data", gettext_lazy("Access to data")
    SITE = "site", gettext_lazy("A place to try something out")
    CITIZENS = "citizens", gettext_lazy("Citizens’ time")
    STAFF = "staff", gettext_lazy("Staff’s time")
    APPLICANT = "applicant", gettext_lazy("To apply for funding together")
    OTHER = "other", gettext_lazy("Something else")


class Funding(models.TextChoices):
    """Whether there is money for it."""

    FUNDED = "funded", pgettext_lazy("funding", "The money is there")
    APPLIED = "applied", pgettext_lazy("funding", "It is applied for, or about to be")
    NONE = "none", pgettext_lazy("funding", "There is none yet")
    NOT_NEEDED = "not_needed", pgettext_lazy("funding", "None is needed")


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
