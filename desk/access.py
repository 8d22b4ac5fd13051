"""Who may sit at the desk, and for what."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import User
from curation.access import Scope, Visitor, can_curate, given_to, scope_of


def duty_of(user: Visitor, *, mine: bool = False) -> Scope:
    """What somebody looks after; others have no desk. `mine`: a curator's own places and themes alone."""
    scope = scope_of(user)
    if not scope:
        raise PermissionDenied
    if mine and scope.everything and (own := own_scope(user)):
        return own
    return scope


def own_scope(user: Visitor) -> Scope:
    """What somebody looks after by name, themselves or standing in, whatever else they may do."""
    return given_to(user) if isinstance(user, User) else Scope()


def person_at_desk(user: Visitor, number: int) -> User:
    """Oneself, or as a curator anybody who looks after something or could. Others get 403."""
    duty_of(user)
    if number != user.pk:
        only_curators(user)
    person = User.objects.filter(pk=number, is_active=True).first()
    if person is None:
        raise Http404
    return person


def only_curators(user: Visitor) -> None:
    """Texts and stewards are the curators'."""
    if not can_curate(user):
        raise PermissionDenied
