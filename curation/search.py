"""The search index: what each kind of entry has to say, and the one place that writes it to the records."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet

from places.projection import mercator

from .choices import Freshness, Phase
from .facts import Facts, Folded, Said, SideCounts, Surroundings, said
from .grading import quality_of
from .levels import Quality
from .models import Entry, EntryPlace, EntryTheme, Record
from .query import CONFIGURATIONS, KIND, OTHERS
from .querysets import EntryQuerySet
from .words import parts_of

__all__ = ["Facts", "SideCounts", "Surroundings", "index", "linked_to", "register"]


type FactsOf = Callable[[Sequence[Any]], Mapping[int, Facts]]
type LinkedTo = Callable[[int], Iterable[int]]


@dataclass
class Indexer:
    """One kind of entry: its rows, how to tell their facts, and which records one is tied to."""

    entries: Callable[[], EntryQuerySet[Any]]
    facts: FactsOf
    linked: LinkedTo


INDEXERS: dict[str, Indexer] = {}


def register(kind: str, entries: Callable[[], EntryQuerySet[Any]], facts: FactsOf, linked: LinkedTo) -> None:
    """Tell the index about a kind of entry; called once per kind when the apps are ready."""
    INDEXERS[kind] = Indexer(entries, facts, linked)


def linked_to(record: Record) -> set[int]:
    """The records whose derived columns follow from this one's links and from whether it is public."""
    return set(INDEXERS[record.kind].linked(record.pk))


# A lab that runs is what most readers look for; ended ones come last but are never hidden.
PHASE_WEIGHT: Mapping[str, int] = {
    Phase.RUNNING: 300,
    Phase.EMBEDDED: 300,
    Phase.SCALING: 300,
    Phase.SETUP: 200,
    Phase.FORMING: 200,
    Phase.IDEA: 150,
    Phase.DORMANT: 50,
}
PHASE_UNKNOWN_WEIGHT = 100
# Somebody looks after it and says that it holds; or somebody should, and has not said so for over a year.
FRESHNESS_WEIGHT: Mapping[str, int] = {Freshness.CONFIRMED: 50, Freshness.DUE: 50, Freshness.UNCONFIRMED: -50}


def index(entries: Sequence[Entry], surroundings: Surroundings | None = None) -> int:
    """Write what is derived of entries of one kind to their records; how many records changed.

    To be called by actions, in the transaction that changes the entries or their links. Words that are new to
    the register are found at once; the parts of new compounds once `learning` has learnt them.
    """
    if not entries:
        return 0
    rows = _rows(entries, surroundings or Surroundings())
    with transaction.atomic(), connection.cursor() as cursor:
        # One by one: inside a history context statements get parameters that executemany cannot mix with.
        return sum(_changed(cursor, row) for row in rows)


def _changed(cursor: CursorWrapper, row: dict[str, Any]) -> int:
    cursor.execute(UPDATE, row)
    return cursor.rowcount


# What is read of records themselves.
OF_RECORDS = ("kind", "claimed_at", "confirmed_at", "contact_email", "source")


@dataclass
class About:
    """An entry with all that is derived from: its facts, its own themes, and places up to the country."""

    entry: Entry
    facts: Facts
    themes: Sequence[int]
    places: Sequence[int]
    record: Record

    @property
    def trust(self) -> int:
        """What was claimed and not confirmed yet is worth as much as before it was claimed."""
        return FRESHNESS_WEIGHT.get(self.record.freshness, 0) if self.record.confirmed_at else 0

    @property
    def quality(self) -> Quality:
        """How much it says of what readers need."""
        return quality_of(
            self.entry, self.record, self.facts, placed=bool(self.places), themed=bool(self.themes)
        )

    def said(self, around: Surroundings) -> Said:
        return said(self.entry, self.facts, self.themes, self.places, around)


def about(entries: Sequence[Entry], around: Surroundings) -> list[About]:
    """Entries of one kind with what is derived from; a constant number of statements."""
    kind = entries[0].kind
    ids = [entry.pk for entry in entries]
    facts = INDEXERS[kind].facts(entries)
    themes = _of_each(EntryTheme.objects.filter(record__in=ids), "theme_id")
    places = _of_each(EntryPlace.objects.filter(record__in=ids), "place_id")
    records = Record.objects.only(*OF_RECORDS).in_bulk(ids)
    return [
        About(
            entry, facts[entry.pk], themes[entry.pk],
            around.ancestry.with_ancestors([*places[entry.pk], *facts[entry.pk].further_places]),
            records[entry.pk],
        )
        for entry in entries
    ]  # fmt: skip


