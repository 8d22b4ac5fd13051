"""Cells of a table as the words of the forms."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from actors.identifiers import is_cvr, is_ror, plain_cvr, plain_ror
from actors.models import Actor
from curation.choices import Kind
from curation.models import Record
from curation.months import Month
from curation.reference import Reference
from places.danish import fold

from .column import LANGUAGES, NO, YES, Column, Look
from .saying import word_for

IN_BRACKETS = re.compile(r"(.*)\(([^()]+)\)\s*", re.DOTALL)
PUBLIC_ID = re.compile(r"[0-9a-z]{10}")
DATES = ("%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y")
YESSES = {"ja": YES, "yes": YES, "true": YES, "sand": YES, "1": YES}
NOS = {"nej": NO, "no": NO, "false": NO, "falsk": NO, "0": NO}
SEVERAL = "\0several"


def squeezed(text: str) -> str:
    """As files keep it: one kind of line end, nothing round it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


@dataclass
class Cells:
    """Reads cells; what a name stands for is read once for all of them."""

    reference: Reference = field(default_factory=Reference.now)
    _known: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def words(self, column: Column, text: str) -> list[str]:
        """What a cell says in the words of the forms. Raises ValidationError where it cannot be read."""
        text = squeezed(text)
        if column.many:
            return [word for part in _parts(text) if (word := self._one_of_many(column, part))]
        if column.look == Look.ENTRY:
            return [word_for(column, self._entry(column, text))] if text else []
        if column.look == Look.CHOICE:
            return [self._code(column, text) if text else ""]
        return [NUMBERS.get(column.name, PLAIN.get(column.look, str))(text)]

    def _one_of_many(self, column: Column, said: str) -> str:
        if column.look == Look.THEMES:
            return self._found(said, self._themes, _("There is no theme “%(said)s”."))
        if column.look == Look.PLACES:
            return self._found(said, self._places, _("There is no place “%(said)s”."))
        return self._code(column, said)

    # Lists

    def _code(self, column: Column, said: str) -> str:
        code = _codes(column).get(said.casefold())
        if code is None:
            offered = "; ".join(column.options("en" if get_language() == "en" else "da").values())
            raise ValidationError(
                _("“%(said)s” is none of the words one can choose here: %(offered)s.")
                % {"said": said[:80], "offered": offered}
            )
        return code

    # Themes and places

    @cached_property
    def _themes(self) -> "Named":
        return Named.of(self.reference.themes.values(), lambda theme: theme.slug)

    @cached_property
    def _places(self) -> "Named":
        return Named.of(self.reference.places.values(), lambda place: place.address)

    def _found(self, said: str, known: "Named", missing: str) -> str:
        bracket = IN_BRACKETS.fullmatch(said)
        code = bracket[2].strip() if bracket else said
        found = known.at.get(code) or known.at.get(said) or known.called.get(fold(said))
        found = found or known.at.get(_full_code(code))
        if found is None:
            raise ValidationError(missing % {"said": said[:80]})
        if found == SEVERAL:
            raise ValidationError(
                _("Several are called “%(said)s”. Write the code instead.") % {"said": said[:80]}
            )
        return found

    # Entries

    def _entry(self, column: Column, said: str) -> str:
        """The public id of a published entry, by public id, CVR, ROR or name."""
        bracket = IN_BRACKETS.fullmatch(said)
        number = bracket[2].strip() if bracket else said
        known = self._entries(column.of)
        for key in _keys(column.of, number):
            if key in known:
                return _one(known[key], said)
        if bracket and PUBLIC_ID.fullmatch(number):
            raise ValidationError(_gone(said))
        if (found := known.get(f"name:{fold(said)}")) is None:
            raise ValidationError(_gone(said))
        return _one(found, said)

    def _entries(self, kind: str) -> Mapping[str, str]:
        if kind not in self._known:
            self._known[kind] = _named(kind)
        return self._known[kind]


def _named(kind: str) -> Mapping[str, str]:
    """Everything of a kind that can be named, by all it can be named by; one statement or two."""
    known: dict[str, str] = {}
    rows = Record.objects.published().of_kind(kind).order_by()
    for public_id, *names in rows.values_list("public_id", "name_da", "name_en").iterator():
        known[f"id:{public_id}"] = public_id
        for name in {fold(name) for name in names if name}:
            _put(known, f"name:{name}", public_id)
    if kind == Kind.ACTOR:
        numbered = Actor.objects.published().exclude(cvr="", ror="").order_by()
        for public_id, cvr, ror in numbered.values_list("record__public_id", "cvr", "ror").iterator():
            for key in filter(None, (cvr and f"cvr:{cvr}", ror and f"ror:{ror}")):
                _put(known, key, public_id)
    return known


def _full_code(said: str) -> str:
    """The code of a municipality whose zero a spreadsheet has taken for nothing: 751 is 0751."""
    return f"0{said}" if said.isdecimal() and len(said) == 3 else said


def _parts(text: str) -> list[str]:
    return list(dict.fromkeys(part for part in (part.strip() for part in text.split(";")) if part))


@cache
def _codes(column: Column) -> Mapping[str, str]:
    """Codes of a list by themselves and by their words in both languages; what says nothing is empty."""
    codes: dict[str, str] = {}
    for language in LANGUAGES:
        with translation.override(language):
            codes |= {str(label).casefold(): "" for code, label in column.field.choices if not code}
    if set(column.options("")) == {YES, NO}:
        codes |= YESSES | NOS
    for language in ("", *reversed(LANGUAGES)):
        codes |= {label.casefold(): code for code, label in column.options(language).items()}
    return codes


def _date(text: str) -> str:
    """A day as 2026-11-22; what is no day stays, and is told where the day is checked."""
    for form in DATES:
        try:
            return dt.datetime.strptime(text, form).date().isoformat()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return text


NUMBERS: Mapping[str, Callable[[str], str]] = {"cvr": plain_cvr, "ror": plain_ror}
# Cells that hold one word as it is typed, for the form's field to judge.
PLAIN: Mapping[Look, Callable[[str], str]] = {
    Look.TEXT: lambda text: " ".join(text.split()),
    Look.DATE: _date,
    Look.MONTH: Month.word,
    Look.DEGREES: lambda text: text.replace(",", "."),
}


@dataclass(frozen=True)
class Named:
    """Themes or places by code and by name. Codes are meant as they are written, names however they are."""

    at: Mapping[str, str]
    called: Mapping[str, str]

    @classmethod
    def of(cls, things: Iterable[Any], word: Callable[[Any], str]) -> "Named":
        called: dict[str, str] = {}
        words = {}
        for thing in things:
            words[word(thing)] = word(thing)
            for name in {fold(name) for name in (thing.name_da, thing.name_en) if name}:
                _put(called, name, word(thing))
        return cls(words, called)


def _put(known: dict[str, str], key: str, value: str) -> None:
    known[key] = value if known.get(key, value) == value else SEVERAL


def _keys(kind: str, number: str) -> Sequence[str]:
    """What a number may be: a public id, and of an organisation its CVR or ROR."""
    keys = [f"id:{number}"]
    if kind == Kind.ACTOR:
        cvr, ror = plain_cvr(number), plain_ror(number)
        keys += [f"cvr:{cvr}"] * is_cvr(cvr) + [f"ror:{ror}"] * is_ror(ror)
    return keys


def _gone(said: str) -> str:
    return _("“%(said)s” is not in the register.") % {"said": said[:80]}


def _one(found: str, said: str) -> str:
    if found == SEVERAL:
        raise ValidationError(
            _("Several are called “%(said)s”. Write the public id instead.") % {"said": said[:80]}
        )
    return found
