"""A steward's own page, and being away: told, changed, ended, with who stands in."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from curation import absences
from curation.access import can_curate
from curation.actions import Overtaken
from curation.models import Absence, Stewardship
from keeping.requests import MemberRequest

from .. import weekly
from ..access import person_at_desk
from ..steward_forms import AbsenceForm

WHY = {
    "days": ("since", gettext_lazy("In some of these days an absence is noted already.")),
    "cover": ("cover", gettext_lazy("This person is away themselves in some of these days.")),
}


@require_safe
def steward(request: MemberRequest, number: int) -> HttpResponse:
    """What somebody looks after, when they are away, for whom they stand in."""
    return _page(request, person_at_desk(request.user, number))


def _page(request: MemberRequest, person: User, *, status: int = 200) -> HttpResponse:
    ahead = Absence.objects.ahead().select_related("user", "cover").order_by("since", "pk")
    context = {
        "person": person,
        "own": person.pk == request.user.pk,
        "held": Stewardship.objects.running().filter(user=person).with_scope().order_by("since", "pk"),
        "absences": ahead.filter(user=person),
        "covering": ahead.filter(cover=person),
        "away": absences.away_today([person.pk]).get(person.pk),
        "wants_mail": weekly.wants(person),
        "overtaken": status == 409,
    }
    return render(request, "desk/steward.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def be_away(request: MemberRequest, number: int) -> HttpResponse:
    """From when to when, and who stands in."""
    person = person_at_desk(request.user, number)
    form = AbsenceForm(_bound(request), people=absences.could_cover(person))
    if form.is_bound and form.is_valid() and _tried(form, absences.be_away, person, by=request.user):
        messages.success(request, _("The absence is noted. Those it concerns are told by mail."))
        return redirect("desk:steward", person.pk)
    return _form(request, form, person, None)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: MemberRequest, number: int) -> HttpResponse:
    """Other days, or somebody else who stands in. Of one that is over, the page of the steward."""
    absence = _absence(request, number)
    people = absences.could_cover(absence.user)
    said = {"since": absence.since, "until": absence.until, "cover": absence.cover_id or ""}
    form = AbsenceForm(_bound(request), people=people, began=absence.since, initial=said)
    try:
        if form.is_bound and form.is_valid() and _tried(form, absences.change, absence, by=request.user):
            messages.success(request, _("The absence is changed. Those it concerns are told by mail."))
            return redirect("desk:steward", absence.user_id)
    except Overtaken:
        return _page(request, absence.user, status=409)
    return _form(request, form, absence.user, absence)


@require_POST
def come_back(request: MemberRequest, number: int) -> HttpResponse:
    """Back from today on, or not away after all."""
    absence = _absence(request, number)
    try:
        absences.come_back(absence, by=request.user)
    except Overtaken:
        return _page(request, absence.user, status=409)
    messages.success(request, _("The absence has ended."))
    return redirect("desk:steward", absence.user_id)


@require_POST
def stand_in_no_more(request: MemberRequest, number: int) -> HttpResponse:
    """Who stands in says that they cannot."""
    absence = get_object_or_404(Absence.objects.select_related("user"), pk=number)
    if absence.cover_id != request.user.pk:
        raise PermissionDenied
    try:
        absences.stand_in_no_more(absence, by=request.user)
    except Overtaken:
        return _page(request, person_at_desk(request.user, request.user.pk), status=409)
    messages.success(
        request, _("You do not stand in. %(who)s and the curators are told.") % {"who": absence.user}
    )
    return redirect("desk:steward", request.user.pk)


def _absence(request: MemberRequest, number: int) -> Absence:
    """One's own, or as a curator anybody's."""
    absence = Absence.objects.select_related("user", "cover").filter(pk=number).first()
    if absence is None:
        raise Http404
    if absence.user_id != request.user.pk and not can_curate(request.user):
        raise PermissionDenied
    return absence


def _bound(request: MemberRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _tried(form: AbsenceForm, act: Any, about: Any, *, by: User) -> bool:
    try:
        act(about, by=by, **form.said)
    except absences.NotPossible as problem:
        field, message = WHY[problem.why]
        form.add_error(field, message)
        return False
    return True


def _form(request: MemberRequest, form: AbsenceForm, person: User, absence: Absence | None) -> HttpResponse:
    context = {
        "form": form,
        "person": person,
        "own": person.pk == request.user.pk,
        "absence": absence,
    }
    return render(request, "desk/absence.html", context, status=422 if form.errors else 200)
