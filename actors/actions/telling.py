"""Mails about who belongs where, in their readers' language; each leaves with the caller's transaction."""

from typing import Any

from django.urls import reverse
from django.utils import translation

from accounts.models import User
from mail import links, outbox

from ..models import Actor, Membership


def tell(user: User, template: str, /, **context: Any) -> None:
    """One mail to a person who can log in."""
    if user.is_active:
        outbox.send(f"actors/{template}", to=user.email, language=user.language, context=context)


def link_to(user: User, name: str, *args: object) -> str:
    """The full address of a page in the language of the one who is written to."""
    return page_in(user.language, name, *args)


def page_in(language: str, name: str, *args: object) -> str:
    """The full address of a page in a language."""
    with translation.override(language):
        return links.absolute(reverse(name, args=args))


def tell_owners(actor: Actor, template: str, /, **context: Any) -> int:
    """One mail to each owner of an organisation; how many there are."""
    owners = [row.user for row in Membership.objects.owners().filter(actor=actor).select_related("user")]
    for owner in owners:
        link = link_to(owner, "keeping:people", actor.record.slug)
        tell(owner, template, actor=actor, link=link, **context)
    return len(owners)
