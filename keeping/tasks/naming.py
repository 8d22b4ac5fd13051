"""Once a day: ask organisations about the labs and missions that name them."""

import logging
from itertools import batched

from django.db.models import Exists, OuterRef, Q
from procrastinate.contrib.django import app

from actors.models import Actor, Membership
from actors.querysets import PartyQuerySet
from curation.choices import State
from labs.models import Link
from missions.models import CoalitionMember

from ..naming import ask, confirm_own

logger = logging.getLogger(__name__)

BATCH = 200


@app.periodic(cron="41 5 * * *")
@app.task(name="keeping.ask_the_named", queue="jobs", queueing_lock="keeping.ask_the_named")
def ask_the_named(timestamp: int) -> None:
    """Each organisation is a transaction of its own; one that cannot be written to keeps no other from it."""
    confirm_own()
    for some in batched(to_ask(), BATCH, strict=False):
        for actor in Actor.objects.filter(pk__in=some).select_related("record").order_by("pk"):
            try:
                ask(actor)
            except Exception:
                logger.exception("Actor %s could not be asked", actor.pk)


def to_ask() -> list[int]:
    """The organisations that were named and not asked, and that somebody speaks for."""
    spoken_for = Exists(Membership.objects.running().filter(actor=OuterRef("pk")))
    actors = Actor.objects.published().filter(spoken_for | ~Q(record__contact_email=""))
    named = Exists(_unasked(Link.objects.filter(lab__record__state=State.PUBLISHED))) | Exists(
        _unasked(CoalitionMember.objects.filter(mission__record__state=State.PUBLISHED))
    )
    return list(actors.filter(named).order_by("pk").values_list("pk", flat=True))


def _unasked[P: Link | CoalitionMember](parties: PartyQuerySet[P]) -> PartyQuerySet[P]:
    return parties.filter(actor=OuterRef("pk"), asked_at__isnull=True, confirmed_at__isnull=True)
