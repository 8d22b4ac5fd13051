"""An actor's page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
from curation.sources import sources
from places.models import Place
from places.requests import HtmxRequest

from ..answering import Answering, answering_of
from ..linked import actor_told
from ..models import Actor, OwnedEntry, Relation

# Of the needs, and of the offers, of one organisation; in Denmark's data nobody has more than six.
MOST = 60


@dataclass(frozen=True)
class Owned:
    """The needs or the offers of an organisation. `more`: there are more than are shown."""

    current: Sequence[OwnedEntry] = ()
    over: Sequence[OwnedEntry] = ()
    more: bool = False

    @property
    def shown(self) -> int:
        """How many are shown."""
        return len(self.current) + len(self.over)


@login_not_required
@require_safe
@public_page
def actor(request: HtmxRequest, slug: str) -> HttpResponse | HttpResponseRedirect:
    """An organisation, its needs and offers, the labs and missions it is in, whom it is tied to."""
    record = record_to_read(Kind.ACTOR, slug, "heir")
    if record.slug != slug:
        return redirect(record, permanent=True)
    shown = record.actor
    reference = Reference.now()
    needs, offers = owned(shown)
    context = page_of(
        shown, record, places=reference.places_named(record), themes=reference.themes_of(record),
        labs=shown.links.with_lab().order_by("lab__record__sort_da"),
        missions=shown.coalitions.with_mission().order_by("mission__record__sort_da"),
        relations=Relation.objects.public().of(shown), needs=needs, offers=offers,
        answers=answering_of(record) if record.claimed_at else None,  # nobody else answers for it
    )  # fmt: skip
    told = actor_told(shown, record, context["themes"], context["places"])
    context["linked"] = entry_head(record, told, (_("Actors"), reverse("actors:browse")))
    return render(request, "actors/actor.html", context)


def owned(actor: Actor) -> tuple[Owned, Owned]:
    """The published needs and offers of an organisation, the best first; one statement for both."""
    ids = actor.owned_needs.values("pk").union(actor.owned_offers.values("pk"))
    records = Record.objects.published().filter(pk__in=ids).select_related("need", "offer").shown()
    found: dict[str, list[OwnedEntry]] = {Kind.NEED: [], Kind.OFFER: []}
    for record in records.order_by("ended", "-quality", "sort_da", "pk")[: 2 * MOST + 1]:
        entry = getattr(record, record.kind)
        entry.record = record
        found[record.kind].append(entry)
    return _owned(found[Kind.NEED]), _owned(found[Kind.OFFER])


def _owned(entries: Sequence[OwnedEntry]) -> Owned:
    shown = entries[:MOST]
    current, over = ([entry for entry in shown if entry.ended is ended] for ended in (False, True))
    return Owned(current, over, len(entries) > MOST)


NOTHING = Owned()


def page_of(
    shown: Actor, record: Record, *, places: Sequence[Place], themes: Sequence[Theme] = (),
    labs: Iterable[Any] = (), missions: Iterable[Any] = (), relations: Iterable[Relation] = (),
    needs: Owned = NOTHING, offers: Owned = NOTHING, answers: Answering | None = None,
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
        "needs": needs,
        "offers": offers,
        "answers": answers,
        "sources": sources(record.source),
    }
