"""Answering a need with an offer of one's organisation."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from missions.actions import NotToBeAnswered, respond
from missions.models import Need

from ..answering_needs import AnswerForm, need_to_answer, new_offer_path, offers_of
from ..requests import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: MemberRequest, slug: str) -> HttpResponse:
    """Choose one of one's offers, or begin a new one; what is over cannot be answered, and says so."""
    need = need_to_answer(slug)
    stands, offers = offers_of(request.user, need)
    form = AnswerForm(request.POST if request.method == "POST" else None, offers)
    context = {
        "need": need, "record": need.record, "offers": offers, "form": form,
        "speaks": bool(stands.speaks_for), "new_path": new_offer_path(need), "overtaken": "",
    }  # fmt: skip
    if request.method != "POST" or (not need.ended and not form.is_valid()):
        return render(request, "keeping/answering/answer.html", context)
    try:
        _respond(request, need, form)
    except NotToBeAnswered as problem:
        return render(
            request, "keeping/answering/answer.html", context | {"overtaken": problem.why}, status=409
        )
    messages.success(request, _told(need))
    return redirect(need)


def _respond(request: MemberRequest, need: Need, form: AnswerForm) -> None:
    if need.ended:
        raise NotToBeAnswered("need")
    offer = form.chosen
    respond(need=need, offer=offer, by=request.user, organisation=offer.owner.record if offer.owner else None)


def _told(need: Need) -> str:
    if need.owner is not None and need.owner.is_public:
        return _("The need is answered. %(owner)s is asked by mail whether it goes into it.") % {
            "owner": need.owner.name
        }
    return _("The need is answered. It is shown as proposed until somebody who has the need says yes.")
