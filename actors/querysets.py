"""Reading organisations and what ties them together."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from curation.choices import State
from curation.querysets import EntryQuerySet, slim

from .choices import EnquiryState

if TYPE_CHECKING:
    from .models import (  # noqa: F401 - named in strings below
        Actor,
        Enquiry,
        Membership,
        Offer,
        Relation,
    )


class ActorQuerySet(EntryQuerySet["Actor"]):
    """Verbs for choosing actors."""


class OfferQuerySet(EntryQuerySet["Offer"]):
    """Verbs for choosing offers."""

    def past(self, day: dt.date) -> Self:
        """Going on, though they stood open only until before a day."""
        return self.filter(ended=False, open_until__lt=day)


class RelationQuerySet(models.QuerySet["Relation"]):
    """Verbs for choosing ties between actors."""

    def public(self) -> Self:
        """Ties between two published actors."""
        return self.filter(subject__record__state=State.PUBLISHED, object__record__state=State.PUBLISHED)

    def of(self, actor: "Actor") -> Self:
        """The ties of one actor in either direction, with both ends."""
        either = self.filter(Q(subject=actor) | Q(object=actor))
        ends = either.select_related("subject__record", "object__record")
        return ends.defer(*slim("subject__record__"), *slim("object__record__")).order_by("verb", "pk")


class PartyQuerySet[P: models.Model](models.QuerySet[P]):
    """Verbs for rows that tie an actor to something: the links of labs, the members of coalitions."""

    def running(self) -> Self:
        """Those that are not over."""
        return self.filter(ended_on__isnull=True)

    def with_actor(self) -> Self:
        """The rows whose actor everybody may read, with that actor."""
        return (
            self.filter(actor__record__state=State.PUBLISHED)
            .select_related("actor__record")
            .defer(*slim("actor__record__"))
        )


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Verbs for choosing who belongs to an organisation."""

    def running(self) -> Self:
        """Not ended, and of people who can log in."""
        return self.filter(until__isnull=True, user__is_active=True)

    def owners(self) -> Self:
        """Those who may invite others and hand over."""
        return self.running().filter(role="owner")


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    """Verbs for choosing what was written to those behind entries."""

    def unconfirmed(self) -> Self:
        """Written by strangers who have not confirmed their address: nobody else has seen them."""
        return self.filter(state=EnquiryState.UNCONFIRMED)

    def sent(self) -> Self:
        """Those that have reached somebody."""
        return self.exclude(state=EnquiryState.UNCONFIRMED)

    def unanswered(self) -> Self:
        """Those that wait for an answer."""
        return self.filter(state=EnquiryState.SENT)

    def late(self, today: dt.date) -> Self:
        """Those that wait though the day has passed by which an answer was promised."""
        return self.unanswered().filter(answer_by__lt=today)

    def open(self) -> Self:
        """Sent, and not closed."""
        return self.filter(state__in=(EnquiryState.SENT, EnquiryState.ANSWERED))

    def by(self, user: models.Model) -> Self:
        """Those somebody has sent while logged in."""
        return self.filter(sender=user)

    def shown(self) -> Self:
        """With the records they name, without the columns only searching reads."""
        rows = self.select_related("record", "about", "organisation__record")
        return rows.defer(*slim("record__"), *slim("about__"), *slim("organisation__record__"))
