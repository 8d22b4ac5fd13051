"""Whose a draft is: its author's, and before there is one the browser's that holds its key."""

from django.contrib.sessions.backends.base import SessionBase
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from accounts.models import User
from curation.choices import State
from curation.models import Draft

SESSION = "drafts"
MOST_KEYS = 50
MENDABLE = (State.DRAFT, State.RETURNED)


def keys_of(session: SessionBase) -> list[str]:
    """The drafts begun in this browser that belong to nobody yet."""
    return [str(key) for key in session.get(SESSION, [])]


def hold(session: SessionBase, key: str) -> None:
    """Let this browser go on with a draft; the first one sets its cookie."""
    session[SESSION] = [*(held for held in keys_of(session) if held != key), key][-MOST_KEYS:]


def drafts_of(request: HttpRequest) -> QuerySet[Draft]:
    """The drafts whoever asks may go on with, saved last first."""
    free = Draft.objects.filter(user__isnull=True, key__in=keys_of(request.session))
    if not isinstance(request.user, User):
        return free.select_related("record")
    return (free | Draft.objects.filter(user=request.user)).select_related("record")


def draft_to_write(request: HttpRequest, kind: str, key: str) -> Draft:
    """A draft of a kind by its key; that of others does not exist."""
    draft = drafts_of(request).filter(kind=kind, key=key).first()
    if draft is None:
        raise Http404
    return draft


def is_sent(draft: Draft) -> bool:
    """Whether it is with the curators, or in the register: then there is nothing to write in it."""
    return draft.record is not None and draft.record.state not in MENDABLE


def is_of_somebody_logged_out(request: HttpRequest, kind: str, key: str) -> bool:
    """Whether a stranger sends a step of a draft that has an author, who has most likely been logged out."""
    if request.method != "POST" or request.user.is_authenticated:
        return False
    return Draft.objects.filter(kind=kind, key=key, user__isnull=False).exists()
