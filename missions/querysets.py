"""Reading missions and their coalitions."""

from typing import TYPE_CHECKING, Self

from actors.querysets import PartyQuerySet
from curation.choices import State
from curation.querysets import EntryQuerySet, slim

if TYPE_CHECKING:
    from .models import CoalitionMember, Mission  # noqa: F401 - named in strings below


class MissionQuerySet(EntryQuerySet["Mission"]):
    """Verbs for choosing missions."""


class CoalitionMemberQuerySet(PartyQuerySet["CoalitionMember"]):
    """Verbs for choosing members of coalitions."""

    def with_mission(self) -> Self:
        """The rows whose mission everybody may read, with that mission."""
        return (
            self.filter(mission__record__state=State.PUBLISHED)
            .select_related("mission__record")
            .defer(*slim("mission__record__"))
        )