def _rows(entries: Sequence[Entry], around: Surroundings) -> list[dict[str, Any]]:
    told = [(one, one.said(around).folded()) for one in about(entries, around)]
    known = parts_of(word for _one, folded in told for word in folded.words())
    return [_row(one, folded, known, around) for one, folded in told]


def _of_each(rows: QuerySet[Any], column: str) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for record, value in rows.order_by("order", "pk").values_list("record_id", column):
        found[record].append(value)
    return found


def _row(
    one: About, folded: Folded, known: Mapping[str, Sequence[str]], around: Surroundings
) -> dict[str, Any]:
    entry, facts = one.entry, one.facts
    sort_da, sort_en = entry.sort_keys
    point = facts.point
    x, y = mercator(longitude=point[1], latitude=point[0]) if point else (None, None)
    return {
        "id": entry.pk,
        "name_da": entry.name_da,
        "name_en": entry.name_en,
        "sort_da": sort_da,
        "sort_en": sort_en,
        "type": facts.type,
        "setting": facts.setting,
        "phase": facts.over if entry.ended else facts.phase,
        "ended": entry.ended,
        "sides": list(facts.sides),
        "pull_count": facts.counts.pull,
        "push_count": facts.counts.push,
        "both_count": facts.counts.both,
        "link_count": facts.links,
        "place_ids": list(one.places),
        "theme_ids": around.theme_path([*one.themes, *facts.further_themes]),
        "x": x,
        "y": y,
        "quality": _quality(entry, facts, one.trust),
        "level": one.quality.level,
        "kind": KIND + entry.kind,
        **folded.texts(known),
    }


def _quality(entry: Entry, facts: Facts, trust: int) -> int:
    if entry.ended:
        return facts.completeness
    weight = facts.weight
    if weight is None:
        weight = PHASE_WEIGHT.get(facts.phase, PHASE_UNKNOWN_WEIGHT)
    return weight + trust + facts.completeness


def _vector(own: str, other: str) -> str:
    """Each language's words by their stems, those of the other with a mark; parts of compounds; the kind."""
    configuration, marked_by = CONFIGURATIONS[own], OTHERS[own]
    weights = [
        f"setweight(to_tsvector('{configuration}', %({weight}_{own})s)"
        f" || to_tsvector('{marked_by}', %({weight}_{other}_marked)s), '{weight.upper()}')"
        for weight in "abc"
    ]
    weights.append(f"setweight(to_tsvector('{configuration}', %(d_{own})s), 'D')")
    parts = (f"setweight(to_tsvector('danish', %(parts_{weight})s), '{weight.upper()}')" for weight in "bcd")
    return " || ".join([*weights, *parts, "array_to_tsvector(ARRAY[%(kind)s])"])


# To be raised with the definition of any of these columns; the worker then writes all records anew.
DERIVED_AS = 3
DERIVED = {
    "name_da": "%(name_da)s",
    "name_en": "%(name_en)s",
    "sort_da": "%(sort_da)s",
    "sort_en": "%(sort_en)s",
    "type": "%(type)s",
    "setting": "%(setting)s",
    "phase": "%(phase)s",
    "ended": "%(ended)s",
    "sides": "%(sides)s::varchar[]",
    "pull_count": "%(pull_count)s",
    "push_count": "%(push_count)s",
    "both_count": "%(both_count)s",
    "link_count": "%(link_count)s",
    "place_ids": "%(place_ids)s::int[]",
    "theme_ids": "%(theme_ids)s::int[]",
    "x": "%(x)s::int",
    "y": "%(y)s::int",
    "quality": "%(quality)s",
    "level": "%(level)s",
    "search_da": _vector("da", "en"),
    "search_en": _vector("en", "da"),
}
UPDATE = f"""
UPDATE curation_record SET ({", ".join(DERIVED)}) = ROW({", ".join(DERIVED.values())})
WHERE id = %(id)s AND ROW({", ".join(DERIVED)}) IS DISTINCT FROM ROW({", ".join(DERIVED.values())})
"""
