"""The focus finder of real places against a recount in plain Python over all rows."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from statistics import median
from typing import Any

import pytest

from curation.models import Record, Theme
from curation.reference import Reference
from ecosystem.balance import PUSHING
from ecosystem.focus.counting import evidence_of
from ecosystem.focus.finder import focus_of
from ecosystem.focus.listing import listing
from ecosystem.focus.reach import Reach
from labs.models import Link
from missions.models import CoalitionMember
from places.models import Place, PlaceLink
from tests import factories

PLACES = ("0165", "0751", "0101", "hovedstaden", "1081", "oestdanmark")
EARTH_KM = 6371.0088
METRES = 6_378_137

type Row = Mapping[str, Any]
type Counts = Mapping[str, tuple[Counter[str], Counter[str]]]


def degrees(row: Row) -> tuple[float, float]:
    """From the metres a record holds; written out here so that nothing of the product is asked."""
    return math.degrees(row["x"] / METRES), math.degrees(
        2 * math.atan(math.exp(row["y"] / METRES)) - math.pi / 2
    )


def km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """By the spherical law of cosines, which is another formula than the product's."""
    (lon_1, lat_1), (lon_2, lat_2) = ((math.radians(a), math.radians(b)) for a, b in (one, other))
    cosine = math.sin(lat_1) * math.sin(lat_2) + math.cos(lat_1) * math.cos(lat_2) * math.cos(lon_1 - lon_2)
    return EARTH_KM * math.acos(min(1.0, cosine))


class Register:
    """All rows, read whole."""

    def __init__(self) -> None:
        columns = ("id", "kind", "state", "ended", "sides", "place_ids", "theme_ids", "x", "y")
        rows = Record.objects.order_by("pk").values(*columns)
        self.current = {row["id"]: row for row in rows if row["state"] == "published" and not row["ended"]}
        self.slugs = dict(Theme.objects.filter(parent=None).order_by("pk").values_list("pk", "slug"))
        self.links = list(self._links())
        self.country = Place.objects.get(code="DK").pk

    def _links(self) -> Iterable[tuple[Row, Row, str]]:
        """Running links between two current entries: what carries the themes, the other end, the side."""
        rows: list[tuple[int, int | None, Row]] = [
            (row["lab_id"], row["actor_id"] or row["mission_id"] or row["need_id"] or row["offer_id"], row)
            for row in Link.objects.order_by("pk").values()
        ]
        members = CoalitionMember.objects.order_by("pk").values()
        rows += [(row["mission_id"], row["actor_id"], row) for row in members]
        row: Row
        for one, other, row in rows:
            if row["ended_on"] is None and one in self.current and other in self.current:
                yield self.current[one], self.current[other], row["side"]

    def focus(self, place: Place, reach: str) -> dict[str, tuple[int, int]]:
        """PULL and PUSH by theme."""
        pull: Counter[str] = Counter()
        push: Counter[str] = Counter()
        near = self._near(place, reach)
        for row in self.current.values():
            here = place.pk in row["place_ids"]
            if here and row["kind"] in ("need", "mission", "lab"):
                pull.update(self._themes(row))
            if near(row) and (row["kind"] == "offer" or (row["kind"] == "actor" and "push" in row["sides"])):
                push.update(self._themes(row))
        for one, other, side in self.links:
            here = place.pk in one["place_ids"] or place.pk in other["place_ids"]
            pull.update(self._themes(one) if here and side in ("pull", "both") else ())
            push.update(self._themes(one) if (near(one) or near(other)) and side in ("push", "both") else ())
        return {slug: (pull[slug], push[slug]) for slug in pull | push}

    def _themes(self, row: Row) -> list[str]:
        return [self.slugs[theme] for theme in row["theme_ids"] if theme in self.slugs]

    def _near(self, place: Place, reach: str) -> Callable[[Row], bool]:
        if reach == "country":
            return lambda row: self.country in row["place_ids"]
        points = [(place.longitude or 0, place.latitude)] if place.latitude else self._towns(place)

        def near(row: Row) -> bool:
            if place.pk in row["place_ids"]:
                return True
            return row["x"] is not None and any(km(point, degrees(row)) <= int(reach) for point in points)

        return near

    def _towns(self, place: Place) -> list[tuple[float, float]]:
        links = PlaceLink.objects.filter(parent=place, child__kind="municipality").order_by("pk")
        points = links.values_list("child__longitude", "child__latitude")
        return [(longitude or 0, latitude or 0) for longitude, latitude in points]


