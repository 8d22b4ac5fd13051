"""From rows of links and coalitions to the members pages show."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from .coalition import Earlier, Member
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


def path_of(actor: Actor | None) -> str:
    """Where a page leads for an actor everybody may read; else nothing."""
    return actor.get_absolute_url() if actor and actor.is_public else ""


def earlier(ended: Iterable[tuple[Party, Any]]) -> list[Earlier]:
    """Ties that are over with the entry at the other end, the last to end first."""
    last_first = sorted(ended, key=lambda pair: pair[1].sort_keys)
    last_first.sort(key=lambda pair: _until(pair[0]) or 0, reverse=True)
    return [
        Earlier(
            entry.name, entry.get_absolute_url(), str(entry.record.get_kind_display()), party.role_text,
            years(party),
        )
        for party, entry in last_first
    ]  # fmt: skip


def years(party: Party) -> str:
    """From when until when, as far as it is known."""
    until = _until(party)
    if party.since and until:
        return f"{party.since}–{until}"
    if party.since:
        return _("from %(year)s") % {"year": party.since}
    return _("until %(year)s") % {"year": until} if until else ""


def _until(party: Party) -> int | None:
    return party.until or (party.ended_on.year if party.ended_on else None)
