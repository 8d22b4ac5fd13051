"""An actor's page."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from curation.access import record_to_read
from curation.caching import public_page
from curation.choices import Kind
from curation.models import Record, Theme
from curation.reference import Reference
from curation.sources import sources
from places.models import Place
from places.requests import HtmxRequest

from ..models import Actor, Relation


@login_not_required
@require_safe
@public_page
def actor(request: HtmxRequest, slug: str) -> HttpResponse | HttpResponseRedirect:
    """An organisation, the labs and missions it takes part in, and the organisations it is tied to."""
    record = record_to_read(Kind.ACTOR, slug, "heir")
    if record.slug != slug:
        return redirect(record, permanent=True)
    shown = record.actor
    reference = Reference.now()
    context = page_of(
        shown, record, places=reference.places_named(record), themes=reference.themes_of(record),
        labs=shown.links.with_lab().order_by("lab__record__sort_da"),
        missions=shown.coalitions.with_mission().order_by("mission__record__sort_da"),
        relations=Relation.objects.public().of(shown),
    )  # fmt: skip
    return render(request, "actors/actor.html", context)


def page_of(
    shown: Actor, record: Record, *, places: Sequence[Place], themes: Sequence[Theme] = (),
    labs: Iterable[Any] = (), missions: Iterable[Any] = (), relations: Iterable[Relation] = (),
) -> dict[str, Any]:  # fmt: skip
    """What the page shows of an organisation; also of one that is being written and is nowhere yet."""
    return {
        "actor": shown,
        "record": record,
        "themes": themes,
        "places": places,
        "labs": labs,
        "missions": missions,
        "relations": relations,
        "sources": sources(record.source),
    }
