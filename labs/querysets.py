"""Reading labs and their links."""

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Q

from actors.querysets import PartyQuerySet
from curation.choices import State
from curation.querysets import EntryQuerySet, slim

if TYPE_CHECKING:
    from .models import Lab, Link  # noqa: F401 - named in strings below


# What a link ties to a lab; and of that what belongs to an organisation.
ENDS = ("actor", "mission", "need", "offer")
TIED = ("mission", "need", "offer")


class LabQuerySet(EntryQuerySet["Lab"]):
    """Verbs for choosing labs."""


class LinkQuerySet(PartyQuerySet["Link"]):
    """Verbs for choosing links."""

    def public(self) -> Self:
        """The links whose other end everybody may read, with that end, in the order they were made."""
        either = Q(*((f"{end}__record__state", State.PUBLISHED) for end in ENDS), _connector=Q.OR)
        ends = self.filter(either).select_related(*(f"{end}__record" for end in ENDS))
        return ends.defer(*(column for end in ENDS for column in slim(f"{end}__record__"))).order_by("pk")

    def shown(self) -> Self:
        """The same with whose they are, as a lab's page shows them."""
        owners = [f"{end}__owner__record" for end in TIED]
        columns = (column for owner in owners for column in slim(f"{owner}__"))
        return self.public().select_related(*owners).defer(*columns)

    def to_entries(self) -> Self:
        """The links to missions, needs and offers in whatever state, with these."""
        ends = self.filter(actor__isnull=True).select_related(*(f"{end}__record" for end in TIED))
        return ends.order_by("pk")

    def owned_by(self, actor: Any) -> Self:
        """The links to what belongs to an organisation, or to each of those a query names."""
        return self.filter(Q(*((f"{end}__owner", actor) for end in TIED), _connector=Q.OR))

    def with_mission(self) -> Self:
        """The links to missions everybody may read, with the mission."""
        return (
            self.filter(mission__record__state=State.PUBLISHED)
            .select_related("mission__record")
            .defer(*slim("mission__record__"))
        )

    def with_lab(self) -> Self:
        """The links whose lab everybody may read, with that lab."""
        return (
            self.filter(lab__record__state=State.PUBLISHED)
            .select_related("lab__record")
            .defer(*slim("lab__record__"))
        )
