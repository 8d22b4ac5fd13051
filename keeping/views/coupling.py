"""Coupling a need or an offer to a lab one may edit."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actors.models import Offer
from curation.actions import Overtaken
from curation.reference import Reference
from labs import actions
from labs.models import Lab, Link
from missions.models import Need

from ..coupling import CoupleForm, Labs, entry_to_couple
from ..editing import speaker
from ..requests import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
def couple(request: MemberRequest, kind: str, slug: str) -> HttpResponse:
    """Choose a lab; whose need or offer it is is asked to confirm."""
    entry = entry_to_couple(kind, slug)
    words = (request.POST if request.method == "POST" else request.GET).get("q", "")[:200]
    labs, reference = Labs.of(request.user, entry, words), Reference.now()
    form = CoupleForm(
        request.POST if request.method == "POST" else None, labs=labs.found, reference=reference
    )
    status = 200
    if request.method == "POST" and not entry.ended and form.is_valid():
        try:
            link = _couple(request, form.chosen, entry)
        except actions.Declined:
            form.add_error("lab", _("It has been declined that it is tied to this lab."))
        except Overtaken:
            form.add_error(None, _("Somebody has changed it meanwhile. This is how it stands now."))
            status = 409
        else:
            messages.success(request, _told(link))
            return redirect(f"{form.chosen.get_absolute_url()}#couplings")
    context = {"entry": entry, "record": entry.record, "labs": labs, "form": form}
    return render(request, "keeping/coupling/couple.html", context, status=status)


def _couple(request: MemberRequest, lab: Lab, entry: Need | Offer) -> Link:
    speaks = speaker(request.user, lab)
    return actions.couple(
        lab=lab, entry=entry, by=request.user, organisation=speaks.organisation,
        looks_after=speaks.looks_after,
    )  # fmt: skip


def _told(link: Link) -> str:
    if link.confirmed:
        return _("They are coupled now.")
    return _(
        "They are coupled now. Whoever it belongs to gets a mail to confirm it; until then it is only named."
    )
