"""Keeping what is typed while something is registered, word for word, valid or not."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from curation.forms import Words
from curation.models import Draft

from ..prefilling import WITH

# Beside the words of a step stands which window saved them last: a name made anew for each page shown. With
# a hyphen it can be no field's.
WINDOW = "page-window"


class Elsewhere(Exception):
    """The step was saved from another window since this one was opened; `saved` is what it says there."""

    def __init__(self, saved: Words) -> None:
        super().__init__("saved elsewhere")
        self.saved = saved


@transaction.atomic
def begin(
    kind: str, *, by: User | None, among: Iterable[str], step: str, words: Words, window: str,
    beforehand: Words | None = None,
) -> Draft:  # fmt: skip
    """The first words of something new. Sent twice from one window they begin one draft.

    `among` are the keys of drafts that belong to the browser, `beforehand` is what its address said. Nobody
    is written to.
    """
    own = Draft.objects.filter(kind=kind, record__isnull=True)
    own = own.filter(user=by) if by else own.filter(user__isnull=True, key__in=list(among))
    begun = own.filter(**{f"typed__{step}__{WINDOW}": [window]}).first() if window else None
    if begun is not None:
        return save(begun, step=step, words=words, window=window, seen=window)
    kept = {WITH: beforehand} if beforehand else {}
    return Draft.objects.create(kind=kind, user=by, typed={step: _kept(words, window)} | kept)


@transaction.atomic
def save(draft: Draft, *, step: str, words: Words, window: str, seen: str) -> Draft:
    """Keep the words of one step as they were typed; when this returns and is committed, they are kept.

    `window` names the page they come from, `seen` the one that had saved last when it was opened. Raises
    `Elsewhere` if a third one has saved since and the words differ.
    """
    held = Draft.objects.select_for_update().get(pk=draft.pk)
    saved = held.typed.get(step, {})
    last = (saved.get(WINDOW) or [""])[0]
    if last not in (window, seen) and spoken(saved) != words:
        raise Elsewhere(spoken(saved))
    held.typed |= {step: _kept(words, window)}
    held.updated_at = timezone.now()
    Draft.objects.filter(pk=held.pk).update(
        typed=held.typed, updated_at=held.updated_at, version=F("version") + 1
    )
    held.version += 1
    return held


def adopt(keys: Iterable[str], *, by: User) -> int:
    """Give the drafts of a browser to whoever has logged in there; how many."""
    return Draft.objects.filter(key__in=list(keys), user__isnull=True).update(user=by)


def spoken(saved: Words) -> Words:
    """The words of a step without the name of the window."""
    return {name: values for name, values in saved.items() if name != WINDOW}


def last_window(draft: Draft | None, step: str) -> str:
    """Which window saved a step last."""
    saved = draft.typed.get(step, {}) if draft else {}
    return str((saved.get(WINDOW) or [""])[0])


def _kept(words: Words, window: str) -> Words:
    return {**words, WINDOW: [window]}
