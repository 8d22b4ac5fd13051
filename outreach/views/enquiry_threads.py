"""Reading an enquiry and answering it, from the link in a mail or logged in; what came of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from actors.access import entry_of
from actors.choices import EnquiryState, WhatCame
from keeping.addressees import responsible_for
from keeping.links_in_mails import link_in_mail
from keeping.requests import MemberRequest
from keeping.versions import version_in

from ..enquiries import actions
from ..enquiries.access import Seat, seat_for, seat_of_asked, seat_of_sender
from ..enquiries.forms import AnswerForm, CameForm, DeclineForm
from ..enquiries.recipients import asked_of

GET_AND_POST = ["GET", "HEAD", "POST"]


# Through three doors


@link_in_mail
def asked(request: HttpRequest, token: str) -> HttpResponse:
    """For those it was sent to."""
    return _thread(request, seat_of_asked(token))


@link_in_mail
def asked_decline(request: HttpRequest, token: str) -> HttpResponse:
    """For those it was sent to: it is not for them."""
    return _decline(request, seat_of_asked(token))


@link_in_mail
def asked_came(request: HttpRequest, token: str) -> HttpResponse:
    """For those it was sent to: what came of it."""
    return _came(request, seat_of_asked(token))


@link_in_mail
def sender(request: HttpRequest, token: str) -> HttpResponse:
    """For whoever wrote it."""
    return _thread(request, seat_of_sender(token))


@link_in_mail
def sender_came(request: HttpRequest, token: str) -> HttpResponse:
    """For whoever wrote it: what came of it."""
    return _came(request, seat_of_sender(token))


@never_cache
@require_http_methods(GET_AND_POST)
def on_site(request: MemberRequest, number: int) -> HttpResponse:
    """For either side, logged in."""
    return _thread(request, seat_for(request.user, number))


@never_cache
@require_http_methods(GET_AND_POST)
def decline(request: MemberRequest, number: int) -> HttpResponse:
    """The same, logged in: it is not for them."""
    return _decline(request, seat_for(request.user, number))


@never_cache
@require_http_methods(GET_AND_POST)
def came(request: MemberRequest, number: int) -> HttpResponse:
    """The same, logged in: what came of it."""
    return _came(request, seat_for(request.user, number))


@require_POST
def pass_on(request: MemberRequest, number: int) -> HttpResponse:
    """A steward sends it to those who look after the entry by now."""
    seat = seat_for(request.user, number)
    try:
        sent = actions.pass_on(seat)
    except actions.NotOpen:
        return _shown(request, seat, AnswerForm(asked=seat.asked), status=409, closed=True)
    if sent:
        messages.success(request, _("It is sent to those who look after the entry."))
    else:
        messages.error(request, _("Nobody looks after the entry yet, so there is nobody to send it to."))
    return redirect(seat.path)


# The pages


def _thread(request: HttpRequest, seat: Seat) -> HttpResponse:
    form = AnswerForm(request.POST if request.method == "POST" else None, asked=seat.asked)
    if request.method != "POST" or (seat.may_write and not form.is_valid()):
        return _shown(request, seat, form)
    if not form.is_valid():
        return _shown(request, seat, form, status=409, closed=True)
    try:
        actions.answer(seat, text=form.cleaned_data["text"], seen=version_in(request.POST))
    except (actions.NotOpen, actions.SomebodyWrote) as problem:
        return _again(request, seat, form, closed=isinstance(problem, actions.NotOpen))
    messages.success(request, _("Your answer is sent.") if seat.asked else _("Your message is sent."))
    return redirect(seat.path)


def _again(request: HttpRequest, seat: Seat, form: AnswerForm, *, closed: bool) -> HttpResponse:
    """Both stand there: what somebody else wrote meanwhile, and what was typed, to be sent still or not."""
    seat.enquiry.refresh_from_db(fields=["state"])
    seat = Seat(seat.enquiry, seat.asked, seat.by, seat.token, seat.steward)
    return _shown(request, seat, form, status=409, closed=closed, overtaken=not closed)


def _shown(
    request: HttpRequest, seat: Seat, form: AnswerForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = _context(seat) | {
        "form": form, "closed": False, "overtaken": False, "passes_on": _passes_on(seat), **more,
    }  # fmt: skip
    return render(request, "outreach/enquiry/thread.html", context, status=status)


def _passes_on(seat: Seat) -> bool:
    """Whether a steward can send it to somebody who looks after the entry by now."""
    waits = seat.steward and seat.enquiry.state == EnquiryState.SENT
    return waits and bool(responsible_for(entry_of(seat.enquiry.record)))


def _decline(request: HttpRequest, seat: Seat) -> HttpResponse:
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if not seat.may_decline:
        closed = request.method == "POST"
        return _shown(
            request, seat, AnswerForm(asked=seat.asked), status=409 if closed else 200, closed=closed
        )
    if request.method == "POST" and form.is_valid():
        try:
            actions.decline(seat, reason=form.cleaned_data["reason"])
        except actions.NotOpen:
            return _again(request, seat, AnswerForm(asked=seat.asked), closed=True)
        messages.success(request, _("Thank you. The one who wrote is told, and the message is closed."))
        return redirect(seat.path)
    return render(request, "outreach/enquiry/decline.html", _context(seat) | {"form": form})


def _came(request: HttpRequest, seat: Seat) -> HttpResponse:
    chosen = request.GET.get("came", "")
    begun = {"came": chosen if chosen in WhatCame.values else seat.says}
    form = CameForm(request.POST if request.method == "POST" else None, initial=begun)
    if request.method == "POST" and form.is_valid():
        try:
            actions.say_what_came(seat, came=WhatCame(form.cleaned_data["came"]))
        except actions.NotOpen:
            return _again(request, seat, AnswerForm(asked=seat.asked), closed=True)
        messages.success(request, _("Thank you. What came of it is noted, and can be changed later."))
        return redirect(seat.path)
    return render(request, "outreach/enquiry/came.html", _context(seat) | {"form": form})


def _context(seat: Seat) -> dict[str, Any]:
    enquiry = seat.enquiry
    return {
        "seat": seat, "enquiry": enquiry, "record": enquiry.record,
        "organisation": asked_of(entry_of(enquiry.record)),
    }  # fmt: skip
