"""Telling people what is new in the searches they keep: one mail for all that are due, nothing twice."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone, translation

from accounts.idle import WARNED_AFTER
from accounts.models import User
from curation.choices import Rhythm
from curation.models import Record, SavedSearch
from mail import links, outbox

from . import saved
from .saved_found import Found, find
from .saved_letter import New, Part, parts_of
from .saved_stopping import stop_link


def to_tell(today: dt.date) -> list[int]:
    """The people with something due who can still be written to."""
    rows = SavedSearch.objects.filter(due(today), user__in=_reachable())
    return sorted(rows.order_by().values_list("user", flat=True).distinct())


def due(today: dt.date) -> Q:
    """Daily ones not looked for today, weekly ones not since Monday; a missed Monday is made up for."""
    monday = today - dt.timedelta(days=today.weekday())
    return Q(rhythm=Rhythm.DAILY, looked_at__lt=_morning_of(today)) | Q(
        rhythm=Rhythm.WEEKLY, looked_at__lt=_morning_of(monday)
    )


@transaction.atomic
def tell(user_pk: int) -> bool:
    """Write to somebody what is new in what is due; whether there was anything.

    The person is held, so that of two workers the second finds nothing due. What is in the mail is known from
    then on to all their searches with a rhythm, in the transaction that puts it into the outbox.
    """
    person = saved.hold(user_pk)
    searches = list(person.saved_searches.exclude(rhythm="").order_by("name", "pk"))
    now_due = _due_of(person)
    due_ones = [search for search in searches if search.pk in now_due]
    found = find(due_ones, person.language)
    news = [new for search in due_ones if (new := new_in(search, found.get(search.pk, Found())))]
    if news:
        _send(person, news)
    _remember(searches, found, frozenset().union(*(new.pks for new in news)))
    told = [new.search.pk for new in news]
    SavedSearch.objects.filter(pk__in=now_due).update(looked_at=timezone.now())
    SavedSearch.objects.filter(pk__in=told).update(told_at=timezone.now())
    return bool(news)


def new_in(search: SavedSearch, found: Found) -> New:
    """What is new in a search. Of what was too much to keep and is no longer, what was published since."""
    if found.ids is None:
        return New(search, number=found.newer, total=found.total)
    if search.known is not None:
        return New(search, found.ids - frozenset(search.known))
    since = Record.objects.filter(pk__in=found.ids, published_at__gt=search.looked_at)
    return New(search, frozenset(since.order_by().values_list("pk", flat=True)))


def _due_of(person: User) -> set[int]:
    if not _reachable().filter(pk=person.pk).exists():
        return set()
    rows = person.saved_searches.filter(due(timezone.localdate()))
    return set(rows.order_by().values_list("pk", flat=True))


def _reachable() -> QuerySet[User]:
    """Those whose account is open and was used within two years; after that it is about to be erased."""
    used = User.objects.annotate(used_at=Coalesce("last_login", "date_joined"))
    return used.filter(is_active=True, erased_at=None, used_at__gte=timezone.now() - WARNED_AFTER)


def _send(person: User, news: Sequence[New]) -> None:
    with translation.override(person.language):
        parts: list[Part] = parts_of(news, person.language)
        context = {
            "name": " ".join(person.name.split()),
            "parts": parts,
            "number": sum(part.number for part in parts),
            "all": links.absolute(reverse("outreach:searches")),
        }
        stop = stop_link(person.pk)
    outbox.send(
        "outreach/saved_searches", to=person.email, language=person.language, context=context,
        unsubscribe=stop,
    )  # fmt: skip


def _remember(searches: Iterable[SavedSearch], found: Mapping[int, Found], told: frozenset[int]) -> None:
    """What was found is known to the search, and what was told to all of them; one statement."""
    changed = []
    for search in searches:
        known = _known(search, found.get(search.pk), told)
        if known != search.known:
            search.known = known
            changed.append(search)
    SavedSearch.objects.bulk_update(changed, ["known"])


def _known(search: SavedSearch, found: Found | None, told: frozenset[int]) -> list[int] | None:
    if found is not None and found.ids is None:
        return None
    if found is None and search.known is None:
        return None
    ids = found.ids if found and found.ids else frozenset()
    return sorted(told.union(search.known or (), ids))


def _morning_of(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
