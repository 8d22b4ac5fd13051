"""Reading labs and their links."""

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from actors.querysets import PartyQuerySet
from curation.choices import State
from curation.querysets import EntryQuerySet, slim

if TYPE_CHECKING:
    from .models import Lab, Link  # noqa: F401 - named in strings below


class LabQuerySet(EntryQuerySet["Lab"]):
    """Verbs for choosing labs."""


class LinkQuerySet(PartyQuerySet["Link"]):
    """Verbs for choosing links."""

    def public(self) -> Self:
        """The links whose other end everybody may read, with that end, in the order they were made."""
        either = Q(actor__record__state=State.PUBLISHED) | Q(mission__record__state=State.PUBLISHED)
        ends = self.filter(either).select_related("actor__record", "mission__record")
        return ends.defer(*slim("actor__record__"), *slim("mission__record__")).order_by("pk")

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
