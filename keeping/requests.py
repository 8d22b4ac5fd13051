"""A request of somebody who is logged in."""

from accounts.models import User
from places.requests import HtmxRequest


class MemberRequest(HtmxRequest):
    """Every page that does not say it is public is closed to strangers by the middleware."""

    user: User
