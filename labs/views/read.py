"""A lab's page."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actors.choices import Role
from actors.coalition import Member, gather
from actors.members import path_of
from actors.models import Offer
from curation.access import record_to_read
from curation.caching import public_page
from curation.choices import Kind
from curation.linked_head import entry_head
from curation.models import Record, Theme
from curation.reference import Reference
from curation.similar import similar_to
from curation.sources import sources
from missions.models import Mission, Need
from places.maps import LocalMap, Spot, local_map_of
from places.models import Place
from places.requests import HtmxRequest

from ..couplings import Coupling, Couplings, couplings_of
from ..hallmarks import hallmarks
from ..linked import lab_told
from ..mirror.runs import Run, latest_in, newest
from ..models import Lab
from ..outcomes import Outcomes, outcomes_of

NOTHING, NOTHING_YET = Couplings(), Outcomes()


@login_not_required
@require_safe
@public_page
def lab(request: HtmxRequest, slug: str) -> HttpResponse | HttpResponseRedirect:
    """All that is known of a lab, and what is not."""
    record = record_to_read(Kind.LAB, slug, "backbone__record", "heir", runs=newest())
    if record.slug != slug:
        return redirect(record, permanent=True)
    reference = Reference.now()
    couplings = couplings_of(record.lab.links.shown())
    context = page_of(
        record.lab, record, reference, themes=reference.themes_of(record),
        places=reference.places_named(record), members=couplings.members, couplings=couplings,
        outcomes=outcomes_of(record.lab, couplings.needs, today=timezone.localdate()),
        mirror=latest_in(getattr(record, "runs", ())),
    )  # fmt: skip
    told = lab_told(
        record.lab, record, context["themes"], context["places"], couplings.parties,
        (coupling.entry for coupling in couplings.missions if coupling.confirmed),
    )  # fmt: skip
    context["linked"] = entry_head(record, told, (_("Labs"), reverse("labs:browse")))
    return render(request, "labs/lab.html", context)


def page_of(
    shown: Lab, record: Record, reference: Reference, *, themes: Sequence[Theme], places: Sequence[Place],
    members: Iterable[Member], missions: Sequence[Mission] = (), needs: Sequence[Need] = (),
    offers: Sequence[Offer] = (), couplings: Couplings = NOTHING,
    outcomes: Outcomes = NOTHING_YET, mirror: Run | None = None,
) -> dict[str, Any]:  # fmt: skip
    """What the page shows of a lab; also of one that is being written and is nowhere yet.

    Nothing of that one is confirmed: it gives plain `missions`, `needs` and `offers`.
    """
    coalition = gather(members, backbone=path_of(shown.backbone))
    return {
        "lab": shown,
        "record": record,
        "themes": themes,
        "places": places,
        "local_map": where(shown, places),
        "coalition": coalition,
        "host": next((member for member in coalition.members if member.role == Role.HOST), None),
        "missions": [*couplings.missions, *map(Coupling, missions)],
        "needs": [*couplings.needs, *map(Coupling, needs)],
        "offers": [*couplings.offers, *map(Coupling, offers)],
        "earlier": couplings.earlier,
        "hallmarks": hallmarks(shown),
        "trials": outcomes.trials,
        "solutions": outcomes.solutions,
        "loop": outcomes.loop,
        "mirror": mirror,
        "sources": sources(record.source),
        "similar": similar_to(record, reference),
    }


def where(shown: Lab, places: Sequence[Place]) -> LocalMap | None:
    """The map round the lab's first municipality, with the lab on it where its point is known."""
    if not places:
        return None
    spots = []
    if shown.longitude is not None and shown.latitude is not None:
        spots = [Spot(shown.longitude, shown.latitude, shown.name)]
    return local_map_of(places[0], spots)
