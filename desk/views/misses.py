"""What readers looked for in vain: unmet needs, until a curator has dealt with them."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from curation import misses as told
from curation.actions import Overtaken, settle_missing
from curation.models import SearchMiss
from curation.reference import Reference
from keeping.requests import MemberRequest

from ..access import only_curators
from ..paging import Paged
from ..word_forms import Settling

LATELY = 10


@require_safe
def misses(request: MemberRequest) -> HttpResponse:
    """What waits, what was looked for most often first; below it what was dealt with lately."""
    only_curators(request.user)
    reference = Reference.now()
    waiting = Paged.asked(request.GET, told.waiting())
    settled = SearchMiss.objects.filter(settled_at__isnull=False).select_related("settled_by")
    context = {
        "waiting": waiting,
        "rows": [(missed, missed.where(reference)) for missed in waiting.rows],
        "settled": settled.order_by("-settled_at", "-pk")[:LATELY],
    }
    return render(request, "desk/misses.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def miss(request: MemberRequest, number: int) -> HttpResponse:
    """One thing that was looked for, what could be done, and what was."""
    only_curators(request.user)
    rows = SearchMiss.objects.select_related("theme", "place", "settled_by")
    found = rows.filter(pk=number).first()
    if found is None:
        raise Http404
    form = Settling(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, found, form)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        alike = told.alike(found)
        number = settle_missing([row.pk for row in alike], by=request.user, done=form.cleaned_data["done"])
    except Overtaken:
        return _page(request, rows.get(pk=found.pk), form, status=409)
    messages.success(
        request,
        ngettext(
            "Settled; it was told %(number)s time.", "Settled; it was told %(number)s times.", number
        ) % {"number": number},
    )  # fmt: skip
    return redirect("desk:misses")


def _page(request: MemberRequest, found: SearchMiss, form: Settling, *, status: int = 200) -> HttpResponse:
    alike = told.alike(found) if found.settled_at is None else [found]
    context: dict[str, Any] = {
        "miss": found,
        "times": len(alike),
        "first": alike[-1].told_on,
        "spelt": list(dict.fromkeys(row.words for row in alike)),
        "languages": sorted({row.language for row in alike}),
        "kinds": list(dict.fromkeys(str(row.get_kind_display()) for row in alike if row.kind)),
        "ways": Ways.of(found),
        "form": form,
        "overtaken": status == 409,
    }
    return render(request, "desk/miss.html", context, status=status)


@dataclass(frozen=True)
class Ways:
    """Where a curator can go from a search in vain."""

    search: str
    need: str
    synonym: str

    @classmethod
    def of(cls, miss: SearchMiss) -> "Ways":
        """The same search as the register answers it now, a need begun with what is known, a new group."""
        theme, place = (miss.theme.slug if miss.theme else ""), (miss.place.address if miss.place else "")
        there = {name: value for name, value in (("theme", theme), ("place", place)) if value}
        lists = reverse(f"{miss.kind}s:browse") if miss.kind else reverse("ecosystem:search")
        return cls(
            search=f"{lists}?{urlencode({'q': miss.words, **there})}",
            need=_with(reverse("keeping:begin", args=["need"]), there),
            synonym=_with(reverse("desk:new_words"), {"word": miss.words[:80]}),
        )


def _with(path: str, said: dict[str, str]) -> str:
    return f"{path}?{urlencode(said)}" if said else path
