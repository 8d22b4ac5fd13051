"""Giving a need or an offer a new last day, by the link in a mail or logged in."""

from contextlib import suppress

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from actors.access import entry_to_edit
from curation.actions import Overtaken

from ..links_in_mails import link_in_mail
from ..renewing import Renewal, Renewing, renew, renewal_by, renewal_of
from ..requests import MemberRequest
from ..running_out import RUN_OUT, last_day
from ..tokens import Unanswerable


@link_in_mail
def by_token(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the mail's link."""
    return _answer(request, renewal_by(token))


@require_http_methods(["GET", "HEAD", "POST"])
def by_member(request: MemberRequest, kind: str, slug: str) -> HttpResponse:
    """The same for whoever may edit it, whenever they like. 404 for what does not run out."""
    if kind not in RUN_OUT:
        raise Http404
    entry = entry_to_edit(request.user, kind, slug)
    try:
        return _answer(request, renewal_of(entry, request.user))
    except Unanswerable as problem:
        return render(request, "keeping/unanswerable.html", {"why": problem.why}, status=410)


def _answer(request: HttpRequest, renewal: Renewal) -> HttpResponse:
    """Show what it says and ask for a day; act by POST."""
    entry = renewal.entry
    form = Renewing(request.POST if request.method == "POST" else None, entry=entry)
    if request.method == "POST" and form.is_valid():
        with suppress(Overtaken):  # the page then says why it cannot be renewed
            renew(renewal, until=form.cleaned_data["until"])
        return redirect(f"{request.path}?renewed")
    context = {
        "entry": entry, "record": entry.record, "section": form, "day": last_day(entry),
        "renewed": "renewed" in request.GET and not entry.ended,
    }  # fmt: skip
    return render(request, "keeping/renewing/renew.html", context)
