"""Entries as cells of a table."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from actors.forms.picking import read, written
from curation.choices import Kind
from curation.forms import Words
from curation.models import Entry, EntryPlace, EntryTheme, Record
from curation.reference import Reference
from curation.ties import AT_SEAT
from labs.forms.values import VALUE_FIELDS, said_values
from labs.models import Value

from .column import ID, YES, Column, Look, columns_of

POINT = ("latitude", "longitude")
BETWEEN = "; "


@dataclass(frozen=True)
class Told:
    """Entries of one kind with what their cells name: other entries, themes and places."""

    words: Mapping[int, Words]
    names: Mapping[str, Record]
    reference: Reference

    def cell(self, column: Column, pk: int, language: str) -> str:
        """What a column says of an entry; of other entries only those everybody may read are named."""
        words = [word for word in self.words[pk][column.name] if word]
        match column.look:
            case Look.CHOICE | Look.CHOICES:
                options = column.options(language)
                return BETWEEN.join(options.get(word, word) for word in words)
            case Look.DEGREES if language == "da":
                return "".join(words).replace(".", ",")
            case Look.ENTRY:
                return BETWEEN.join(filter(None, (self._named(column, word, language) for word in words)))
            case Look.THEMES:
                return BETWEEN.join(theme_called(word, language, self.reference) for word in words)
            case Look.PLACES:
                return BETWEEN.join(place_called(word, language, self.reference) for word in words)
        return "".join(words)

    def _named(self, column: Column, word: str, language: str) -> str:
        record = self.names.get(public_id_in(column, word))
        if record is None or not record.is_public:
            return ""
        name = record.name_en or record.name_da if language == "en" else record.name_da
        return f"{name} ({record.public_id})" if language else record.public_id


def cells_of(entries: Sequence[Entry], columns: Sequence[Column], language: str) -> list[list[str]]:
    """Entries of one kind as rows, each read with its record; without a language as machines read them.

    A constant number of statements, however many there are.
    """
    told = told_of(entries)
    return [[told.cell(column, entry.pk, language) for column in columns] for entry in entries]


def told_of(entries: Sequence[Entry]) -> Told:
    """What cells of entries of one kind are made of."""
    reference = Reference.now()
    names = _names(entries)
    return Told(_words(entries, names, reference), {one.public_id: one for one in names.values()}, reference)


def words_of(entries: Sequence[Entry]) -> dict[int, Words]:
    """What entries of one kind say in their columns, in the words of the forms, by their id."""
    return _words(entries, _names(entries), Reference.now())


def public_id_in(column: Column, word: str) -> str:
    """The entry a word stands for: organisations are written as rows."""
    return read(word).get("actor", "") if column.of == Kind.ACTOR else word


def word_for(column: Column, public_id: str) -> str:
    """The word that stands for an entry."""
    return written({"actor": public_id}) if column.of == Kind.ACTOR else public_id


def theme_called(slug: str, language: str, reference: Reference) -> str:
    """A theme by name, with its word in addresses where others are called the same."""
    theme = reference.theme_at.get(slug)
    if theme is None or not language:
        return slug
    return _called(theme, slug, language, reference, reference.themes.values())


def place_called(address: str, language: str, reference: Reference) -> str:
    """A place by name, with its code where others are called the same."""
    place = reference.place_at.get(address)
    if place is None or not language:
        return address
    return _called(place, address, language, reference, reference.places.values())


def _called(one: Any, word: str, language: str, reference: Reference, others: Iterable[Any]) -> str:
    name = _name(one, language)
    several = reference.keep(
        f"several called {type(one).__name__} {language}", lambda: _several(others, language)
    )
    return f"{name} ({word})" if name in several else name


def _several(others: Iterable[Any], language: str) -> frozenset[str]:
    """Names that more than one bears."""
    times: dict[str, int] = defaultdict(int)
    for other in others:
        times[_name(other, language)] += 1
    return frozenset(name for name, number in times.items() if number > 1)


def _name(one: Any, language: str) -> str:
    return str((one.name_en if language == "en" else "") or one.name_da)


def _names(entries: Sequence[Any]) -> dict[int, Record]:
    """The records that columns of these entries name, by id."""
    if not entries:
        return {}
    named = [f"{column.name}_id" for column in columns_of(entries[0].kind) if column.look == Look.ENTRY]
    ids = {getattr(entry, name) for entry in entries for name in named} - {None}
    rows = Record.objects.only("public_id", "kind", "state", "name_da", "name_en")
    return rows.in_bulk(ids) if ids else {}


def _words(entries: Sequence[Any], names: Mapping[int, Record], reference: Reference) -> dict[int, Words]:
    if not entries:
        return {}
    columns = columns_of(entries[0].kind)
    hung = _hung(entries, {column.name for column in columns}, reference)
    return {
        entry.pk: {
            column.name: hung[column.name].get(entry.pk, [""] if column.name in VALUE_FIELDS else [])
            if column.name in hung
            else _said(entry, column, names)
            for column in columns
        }
        for entry in entries
    }


def _said(entry: Any, column: Column, names: Mapping[int, Record]) -> list[str]:
    """What stands in a column of the entry or of its record."""
    if column.name == ID:
        return [entry.record.public_id]
    if column.look == Look.ENTRY:
        named = names.get(getattr(entry, f"{column.name}_id"))
        return [word_for(column, named.public_id)] if named else []
    if column.name in POINT and entry.point_basis == AT_SEAT:
        return [""]
    if column.only_told:
        return [_end(entry, column.name)]
    of_record = column.section is not None and column.name in column.section.of_record
    value = getattr(entry.record if of_record else entry, column.name)
    if column.look == Look.CHOICES:
        return [str(one) for one in value or ()]
    return [as_word(column, value)]


def _end(entry: Any, name: str) -> str:
    """Whether it has ended; and the day, or of a lab the year where no more is known."""
    if name == "ended":
        return YES if entry.ended else ""
    return str(entry.ended_on or getattr(entry, "end_year", None) or "")


def as_word(column: Column, value: Any) -> str:
    """A value as somebody would have typed it."""
    if value is None:
        return ""
    if column.look == Look.MONTH:
        return f"{value:%Y-%m}"
    return str(value).replace("\r\n", "\n").replace("\r", "\n")


def _hung(
    entries: Sequence[Any], names: set[str], reference: Reference
) -> Mapping[str, Mapping[int, list[str]]]:
    """What is kept in tables of their own: themes, places, values."""
    ids = [entry.pk for entry in entries]
    hung: dict[str, dict[int, list[str]]] = {}
    if "themes" in names:
        rows = EntryTheme.objects.filter(record__in=ids).order_by("order", "pk")
        themes = ((pk, reference.themes[one].slug) for pk, one in rows.values_list("record_id", "theme_id"))
        hung["themes"] = _gathered(themes)
    if "places" in names:
        rows_of_places = EntryPlace.objects.filter(record__in=ids).order_by("order", "pk")
        pairs = rows_of_places.values_list("record_id", "place_id")
        hung["places"] = _gathered((pk, reference.places[one].address) for pk, one in pairs)
    if names.intersection(VALUE_FIELDS):
        hung |= {name: {} for name in VALUE_FIELDS}
        for value in Value.objects.filter(solution__in=ids).order_by("pk"):
            for name, said in said_values([value]).items():
                text = "" if said is None else str(said)
                hung[name][value.solution_id or 0] = [text.replace("\r\n", "\n").replace("\r", "\n")]
    return hung


def _gathered(pairs: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for pk, word in pairs:
        found[pk].append(word)
    return found
