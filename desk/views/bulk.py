"""One thing done to many entries: chosen, looked at, done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from curation.access import can_curate
from curation.models import Record
from curation.views.lists import is_partial
from keeping.lists import LISTS, list_at
from keeping.requests import MemberRequest

from ..access import duty_of
from ..bulk.choosing import MOST, SHOWN, Choice
from ..bulk.forms import ChoosingForm, DeedForm
from ..bulk.working import AT_ONCE, begin, drop, look_at, work
from ..choices import BulkOutcome, BulkState
from ..models import Bulk
from ..paging import Paged
from ..tasks.bulk import work as job


@require_safe
def bulks(request: MemberRequest) -> HttpResponse:
    """Where to begin, and what was done before."""
    duty_of(request.user)
    rows = Bulk.objects.select_related("by")
    held = rows if can_curate(request.user) else rows.filter(by=request.user)
    context = {"lists": LISTS, "bulks": Paged.asked(request.GET, list(held[:1000]))}
    return render(request, "desk/bulk/bulks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: MemberRequest, name: str) -> HttpResponse:
    """Which entries of a list, and what is to be done to them."""
    listed = list_at(name)
    choice = Choice.asked(listed, request.GET, duty_of(request.user))
    reference = choice.browse.filters.reference
    posted = request.POST if request.method == "POST" else None
    form = DeedForm(posted, kind=listed.kind, by=request.user, reference=reference)
    if posted is not None and form.is_valid():
        chosen = _chosen(request, choice)
        if chosen and not choice.is_too_much:
            return redirect("desk:bulk", look_at(_bulk(request, choice, form), chosen).pk)
        form.add_error(None, _("Choose at least one entry.") if not chosen else _too_much(choice))
    return _choosing(request, choice, form)


@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: MemberRequest, number: int) -> HttpResponse:
    """What would be done to each, how far it is, what came of it."""
    held = _loaded(request, number)
    if request.method == "POST":
        return _go(request, held)
    return _page(request, held)


# Choosing


def _chosen(request: MemberRequest, choice: Choice) -> Sequence[Record]:
    """All that was found but for what was shown and is not ticked any more."""
    shown, chosen = set(request.POST.getlist("shown")), set(request.POST.getlist("chosen"))
    found = choice.found()[: MOST + 1]
    return [record for record in found if record.public_id not in shown - chosen]


def _bulk(request: MemberRequest, choice: Choice, form: DeedForm) -> Bulk:
    said = form.cleaned_data
    return Bulk(
        kind=choice.listed.kind, query=choice.query[:1000], deed=said["deed"], theme=said["theme"],
        owner=said["owner"], steward=said["steward"], reason=said["reason"], by=request.user,
    )  # fmt: skip


def _too_much(choice: Choice) -> str:
    return _("%(number)s are too many at once. Narrow them to %(most)s.") % {
        "number": choice.count, "most": MOST,
    }  # fmt: skip


def _choosing(request: MemberRequest, choice: Choice, form: DeedForm) -> HttpResponse:
    unticked = set(request.POST.getlist("shown")) - set(request.POST.getlist("chosen"))
    context = {
        "listed": choice.listed,
        "choice": choice,
        "choosing": ChoosingForm(choice),
        "records": [(record, record.public_id not in unticked) for record in choice.found()[:SHOWN]],
        "form": form,
        "too_much": _too_much(choice) if choice.is_too_much else "",
    }
    return render(request, "desk/bulk/choose.html", context, status=422 if form.errors else 200)


# Looking and doing


@dataclass(frozen=True)
class Number:
    """How many entries have an outcome."""

    outcome: str
    label: str
    number: int


def _loaded(request: MemberRequest, number: int) -> Bulk:
    """Of oneself; curators see everybody's."""
    duty_of(request.user)
    rows = Bulk.objects.select_related("by", "owner__record", "steward", "theme")
    held = rows.filter(pk=number).first()
    if held is None or not (held.by_id == request.user.pk or can_curate(request.user)):
        raise Http404
    return held


def _go(request: MemberRequest, held: Bulk) -> HttpResponse:
    """Small work is done while the page waits, and by the worker if that is interrupted."""
    if not (drop(held) if "drop" in request.POST else _begun(held)):
        messages.warning(request, _("Somebody has begun or dropped it already."))
    return redirect("desk:bulk", held.pk)


def _begun(held: Bulk) -> bool:
    waiting = held.rows.filter(outcome=BulkOutcome.WILL).count()
    with transaction.atomic():
        if not begin(held):
            return False
        job.defer(number=held.pk)
    if waiting <= AT_ONCE:
        work(held.pk)
    return True


def _page(request: MemberRequest, held: Bulk) -> HttpResponse:
    numbers = _numbers(held)
    asked = request.GET.get("outcome", "")
    shown = asked if asked in BulkOutcome.values else ""
    rows = held.rows.filter(outcome=shown) if shown else held.rows.all()
    slim = rows.select_related("record").defer("record__search_da", "record__search_en")
    left = numbers.get(BulkOutcome.WILL, 0)
    total = sum(numbers.values())
    context = {
        "bulk": held,
        "numbers": [
            Number(outcome.value, str(outcome.label), numbers[outcome])
            for outcome in BulkOutcome
            if numbers.get(outcome)
        ],
        "left": left,
        "total": total,
        "done": total - left,
        "rows": Paged.asked(request.GET, list(slim[:MOST])),
        "shown": shown,
        "query": f"outcome={shown}" if shown else "",
        "is_new": held.state == BulkState.LOOKED_AT,
        "is_running": held.state == BulkState.RUNNING,
    }
    if is_partial(request.htmx):
        answer = render(request, "desk/bulk/bulk.html#progress", context)
        if held.state == BulkState.DONE:
            answer["HX-Refresh"] = "true"
        return answer
    return render(request, "desk/bulk/bulk.html", context)


def _numbers(held: Bulk) -> Mapping[str, int]:
    counted: Any = held.rows.order_by().values_list("outcome").annotate(n=Count("pk"))
    return dict(counted)
