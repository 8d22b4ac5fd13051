"""The columns of each kind of entry: what they are called, what they hold, and who may read them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any

from django import forms
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy

from actors.forms.entries import PickEntries
from actors.forms.picking import PickActors
from curation.fields import Degrees, Lines, PickPlaces, PickThemes
from curation.forms import Section
from curation.models import Record
from curation.months import Month
from places.danish import fold

from ..history.events import MODELS
from ..sections import SECTIONS

ID = "id"
LANGUAGES = ("da", "en")
# Told where the other party is asked, or, whose own an organisation is, by who belongs to it.
LEFT_OUT = frozenset(("parties", "partners", "missions", "needs", "offers", "own"))
# Held for those who look after an entry; no public file has them.
NOT_PUBLIC = frozenset(("contact_email", "email_domain"))
BESIDES: Mapping[str, Any] = {
    ID: gettext_lazy("Public id"),
    "themes": gettext_lazy("Themes"),
    "places": gettext_lazy("Places"),
}
YES, NO = "True", "False"
# What people call columns in lists of their own.
ALSO_CALLED: Mapping[str, str] = {
    "navn": "name_da", "name": "name_da", "titel": "name_da", "title": "name_da",
    "resume": "summary_da", "summary": "summary_da", "kort beskrivelse": "summary_da",
    "beskrivelse": "description_da", "description": "description_da", "hjemmeside": "website",
    "webadresse": "website", "url": "website", "link": "website", "web": "website", "kommune": "places",
    "kommuner": "places", "municipality": "places", "sted": "places", "place": "places", "tema": "themes",
    "theme": "themes", "emner": "themes", "organisation": "owner", "cvr nummer": "cvr", "cvr nr": "cvr",
    "breddegrad": "latitude", "laengdegrad": "longitude", "e mail": "contact_email", "mail": "contact_email",
    "email": "contact_email", "kilde": "source", "offentligt id": "id", "post id": "id",
}  # fmt: skip


class Look(StrEnum):
    """What a cell of a column holds."""

    ID = "id"
    TEXT = "text"
    LINES = "lines"
    CHOICE = "choice"
    CHOICES = "choices"
    DATE = "date"
    MONTH = "month"
    YEAR = "year"
    DEGREES = "degrees"
    ENTRY = "entry"
    THEMES = "themes"
    PLACES = "places"


LOOKS: Sequence[tuple[type[forms.Field], Look]] = (
    (PickThemes, Look.THEMES),
    (PickPlaces, Look.PLACES),
    (PickActors, Look.ENTRY),
    (PickEntries, Look.ENTRY),
    (forms.MultipleChoiceField, Look.CHOICES),
    (forms.ChoiceField, Look.CHOICE),
    (forms.DateField, Look.DATE),
    (Month, Look.MONTH),
    (Degrees, Look.DEGREES),
    (forms.IntegerField, Look.YEAR),
    (Lines, Look.LINES),
)


@dataclass(frozen=True)
class Column:
    """One column: the field it stands for, and the section that holds it.

    `id` has neither, and that something has ended has no section: files tell it, a page of its own asks it.
    """

    kind: str
    name: str
    look: Look
    required: bool = False
    section: type[Section] | None = field(default=None, compare=False)
    field: Any = field(default=None, compare=False)

    @property
    def public(self) -> bool:
        """Whether a file for everybody may have it."""
        return self.name not in NOT_PUBLIC

    @property
    def only_told(self) -> bool:
        """Whether files only tell it: a file that says something else is refused."""
        return self.section is None and self.name != ID

    @property
    def many(self) -> bool:
        """Whether a cell may hold several, parted by a semicolon."""
        return self.look in (Look.CHOICES, Look.THEMES, Look.PLACES)

    @property
    def listed(self) -> bool:
        """Whether cells hold what many rows say alike: words of a list, names, days."""
        return self.look not in (Look.ID, Look.TEXT, Look.LINES, Look.DEGREES)

    @property
    def of(self) -> str:
        """The kind of entry a cell names; empty where it names none."""
        return str(self.field.what) if self.look == Look.ENTRY else ""

    def heading(self, language: str) -> str:
        """What a file calls it: its label, or for machines (no language) the field's name."""
        return self.label(language) if language else self.name

    def label(self, language: str) -> str:
        """What people call it."""
        return _labels(self)[language]

    def options(self, language: str) -> Mapping[str, str]:
        """The words of its list by their codes, in order; without a language the codes."""
        return _options(self)[language]


