"""Writing what search knows beside the entries: words that mean the same, and what was looked for in vain."""

import datetime as dt
from collections.abc import Sequence

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from places.danish import fold
from places.models import Place

from ..models import SearchMiss, Synonyms, Theme
from .reviewing import Overtaken

NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)
SYNONYMS_LOCK = 0x73796E6F  # one curator at a time writes groups, so that no word gets into two of them


class SaidElsewhere(Exception):
    """A word stands in another group already; `group` is that group, `word` as it was written now."""

    def __init__(self, word: str, group: Synonyms) -> None:
        super().__init__(word)
        self.word, self.group = word, group


@transaction.atomic
def keep_synonyms(
    words: Sequence[str], *, by: User, source: str = "", group: Synonyms | None = None,
    seen: dt.datetime = NEVER,
) -> Synonyms:  # fmt: skip
    """Keep a new group, or change one as it was `seen`; search knows it from the next page on.

    Raises `SaidElsewhere` where another group has one of the words that are new here, `Overtaken` where
    somebody else has changed or removed the group since.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SYNONYMS_LOCK])
    _only_here(words, group)
    said = {"words": list(words), "source": source, "changed_at": timezone.now(), "changed_by": by}
    if group is None:
        return Synonyms.objects.create(**said)
    if not Synonyms.objects.filter(pk=group.pk, changed_at=seen).update(**said):
        raise Overtaken
    return group


def _only_here(words: Sequence[str], group: Synonyms | None) -> None:
    here = {fold(word) for word in group.words} if group else set()
    meant = {folded: word for word in words if (folded := fold(word)) not in here}
    others = Synonyms.objects.exclude(pk=group.pk) if group else Synonyms.objects.all()
    for other in others:
        for word in other.words:
            if fold(word) in meant:
                raise SaidElsewhere(meant[fold(word)], other)


def drop_synonyms(group: Synonyms, *, seen: dt.datetime) -> None:
    """Remove a group as it was `seen`. Raises `Overtaken` where somebody else has changed it since."""
    deleted, _each = Synonyms.objects.filter(pk=group.pk, changed_at=seen).delete()
    if not deleted:
        raise Overtaken


def tell_missing(
    words: str, *, language: str, kind: str = "", theme: Theme | None = None, place: Place | None = None
) -> SearchMiss:
    """Note that somebody looked for something and did not find it; never who."""
    return SearchMiss.objects.create(words=words, language=language, kind=kind, theme=theme, place=place)


@transaction.atomic
def settle_missing(numbers: Sequence[int], *, by: User, done: str) -> int:
    """Say what was done about searches in vain; how many that were.

    Raises `Overtaken` where somebody else has settled all of them.
    """
    waiting = SearchMiss.objects.filter(pk__in=numbers, settled_at__isnull=True)
    settled = waiting.update(settled_at=timezone.now(), settled_by=by, settled_with=done)
    if not settled:
        raise Overtaken
    return settled
