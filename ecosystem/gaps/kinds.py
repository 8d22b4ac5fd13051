"""What is called a missing link: the kinds, what makes a coalition whole, which are told first. No database.

Only what is current counts, and only ties that run between two current entries. An entry's missing link
belongs to the places the entry belongs to.

- Need without PUSH: no offer answers it, and no lab it is tied to has anybody or anything on the PUSH side.
- Theme without lab: of the first level, with a need or a mission here and no living lab here.
- Lab lacking a part: one of `PARTS` is filled by nobody.
- Offer without practice: it answers no need and is tied to no lab. A lab is practice, so any lab will do.
- Actor without links: in no lab, coalition or relation, and answering for no need, offer, lab or mission.
- Unconfirmed: a lab, mission or need with ties the other party has not confirmed, all of them in one row.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from actors.choices import Role
from curation.choices import Side


class GapKind(models.TextChoices):
    """The kinds of missing link, by the names used in addresses, the most telling first."""

    NEEDS = "needs", _("Needs nobody brings knowledge to")
    THEMES = "themes", _("Themes with a need and no lab")
    LABS = "labs", _("Labs that lack a part")
    OFFERS = "offers", _("Offers without practice")
    ACTORS = "actors", _("Actors without links")
    LINKS = "links", _("Links not confirmed")

    @property
    def meaning(self) -> str:
        """What is counted, in one sentence."""
        return str(MEANINGS[self])


MEANINGS: Mapping[str, Any] = {
    GapKind.NEEDS: _("No offer answers the need, and no lab that works on it has anybody on the PUSH side."),
    GapKind.THEMES: _("A need or a mission here is about the theme, but no living lab here."),
    GapKind.LABS: _(
        "Nobody is named for a part without which need and knowledge hardly meet: who has the need, who lives"
        " with it, research, and somebody who keeps it together."
    ),
    GapKind.OFFERS: _("The offer answers no need and is tied to no living lab."),
    GapKind.ACTORS: _("The organisation takes part in no lab, coalition or cooperation in the register."),
    GapKind.LINKS: _("They are told by one side only. The other one has not yet said that it is so."),
}


@dataclass(frozen=True)
class Part:
    """A part of a coalition that any of some roles fills; `asked` is the one to look for."""

    name: str
    roles: Sequence[Role]
    side: Side
    lacking: Any

    @property
    def asked(self) -> Role:
        return self.roles[0]


# Twelve roles are too many to nag about. These four are what the register's idea cannot do without: the need
# has an owner in daily operation (or a host, where it happens), those who live with it take part, somebody
# brings knowledge, and somebody keeps it together. The others make a coalition stronger.
PARTS: Mapping[str, Part] = {
    part.name: part
    for part in (
        Part("need", (Role.NEED_OWNER, Role.HOST), Side.PULL, _("a need owner or a host")),
        Part("users", (Role.USERS, Role.FRONTLINE), Side.PULL, _("users or front-line staff")),
        Part("research", (Role.RESEARCH,), Side.PUSH, _("a research partner")),
        Part("together", (Role.FACILITATOR,), Side.BOTH, _("somebody who keeps it together")),
    )
}


@dataclass(frozen=True)
class Gap:
    """One missing link: which side is missing, what, why it is there, and the one thing to do about it.

    `about` is the address of what it is about; `reason` is one sentence.
    """

    kind: GapKind
    side: Side
    title: str
    about: str
    reason: str
    action: str
    path: str
    note: str = ""

    @property
    def label(self) -> Any:
        """The word before the side."""
        return _("Not confirmed") if self.kind == GapKind.LINKS else _("Missing")


def side_of(sides: Iterable[str]) -> Side:
    """One side where all are on it, else both."""
    found = set(sides)
    return Side(found.pop()) if len(found) == 1 else Side.BOTH


def opposite(side: str) -> Side:
    """What somebody on this side needs to meet."""
    return {Side.PULL: Side.PUSH, Side.PUSH: Side.PULL}.get(Side(side), Side.BOTH)


def most_telling[G](found: Mapping[GapKind, Sequence[G]], number: int) -> list[G]:
    """The first of each kind in their order, then the second ones …; many of one kind hide no other."""
    turns = zip_longest(*(found.get(kind, ()) for kind in GapKind))
    return [gap for turn in turns for gap in turn if gap is not None][:number]
