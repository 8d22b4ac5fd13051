"""The page of one adoption; changing, confirming, declining and ending it."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from curation import actions
from curation.caching import public_page
from curation.forms import Section, Words

from .. import adopting, naming
from ..adopting_access import Read, adoption_to_change, adoption_to_read
from ..adopting_forms import Declining, Ending, Telling, telling
from ..adopting_page import Page
from ..comparing import Side, merged, seal, sides, unseal
from ..requests import MemberRequest
from ..versions import version_in

GET_AND_POST = ["GET", "HEAD", "POST"]


@login_not_required
@require_safe
@public_page
def adoption(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What is told, who says so, what came of it there and what had to be bent."""
    read = adoption_to_read(request.user, slug, number)
    return render(request, "keeping/adopting/adoption.html", {"page": Page.of(read), "read": read})


@require_http_methods(GET_AND_POST)
def change(request: MemberRequest, slug: str, number: int) -> HttpResponse:
    """The same questions as when it was told; who speaks for the organisation confirms it by saving."""
    read = adoption_to_change(request.user, slug, number)
    asked = telling(read.adoption.solution, read.adoption)
    if request.method != "POST":
        return _change(request, read, asked(by=request.user), asked.as_it_is())
    began = unseal(request.POST.get("began", "")) or asked.as_it_is()
    version = version_in(request.POST)
    if asked.pressed(request.POST):
        return _change(request, read, asked.of(request.POST, by=request.user), began, version)
    form = asked(request.POST, by=request.user, files=request.FILES)
    if version != read.adoption.version:
        return _overtaken(request, read, began)
    if not form.is_valid():
        return _change(request, read, form, began, version)
    try:
        adopting.change(
            read.adoption, said=form.columns, values=form.values, by=request.user, version=version
        )
    except adopting.SourceGone:
        form.add_error("taken_from", form.fields["taken_from"].error_messages["invalid_choice"])
        return _change(request, read, form, began, version)
    except actions.Overtaken:
        return _overtaken(request, adoption_to_change(request.user, slug, number), began)
    messages.success(request, _("Saved. It can be read on the page now."))
    return redirect("keeping:adoption", slug, number)


def _overtaken(request: MemberRequest, read: Read, began: Words) -> HttpResponse:
    """What was typed beside what it said and says now; sending it again replaces what it says now."""
    asked = telling(read.adoption.solution, read.adoption)
    now, typed = asked.as_it_is(), asked.words(request.POST)
    form = asked.of(merged(asked, began, now, typed), by=request.user)
    response = _change(request, read, form, now, compared=sides(asked, began, now, typed))
    response.status_code = 409
    return response


def _change(
    request: MemberRequest, read: Read, form: Telling, began: Words, version: int | None = None,
    compared: Sequence[Side] | None = None,
) -> HttpResponse:  # fmt: skip
    context = {
        "adoption": read.adoption, "read": read, "section": form, "began": seal(began), "sides": compared,
        "version": read.adoption.version if version is None else version,
    }  # fmt: skip
    return render(request, "keeping/adopting/change.html", context)


@require_http_methods(GET_AND_POST)
def end(request: MemberRequest, slug: str, number: int) -> HttpResponse:
    """Since when it is not in use there, and why; what was told stays."""
    read = adoption_to_change(request.user, slug, number)
    if request.method != "POST":
        return _form(request, read, Ending(adoption=read.adoption))
    form = Ending(request.POST, adoption=read.adoption, files=request.FILES)
    if version_in(request.POST) != read.adoption.version:
        return _form(request, read, form, status=409)
    if not form.is_valid():
        return _form(request, read, form)
    try:
        adopting.end(
            read.adoption, on=form.cleaned_data["ended_on"], reason=form.cleaned_data["ended_reason"],
            by=request.user, version=version_in(request.POST),
        )  # fmt: skip
    except actions.Overtaken:
        return _form(request, adoption_to_change(request.user, slug, number), form, status=409)
    messages.success(request, _("It is told that it is not in use any more. The page stays."))
    return redirect("keeping:adoption", slug, number)


@require_POST
def take_up(request: MemberRequest, slug: str, number: int) -> HttpResponse:
    """It is in use after all, or again. Pressed twice it is taken up once."""
    read = adoption_to_change(request.user, slug, number)
    if read.adoption.ended_on is not None:
        try:
            adopting.take_up(read.adoption, by=request.user, version=version_in(request.POST))
        except actions.Overtaken:
            messages.warning(request, _("Somebody has changed it meanwhile. This is how it stands now."))
        else:
            messages.success(request, _("It is told to be in use again."))
    return redirect("keeping:adoption", slug, number)


@require_POST
def confirm(request: MemberRequest, slug: str, number: int) -> HttpResponse:
    """Yes, we use it. Pressed twice it is confirmed once."""
    read = adoption_to_read(request.user, slug, number)
    if not read.speaks:
        raise PermissionDenied
    if adopting.confirm(read.adoption):
        messages.success(request, _("Thank you. It is confirmed, and those it came from are told."))
    return redirect("keeping:adoption", slug, number)


@require_http_methods(GET_AND_POST)
def decline(request: MemberRequest, slug: str, number: int) -> HttpResponse:
    """What is only named is taken off, by those it names or those who have the solution."""
    read = adoption_to_read(request.user, slug, number)
    if not read.may_decline:
        raise PermissionDenied
    form = Declining(request.POST if request.method == "POST" else None, files=request.FILES)
    if request.method != "POST" or not form.is_valid():
        return _form(request, read, form)
    try:
        _decline(request, read, form.cleaned_data["reason"])
    except actions.Overtaken:
        messages.warning(request, _("Somebody has changed it meanwhile. This is how it stands now."))
    else:
        messages.success(request, _("It is taken off."))
    return redirect(read.adoption.solution)


def _decline(request: MemberRequest, read: Read, reason: str) -> None:
    adoption = read.adoption
    if read.speaks:
        named = naming.Naming(adoption.solution.record, [adoption])
        naming.decline(adoption.adopter, named, by=request.user, reason=reason)
    else:
        adopting.take_off(adoption, by=request.user, reason=reason)


def _form(request: MemberRequest, read: Read, form: Section, *, status: int = 200) -> HttpResponse:
    context = {"adoption": read.adoption, "read": read, "section": form, "overtaken": status == 409}
    return render(request, f"keeping/adopting/{form.slug}.html", context, status=status)
