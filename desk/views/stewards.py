"""Who looks after which place, which theme and which entry."""

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
from curation.access import Scope, can_curate
from curation.actions import Overtaken
from curation.looking_after import Keeper, keepers
from curation.models import Record, Stewardship, Theme
from curation.picking import picks
from curation.reference import Reference
from keeping.requests import MemberRequest
from places.models import Place

from ..access import duty_of, person_at_desk
from ..forms import HeirForm, StewardForm
from ..people import person_named
from ..steward_forms import AllForm

MOST_FOUND = 10


@require_http_methods(["GET", "HEAD", "POST"])
def stewards(request: MemberRequest) -> HttpResponse:
    """Everybody who looks after something; curators give it to others."""
    scope, curates = duty_of(request.user), can_curate(request.user)
    bound = request.POST if request.method == "POST" else None
    form = StewardForm(bound, scopes=_scopes()) if curates else None
    if bound is not None:
        if form is None:
            raise PermissionDenied
        if form.is_valid() and _give(request, form):
            return redirect("desk:stewards")
    context = {
        "groups": _groups(scope),
        "form": form,
        "enough": keeping_after.ENOUGH,
        "curates": curates,
        "words": request.GET.get("q", ""),
        "found": _found(request) if curates else (),
    }
    return render(request, "desk/stewards.html", context, status=422 if bound is not None else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: MemberRequest, number: int) -> HttpResponse:
    """Hand a stewardship over, or end it: one's own, or as a curator anybody's."""
    rows = Stewardship.objects.with_scope()
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


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_all(request: MemberRequest, number: int) -> HttpResponse:
    """Hand over all somebody looks after in one go: one's own, or as a curator anybody's."""
    person = person_at_desk(request.user, number)
    held = list(Stewardship.objects.running().filter(user=person).with_scope().order_by("since", "pk"))
    form = AllForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _hand_over_all(request, person, form):
        return redirect("desk:stewards" if can_curate(request.user) else "keeping:home")
    context = {"person": person, "own": person.pk == request.user.pk, "held": held, "form": form}
    return render(request, "desk/hand_over_all.html", context, status=422 if form.errors else 200)


def _hand_over_all(request: MemberRequest, person: User, form: AllForm) -> bool:
    heir = person_named(form, "heir")
    if heir is None:
        return False
    if heir.pk == person.pk:
        form.add_error("heir", _("Choose somebody else."))
        return False
    try:
        number = keeping_after.hand_over_all(person, heir, by=request.user)
    except Overtaken:
        raise Http404 from None
    if not number:
        form.add_error(None, _("There is nothing to hand over."))
        return False
    messages.success(request, _("%(who)s looks after all of it now.") % {"who": heir})
    return True


def _found(request: MemberRequest) -> Sequence[Record]:
    """The published entries the words of the search box find."""
    rows = Record.objects.shown().published().order_by("sort_da", "pk")
    words = request.GET.get("q", "")
    return picks(rows, words, Reference.now(), MOST_FOUND) if words.strip() else ()


def _give(request: MemberRequest, form: StewardForm) -> bool:
    person = person_named(form, "email")
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
    heir = person_named(form, "heir") if form.cleaned_data["heir"] else None
    if heir and heir.pk == held.user_id:
        form.add_error("heir", _("Choose somebody else."))
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


def _groups(scope: Scope) -> Sequence[tuple[str, list[tuple[Place | Theme | Record, list[Keeper]]]]]:
    """Places, themes and entries with who looks after each, each part by name.

    Of entries those in a scope: others may not be public yet.
    """
    rows = Stewardship.objects.running().with_scope().order_by("pk")
    held = keepers(row for row in rows if row.record is None or scope.covers(row.record))
    parts = (
        (_("Places"), [keeper for keeper in held if keeper.stewardship.place_id]),
        (_("Themes"), [keeper for keeper in held if keeper.stewardship.theme_id]),
        (_("Entries"), [keeper for keeper in held if keeper.stewardship.record_id]),
    )
    return [(title, _by_scope(some)) for title, some in parts if some]


def _by_scope(held: Sequence[Keeper]) -> list[tuple[Place | Theme | Record, list[Keeper]]]:
    ordered = sorted(held, key=lambda keeper: (str(keeper.stewardship.scope), keeper.stewardship.pk))
    return [(scope, list(some)) for scope, some in groupby(ordered, key=lambda one: one.stewardship.scope)]


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
