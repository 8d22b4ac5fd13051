"""The morning page: how much waits, and the list of one queue."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from curation import misses
from curation.absences import covered_by
from curation.access import can_curate
from keeping.requests import MemberRequest

from ..access import duty_of
from ..parts import own_part, part_of
from ..queues import QUEUES, Queue, glances, late, queue_named
from ..tools import tools_of

SHOWN = 25
MOST_PAGES = 400
NOON, EVENING = 11, 18  # o'clock


@require_safe
def desk(request: MemberRequest) -> HttpResponse:
    """What waits, with the first queue in which something does."""
    return _list(request, None)


@require_safe
def queue(request: MemberRequest, queue: str) -> HttpResponse:
    """One queue, page by page."""
    return _list(request, queue_named(queue))


def _list(request: MemberRequest, chosen: Queue | None) -> HttpResponse:
    part = part_of(request.user, duty_of(request.user), request.GET)
    scope = part.scope
    shown = glances(scope)
    first = next((glance.queue for glance in shown if glance.number), QUEUES["new"])
    here = chosen or first
    total = next(glance.number for glance in shown if glance.queue is here)
    page = _page(request.GET.get("page", ""), total)
    if page is None:
        return redirect(part.keep(reverse("desk:queue", args=[here.slug])))
    curates = can_curate(request.user)
    context = {
        "glances": shown,
        "greeting": _greeting(timezone.localtime().hour),
        "late": late(scope),
        "waiting": sum(glance.number for glance in shown),
        "queue": here,
        "rows": part.kept(here.rows(scope, (page - 1) * SHOWN, SHOWN)),
        "page": page,
        "earlier": page - 1,
        "later": page + 1 if page * SHOWN < total else 0,
        "part": part,
        "may_choose": scope.everything and bool(own_part(request.user).scope),
        "curates": curates,
        "covers": covered_by(request.user),
        "tools": tools_of(request.user),
        "searched": len(misses.waiting()) if curates else 0,
    }
    return render(request, "desk/desk.html", context)


def _greeting(hour: int) -> str:
    if hour < NOON:
        return _("Good morning.")
    return _("Good day.") if hour < EVENING else _("Good evening.")


def _page(text: str, total: int) -> int | None:
    """The page asked for; none if there is no such page."""
    if not text:
        return 1
    last = max(1, -(-total // SHOWN))
    number = int(text) if text.isdecimal() and len(text) < 5 else 0
    return number if 1 <= number <= min(last, MOST_PAGES) else None
