"""What every form about an entry has in common."""

from typing import Any, ClassVar

from django import forms

from .models import Entry


class Section(forms.Form):
    """One part of what is said of an entry: a step of registering it, a section of editing it.

    Values of fields named like a column of the entry are put there; what is kept elsewhere a section says,
    writes and compares itself.
    """

    slug: ClassVar[str]
    title: ClassVar[Any]

    @classmethod
    def said(cls, entry: Entry) -> dict[str, Any]:
        """What the entry says now, as initial values of the fields."""
        return {name: getattr(entry, name) for name in cls.base_fields if _has_column(entry, name)}

    def write(self, entry: Entry) -> None:
        """Put the cleaned values on the entry and its record; saving them is the caller's."""
        for name, value in self.cleaned_data.items():
            if _has_column(entry, name):
                setattr(entry, name, value)

    def write_ties(self, entry: Entry) -> None:
        """Save what hangs on the entry: themes, places, links. Called after the entry was saved."""


def _has_column(entry: Entry, name: str) -> bool:
    return any(field.name == name for field in entry._meta.concrete_fields)
