"""An offer's page."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

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

from ..coalition import Earlier
from ..linked import offer_told
from ..members import earlier
from ..models import Offer


@login_not_required
@require_safe
@public_page
def offer(request: HtmxRequest, slug: str) -> HttpResponse | HttpResponseRedirect:
    """All that is known of an offer, and what is not."""
    record = record_to_read(Kind.OFFER, slug, "owner__record", "heir")
    if record.slug != slug:
        return redirect(record, permanent=True)
    shown = record.offer
    reference = Reference.now()
    context = page_of(
        shown, record, reference, themes=reference.themes_of(record), places=reference.places_named(record),
        labs=list(shown.links.with_lab().order_by("pk")),
        responses=list(shown.responses.with_need().order_by("pk")),
    )  # fmt: skip
    told = offer_told(shown, record, context["themes"], context["places"])
    context["linked"] = entry_head(record, told, (_("Offers"), reverse("offers:browse")))
    return render(request, "actors/offer.html", context)


def page_of(
    shown: Offer, record: Record, reference: Reference, *, themes: Sequence[Theme],
    places: Sequence[Place], labs: Sequence[Any] = (), responses: Sequence[Any] = (),
) -> dict[str, Any]:  # fmt: skip
    """What the page shows of an offer; also of one that is being written and is nowhere yet."""
    return {
        "offer": shown,
        "record": record,
        "themes": themes,
        "places": places,
        "labs": [link for link in labs if link.ended_on is None],
        "responses": [response for response in responses if response.ended_on is None],
        "earlier": [*earlier((link, link.lab) for link in labs if link.ended_on), *_over(responses)],
        "sources": sources(record.source),
        "similar": similar_to(record, reference),
    }


def _over(responses: Iterable[Any]) -> list[Earlier]:
    return [
        Earlier(
            response.need.name, response.need.get_absolute_url(), str(Kind.NEED.label), "",
            _("until %(year)s") % {"year": response.ended_on.year},
        )
        for response in responses
        if response.ended_on
    ]  # fmt: skip
