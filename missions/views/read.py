"""A mission's page."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actors.coalition import Earlier, Member, gather
from actors.members import earlier, member, path_of
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

from ..came_of_it import CameOfIt, came_of_mission
from ..leadership import leadership
from ..linked import mission_told
from ..models import Mission
from ..progress import how_far

NOTHING = CameOfIt()


@login_not_required
@require_safe
@public_page
def mission(request: HtmxRequest, slug: str) -> HttpResponse | HttpResponseRedirect:
    """All that is known of a mission, and what is not."""
    record = record_to_read(Kind.MISSION, slug, "owner__record", "backbone__record", "heir")
    if record.slug != slug:
        return redirect(record, permanent=True)
    shown = record.mission
    reference = Reference.now()
    parts, links = (
        list(shown.members.with_actor().order_by("pk")),
        list(shown.links.with_lab().order_by("pk")),
    )
    over = [(part, part.actor) for part in parts if part.ended_on]
    running = [part for part in parts if part.ended_on is None]
    context = page_of(
        shown, record, reference, themes=reference.themes_of(record), places=reference.places_named(record),
        members=[member(part) for part in running],
        labs=[link for link in links if link.ended_on is None],
        ended=earlier([*over, *((link, link.lab) for link in links if link.ended_on)]),
        came=came_of_mission(shown, [link.lab_id for link in links if link.ended_on is None]),
    )  # fmt: skip
    told = mission_told(shown, record, context["themes"], context["places"], running)
    context["linked"] = entry_head(record, told, (_("Missions"), reverse("missions:browse")))
    return render(request, "missions/mission.html", context)


def page_of(
    shown: Mission, record: Record, reference: Reference, *, themes: Sequence[Theme],
    places: Sequence[Place], members: Iterable[Member], labs: Sequence[Any], ended: Sequence[Earlier] = (),
    came: CameOfIt = NOTHING,
) -> dict[str, Any]:  # fmt: skip
    """What the page shows of a mission; also of one that is being written and is nowhere yet.

    `labs` are the links to labs everybody may read that are not over.
    """
    far = how_far(
        phase=shown.phase, start=shown.start_year, target=shown.target_year, today=timezone.localdate(),
        labs=[not link.lab.ended for link in labs], needs=[need.status for need in came.needs],
    )  # fmt: skip
    return {
        "mission": shown,
        "record": record,
        "themes": themes,
        "places": places,
        "coalition": gather(members, backbone=path_of(shown.backbone)),
        "labs": labs,
        "needs": came.needs,
        "came": came,
        "earlier": ended,
        "far": far,
        "leadership": leadership(shown),
        "sources": sources(record.source),
        "similar": similar_to(record, reference),
    }
