"""What comes with somebody who logs in: the entries kept in that browser before."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User

from .access import SESSION, let_go
from .actions import join


def bring_shortlist(request: HttpRequest, user: User, **told: Any) -> None:
    """Called by Django whenever somebody has logged in, by whatever way (`user_logged_in`)."""
    key = request.session.get(SESSION)
    if not key:
        return
    joined = join(key, by=user)
    let_go(request.session)
    if number := joined.entries:
        text = ngettext(
            "The entry you kept before you logged in is on your shortlist.",
            "The %(n)s entries you kept before you logged in are on your shortlist.",
            number,
        )
        messages.info(request, text % {"n": number}, fail_silently=True)
    if joined.link_is_dead:
        text = _("The link to the list you kept before you logged in has stopped. You can make a new one.")
        messages.warning(request, text, fail_silently=True)
