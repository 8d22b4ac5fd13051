"""What comes with somebody who logs in: the drafts begun in that browser before."""

from typing import Any

from django.http import HttpRequest

from accounts.models import User

from .access import SESSION, keys_of
from .actions import adopt


def bring_drafts(request: HttpRequest, user: User, **told: Any) -> None:
    """Called by Django whenever somebody has logged in, by whatever way (`user_logged_in`)."""
    if keys := keys_of(request.session):
        adopt(keys, by=user)
        del request.session[SESSION]
