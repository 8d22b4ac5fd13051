"""What speaks for PULL and for PUSH, counted from the files alone."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tests.ecosystem.recount import KINDS, TOLD, Entry, rows

type Key = tuple[str, str]
PULL_KINDS = ("need", "mission", "lab", "pull_link")
PUSH_KINDS = ("offer", "push_actor", "push_link")


@cache
def register() -> Mapping[Key, Entry]:
    """Every row by its kind and its name."""
    return {(kind, entry.name): entry for kind, entries in KINDS.items() for entry in entries()}


@dataclass(frozen=True)
class Tie:
    """A link: its two ends, its direction, and the end whose themes it stands under, if any."""

    ends: tuple[Key, Key]
    direction: str
    carrier: Key | None

    @property
    def goes_on(self) -> bool:
        return not any(register()[end].ended for end in self.ends)

    def here(self, place: str) -> bool:
        return any(place in register()[end].filed["place"] for end in self.ends)

    def about(self, theme: str) -> bool:
        return self.carrier is not None and theme in register()[self.carrier].filed["theme"]


@cache
def ties() -> list[Tie]:
    """The rows of links.csv, and the labs that needs and offers name."""
    found = []
    for row in rows("links.csv"):
        ends = (row["from_type"], row["from_name"]), (row["to_type"], row["to_name"])
        carriers = [end for kind in ("lab", "mission") for end in ends if end[0] == kind]
        found.append(Tie(ends, row["direction"], carriers[0] if carriers else None))
    for file, side in TOLD.items():
        for row in rows(file):
            if row["lab"]:
                lab = ("lab", row["lab"])
                found.append(Tie(((file.removesuffix("s.csv"), row["title"]), lab), side, lab))
    return found


# Trials and solutions stand on no side.
STANDING = ("lab", "mission", "need", "offer")


def evidence(place: str, theme: str = "") -> Counter[str]:
    """The counts of every kind of evidence of a place, under a theme or in all."""
    count: Counter[str] = Counter()
    for (kind, _name), entry in register().items():
        if entry.ended or place not in entry.filed["place"] or (theme and theme not in entry.filed["theme"]):
            continue
        if kind in STANDING:
            count[kind] += 1
        elif kind == "actor" and entry.filed["side"] == {"push"}:
            count["push_actor"] += 1
    for tie in ties():
        if tie.goes_on and tie.here(place) and (not theme or tie.about(theme)):
            count["pull_link"] += tie.direction != "push"
            count["push_link"] += tie.direction != "pull"
    return count


def totals(count: Mapping[str, int]) -> tuple[int, int]:
    """PULL and PUSH."""
    return sum(count.get(kind, 0) for kind in PULL_KINDS), sum(count.get(kind, 0) for kind in PUSH_KINDS)


def known(kind: str, place: str) -> int:
    """How many the register knows of there, over or not."""
    return sum(place in entry.filed["place"] for entry in KINDS[kind]())
