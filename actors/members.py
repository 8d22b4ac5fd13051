"""From rows of links and coalitions to the members pages show."""

from .coalition import Member
from .models import Actor, Party


def member(party: Party) -> Member:
    """An actor's part, from a row loaded with its actor."""
    actor: Actor = party.actor  # type: ignore[attr-defined]
    return Member(
        name=actor.name,
        path=actor.get_absolute_url(),
        side=party.side,
        role=party.role,
        role_text=party.role_text,
        confirmed=party.confirmed,
        since=party.since,
        until=party.until,
    )
