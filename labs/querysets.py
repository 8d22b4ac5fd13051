"""Reading labs and their links."""

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from actors.querysets import PartyQuerySet
from curation.choices import State
from curation.querysets import EntryQuerySet, slim

if TYPE_CHECKING:
    from .models import Lab, Link  # noqa: F401 - named in strings below


# What a link ties to a lab.
ENDS = ("actor", "mission", "need", "offer")


class LabQuerySet(EntryQuerySet["Lab"]):
    """Verbs for choosing labs."""


class LinkQuerySet(PartyQuerySet["Link"]):
    """Verbs for choosing links."""

    def public(self) -> Self:
        """The links whose other end everybody may read, with that end, in the order they were made."""
        either = Q(*((f"{end}__record__state", State.PUBLISHED) for end in ENDS), _connector=Q.OR)
        ends = self.filter(either).select_related(*(f"{end}__record" for end in ENDS))
        return ends.defer(*(column for end in ENDS for column in slim(f"{end}__record__"))).order_by("pk")

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
