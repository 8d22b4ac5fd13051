"""Once a day: ask organisations about what names them, and what ties something of theirs to itself."""

import logging
from collections.abc import Iterator
from itertools import batched
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from procrastinate.contrib.django import app

from actors.models import Actor, Membership
from curation.choices import State
from labs.models import Adoption, Link, Partner
from labs.querysets import TIED
from missions.models import CoalitionMember, Response

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
    named = Q()
    for rows, owner in _asking():
        named |= Q(pk__in=rows.order_by().values(owner))
    return list(actors.filter(named).order_by("pk").values_list("pk", flat=True))


def _asking() -> Iterator[tuple[QuerySet[Any], str]]:
    """Ties in public that nobody was asked about yet, and the column of whom to ask."""
    links = _unasked(Link.objects.filter(lab__record__state=State.PUBLISHED))
    yield links, "actor"
    for end in TIED:
        public = links.filter((f"{end}__record__state", State.PUBLISHED))
        yield public.filter(by_other=False), f"{end}__owner"
        yield public.filter(by_other=True), "lab__owner"
    yield _unasked(CoalitionMember.objects.filter(mission__record__state=State.PUBLISHED)), "actor"
    published = Q(trial__record__state=State.PUBLISHED) | Q(solution__record__state=State.PUBLISHED)
    yield _unasked(Partner.objects.filter(published)), "actor"
    yield _unasked(Adoption.objects.filter(solution__record__state=State.PUBLISHED)), "adopter"
    answers = Response.objects.filter(
        offer__record__state=State.PUBLISHED, need__record__state=State.PUBLISHED, need__ended=False
    )
    yield _unasked(answers), "need__owner"


def _unasked(rows: Any) -> QuerySet[Any]:
    unasked: QuerySet[Any] = rows.running().filter(asked_at__isnull=True, confirmed_at__isnull=True)
    return unasked
