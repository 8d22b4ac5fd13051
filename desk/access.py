"""Who may sit at the desk, and for what."""

from django.core.exceptions import PermissionDenied

from curation.access import Scope, Visitor, can_curate, scope_of
from curation.models import Stewardship


def duty_of(user: Visitor, *, mine: bool = False) -> Scope:
    """What somebody looks after; others have no desk. `mine`: a curator's own places and themes alone."""
    scope = scope_of(user)
    if not scope:
        raise PermissionDenied
    if mine and scope.everything and (own := own_scope(user)):
        return own
    return scope


def own_scope(user: Visitor) -> Scope:
    """The places, themes and entries somebody has been given, whatever else they may do."""
    return Scope.of(Stewardship.objects.running().filter(user=user.pk).order_by("pk"))


def only_curators(user: Visitor) -> None:
    """Texts and stewards are the curators'."""
    if not can_curate(user):
        raise PermissionDenied
