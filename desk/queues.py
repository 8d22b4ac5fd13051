"""What waits on the desk: queues with their numbers and rows, the longest waiting first."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.models import Claim, Enquiry
from curation.access import Scope
from curation.choices import Outcome, State
from curation.models import Asking, Record, Suggestion
from curation.querysets import slim
from labs.models import Link
from missions.models import CoalitionMember

from .choices import PairOutcome
from .duplicates.finding import BOTH_PUBLIC, CERTAIN
from .duplicates.reasons import in_short
from .models import Pair

LINK_WAITED = dt.timedelta(days=30)
ASKED_IN_VAIN = 2  # reminders after which somebody else has to look


@dataclass(frozen=True)
class Row:
    """One thing that waits, as the list shows it."""

    number: str
    path: str
    label: str
    title: str
    line: str
    waited: str
    late: bool = False


@dataclass(frozen=True)
class Queue:
    """One kind of thing that waits. `number` names one of them in an address."""

    slug: str
    title: Any
    nothing: Any
    waiting: Callable[[Scope], QuerySet[Any]]
    row: Callable[[Any, dt.date], Row]

    def row_of(self, found: Any) -> Row:
        return self.row(found, timezone.localdate())

    def rows(self, scope: Scope, start: int, number: int) -> list[Row]:
        return [self.row_of(found) for found in self.waiting(scope)[start : start + number]]

    def around(self, scope: Scope, number: str, most: int) -> list[Row]:
        """So many rows a case stands among: the first ones, or further down those before and after it."""
        first = self.rows(scope, 0, most)
        if len(first) < most or number in [row.number for row in first[:-1]]:
            return first
        rows = self.waiting(scope)
        numbers = [str(each) for each in rows.values_list(_column(rows), flat=True)]
        at = numbers.index(number) if number in numbers else 0
        return self.rows(scope, max(0, at - most // 2), most)

    def still(self, scope: Scope, numbers: Sequence[str]) -> set[str]:
        """Which of these wait."""
        rows = self.waiting(scope).order_by()
        column = _column(rows)
        found = rows.filter(**{f"{column}__in": numbers}).values_list(column, flat=True)
        return {str(each) for each in found}


def _column(rows: QuerySet[Any]) -> str:
    """What names one of them in an address."""
    return "public_id" if rows.model is Record else "pk"


def within(rows: QuerySet[Any], scope: Scope, record: str = "") -> QuerySet[Any]:
    """The rows somebody looks after; `record` is the path to the record, with its underscores."""
    if scope.everything:
        return rows
    places = Q(**{f"{record}place_ids__overlap": list(scope.places)})
    themes = Q(**{f"{record}theme_ids__overlap": list(scope.themes)})
    return rows.filter(places | themes | Q(**{f"{record}pk__in": scope.records}))


def queue_named(slug: str) -> Queue:
    """A queue by its word in the address; an unknown one does not exist."""
    if slug not in QUEUES:
        raise Http404
    return QUEUES[slug]


def late(scope: Scope) -> int:
    """How many authors were promised an answer by today."""
    return new(scope).filter(answer_by__lte=timezone.localdate()).order_by().count()


# What waits in each


def new(scope: Scope) -> QuerySet[Any]:
    return within(Record.objects.shown().waiting(), scope)


def changed(scope: Scope) -> QuerySet[Any]:
    return within(Record.objects.shown().unreviewed(), scope)


def suggested(scope: Scope) -> QuerySet[Any]:
    """Passed on after seven days, or at once where nobody else could answer."""
    rows = Suggestion.objects.filter(outcome=Outcome.WAITING, passed_on_at__isnull=False)
    public = rows.filter(record__state=State.PUBLISHED).select_related("record", "organisation")
    return within(_slim(public), scope, "record__").order_by("suggested_at", "pk")


def claimed(scope: Scope) -> QuerySet[Any]:
    rows = Claim.objects.filter(granted__isnull=True).select_related("record", "actor__record", "user")
    return within(_slim(rows), scope, "record__").order_by("claimed_at", "pk")


def unconfirmed(scope: Scope) -> QuerySet[Any]:
    """Organisations that were asked a month ago whether they take part, and have not said."""
    asked = Q(asked_at__lt=timezone.now() - LINK_WAITED, confirmed_at__isnull=True)
    links = Link.objects.filter(asked, actor=OuterRef("pk"), lab__record__state=State.PUBLISHED)
    parts = CoalitionMember.objects.filter(
        asked, actor=OuterRef("pk"), mission__record__state=State.PUBLISHED
    )
    records = Record.objects.shown().published().filter(kind="actor")
    return within(records.filter(Exists(links) | Exists(parts)), scope).order_by("sort_da", "pk")


def stale(scope: Scope) -> QuerySet[Any]:
    """Asked three times whether it still holds, and nobody has answered."""
    rows = Asking.objects.filter(
        answered_at__isnull=True, reminders__gte=ASKED_IN_VAIN, record__state=State.PUBLISHED
    )
    return within(_slim(rows.select_related("record")), scope, "record__").order_by("asked_at", "pk")


def enquiries(scope: Scope) -> QuerySet[Any]:
    """Nobody has answered in the time that was promised, or nobody looks after what was written to."""
    today = timezone.localdate()
    rows = Enquiry.objects.shown().unanswered()
    waiting = rows.filter(Q(answer_by__lt=today) | Q(record__claimed_at__isnull=True))
    return within(waiting, scope, "record__").order_by("answer_by", "pk")


def duplicates(scope: Scope) -> QuerySet[Any]:
    """Two public entries that look like one, the most certain first; for who looks after both."""
    rows = Pair.objects.filter(BOTH_PUBLIC, CERTAIN, outcome=PairOutcome.WAITING).order_by("-certainty", "pk")
    theirs = within(within(rows, scope, "left__"), scope, "right__")
    return theirs.select_related("left", "right").defer(*slim("left__"), *slim("right__"))


def _slim(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.defer("record__search_da", "record__search_en")


# How each is shown in a list


def _new_row(record: Record, today: dt.date) -> Row:
    promised = record.answer_by or today
    line = record.get_kind_display()
    return Row(
        record.public_id, _case("new", record.public_id), _("New"), record.name, line,
        promise(promised, today), late=promised <= today,
    )  # fmt: skip


def _changed_row(record: Record, today: dt.date) -> Row:
    return Row(
        record.public_id, _case("changed", record.public_id), _("Edited"), record.name,
        record.get_kind_display(), _since(record.updated_at, today),
    )  # fmt: skip


def _suggested_row(suggestion: Suggestion, today: dt.date) -> Row:
    number = len(suggestion.changes)
    line = _("In words") if not number else _("Fields: %(number)s") % {"number": number}
    return Row(
        str(suggestion.pk), _case("suggested", suggestion.pk), _("Suggestion"), suggestion.record.name, line,
        _since(suggestion.suggested_at, today), late=_days(suggestion.suggested_at, today) > 14,
    )  # fmt: skip


def _claimed_row(claim: Claim, today: dt.date) -> Row:
    return Row(
        str(claim.pk), _case("claimed", claim.pk), _("Claim"), claim.record.name,
        _("by %(who)s") % {"who": claim.actor.name}, _since(claim.claimed_at, today),
        late=_days(claim.claimed_at, today) > 7,
    )  # fmt: skip


def _unconfirmed_row(record: Record, today: dt.date) -> Row:
    path = reverse("desk:case", args=["unconfirmed", record.public_id])
    return Row(record.public_id, path, _("Named"), record.name, _("Has not said whether it takes part"), "")


def _stale_row(asking: Asking, today: dt.date) -> Row:
    return Row(
        str(asking.pk), reverse("keeping:entry", args=[asking.record.public_id]), _("Not confirmed"),
        asking.record.name, str(asking.get_fact_display()), _since(asking.asked_at, today),
    )  # fmt: skip


def _enquiry_row(enquiry: Enquiry, today: dt.date) -> Row:
    promised = enquiry.answer_by or today
    line = _("Nobody looks after it") if enquiry.record.claimed_at is None else _("No answer")
    return Row(
        str(enquiry.pk), reverse("outreach:enquiry", args=[enquiry.pk]), _("Enquiry"), enquiry.record.name,
        line, promise(promised, today), late=promised < today,
    )  # fmt: skip


def _duplicate_row(pair: Pair, today: dt.date) -> Row:
    named = _("and %(other)s") % {"other": pair.right.name}
    return Row(
        str(pair.pk), _case("duplicates", pair.pk), f"{pair.certainty} %", pair.left.name, named,
        in_short(pair),
    )  # fmt: skip


def promise(day: dt.date, today: dt.date) -> str:
    """When an answer is promised, in a few words."""
    left = (day - today).days
    if left == 0:
        return _("Answer promised today")
    if left == 1:
        return _("Answer promised tomorrow")
    shown = date_format(day, "MONTH_DAY_FORMAT")
    if left < 0:
        return _("Answer was promised %(day)s") % {"day": shown}
    return _("Answer promised %(day)s") % {"day": shown}


def _case(queue: str, number: object) -> str:
    return reverse("desk:case", args=[queue, number])


def _days(moment: dt.datetime, today: dt.date) -> int:
    return (today - timezone.localdate(moment)).days


def _since(moment: dt.datetime, today: dt.date) -> str:
    days = _days(moment, today)
    if days == 0:
        return _("Since today")
    return _("Waits since yesterday") if days == 1 else _("Has waited %(days)s days") % {"days": days}


QUEUES: Mapping[str, Queue] = {
    queue.slug: queue
    for queue in (
        Queue("new", gettext_lazy("new"), gettext_lazy("Nothing new waits."), new, _new_row),
        Queue(
            "changed",
            gettext_lazy("changes"),
            gettext_lazy("Nobody has changed anything."),
            changed,
            _changed_row,
        ),
        Queue(
            "suggested",
            gettext_lazy("suggestions"),
            gettext_lazy("No suggestion waits."),
            suggested,
            _suggested_row,
        ),
        Queue(
            "claimed", gettext_lazy("claims"), gettext_lazy("Nobody claims an entry."), claimed, _claimed_row
        ),
        Queue(
            "unconfirmed",
            gettext_lazy("without an answer"),
            gettext_lazy("Everybody who was asked has answered."),
            unconfirmed,
            _unconfirmed_row,
        ),
        Queue(
            "stale",
            gettext_lazy("not confirmed"),
            gettext_lazy("Everything is confirmed."),
            stale,
            _stale_row,
        ),
        Queue(
            "enquiries",
            gettext_lazy("enquiries without an answer"),
            gettext_lazy("Every enquiry is answered, or its time is not up."),
            enquiries,
            _enquiry_row,
        ),
        Queue(
            "duplicates",
            gettext_lazy("duplicates"),
            gettext_lazy("No two entries look like one."),
            duplicates,
            _duplicate_row,
        ),
    )
}


@dataclass(frozen=True)
class Glance:
    """A queue's number on the morning page."""

    queue: Queue
    number: int

    @property
    def path(self) -> str:
        return reverse("desk:queue", args=[self.queue.slug])


def glances(scope: Scope) -> Sequence[Glance]:
    """How much waits in each queue; one statement for all of them."""
    numbers = _counted([queue.waiting(scope) for queue in QUEUES.values()])
    return [Glance(queue, number) for queue, number in zip(QUEUES.values(), numbers, strict=True)]


def _counted(rows: Sequence[QuerySet[Any]]) -> Sequence[int]:
    parts = [part.order_by().values("pk").query.sql_with_params() for part in rows]
    columns = ", ".join(f"(SELECT count(*) FROM ({sql}) waiting)" for sql, _parameters in parts)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns}", [value for _sql, parameters in parts for value in parameters])
        found: Sequence[int] = cursor.fetchone()
    return found
