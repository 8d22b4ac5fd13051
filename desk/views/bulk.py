"""One thing done to many entries: chosen, looked at, done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from curation.access import can_curate
from curation.models import Record
from curation.querysets import slim
from curation.views.lists import is_partial
from keeping.lists import LISTS, list_at
from keeping.requests import MemberRequest

from ..access import duty_of
from ..bulk.choosing import MOST, SHOWN, Choice
from ..bulk.forms import ChoosingForm, DeedForm
from ..bulk.setting_back import CAN_BE
from ..bulk.working import AT_ONCE, begin, drop, look_at, look_back, work
from ..choices import BulkOutcome, BulkState
from ..models import Bulk
from ..models.bulk import MOST_OF_QUERY
from ..paging import Paged
from ..tasks.bulk import work as job


@require_safe
def bulks(request: MemberRequest) -> HttpResponse:
    """Where to begin, and what was done before."""
    duty_of(request.user)
    rows = Bulk.objects.select_related("by", "of")
    held = rows if can_curate(request.user) else rows.filter(by=request.user)
    context = {"lists": LISTS, "bulks": Paged.asked(request.GET, held)}
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
    if request.method != "POST":
        return _page(request, held)
    if "back" in request.POST:
        return _back(request, held)
    if held.by_id != request.user.pk:
        raise PermissionDenied  # its lines in the entries' history say who began it
    return _go(request, held)


# Choosing


def _chosen(request: MemberRequest, choice: Choice) -> Sequence[Record]:
    """All that was found but for what was shown and is not ticked any more."""
    shown, chosen = set(request.POST.getlist("shown")), set(request.POST.getlist("chosen"))
    found = choice.found()[: MOST + 1]
    return [record for record in found if record.public_id not in shown - chosen]


def _bulk(request: MemberRequest, choice: Choice, form: DeedForm) -> Bulk:
    said = form.cleaned_data
    return Bulk(
        kind=choice.listed.kind, query=_kept(choice), deed=said["deed"], theme=said["theme"],
        owner=said["owner"], steward=said["steward"], reason=said["reason"], by=request.user,
    )  # fmt: skip


def _kept(choice: Choice) -> str:
    """The question, to be asked again; one that is too long to keep is forgotten rather than cut."""
    return choice.query if len(choice.query) <= MOST_OF_QUERY else ""


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
    rows = Bulk.objects.select_related("by", "owner__record", "steward", "theme", "of")
    held = rows.filter(pk=number).first()
    if held is None or not (held.by_id == request.user.pk or can_curate(request.user)):
        raise Http404
    return held


def _go(request: MemberRequest, held: Bulk) -> HttpResponse:
    """Small work is done while the page waits, and by the worker if that is interrupted."""
    if not (drop(held) if "drop" in request.POST else _begun(held)):
        messages.warning(request, _("Somebody has begun or dropped it already."))
    return redirect("desk:bulk", held.pk)


def _back(request: MemberRequest, held: Bulk) -> HttpResponse:
    """Of work that is done: what would come of setting it back, by whoever wants that."""
    if not _can_be_set_back(held, _numbers(held)):
        messages.warning(request, _("This cannot be undone."))
        return redirect("desk:bulk", held.pk)
    return redirect("desk:bulk", look_back(held, by=request.user).pk)


def _can_be_set_back(held: Bulk, numbers: Mapping[str, int]) -> bool:
    done = numbers.get(BulkOutcome.DONE, 0)
    return held.state == BulkState.DONE and held.deed in CAN_BE and bool(done)


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
    context = _standing(request, held)
    if not is_partial(request.htmx):
        context |= _rows(request, held)
        return render(request, "desk/bulk/bulk.html", context)
    answer = render(request, "desk/bulk/bulk.html#progress", context)
    if held.state == BulkState.DONE:
        answer["HX-Refresh"] = "true"
    return answer


def _standing(request: MemberRequest, held: Bulk) -> dict[str, Any]:
    """How far it is; all that is asked while one waits."""
    numbers = _numbers(held)
    left = numbers.get(BulkOutcome.WILL, 0)
    total = sum(numbers.values())
    return {
        "bulk": held,
        "own": held.by_id == request.user.pk,
        "numbers": [
            Number(outcome.value, str(outcome.label), numbers[outcome])
            for outcome in BulkOutcome
            if numbers.get(outcome)
        ],
        "left": left,
        "total": total,
        "done": total - left,
        "shown": _shown(request),
        "is_new": held.state == BulkState.LOOKED_AT,
        "is_running": held.state == BulkState.RUNNING,
        "may_go_back": _can_be_set_back(held, numbers),
    }


def _rows(request: MemberRequest, held: Bulk) -> dict[str, Any]:
    shown = _shown(request)
    rows = held.rows.filter(outcome=shown) if shown else held.rows.all()
    named = rows.select_related("record").defer(*slim("record__"))
    again = reverse("desk:choose_bulk", args=[f"{held.kind}s"])
    return {
        "rows": Paged.asked(request.GET, named),
        "query": f"outcome={shown}" if shown else "",
        "again": f"{again}?{held.query}" if held.query else again,
    }


def _shown(request: MemberRequest) -> str:
    """The outcome whose entries alone are asked for, if any."""
    asked = request.GET.get("outcome", "")
    return asked if asked in BulkOutcome.values else ""


def _numbers(held: Bulk) -> Mapping[str, int]:
    counted: Any = held.rows.order_by().values_list("outcome").annotate(n=Count("pk"))
    return dict(counted)
