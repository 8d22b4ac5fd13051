"""What a place is missing, and who could fill it."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from curation.caching import public_page
from curation.reference import Reference
from places.models import Place
from places.requests import HtmxRequest

from ..gaps.filling import Filling
from ..gaps.kinds import GapKind
from ..gaps.side_by_side import meetings_of, shelves_of
from ..gaps.worklist import PARALLEL, Question, counts_of, section_of, sections_of


@login_not_required
@require_safe
@public_page
def missing(request: HtmxRequest, address: str) -> HttpResponse | HttpResponseRedirect:
    """The missing links of a place: a few of each kind, or one kind in full; under a theme or under all."""
    place = _place(address)
    if place.address != address:
        return redirect("places:missing", place.address, permanent=True)
    reference = Reference.now()
    question = Question.read(request.GET, reference)
    context: dict[str, Any] = {
        "place": place,
        "question": question,
        "themes": reference.top_themes(),
        "counts": _kinds(place, reference, question),
        "shelves": shelves_of(place, reference, question.theme_id),
    }
    if question.kind == PARALLEL:
        context |= {"meetings": meetings_of(place, reference, question.theme) if question.theme else ()}
        return render(request, "ecosystem/gaps/parallel.html", context)
    if question.kind:
        section, pages = section_of(place, reference, question)
        context |= {"section": section, "browse": pages}
        return render(request, "ecosystem/gaps/kind.html", context)
    context |= {"sections": sections_of(place, reference, question)}
    return render(request, "ecosystem/gaps/missing.html", context)


@login_not_required
@require_safe
@public_page
def who(request: HtmxRequest, address: str) -> HttpResponse | HttpResponseRedirect:
    """Who could fill what is missing of `?need=`, `?offer=`, `?actor=` or `?lab=` and its `part`."""
    place = _place(address)
    if place.address != address:
        return redirect("places:who", place.address, permanent=True)
    filling = _filling(request, place)
    return render(request, "ecosystem/gaps/who.html", {"place": place, "filling": filling})


def _place(address: str) -> Place:
    """The place at its address or, for a municipality, at its slug."""
    return Place.objects.at_address(address).first() or get_object_or_404(Place, slug=address)


def _filling(request: HttpRequest, place: Place) -> Filling | None:
    """What is to be filled; nothing where no entry is named, 404 where it is not there."""
    reference = Reference.now()
    subject = Filling.subject(request.GET, place)
    if subject is None:
        if Filling.named(request.GET):
            raise Http404
        return None
    return Filling(subject, place, request.GET.get("part", ""), reference)


def _kinds(place: Place, reference: Reference, question: Question) -> list[tuple[GapKind, int, str]]:
    """The kinds with their counts and addresses under the theme that is asked for."""
    counts = counts_of(place, reference, question.theme_id)
    return [(kind, number, question.address(kind=kind)) for kind, number in counts.items()]
