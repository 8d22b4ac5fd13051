"""A request of somebody who is logged in."""

from django.http import HttpRequest

from accounts.models import User


class MemberRequest(HttpRequest):
    """Every page that does not say it is public is closed to strangers by the middleware."""

    user: User
