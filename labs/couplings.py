"""What a lab is coupled to, as its page shows it: missions, needs and offers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from actors.coalition import Earlier, Member
from actors.members import earlier, member, years
from actors.models import Actor, Offer
from curation.choices import Kind
from missions.models import Mission, Need

from .models import Link


@dataclass(frozen=True)
class Coupling:
    """A mission, a need or an offer tied to a lab. Until whose it is has confirmed it, it is only named."""

    entry: Mission | Need | Offer
    confirmed: bool = False
    years: str = ""

    @property
    def owner(self) -> Actor | None:
        """Whose it is, if that may be named."""
        return self.entry.owner if self.entry.owner and self.entry.owner.is_public else None


@dataclass(frozen=True)
class Couplings:
    """All that is tied to a lab: who takes part, what it is coupled to, and what is over."""

    members: Sequence[Member] = ()
    parties: Sequence[Link] = ()
    missions: Sequence[Coupling] = ()
    needs: Sequence[Coupling] = ()
    offers: Sequence[Coupling] = ()
    earlier: Sequence[Earlier] = ()


def couplings_of(links: Iterable[Link]) -> Couplings:
    """Sorts links that were loaded with what they tie; what goes on comes before what has ended."""
    every = list(links)
    running = [link for link in every if link.ended_on is None]
    return Couplings(
        members=[member(link) for link in running if link.actor],
        parties=[link for link in running if link.actor],
        missions=_coupled(running, Kind.MISSION),
        needs=_coupled(running, Kind.NEED),
        offers=_coupled(running, Kind.OFFER),
        earlier=earlier((link, link.end) for link in every if link.ended_on),
    )


def _coupled(links: Iterable[Link], kind: str) -> list[Coupling]:
    found = [Coupling(link.end, link.confirmed, years(link)) for link in links if link.end.kind == kind]
    return sorted(found, key=lambda coupling: (coupling.entry.ended, coupling.entry.sort_keys))
