"""Which part of what waits an address asks for: all one looks after, or what is a person's or a place's."""

from dataclasses import dataclass, replace

from django.http import QueryDict

from accounts.models import User
from curation.access import Scope, can_curate, given_to
from curation.models import Theme
from places.models import Place

from .queues import Row


@dataclass(frozen=True)
class Part:
    """What is shown. `query` asks for it again, `name` says whose it is; empty for all one looks after."""

    scope: Scope
    query: str = ""
    name: str = ""

    @property
    def is_mine(self) -> bool:
        return self.query == MINE

    def keep(self, path: str) -> str:
        """A path that stays within this part."""
        return f"{path}?{self.query}" if self.query else path

    def kept(self, rows: list[Row]) -> list[Row]:
        return [replace(row, path=self.keep(row.path)) for row in rows] if self.query else rows


MINE = "mine=1"


def part_of(user: User, duty: Scope, query: QueryDict) -> Part:
    """`mine`: of a curator their own; `of`: somebody's as a curator, or a place or theme one looks after.

    What an address asks and nobody knows or may see is left out; then it is all one's duty.
    """
    if "mine" in query and duty.everything and (own := own_part(user)).scope:
        return own
    return _asked(duty, query.get("of", "")) or Part(duty)


def own_part(user: User) -> Part:
    """What somebody looks after by name, themselves or standing in, whatever else they may do."""
    return Part(given_to(user), MINE if can_curate(user) else "")


def part_of_person(person: User) -> Part:
    """The same of somebody, for curators."""
    return Part(given_to(person), f"of=person-{person.pk}", str(person))


def _asked(duty: Scope, of: str) -> Part | None:
    kind, _sep, digits = of.partition("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        return None
    number = int(digits)
    if kind == "person":
        return _of_person(number) if duty.everything else None
    if kind == "place" and (duty.everything or number in duty.places):
        place = Place.objects.filter(pk=number).first()
        return Part(Scope(places=frozenset((number,))), f"of={kind}-{number}", place.name) if place else None
    if kind == "theme" and (duty.everything or number in duty.themes):
        theme = Theme.objects.filter(pk=number).first()
        return Part(Scope(themes=frozenset((number,))), f"of={kind}-{number}", theme.name) if theme else None
    return None


def _of_person(number: int) -> Part | None:
    person = User.objects.filter(pk=number, is_active=True).first()
    part = part_of_person(person) if person else None
    return part if part and part.scope else None
