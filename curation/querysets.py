"""Reading the register: what is public, what still goes on, what a result card needs."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, F, Q
from django.utils import timezone

from .choices import Fact, State
from .freshness import CONFIRMED_AT, SOONER, due_before

if TYPE_CHECKING:
    from accounts.models import User

    from .models import Absence, Record, Stewardship  # noqa: F401 - named in strings below


def slim(path: str = "") -> tuple[str, ...]:
    """The columns of a record that only searching reads, to be deferred wherever records are shown."""
    return tuple(f"{path}{column}" for column in ("search_da", "search_en"))


class RecordQuerySet(models.QuerySet["Record"]):
    """Verbs for choosing records."""

    def published(self) -> Self:
        """What everybody may read, ended entries included: what happened stays readable."""
        return self.filter(state=State.PUBLISHED)

    def current(self) -> Self:
        """Published and not ended: what balance, missing links and partners count."""
        return self.published().filter(ended=False)

    def due(self, fact: str, today: dt.date) -> Self:
        """Current and looked after by somebody, with a fact that is to be asked after.

        Where to write is asked after only where somebody has said it.
        """
        rows = self.current().filter(claimed_at__isnull=False)
        if fact == Fact.CONTACT:
            rows = rows.exclude(contact_email="")
        last = CONFIRMED_AT[fact]
        late = Q((f"{last}__isnull", True)) | Q((f"{last}__lt", due_before(fact, today)))
        for kind in SOONER:
            late |= Q((f"{last}__lt", due_before(fact, today, kind)), kind=kind)
        return rows.filter(late)

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def in_place(self, place_id: int) -> Self:
        """What belongs, or ever belonged, to a place."""
        return self.filter(place_ids__contains=[place_id])

    def about(self, theme_id: int) -> Self:
        """What carries a theme or one below it."""
        return self.filter(theme_ids__contains=[theme_id])

    def waiting(self) -> Self:
        """Sent in and not decided, oldest promise first."""
        return self.filter(state=State.SUBMITTED).order_by("answer_by", "submitted_at", "pk")

    def unreviewed(self) -> Self:
        """Published and changed since a curator last looked, oldest change first."""
        return self.published().filter(version__gt=F("reviewed_version")).order_by("updated_at", "pk")

    def looked_after_by(self, places: Iterable[int], themes: Iterable[int]) -> Self:
        """What belongs to one of the places or carries one of the themes."""
        return self.filter(Q(place_ids__overlap=list(places)) | Q(theme_ids__overlap=list(themes)))

    def shown(self) -> Self:
        """Without the columns only searching reads."""
        return self.defer(*slim())

    def newest(self) -> Self:
        """Last published first."""
        return self.order_by("-published_at", "-pk")


class StewardshipQuerySet(models.QuerySet["Stewardship"]):
    """Verbs for choosing who looks after what."""

    def running(self) -> Self:
        """Not ended, and of people who can log in."""
        return self.filter(until__isnull=True, user__is_active=True)

    def of_record(self, record: "Record") -> Self:
        """Those that cover a record by itself or by one of its places or themes."""
        by = Q(record=record) | Q(place__in=record.place_ids) | Q(theme__in=record.theme_ids)
        return self.running().filter(by)

    def looked_after_by(self, user: "User") -> Self:
        """What somebody was given, and what those were given whom they stand in for today, unless away too.

        A row may come twice.
        """
        away = covering(timezone.localdate(), path="user__absences__")
        covered = Q(~Exists(user.absences.running()), user__absences__cover=user.pk, **away)
        return self.running().filter(Q(user=user.pk) | covered)

    def with_scope(self) -> Self:
        """With who and what, for pages that name them."""
        return self.select_related("user", "place", "theme", "record").defer(*slim("record__"))


def covering(today: dt.date, *, path: str = "") -> dict[str, Any]:
    """What holds of an absence that runs on a day, as conditions; `path` leads to absences."""
    return {
        f"{path}since__lte": today,
        f"{path}until__gte": today,
        f"{path}called_off_at__isnull": True,
    }


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Verbs for choosing who is away."""

    def running(self, today: dt.date | None = None) -> Self:
        """Of those who are away on a day; today unless it says which."""
        return self.filter(**covering(today or timezone.localdate()))

    def ahead(self) -> Self:
        """Running, or still to come."""
        return self.filter(until__gte=timezone.localdate(), called_off_at__isnull=True)

    def sharing_days(self, since: dt.date, until: dt.date) -> Self:
        """Not called off, with a day from one up to and with another."""
        return self.filter(since__lte=until, until__gte=since, called_off_at__isnull=True)


class EntryQuerySet[E: models.Model](models.QuerySet[E]):
    """Verbs for choosing entries by what their record says."""

    def published(self) -> Self:
        return self.filter(record__state=State.PUBLISHED)

    def current(self) -> Self:
        return self.published().filter(record__ended=False)
