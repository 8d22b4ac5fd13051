"""A trial's page."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actors.coalition import Earlier, Member
from actors.members import earlier, member
from curation.access import record_to_read
from curation.caching import public_page
from curation.choices import Kind, Side
from curation.linked_head import entry_head
from curation.models import Record, Theme
from curation.reference import Reference
from curation.similar import similar_to
from curation.sources import sources
from places.maps import LocalMap, Spot, local_map_of
from places.models import Place
from places.requests import HtmxRequest

from ..learning import log_of
from ..linked import trial_told
from ..models import Learning, Partner, Trial


@dataclass(frozen=True)
class OnSide:
    """Those who take part on one side."""

    side: Side
    members: Sequence[Member]


@login_not_required
@require_safe
@public_page
def trial(request: HtmxRequest, slug: str) -> HttpResponse | HttpResponseRedirect:
    """All that is known of a trial, and what is not."""
    loaded = ("owner__record", "lab__record", "need__record", "solution__record", "heir")
    record = record_to_read(Kind.TRIAL, slug, *loaded)
    if record.slug != slug:
        return redirect(record, permanent=True)
    shown, reference = record.trial, Reference.now()
    partners = list(shown.partners.with_actor().order_by("pk"))
    running = [partner for partner in partners if partner.ended_on is None]
    context = page_of(
        shown, record, reference, themes=reference.themes_of(record), places=reference.places_named(record),
        members=[member(partner) for partner in running],
        over=_over(partners), learnings=shown.learnings.order_by("on", "pk"),
    )  # fmt: skip
    told = trial_told(shown, record, context["themes"], context["places"], running)
    context["linked"] = entry_head(record, told, (_("Trials"), reverse("trials:browse")))
    return render(request, "labs/trial.html", context)


def page_of(
    shown: Trial, record: Record, reference: Reference, *, themes: Sequence[Theme], places: Sequence[Place],
    members: Sequence[Member], over: Sequence[Earlier] = (), learnings: Iterable[Learning] = (),
) -> dict[str, Any]:  # fmt: skip
    """What the page shows of a trial; also of one that is being written and is nowhere yet."""
    return {
        "trial": shown,
        "record": record,
        "lab": shown.lab if shown.lab_id and shown.lab.is_public else None,
        "themes": themes,
        "places": places,
        "local_map": _where(shown, places),
        "late": _is_late(shown, timezone.localdate()),
        "sides": sides_of(members),
        "earlier": over,
        "log": log_of(learnings),
        "sources": sources(record.source),
        "similar": similar_to(record, reference),
    }


def _is_late(shown: Trial, today: dt.date) -> bool:
    """Whether the month in which it was to be over has passed, and it goes on as far as is told."""
    planned = shown.ends_on
    return not shown.ended and planned is not None and planned < today.replace(day=1)


def sides_of(members: Sequence[Member]) -> list[OnSide]:
    """PULL first, then PUSH, then those on both; a side nobody stands on is left out."""
    every = (
        OnSide(side, [one for one in members if one.side == side])
        for side in (Side.PULL, Side.PUSH, Side.BOTH)
    )
    return [side for side in every if side.members]


def _over(partners: Iterable[Partner]) -> list[Earlier]:
    return earlier((partner, partner.actor) for partner in partners if partner.ended_on)


def _where(shown: Trial, places: Sequence[Place]) -> LocalMap | None:
    if not places:
        return None
    spots = []
    if shown.longitude is not None and shown.latitude is not None:
        spots = [Spot(shown.longitude, shown.latitude, shown.name)]
    return local_map_of(places[0], spots)
