"""Who may sit at the desk, and for what."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import User
from curation.access import Scope, Visitor, can_curate, scope_of


def duty_of(user: Visitor) -> Scope:
    """What somebody looks after; others have no desk."""
    scope = scope_of(user)
    if not scope:
        raise PermissionDenied
    return scope


def person_at_desk(user: Visitor, number: int) -> User:
    """Oneself, or as a curator anybody who looks after something, did so once or curates. Others get 403."""
    duty_of(user)
    if number != user.pk:
        only_curators(user)
    person = User.objects.filter(pk=number, is_active=True).first()
    if person is None or not (can_curate(person) or person.stewardships.exists()):
        raise Http404
    return person


def only_curators(user: Visitor) -> None:
    """Texts and stewards are the curators'."""
    if not can_curate(user):
        raise PermissionDenied