@cache
def columns_of(kind: str, *, public: bool = False) -> tuple[Column, ...]:
    """What of an entry of a kind stands in a file, in order; only what everybody may read if `public`."""
    columns = [Column(kind, ID, Look.ID)]
    for section in SECTIONS[kind]:
        columns += [
            Column(kind, name, _look(field), field.required, section, field)
            for name, field in section(checked=False).fields.items()
            if name not in LEFT_OUT
        ]
    columns += [Column(kind, name, _look(field), field=field) for name, field in _end_of(kind).items()]
    return tuple(column for column in columns if column.public or not public)


@cache
def _end_of(kind: str) -> Mapping[str, forms.Field]:
    yes_no = (("", ""), (YES, gettext_lazy("Yes")), (NO, gettext_lazy("No")))
    return {"ended": forms.ChoiceField(choices=yes_no), "ended_on": forms.DateField()}


def column_for(kind: str, heading: str) -> Column | None:
    """The column a file means by a heading: its name, or its label in Danish or English."""
    return _meant(kind).get(_plain(heading))


@cache
def _meant(kind: str) -> Mapping[str, Column]:
    """Columns by all they may be called; what a form asks gives way to what another column is called."""
    meant: dict[str, Column] = {}
    for column in columns_of(kind):
        meant[column.name] = column
        for language in LANGUAGES:
            meant.setdefault(_plain(column.label(language)), column)
    for column in columns_of(kind):
        if column.section is not None:
            for language in LANGUAGES:
                with translation.override(language):
                    meant.setdefault(_plain(str(column.field.label)), column)
    named = {column.name: column for column in columns_of(kind)}
    return {called: named[name] for called, name in ALSO_CALLED.items() if name in named} | meant


def _plain(heading: str) -> str:
    """Without capitals, stars and marks; a name in the code stays as it is."""
    lowered = heading.strip().lower()
    return lowered if "_" in lowered else fold(lowered)


def _look(field: forms.Field) -> Look:
    return next((look for made, look in LOOKS if isinstance(field, made)), Look.TEXT)


@cache
def _labels(column: Column) -> Mapping[str, str]:
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = _label(column)
    return found


def _label(column: Column) -> str:
    if column.name in BESIDES:
        return str(BESIDES[column.name])
    held = _held(column)
    return capfirst(str(held.verbose_name)) if held is not None else str(column.field.label)


def _held(column: Column) -> Any:
    """The column of the table that holds it: of the entry, or of its record."""
    for model in (MODELS[column.kind], Record):
        columns: Any = model._meta  # noqa: SLF001 - Django's own name for it
        held = next((one for one in columns.concrete_fields if one.name == column.name), None)
        if held is not None:
            return held
    return None


@cache
def _options(column: Column) -> Mapping[str, Mapping[str, str]]:
    codes = [code for code, _label in _choices(column) if code]
    found: dict[str, Mapping[str, str]] = {"": {code: code for code in codes}}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = {code: str(label) for code, label in _choices(column) if code}
    return found


def _choices(column: Column) -> list[tuple[str, Any]]:
    """What a form offers, and what the table may hold besides: how what has ended has ended."""
    if column.look not in (Look.CHOICE, Look.CHOICES):
        return []
    held = _held(column)
    held = getattr(held, "base_field", held)
    said = {YES: gettext("Yes"), NO: gettext("No")} if column.name == "new_here" else {}
    offered = {str(code): label for code, label in column.field.choices}
    kept = {str(code): label for code, label in getattr(held, "choices", None) or () if code is not None}
    return list((offered | kept | said).items())
