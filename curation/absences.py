"""Being away: from when to when and who stands in; told, changed, called off. Coming back needs nothing.

Who stands in has what the absent one looks after in their own scope, and gets the mails, while the days last
and while they are a steward or a curator themselves. Stand-ins do not chain: where the one who stands in is
away too, the curators are written to.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from mail import links, outbox

from .access import can_curate
from .actions import Overtaken
from .models import Absence, Stewardship


class NotPossible(Exception):
    """`why` is one word: `days`, the person is away then already; `cover`, who stands in is away then."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Away:
    """Somebody is away today; `cover` is who really stands in, nobody where that one is away as well."""

    absence: Absence
    cover: User | None


# Who is away, and who is written to instead


def away_today(users: Iterable[int]) -> Mapping[int, Away]:
    """Which of these people are away; one statement."""
    theirs = Absence.objects.running().filter(user=OuterRef("cover")).order_by()
    own = Stewardship.objects.running().filter(user=OuterRef("cover")).order_by()
    rows = Absence.objects.running().filter(user__in=list(users)).select_related("cover")
    told = rows.annotate(cover_away=Exists(theirs), cover_holds=Exists(own)).order_by("pk")
    return {absence.user_id: Away(absence, _stands_in(absence)) for absence in told}


def _stands_in(absence: Any) -> User | None:
    """Who stands in, unless they are away as well or look after nothing any more themselves."""
    cover: User | None = absence.cover
    if cover is None or absence.cover_away or not (absence.cover_holds or can_curate(cover)):
        return None
    return cover


def covered_by(user: User) -> list[Absence]:
    """For whom somebody stands in today; for nobody while they are away themselves."""
    here = ~Exists(user.absences.running())
    rows = Absence.objects.running().filter(here, cover=user.pk, user__is_active=True)
    return list(rows.select_related("user").order_by("until", "pk"))


def present(people: Sequence[User]) -> list[User]:
    """Those of them who are here, who stands in for the others, each once; else the curators.

    Nothing is left to nobody: where all are away without anybody who stands in, the curators look after it.
    """
    away = away_today(person.pk for person in people)
    here = [away[person.pk].cover if person.pk in away else person for person in people]
    found = list(dict.fromkeys(person for person in here if person))
    return found or (curators() if people else [])


def curators() -> list[User]:
    """All curators, or where the register has none its administrators."""
    active = User.objects.filter(is_active=True).order_by("pk")
    return list(active.filter(is_curator=True)) or list(active.filter(is_superuser=True))


def could_cover(user: User) -> QuerySet[User]:
    """Who may stand in for somebody: stewards and curators."""
    stewards = Stewardship.objects.running().order_by().values("user")
    able = Q(pk__in=stewards) | Q(is_curator=True) | Q(is_superuser=True)
    return User.objects.filter(able, is_active=True).exclude(pk=user.pk).order_by("name", "email")


# Saying it


@transaction.atomic
def be_away(user: User, *, since: dt.date, until: dt.date, cover: User | None, by: User) -> Absence:
    """Somebody is away from a day up to and with another. Raises `NotPossible`.

    Who stands in is told; where nobody does, the curators are, and so they are where the absent one stands in
    for somebody else in that time.
    """
    _hold(user, cover)
    _check(user, since, until, cover)
    made = Absence.objects.create(user=user, since=since, until=until, cover=cover)
    _tell(made, by=by)
    _tell_whose_cover_goes(made)
    return made


@transaction.atomic
def change(absence: Absence, *, since: dt.date, until: dt.date, cover: User | None, by: User) -> Absence:
    """Other days, or somebody else who stands in; all it concerns are told.

    Raises `NotPossible` and, where it is over, `Overtaken`.
    """
    _hold(absence.user, cover)
    held = _ahead(absence)
    before, known = held.cover, _to_be_covered(held)
    _check(held.user, since, until, cover, but=held)
    if (held.since, held.until, held.cover) == (since, until, cover):
        return held
    held.since, held.until, held.cover = since, until, cover
    held.save(update_fields=["since", "until", "cover"])
    if before and before != cover:
        _write("curation/absence_over", held, before)
    _tell(held, by=by)
    _tell_whose_cover_goes(held, but=known)
    return held