def rule(counts: Mapping[str, tuple[int, int]], themes: int) -> dict[str, str]:
    """The field of each theme, told once more."""
    nothing = [(0, 0)] * (themes - len(counts))
    need, research = (
        max(2, median([pair[side] for pair in [*counts.values(), *nothing]])) for side in (0, 1)
    )
    names = {(True, True): "worth", (True, False): "need", (False, True): "research", (False, False): "quiet"}
    return {slug: names[pull >= need, push >= research] for slug, (pull, push) in counts.items()}


@pytest.mark.usefixtures("denmark")
def test_the_focus_of_real_places_is_what_the_rows_say() -> None:
    reference, register = Reference(), Register()
    reaches = set()
    for code in PLACES:
        place = Place.objects.get(slug=code) if code == "oestdanmark" else Place.objects.get(code=code)
        for reach in Reach:
            expected = register.focus(place, reach.value)
            found = evidence_of(place, reference, reach)
            tops = {register.slugs[theme]: e for theme, e in found.items() if theme in register.slugs}
            assert {slug: (e.pull, e.push) for slug, e in tops.items()} == expected, (code, reach)
            focus = focus_of(place, reference, reach)
            fields = {row.theme.slug: str(row.point.field) for row in focus.rows}
            assert fields == rule(expected, len(register.slugs)), (code, reach)
            assert sum(pull for pull, _push in expected.values()) > 0
            reaches.add((code, sum(push for _pull, push in expected.values())))
    assert len(reaches) > 2 * len(PLACES), "distances make no difference"


@pytest.mark.usefixtures("denmark")
def test_drafts_and_what_is_over_never_count() -> None:
    """None of what is added here may change a number; the last ones do, or nothing would be proved."""
    place, theme = Place.objects.get(code="0165"), Theme.objects.get(slug="ageing")
    said: dict[str, Any] = {"places": [place], "themes": [theme]}

    def counted() -> list[tuple[int, int]]:
        reference = Reference()
        found = [evidence_of(place, reference, reach)[theme.pk] for reach in (Reach.NEAR, Reach.COUNTRY)]
        return [(evidence.pull, evidence.push) for evidence in found]

    before = counted()
    factories.need(state="draft", **said)
    factories.offer(state="submitted", **said)
    factories.need(ended=True, status="expired", **said)
    factories.offer(ended=True, status="closed", **said)
    factories.mission(state="withdrawn", published_at=None, **said)
    over, hidden = factories.lab(ended=True, **said), factories.lab(state="draft", **said)
    actor = factories.actor(side="both", places=[place])
    factories.link(over, actor, "both")
    factories.link(hidden, actor, "both")
    assert counted() == before
    lab = factories.lab(**said)
    factories.link(lab, actor, "both", ended_on="2026-01-01")
    assert counted() == [(pull + 1, push) for pull, push in before]
    factories.link(lab, factories.actor(side="both"), "both")
    assert counted() == [(pull + 2, push + 1) for pull, push in before]


@pytest.mark.usefixtures("denmark")
def test_every_piece_of_research_can_be_read() -> None:
    """As many rows as counted; each is near, or belongs to the place though its point is elsewhere."""
    reference = Reference()
    place = Place.objects.get(code="0751")
    for theme in (reference.theme_at["health-close"], reference.theme_at["climate"]):
        evidence = evidence_of(place, reference, Reach.NEAR)[theme.pk]
        found = {group.kind: group for group in listing(place, theme, Reach.NEAR).groups}
        assert {kind: (group.number, len(group.items)) for kind, group in found.items()} == {
            kind: (n, n) for kind in PUSHING if (n := evidence.of(kind))
        }
        for item in (item for group in found.values() for item in group.items):
            ends = [item.record.pk, *([item.other.pk] if item.other else [])]
            here = Record.objects.current().in_place(place.pk).filter(pk__in=ends).exists()
            assert here or (item.km is not None and item.km <= 25)
