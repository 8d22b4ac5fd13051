"""Everything a place's page shows, gathered in few statements."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from curation.choices import Kind
from curation.models import Record
from curation.reference import Reference
from missions.leadership import leadership_of
from missions.models import Mission
from places.maps import LocalMap
from places.models import Place

from ..balance import Count, country_of
from ..balance.pairs import theme_balance
from ..focus.finder import focus_of
from ..focus.reach import reach_of
from ..gaps import gaps_of
from ..network.glance import glance_at
from ..shifts import of_place, shifts_of
from .belonging import belonging
from .entries import Part, best_of, of_kind, parts_of
from .finding import finding
from .inherited import inherited, of_wider
from .joined import joined
from .maps import map_of
from .maturity import maturity_of
from .neighbours import neighbours

# Six missions are told in full; the rest is a list away.
MISSIONS_TOLD = 6


@dataclass(frozen=True)
class Here:
    """Who is in a place: its two numbers, and its entries by kind."""

    count: Count
    missions: Part
    labs: Part
    needs: Part
    offers: Part
    trials: Part
    solutions: Part
    actors: Part

    @property
    def glance(self) -> list[Part]:
        """What the head counts, in its order."""
        return [self.labs, self.actors, self.missions, self.needs, self.offers]


def page_of(place: Place, reference: Reference, today: dt.date) -> dict[str, Any]:
    """What the page's template is given."""
    count = country_of(reference).of(place.pk)
    around = belonging(place, reference, today)
    read = best_of(place, of_wider(place, around.wider))
    records = [record for record in read if place.pk in record.place_ids]
    here = Here(count, *parts_of(place, count, records, reference))
    missions = _missions(of_kind(records, Kind.MISSION))
    drawn = map_of(place, reference, around.municipalities)
    shifts = shifts_of(of_place(place, count), reference)
    return {
        "place": place,
        "today": today,
        "around": around,
        "here": here,
        "finding": finding(place, reference),
        "themes": theme_balance(place, reference),
        "local_map": drawn if isinstance(drawn, LocalMap) else None,
        "locator": None if isinstance(drawn, LocalMap) else drawn,
        "missions": missions[:MISSIONS_TOLD],
        "network": glance_at(place, reference),
        "joined": joined(place),
        "leadership": leadership_of(missions),
        "gaps": gaps_of(place, reference),
        "focus": focus_of(place, reference, reach_of(place)),
        "neighbours": neighbours(place, reference, apart_from=around.municipalities),
        "inherited": inherited(
            around.wider, [one for one in read if place.pk not in one.place_ids], reference
        ),
        "shifts": shifts,
        "maturity": maturity_of(shifts),
    }


def _missions(records: Sequence[Record]) -> list[Mission]:
    """What is said of missions that go on, in the order of their records; one statement."""
    going_on = [record for record in records if not record.ended]
    found: Mapping[int, Mission] = Mission.objects.in_bulk([record.pk for record in going_on])
    for record in going_on:
        found[record.pk].record = record
    return [found[record.pk] for record in going_on]
