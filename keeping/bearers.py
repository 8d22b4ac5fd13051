"""Whose link in a mail it is, and for whom its answer is given."""

from typing import Any

from accounts.models import User
from actors.access import answers_for, standing
from curation.models import Record

from . import tokens
from .editing import Speaker
from .tokens import Unanswerable


def bearer_of(said: tokens.Token, entry: Any) -> User | None:
    """Who answers by a link, nobody's name for a mailbox; the right is that of this moment.

    Raises `Unanswerable`.
    """
    if said.user is None:
        if not said.is_for_mailbox(entry.record.contact_email):
            raise Unanswerable("right")
        return None
    user = User.objects.filter(pk=said.user, is_active=True).first()
    if user is None or not standing(user).may_edit(entry):
        raise Unanswerable("right")
    return user


def mailbox_of(entry: Any) -> Speaker:
    """For whom a mailbox answers: the organisation that answers for the entry."""
    owner = answers_for(entry)
    return Speaker(Record.objects.shown().get(pk=owner) if owner else None, looks_after=False)
