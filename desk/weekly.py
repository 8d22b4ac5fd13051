"""The weekly mail to each steward of what waits where they look after things: on Monday, if anything does.

It can be stopped. While somebody is away it goes to who stands in, whose own mail then holds both; where
nobody does, to the curators.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from curation.absences import away_today, covered_by, curators
from curation.models import Absence, Stewardship, WeeklyLetter
from keeping import tokens
from mail import links, outbox

from .parts import Part, own_part, part_of_person
from .queues import QUEUES, glances, late

PURPOSE = "weekly_letter"
# Whoever wants no more mails finds the link in whatever mail is at hand, however old.
LASTS = dt.timedelta(days=3650)


def wants(user: User) -> bool:
    """Whether somebody gets the weekly mail; they do until they stop it."""
    return not WeeklyLetter.objects.filter(user=user, stopped_at__isnull=False).exists()


def choose(user: User, *, wanted: bool) -> None:
    """Stop the weekly mail, or start it again."""
    stopped = None if wanted else timezone.now()
    WeeklyLetter.objects.update_or_create(user=user, defaults={"stopped_at": stopped})


def stop_link(user: User) -> str:
    """A page that stops somebody's weekly mail without logging in."""
    token = tokens.make(PURPOSE, [], user=user.pk, address="")
    return links.absolute(reverse("desk:stop_weekly", args=[token]))


def stopped_by(token: str) -> User:
    """Whose mail a link stops. Raises `Unanswerable`."""
    said = tokens.read(PURPOSE, token, lasts=LASTS)
    user = User.objects.filter(pk=said.user).first() if said.user else None
    if user is None:
        raise tokens.Unanswerable("closed")
    return user


def monday_of(day: dt.date) -> dt.date:
    """The Monday a day's week began on."""
    return day - dt.timedelta(days=day.weekday())


def to_tell(today: dt.date) -> list[int]:
    """Those who looked after something, or stood in, since before this Monday and were not seen to since.

    A Monday without a worker is made up for.
    """
    monday = monday_of(today)
    began = timezone.make_aware(dt.datetime.combine(monday + dt.timedelta(days=1), dt.time.min))
    held = Stewardship.objects.running().filter(since__lt=began).order_by().values("user")
    covers = Absence.objects.running(monday).filter(until__gte=today).order_by().values("cover")
    seen_to = WeeklyLetter.objects.filter(seen_to__gte=monday).order_by().values("user")
    people = User.objects.filter(Q(pk__in=held) | Q(pk__in=covers), is_active=True)
    return list(people.exclude(pk__in=seen_to).order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def tell(user_pk: int, today: dt.date) -> int:
    """Write to one of these, or to the curators in their place; how many mails.

    The person's mark is set in the same transaction, so that nobody gets two mails of one week, whatever
    happens to the worker.
    """
    letter = _mark(user_pk, monday_of(today))
    if letter is None:
        return 0
    person = letter.user
    away = away_today([person.pk]).get(person.pk)
    if away is None:
        return _send(person, own_part(person)) if letter.stopped_at is None else 0
    if away.cover is not None:
        return 0  # whose own mail holds it
    theirs = part_of_person(person)
    return sum(_send(curator, theirs, alone=person) for curator in curators())


def _mark(user_pk: int, monday: dt.date) -> WeeklyLetter | None:
    """The person's mark, held and set to this week; none where it was set already."""
    WeeklyLetter.objects.get_or_create(user_id=user_pk)
    rows = WeeklyLetter.objects.select_for_update(of=("self",)).select_related("user")
    letter = rows.get(pk=user_pk)
    if letter.seen_to and letter.seen_to >= monday:
        return None
    letter.seen_to = monday
    letter.save(update_fields=["seen_to"])
    return letter


def _send(to: User, part: Part, *, alone: User | None = None) -> int:
    """A mail of what waits in a part; none where nothing does. `alone`: who is away, with nobody instead."""
    with translation.override(to.language):
        waiting = [glance for glance in glances(part.scope) if glance.number]
        if not waiting:
            return 0
        context: dict[str, Any] = {
            "name": " ".join(to.name.split()),
            "total": sum(glance.number for glance in waiting),
            "waiting": [(glance, links.absolute(part.keep(glance.path))) for glance in waiting],
            "late": late(part.scope),
            "oldest": QUEUES["new"].waiting(part.scope).first(),
            "alone": " ".join(str(alone).split()) if alone else "",
            "covers": [] if alone else covered_by(to),
            "desk": links.absolute(part.keep(reverse("desk:desk"))),
        }
        unsubscribe = "" if alone else stop_link(to)
        context["stop"] = unsubscribe
    outbox.send(
        "desk/weekly", to=to.email, language=to.language, context=context, unsubscribe=unsubscribe
    )  # fmt: skip
    return 1
