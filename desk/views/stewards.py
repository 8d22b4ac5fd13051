"""Who looks after which place and which theme."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from curation import stewards as keeping_after
from curation.access import can_curate
from curation.actions import Overtaken
from curation.models import Record, Stewardship, Theme
from curation.reference import Reference
from keeping.requests import MemberRequest
from places.models import Place

from ..access import duty_of
from ..forms import HeirForm, StewardForm


@require_http_methods(["GET", "HEAD", "POST"])
def stewards(request: MemberRequest) -> HttpResponse:
    """Everybody who looks after something; curators give it to others."""
    duty_of(request.user)
    curates = can_curate(request.user)
    bound = request.POST if request.method == "POST" else None
    form = StewardForm(bound, scopes=_scopes()) if curates else None
    if bound is not None:
        if form is None:
            raise PermissionDenied
        if form.is_valid() and _give(request, form):
            return redirect("desk:stewards")
    context = {"groups": _groups(), "form": form, "enough": keeping_after.ENOUGH, "curates": curates}
    return render(request, "desk/stewards.html", context, status=422 if bound is not None else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: MemberRequest, number: int) -> HttpResponse:
    """Hand a stewardship over, or end it: one's own, or as a curator anybody's."""
    rows = Stewardship.objects.select_related("user", "place", "theme", "record")
    held = rows.filter(pk=number, until__isnull=True).first()
    if held is None:
        raise Http404
    if held.user_id != request.user.pk and not can_curate(request.user):
        raise PermissionDenied
    form = HeirForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _end(request, held, form):
        return redirect("desk:stewards" if can_curate(request.user) else "keeping:home")
    context = {"stewardship": held, "form": form, "left": _others(held), "enough": keeping_after.ENOUGH}
    return render(request, "desk/end_stewardship.html", context, status=422 if form.is_bound else 200)


def _give(request: MemberRequest, form: StewardForm) -> bool:
    person = _person(form, "email")
    if person is None:
        return False
    kind, _sep, number = form.cleaned_data["scope"].partition("-")
    scope: Place | Theme = (Place if kind == "place" else Theme).objects.get(pk=number)
    try:
        keeping_after.give(person, scope, by=request.user)
    except keeping_after.AlreadySteward:
        form.add_error("email", _("This person looks after it already."))
        return False
    messages.success(request, _("%(who)s looks after %(what)s now.") % {"who": person, "what": scope})
    return True


def _end(request: MemberRequest, held: Stewardship, form: HeirForm) -> bool:
    heir = _person(form, "heir") if form.cleaned_data["heir"] else None
    if form.errors:
        return False
    try:
        if heir is None:
            keeping_after.end(held)
        else:
            keeping_after.hand_over(held, heir, by=request.user)
    except Overtaken:
        raise Http404 from None
    messages.success(request, _("The stewardship has ended."))
    return True


def _person(form: Any, field: str) -> User | None:
    person = User.objects.filter(email__iexact=form.cleaned_data[field], is_active=True).first()
    if person is None:
        form.add_error(field, _("Nobody with an account has this address."))
    return person


def _groups() -> Sequence[tuple[Place | Theme | Record, list[Stewardship]]]:
    rows = Stewardship.objects.running().select_related("user", "place", "theme", "record")
    ordered = sorted(
        rows.order_by("pk"), key=lambda row: (row.place is None, row.theme is None, str(row.scope), row.pk)
    )
    return [(scope, list(held)) for scope, held in groupby(ordered, key=lambda row: row.scope)]


def _others(held: Stewardship) -> int:
    """How many would be left."""
    of = {"place": held.place_id, "theme": held.theme_id, "record": held.record_id}
    named = {name: pk for name, pk in of.items() if pk}
    return Stewardship.objects.running().filter(**named).exclude(pk=held.pk).count()


def _scopes() -> list[tuple[Any, list[tuple[str, str]]]]:
    reference = Reference.now()
    places = sorted(reference.places.values(), key=lambda place: (place.kind, place.sort_key))
    themes = [theme for theme in reference.themes.values() if theme.parent_id is None]
    return [
        (_("Places"), [(f"place-{place.pk}", place.name) for place in places]),
        (_("Themes"), [(f"theme-{theme.pk}", theme.name) for theme in sorted(themes, key=lambda t: t.order)]),
    ]