@transaction.atomic
def come_back(absence: Absence, *, by: User) -> None:
    """Back from today on, or not away after all; who stands in is told. Raises `Overtaken`."""
    held = _ahead(absence)
    today = timezone.localdate()
    if held.since < today:
        held.until = today - dt.timedelta(days=1)
    else:
        held.called_off_at = timezone.now()
    held.save(update_fields=["until", "called_off_at"])
    for person in (held.cover, held.user):
        if person and person != by:
            _write("curation/absence_over", held, person)


@transaction.atomic
def stand_in_no_more(absence: Absence, *, by: User) -> None:
    """Who stands in cannot; the absent one and the curators are told. Raises `Overtaken`."""
    held = _ahead(absence)
    if held.cover != by:
        raise Overtaken
    held.cover = None
    held.save(update_fields=["cover"])
    _tell(held, by=by)


# What they share


def _hold(*people: User | None) -> None:
    """Of two who tell of the same people's days at once the second sees what the first has told."""
    ids = [person.pk for person in people if person]
    list(User.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))


def _ahead(absence: Absence) -> Absence:
    """As it is now, held. What is over or called off is not to be changed."""
    rows = Absence.objects.ahead().select_for_update(of=("self",)).select_related("user", "cover")
    held = rows.filter(pk=absence.pk).first()
    if held is None:
        raise Overtaken
    return held


def _check(
    user: User, since: dt.date, until: dt.date, cover: User | None, *, but: Absence | None = None
) -> None:
    then = Absence.objects.sharing_days(since, until)
    if but is not None:
        then = then.exclude(pk=but.pk)
    if then.filter(user=user).exists():
        raise NotPossible("days")
    if cover and then.filter(user=cover).exists():
        raise NotPossible("cover")


def _tell(absence: Absence, *, by: User) -> None:
    """Who stands in, or else the curators; and the absent one where somebody else has told it."""
    if absence.cover:
        _write("curation/absence_cover", absence, absence.cover)
    else:
        for curator in curators():
            if curator not in (by, absence.user):
                _write("curation/absence_alone", absence, curator, whose=absence.user)
    if by != absence.user:
        _write("curation/absence_told", absence, absence.user)


def _tell_whose_cover_goes(absence: Absence, *, but: Sequence[Absence] = ()) -> None:
    """The curators hear of each for whom the absent one was to stand in, `but` those they have heard of."""
    for one in _to_be_covered(absence):
        if one not in but:
            for curator in curators():
                _write("curation/absence_alone", one, curator, whose=one.user, also=absence)


def _to_be_covered(absence: Absence) -> list[Absence]:
    """For whom the absent one was to stand in in these days."""
    rows = Absence.objects.ahead().sharing_days(absence.since, absence.until).filter(cover=absence.user)
    return list(rows.select_related("user", "cover").order_by("pk"))


def _write(template: str, absence: Absence, to: User, *, whose: User | None = None, **also: Any) -> None:
    """The mail's link leads to the page of its reader, or of `whose` absence curators are to see to."""
    held = Stewardship.objects.running().filter(user=absence.user).with_scope().order_by("since", "pk")
    with translation.override(to.language):
        context = {
            "name": " ".join(to.name.split()),
            "absence": absence,
            "to": to.email,
            "also": None,
            "scopes": [str(row.scope) for row in held],
            "link": links.absolute(reverse("desk:steward", args=[whose.pk if whose else to.pk])),
            "desk": links.absolute(reverse("desk:desk")),
            **also,
        }
    outbox.send(template, to=to.email, language=to.language, context=context)
