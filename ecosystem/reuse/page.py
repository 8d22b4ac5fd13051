"""All that the page of a solution's spread shows, in a few statements however many took it over."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from curation.models import Record
from curation.reference import Reference

from ..ground import all_places, ground_of, municipalities_on
from .drawing import draw
from .effects import Effects, effects_of
from .mapping import SpreadMap, spread_map
from .members import Member, Spread, What
from .picture import Key, Picture, legend
from .reading import spread_of
from .tree import Tree, grown
from .years import OverTime, over_time

SHORT = 40


@dataclass(frozen=True)
class TreeRow:
    """A line of the table that equals the picture."""

    member: Member
    depth: int
    parent: Member | None

    @property
    def indent(self) -> int:
        """How far its name is moved in; deeper ones no further."""
        return min(self.depth, 6)


@dataclass(frozen=True)
class Counted:
    """What the first sentences and the description of the picture say."""

    name: str
    adoptions: int
    confirmed: int
    ended: int
    passed_on: int
    inspired: int
    first: int | None


class Page:
    """The spread of a solution; each part is made when it is asked for."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.all_places = {place.pk: place for place in all_places()}
        self.spread: Spread = spread_of(record, Reference(places=self.all_places))
        self.tree: Tree = grown(self.spread)

    @property
    def title(self) -> str:
        return _("How “%(name)s” has spread") % {"name": self.spread.name}

    @cached_property
    def counted(self) -> Counted:
        adoptions = self.spread.adoptions
        years = [one.year for one in adoptions if one.year is not None]
        return Counted(
            name=self.spread.name,
            adoptions=len(adoptions),
            confirmed=sum(1 for one in adoptions if one.confirmed),
            ended=sum(1 for one in adoptions if one.ended),
            passed_on=sum(1 for one in adoptions if self.tree.depths[one.key] > 1),
            inspired=len(self.spread.inspired),
            first=min(years, default=None),
        )

    @property
    def anything(self) -> bool:
        """Whether there is a tree to draw."""
        return len(self.tree.members) > 1

    @property
    def short(self) -> bool:
        """Whether its table stands open: a long one would hide what comes below."""
        return len(self.tree.members) <= SHORT

    @cached_property
    def picture(self) -> Picture:
        return draw(self.tree, self.spread.inspiration)

    @property
    def key(self) -> list[Key]:
        """What is in the picture, and no more."""
        looks = {(mark.looks, mark.css) for mark in self.picture.marks}
        named = any("--named" in css for _look, css in looks)
        over = any("--over" in css for _look, css in looks)
        kinds = {look for look, _css in looks}
        return [
            one for one in legend()
            if (named if "--named" in one.css else over if one.over else one.looks in kinds)
        ]  # fmt: skip

    @property
    def rows(self) -> Sequence[TreeRow]:
        tree = self.tree
        return [TreeRow(member, tree.depths[member.key], tree.parent(member)) for member in tree.members]

    @property
    def inspiration(self) -> Member | None:
        return self.spread.inspiration

    @cached_property
    def over_time(self) -> OverTime:
        return over_time(self.spread.adoptions)

    @cached_property
    def effects(self) -> Effects:
        return effects_of(self.tree)

    @cached_property
    def map(self) -> SpreadMap:
        towns = municipalities_on(timezone.localdate(), list(self.all_places.values()))
        return spread_map(self.spread, self.all_places, ground_of(towns))

    @property
    def began(self) -> bool:
        """Whether it is told who it began with, and not the solution that stands for itself."""
        return self.tree.root.what == What.ORIGIN and self.tree.root.name != self.spread.name
