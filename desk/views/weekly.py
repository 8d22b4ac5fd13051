"""The weekly mail: chosen on a steward's own page, stopped from the mail itself."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from keeping.links_in_mails import link_in_mail
from keeping.requests import MemberRequest

from .. import weekly
from ..access import person_at_desk

ONE_CLICK = "List-Unsubscribe"  # what mail programs post (RFC 8058)


@require_POST
def choose(request: MemberRequest, number: int) -> HttpResponse:
    """Get the weekly mail or not; nobody chooses for another."""
    person = person_at_desk(request.user, number)
    if person.pk != request.user.pk:
        raise PermissionDenied
    wanted = "wanted" in request.POST
    weekly.choose(person, wanted=wanted)
    told = _("You get the weekly mail.") if wanted else _("You get no more weekly mails.")
    messages.success(request, told)
    return redirect("desk:steward", person.pk)


@csrf_exempt  # mail programs post without a page before; the link is the key, as with every link in a mail
@link_in_mail
def stop_by_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the mail a link belongs to; asked by POST. A mail program's press is answered at once."""
    person = weekly.stopped_by(token)
    if request.method == "POST":
        weekly.choose(person, wanted=False)
        if ONE_CLICK not in request.POST:
            return redirect("desk:stop_weekly", token)
    return render(request, "desk/stop_weekly.html", {"wanted": weekly.wants(person)})
