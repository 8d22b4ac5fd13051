"""A need's page."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actors.coalition import Earlier
from actors.members import earlier
from curation.access import record_to_read
from curation.caching import public_page
from curation.choices import Kind
from curation.linked_head import entry_head
from curation.models import Record, Theme
from curation.reference import Reference
from curation.similar import similar_to
from curation.sources import sources
from places.models import Place
from places.requests import HtmxRequest

from ..came_of_it import CameOfIt, came_of_need
from ..linked import need_told
from ..models import Need, Response
from ..readiness import readiness_of

NOTHING = CameOfIt()


@login_not_required
@require_safe
@public_page
def need(request: HtmxRequest, slug: str) -> HttpResponse | HttpResponseRedirect:
    """All that is known of a need, and what is not."""
    record = record_to_read(Kind.NEED, slug, "owner__record", "mission__record", "heir")
    if record.slug != slug:
        return redirect(record, permanent=True)
    shown = record.need
    reference = Reference.now()
    context = page_of(
        shown, record, reference, themes=reference.themes_of(record), places=reference.places_named(record),
        labs=list(shown.links.with_lab().order_by("pk")),
        responses=list(shown.responses.with_offer().order_by("pk")), came=came_of_need(shown),
    )  # fmt: skip
    told = need_told(shown, record, context["themes"], context["places"])
    context["linked"] = entry_head(record, told, (_("Needs"), reverse("needs:browse")))
    return render(request, "missions/need.html", context)


def page_of(
    shown: Need, record: Record, reference: Reference, *, themes: Sequence[Theme],
    places: Sequence[Place], labs: Sequence[Any] = (), responses: Sequence[Response] = (),
    came: CameOfIt = NOTHING,
) -> dict[str, Any]:  # fmt: skip
    """What the page shows of a need; also of one that is being written and is nowhere yet."""
    over = [*earlier((link, link.lab) for link in labs if link.ended_on), *_over(responses)]
    return {
        "need": shown,
        "record": record,
        "themes": themes,
        "places": places,
        "readiness": readiness_of(shown),
        "card": collaboration(shown),
        "labs": [link for link in labs if link.ended_on is None],
        "responses": [response for response in responses if response.ended_on is None],
        "came": came,
        "earlier": over,
        "sources": sources(record.source),
        "similar": similar_to(record, reference),
    }


def collaboration(shown: Need) -> list[tuple[str, str]]:
    """The collaboration card: each part with what is told of it, or nothing."""
    return [
        (_("Form of cooperation"), shown.cooperation),
        (_("Hours asked of daily operation"), shown.hours),
        (_("Data and ethics"), shown.data_ethics),
        (_("What the partner gets back"), shown.gives_back),
        (_("Who owns the results"), shown.results_owner),
        (_("When it can take place"), shown.window),
        (_("Who signs"), shown.signed_by),
    ]


def _over(responses: Iterable[Response]) -> list[Earlier]:
    return [
        Earlier(
            response.offer.name, response.offer.get_absolute_url(), str(Kind.OFFER.label), "",
            _("until %(year)s") % {"year": response.ended_on.year},
        )
        for response in responses
        if response.ended_on
    ]  # fmt: skip
