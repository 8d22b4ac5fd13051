"""Rows put to the sections of the forms, so that a file follows every rule a form follows.

Ten thousand forms would take minutes. So each section is made once and asked again and again: a value is
cleaned by its field once for all rows that have it, and what goes with what is judged by the section's own
`clean` on values cleaned before.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _

from accounts.models import User
from actors.choices import OfferStatus
from actors.forms.picking import Chosen
from actors.models import Refusal
from curation.choices import Kind, State
from curation.forms import Section, Words
from curation.models import Record
from curation.reference import Reference
from curation.ties import AT_SEAT
from keeping.columns import Column, Look, columns_of
from keeping.columns.saying import POINT, public_id_in
from keeping.editing import FOLLOW
from keeping.history.events import MODELS
from keeping.sections import SECTIONS
from labs.forms.values import VALUE_FIELDS
from missions.choices import NeedStatus

# What a new entry says of itself where the file has no such column.
AT_FIRST: Mapping[str, Words] = {
    Kind.NEED: {"status": [NeedStatus.OPEN.value]},
    Kind.OFFER: {"status": [OfferStatus.OPEN.value]},
}
type Problems = dict[str, list[str]]


@dataclass
class Bound:
    """What a row says as values, section by section, and what is wrong with it."""

    problems: Problems = field(default_factory=dict)
    sections: list[tuple[Section, dict[str, Any]]] = field(default_factory=list)

    @property
    def values(self) -> dict[str, Any]:
        """All of them by name; names are unique over the sections of a kind."""
        return {name: value for _section, cleaned in self.sections for name, value in cleaned.items()}


class Binder:
    """Binds rows of one kind. `expect` reads at once what some rows name."""

    def __init__(self, kind: str, *, by: User, reference: Reference | None = None) -> None:
        self.kind, self.by = kind, by
        self.model: Any = MODELS[kind]
        self.reference = reference or Reference.now()
        self.columns = {column.name: column for column in columns_of(kind) if column.section}
        self._sections: dict[tuple[Any, ...], Section] = {}
        self._cleaned: dict[tuple[int, str, tuple[str, ...]], Any] = {}
        self._things: dict[str, Any] = {}
        self._refused: set[tuple[int, int]] = set()

    def expect(self, many: Iterable[Words], entries: Collection[Any] = ()) -> None:
        """Read the entries that words name, and who has declined to be tied to which entry."""
        wanted: dict[str, set[str]] = {}
        for words in many:
            for name, said in words.items():
                column = self.columns.get(name)
                if column is not None and column.look == Look.ENTRY and said:
                    ids = {public_id_in(column, word) for word in said}
                    wanted.setdefault(column.of, set()).update(ids - self._things.keys())
        for kind, ids in wanted.items():
            model: Any = MODELS[kind]
            found = model.objects.filter(record__public_id__in=ids, record__state=State.PUBLISHED)
            for thing in found.select_related("record").defer("record__search_da", "record__search_en"):
                self._things[thing.record.public_id] = thing
        held = [entry.pk for entry in entries]
        self._refused |= set(Refusal.objects.filter(record__in=held).values_list("record_id", "actor_id"))

    # Judging

    def new(self, words: Words) -> Bound:
        """A row that would make an entry, with every section."""
        return self._bind(self.blank(), AT_FIRST.get(self.kind, {}) | words, self.columns.keys())

    def changed(self, entry: Any, words: Words, said: Words) -> Bound:
        """A row that would change an entry that says `said`, with the sections it touches.

        What was wrong before is not the row's fault.
        """
        bound = self._bind(entry, words, words.keys(), said)
        if bound.problems:
            before = self._bind(entry, {}, words.keys(), said).problems
            bound.problems = {
                name: left
                for name, told in bound.problems.items()
                if (left := [one for one in told if one not in before.get(name, ())])
            }
        return bound

    def blank(self) -> Any:
        """An entry that is nowhere yet and is read as public, as it will be."""
        return self.model(record=Record(kind=self.kind, state=State.PUBLISHED, created_by=self.by))

    def _bind(self, entry: Any, words: Words, touched: Collection[str], said: Words | None = None) -> Bound:
        bound = Bound()
        for made in SECTIONS[self.kind]:
            section = self._section(made, entry)
            names = [name for name in section.fields if name in self.columns]
            if any(name in touched for name in names):
                self._check(section, entry, {name: words.get(name) for name in names}, said or {})
                bound.sections.append((section, section.cleaned_data))
                for name, errors in section.errors.items():
                    key = name if name in self.columns else ""
                    bound.problems.setdefault(key, []).extend(str(error) for error in errors)
        return bound

    def _section(self, made: type[Section], entry: Any) -> Section:
        """One for all entries of which it asks the same."""
        asked = (made, entry.pk is None, entry.ended, entry.ended and getattr(entry, "status", ""))
        if asked not in self._sections:
            self._sections[asked] = made(entry=entry, initial={}, by=self.by, reference=self.reference)
        section = self._sections[asked]
        section.entry = entry
        return section

    def _check(
        self, section: Section, entry: Any, words: Mapping[str, list[str] | None], before: Words
    ) -> None:
        """As a form does it: field by field, then together. What a row is silent of stays as it is."""
        section._errors = ErrorDict(renderer=section.renderer)  # noqa: SLF001 - as a form begins
        section.cleaned_data = {}
        for name, said in words.items():
            column = self.columns[name]
            try:
                if said is None and entry.pk is not None:
                    self._as_it_is(section, entry, column, before.get(name, []))
                    continue
                section.cleaned_data[name] = self._value(section, column, said or [])
                self._may_be_named(entry, column, section.cleaned_data[name])
                if clean := getattr(section, f"clean_{name}", None):
                    section.cleaned_data[name] = clean()
            except ValidationError as error:
                section.add_error(name, error)
        form: Any = section
        form._clean_form()  # noqa: SLF001 - as a form ends

    def _as_it_is(self, section: Section, entry: Any, column: Column, said: Sequence[str]) -> None:
        """For the rules over several fields. The owner and the themes are written only where they change."""
        name, cleaned = column.name, section.cleaned_data
        if name in section.of_record:
            cleaned[name] = getattr(entry.record, name)
        elif name == "places":
            cleaned[name] = [self.reference.place_at[one] for one in said]
        elif name in POINT and entry.point_basis == AT_SEAT:
            cleaned[name] = None
        elif name in _concrete(self.model) and name != "owner":
            cleaned[name] = getattr(entry, name)
        elif name in VALUE_FIELDS:
            cleaned[name] = section.fields[name].clean(said[0] if said else "")

    def _value(self, section: Section, column: Column, said: Sequence[str]) -> Any:
        """Cleaned once for all rows that say the same of a list."""
        if not column.listed:
            return self._clean(section.fields[column.name], column, said)
        key = (id(section), column.name, tuple(said))
        if key not in self._cleaned:
            try:
                self._cleaned[key] = self._clean(section.fields[column.name], column, said)
            except ValidationError as error:
                self._cleaned[key] = error
        value = self._cleaned[key]
        if isinstance(value, ValidationError):
            raise value
        return value

    def _clean(self, form_field: Any, column: Column, said: Sequence[str]) -> Any:
        if column.look == Look.ENTRY:
            return self._named(form_field, column, said)
        if column.look in (Look.THEMES, Look.PLACES, Look.CHOICES):
            return form_field.clean(list(said))
        return form_field.clean(said[0] if said else "")

    def _named(self, form_field: Any, column: Column, said: Sequence[str]) -> list[Any]:
        ids = [public_id_in(column, word) for word in said]
        if not ids and form_field.required:
            raise ValidationError(form_field.error_messages["required"])
        if gone := [one for one in ids if one not in self._things]:
            raise ValidationError(form_field.error_messages["gone"], params={"value": gone[0]})
        things = [self._things[one] for one in ids]
        return [Chosen(one, None, {}, {}) for one in things] if column.of == Kind.ACTOR else things

    def _may_be_named(self, entry: Any, column: Column, value: Any) -> None:
        """Nobody is tied to an entry they have declined to be tied to."""
        if column.look != Look.ENTRY or column.of == Kind.ACTOR or entry.pk is None:
            return
        for thing in value:
            owner = getattr(thing, "owner_id", None)
            if (entry.pk, owner) in self._refused and getattr(entry, f"{column.name}_id") != thing.pk:
                raise ValidationError(_("%(names)s: it has been declined here.") % {"names": thing.name})

    # Writing

    def write(self, bound: Bound, entry: Any, touched: Collection[str] | None = None) -> list[str]:
        """Put the values on the entry; gives the columns that then say something else.

        Of an entry that is known only what is `touched` changes, and what follows from it.
        """
        before = said_by(entry)
        for section, cleaned in bound.sections:
            section.entry, section.cleaned_data = entry, dict(cleaned)
            section.write(entry)
        meant = set(before)
        if touched is not None:
            meant = {name for asked in touched for name in (asked, *FOLLOW.get(asked, ()))}
        for one in _columns(entry):
            if one.name not in meant:
                setattr(entry, one.attname, before[one.name])
        return [name for name, value in said_by(entry).items() if value != before[name]]


def said_by(entry: Any) -> dict[str, Any]:
    """What an entry says in its own columns, lists copied."""
    said = ((one.name, getattr(entry, one.attname)) for one in _columns(entry))
    return {name: list(value) if isinstance(value, list) else value for name, value in said}


def broken_rules(entry: Any, columns: Collection[str]) -> list[str]:
    """What the table itself would not take, among the rules that the columns written have a part in."""
    told: list[str] = []
    for rule in _of(entry).constraints:
        if isinstance(rule, models.CheckConstraint) and _asks(rule.condition) & set(columns):
            try:
                rule.validate(type(entry), entry)
            except ValidationError as error:
                told += error.messages
    return told


def _asks(condition: Any) -> set[str]:
    return set(condition.referenced_base_fields) if isinstance(condition, Q) else set()


@cache
def _concrete(model: Any) -> frozenset[str]:
    return frozenset(one.name for one in _of(model).concrete_fields)


def _columns(entry: Any) -> Sequence[Any]:
    found: Sequence[Any] = _of(entry).concrete_fields
    return found


def _of(entry: Any) -> Any:
    return entry._meta  # noqa: SLF001 - Django's own name for it
