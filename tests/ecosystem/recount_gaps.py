"""Missing links and what lives in parallel, counted again in plain Python over all rows."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from actors.models import Offer, Relation
from curation.models import Record, Theme
from labs.models import Lab, Link
from missions.models import CoalitionMember, Mission, Need, Response

EARTH_KM = 6371.0088
METRES = 6_378_137
PULLING = [{"need_owner", "host"}, {"users", "frontline"}]
ROLES = [*PULLING, {"research"}, {"facilitator"}]

type Row = Mapping[str, Any]


def rows(model: Any) -> list[Row]:
    return list(model.objects.order_by("pk").values())


class Recount:
    """Every row of the register, and the ids of what has a missing link of each kind."""

    def __init__(self) -> None:
        columns = ("id", "kind", "state", "ended", "sides", "place_ids", "theme_ids", "x", "y", "slug")
        read = Record.objects.order_by("pk").values(*columns)
        self.current = {row["id"]: row for row in read if row["state"] == "published" and not row["ended"]}
        self.top = set(Theme.objects.filter(parent=None).order_by("pk").values_list("pk", flat=True))
        self.links = [row for row in rows(Link) if row["ended_on"] is None]
        self.members = [row for row in rows(CoalitionMember) if row["ended_on"] is None]
        self.responses = [row for row in rows(Response) if row["ended_on"] is None]
        self.owned = [row for model in (Need, Offer, Lab, Mission) for row in rows(model)]
        self.near = self._neighbours()
        self.gaps = {
            "needs": set(self.of_kind("need", self.lacks_push)),
            "labs": set(self.of_kind("lab", self.lacks_a_part)),
            "offers": set(self.of_kind("offer", self.lacks_practice)),
            "actors": set(self.of_kind("actor", lambda actor: not self.near[actor])),
            "links": set(self.unconfirmed),
        }

    def other(self, link: Row) -> int:
        """What is tied to the lab."""
        found: int = link["actor_id"] or link["mission_id"] or link["need_id"] or link["offer_id"]
        return found

    def of_kind(self, kind: str, holds: Any) -> Iterator[int]:
        return (pk for pk, row in self.current.items() if row["kind"] == kind and holds(pk))

    # The kinds

    def lacks_push(self, need: int) -> bool:
        labs = [row["lab_id"] for row in self.links if row["need_id"] == need]
        answered = any(r["need_id"] == need and r["offer_id"] in self.current for r in self.responses)
        return not answered and not any(self.has_push(lab) for lab in labs)

    def has_push(self, lab: int) -> bool:
        return lab in self.current and any(
            row["lab_id"] == lab
            and row["side"] in ("push", "both")
            and (row["actor_id"] in self.current or row["offer_id"] in self.current)
            for row in self.links
        )

    def lacks_practice(self, offer: int) -> bool:
        answers = any(r["offer_id"] == offer and r["need_id"] in self.current for r in self.responses)
        return not answers and not any(
            row["offer_id"] == offer and row["lab_id"] in self.current for row in self.links
        )

    def lacks_a_part(self, lab: int) -> bool:
        return bool(self.parts_lacked(lab))

    def parts_lacked(self, lab: int) -> list[set[str]]:
        (said,) = [row for row in self.owned if row["record_id"] == lab]
        held = {row["role"] for row in self.links if row["lab_id"] == lab and row["actor_id"] in self.current}
        if said["host_named"]:
            held.add("host")
        if said["backbone_id"] in self.current:
            held.add("facilitator")
        return [roles for roles in ROLES if not roles & held]

    @property
    def unconfirmed(self) -> Mapping[int, int]:
        """How many ties of each lab, mission and need wait for a yes."""
        ties = [
            *((row, row["lab_id"], self.other(row)) for row in self.links),
            *((row, row["mission_id"], row["actor_id"]) for row in self.members),
            *((row, row["need_id"], row["offer_id"]) for row in self.responses),
        ]
        found: dict[int, int] = defaultdict(int)
        for row, one, other in ties:
            if row["confirmed_at"] is None and {one, other} <= self.current.keys():
                found[one] += 1
        return found

    def themes_without_lab(self, place: int) -> set[int]:
        kinds = defaultdict(set)
        for row in self.current.values():
            if place in row["place_ids"]:
                for theme in self.top.intersection(row["theme_ids"]):
                    kinds[theme].add(row["kind"])
        return {theme for theme, here in kinds.items() if here & {"need", "mission"} and "lab" not in here}

    def count(self, kind: str, place: int, theme: int = 0) -> int:
        return len(self.there(self.gaps[kind], place, theme))

    def there(self, ids: Iterable[int], place: int, theme: int = 0) -> set[int]:
        found = ((pk, self.current[pk]) for pk in ids)
        return {
            pk for pk, row in found
            if place in row["place_ids"] and (not theme or theme in row["theme_ids"])
        }  # fmt: skip

    # Ways from one to another

    def _neighbours(self) -> Mapping[int, set[int]]:
        near: dict[int, set[int]] = defaultdict(set)
        for one, other in self._ties():
            if one in self.current and other in self.current:
                near[one].add(other)
                near[other].add(one)
        return near

    def _ties(self) -> Iterator[tuple[int, int]]:
        yield from ((row["lab_id"], self.other(row)) for row in self.links)
        yield from ((row["mission_id"], row["actor_id"]) for row in self.members)
        yield from ((row["subject_id"], row["object_id"]) for row in rows(Relation))
        yield from ((row["need_id"], row["offer_id"]) for row in self.responses)
        for row in self.owned:
            for column in ("owner_id", "backbone_id", "mission_id"):
                if row.get(column):
                    yield row["record_id"], row[column]

    def coupled(self, one: int, other: int) -> bool:
        return other in self.near[one] or bool(self.near[one] & self.near[other])

    def pull(self, place: int, theme: int) -> set[int]:
        needs = self.of_kind("need", lambda _pk: True)
        labs = self.of_kind("lab", lambda lab: not self.has_push(lab))
        return self.there([*needs, *labs], place, theme)

    def push(self, place: int, theme: int) -> set[int]:
        offers = self.of_kind("offer", lambda _pk: True)
        actors = self.of_kind("actor", lambda pk: "push" in self.current[pk]["sides"])
        return self.there([*offers, *actors], place, theme)

    def parallel(self, place: int, theme: int) -> set[tuple[int, int]]:
        pull, push = self.pull(place, theme), self.push(place, theme)
        return {(one, other) for one in pull for other in push if not self.coupled(one, other)}

    def kinds(self, ids: Collection[int], kind: str) -> int:
        return sum(1 for pk in ids if self.current[pk]["kind"] == kind)

    def km(self, one: int, other: int) -> float | None:
        """By the spherical law of cosines, from the metres a record holds."""
        ends = [self.current[pk] for pk in (one, other)]
        if any(row["x"] is None for row in ends):
            return None
        (lon_1, lat_1), (lon_2, lat_2) = (
            (row["x"] / METRES, 2 * math.atan(math.exp(row["y"] / METRES)) - math.pi / 2) for row in ends
        )
        cosine = math.sin(lat_1) * math.sin(lat_2) + math.cos(lat_1) * math.cos(lat_2) * math.cos(
            lon_1 - lon_2
        )
        return EARTH_KM * math.acos(min(1.0, cosine))
