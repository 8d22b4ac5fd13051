"""The mails of one's own machine, so that a link in them can be followed without a mail server."""

from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mail import local

THIS_MACHINE = ("localhost", "127.0.0.1", "[::1]")


@login_not_required
@require_safe
@never_cache
def inbox(request: HttpRequest) -> HttpResponse:
    """What would have been sent, newest first."""
    mails = list(local.kept(_folder(request)))
    return render(request, "mail/inbox.html", {"mails": mails, "most": local.NEWEST})


@login_not_required
@require_safe
@never_cache
def mail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail: the text with its links, the HTML part as source."""
    found = local.find(_folder(request), name)
    if found is None:
        raise Http404
    return render(request, "mail/mail.html", {"mail": found})


def _folder(request: HttpRequest) -> Path:
    """Mails hold what opens accounts: they are shown where they are not sent, and to this machine only."""
    folder = local.folder()
    host, _port = split_domain_port(request.get_host())
    if folder is None or host not in THIS_MACHINE:
        raise Http404
    return folder
