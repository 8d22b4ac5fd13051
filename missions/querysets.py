"""Reading missions and their coalitions, needs and what answers them."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models

from actors.querysets import PartyQuerySet
from curation.choices import State
from curation.querysets import EntryQuerySet, slim

if TYPE_CHECKING:
    from .models import CoalitionMember, Mission, Need, Response  # noqa: F401 - named in strings below


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


class NeedQuerySet(EntryQuerySet["Need"]):
    """Verbs for choosing needs."""

    def past(self, day: dt.date) -> Self:
        """Going on, though their deadline was before a day."""
        return self.filter(ended=False, deadline__lt=day)


class ResponseQuerySet(models.QuerySet["Response"]):
    """Verbs for choosing what answers needs."""

    def running(self) -> Self:
        """Those that are not over."""
        return self.filter(ended_on__isnull=True)

    def with_offer(self) -> Self:
        """Those whose offer everybody may read, with it and the organisation that makes it."""
        return (
            self.filter(offer__record__state=State.PUBLISHED)
            .select_related("offer__record", "offer__owner__record")
            .defer(*slim("offer__record__"), *slim("offer__owner__record__"))
        )

    def with_need(self) -> Self:
        """Those whose need everybody may read, with it and the organisation that has it."""
        return (
            self.filter(need__record__state=State.PUBLISHED)
            .select_related("need__record", "need__owner__record")
            .defer(*slim("need__record__"), *slim("need__owner__record__"))
        )
