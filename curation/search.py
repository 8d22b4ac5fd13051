"""The search index: what each kind of entry has to say, and the one place that writes it to the records."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet

from places.ancestry import Ancestry
from places.choices import PlaceKind
from places.danish import fold
from places.models import Place
from places.projection import mercator

from .choices import Freshness, Phase, PhaseFound
from .models import Entry, EntryPlace, EntryTheme, Record, Theme
from .query import marked
from .querysets import EntryQuerySet


class SideCounts(NamedTuple):
    """How many links stand on the PULL side alone, on the PUSH side alone, and on both."""

    pull: int = 0
    push: int = 0
    both: int = 0


NO_LINKS = SideCounts()


@dataclass(kw_only=True)
class Facts:
    """What an entry's own app knows of it that lists and search read.

    `over` is what lists file it under once it has ended. `weight` is what readers look for first; without
    one it follows from the phase.
    """

    type: str = ""
    setting: str = ""
    phase: str = ""
    over: str = PhaseFound.ENDED
    weight: int | None = None
    sides: Sequence[str] = ()
    counts: SideCounts = NO_LINKS
    links: int = 0
    partners: Sequence[str] = ()
    behind: Sequence[str] = ()
    further_themes: Sequence[int] = ()
    point: tuple[float, float] | None = None
    completeness: int = 0


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

NEAR = (PlaceKind.MUNICIPALITY, PlaceKind.LOCALITY)


@dataclass
class Surroundings:
    """Places and themes read once for many entries."""

    ancestry: Ancestry = field(default_factory=Ancestry.read)
    places: Mapping[int, Place] = field(default_factory=lambda: Place.objects.defer("outline").in_bulk())
    themes: Mapping[int, Theme] = field(default_factory=Theme.objects.in_bulk)

    def theme_path(self, own: Iterable[int]) -> list[int]:
        """The themes in the order given, then the ones above them."""
        kept = list(dict.fromkeys(own))
        above = {parent for theme in kept if (parent := self.themes[theme].parent_id)}
        return kept + sorted(above - set(kept))


def index(entries: Sequence[Entry], surroundings: Surroundings | None = None) -> int:
    """Write what is derived of entries of one kind to their records; how many records changed.

    To be called by actions, in the transaction that changes the entries or their links.
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


def _rows(entries: Sequence[Entry], around: Surroundings) -> list[dict[str, Any]]:
    kind = entries[0].kind
    ids = [entry.pk for entry in entries]
    facts = INDEXERS[kind].facts(entries)
    themes = _of_each(EntryTheme.objects.filter(record__in=ids), "theme_id")
    places = _of_each(EntryPlace.objects.filter(record__in=ids), "place_id")
    dated = Record.objects.only("kind", "claimed_at", "confirmed_at").in_bulk(ids)
    return [
        _row(entry, facts[entry.pk], themes[entry.pk], places[entry.pk], around, _trust(dated[entry.pk]))
        for entry in entries
    ]


def _trust(record: Record) -> int:
    """What was claimed and not confirmed yet is worth as much as before it was claimed."""
    return FRESHNESS_WEIGHT.get(record.freshness, 0) if record.confirmed_at else 0


def _of_each(rows: QuerySet[Any], column: str) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for record, value in rows.order_by("order", "pk").values_list("record_id", column):
        found[record].append(value)
    return found


def _row(
    entry: Entry, facts: Facts, own_themes: list[int], own_places: list[int], around: Surroundings,
    trust: int,
) -> dict[str, Any]:  # fmt: skip
    place_ids = around.ancestry.with_ancestors(own_places)
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
        "place_ids": place_ids,
        "theme_ids": around.theme_path([*own_themes, *facts.further_themes]),
        "x": x,
        "y": y,
        "quality": _quality(entry, facts, trust),
        **_texts(entry, facts, own_themes, place_ids, around),
    }


def _quality(entry: Entry, facts: Facts, trust: int) -> int:
    if entry.ended:
        return facts.completeness
    weight = facts.weight
    if weight is None:
        weight = PHASE_WEIGHT.get(facts.phase, PHASE_UNKNOWN_WEIGHT)
    return weight + trust + facts.completeness


def _texts(
    entry: Entry, facts: Facts, own_themes: list[int], place_ids: list[int], around: Surroundings
) -> dict[str, str]:
    """The folded words of each weight in each language; `query` says what the weights mean."""
    themes = [around.themes[theme] for theme in own_themes]
    places = [around.places[place] for place in place_ids]
    near = [place for place in places if place.kind in NEAR]
    far = [place for place in places if place.kind == PlaceKind.REGION]
    texts = {
        "a_da": [entry.name_da],
        "a_en": [entry.name_en],
        "b_da": [word for theme in themes for word in (theme.name_da, *theme.synonyms_da)]
        + [*facts.partners, *(place.name_da for place in near)],
        "b_en": [word for theme in themes for word in (theme.name_en, *theme.synonyms_en)]
        + [*facts.partners, *(place.name_en or place.name_da for place in near)],
        "c_da": [entry.summary_da, entry.description_da],
        "c_en": [entry.summary_en, entry.description_en],
        "d_da": [*facts.behind, *(place.name_da for place in far)],
        "d_en": [*facts.behind, *(place.name_en for place in far)],
    }
    folded = {name: fold(" ".join(parts)) for name, parts in texts.items()}
    return folded | {name: marked(folded[name]) for name in ("d_da", "d_en")}


def _vector(stemmed: str, configuration: str, plain: str) -> str:
    """One language's words by their stem, and the other language's as they are written."""
    weights = (
        f"setweight(to_tsvector('{configuration}', %({weight}_{stemmed})s)"
        f" || to_tsvector('simple', %({weight}_{plain})s), '{weight.upper()}')"
        for weight in "abcd"
    )
    return " || ".join(weights)


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
    "search_da": _vector("da", "danish", "en"),
    "search_en": _vector("en", "english", "da"),
}
UPDATE = f"""
UPDATE curation_record SET ({", ".join(DERIVED)}) = ROW({", ".join(DERIVED.values())})
WHERE id = %(id)s AND ROW({", ".join(DERIVED)}) IS DISTINCT FROM ROW({", ".join(DERIVED.values())})
"""
