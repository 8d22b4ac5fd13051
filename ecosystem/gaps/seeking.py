"""What could fill a missing link: which kinds of entry, on which sides. No database."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from curation.choices import Kind, Side

from .kinds import PARTS, Part, opposite


@dataclass(frozen=True)
class Wanted:
    """A kind of entry; of actors only those that usually stand on one of the sides."""

    kind: Kind
    sides: Sequence[Side] = ()


PUSHING = Wanted(Kind.ACTOR, (Side.PUSH, Side.BOTH))
PULLING = Wanted(Kind.ACTOR, (Side.PULL, Side.BOTH))
BRIDGING = Wanted(Kind.ACTOR, (Side.BOTH,))
OFFERS, NEEDS, LABS = Wanted(Kind.OFFER), Wanted(Kind.NEED), Wanted(Kind.LAB)
# For a part on both sides: who stands on both holds together best.
FOR_PART = {Side.PULL: (PULLING,), Side.PUSH: (OFFERS, PUSHING), Side.BOTH: (BRIDGING,)}
FOR_ACTOR = {Side.PUSH: (NEEDS, LABS), Side.PULL: (OFFERS, LABS), Side.BOTH: (NEEDS, OFFERS, LABS)}
SOUGHT = {
    Kind.NEED: _("Offers, and organisations that bring knowledge, about the same themes."),
    Kind.OFFER: _("Needs and living labs about the same themes."),
    Kind.ACTOR: _("What the organisation could take part in."),
}
SOUGHT_FOR_PART = {
    Side.PULL: _("Organisations on the PULL side that are in something about the same themes."),
    Side.PUSH: _("Offers, and organisations that bring knowledge, about the same themes."),
    Side.BOTH: _("Organisations that stand on both sides and are in something about the same themes."),
}


@dataclass(frozen=True)
class Search:
    """What is looked for: the side it is on, the kinds of entry, and the same in one sentence."""

    side: Side
    wanted: Sequence[Wanted]
    told: Any


def search_for(kind: str, side: str, part: Part | None = None) -> Search:
    """For a need, an offer, an actor that usually stands on this side, or a part of a lab."""
    match kind:
        case Kind.NEED:
            return Search(Side.PUSH, (OFFERS, PUSHING), SOUGHT[Kind.NEED])
        case Kind.OFFER:
            return Search(Side.PULL, (NEEDS, LABS), SOUGHT[Kind.OFFER])
        case Kind.ACTOR:
            return Search(opposite(side), FOR_ACTOR[Side(side)], SOUGHT[Kind.ACTOR])
    part = part or PARTS["research"]
    return Search(part.side, FOR_PART[part.side], SOUGHT_FOR_PART[part.side])
