"""What a curator does with a file that was handed in: mends its rows, takes it in, sets it back.

Every verb for the file as a whole is for it as somebody saw it (`version`); each raises the version, and
whoever comes second is told (`Overtaken`). While a worker is at a file nothing else can be done to it.
"""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import Count, F, Q
from django.utils.translation import gettext as _
from psycopg.errors import LockNotAvailable

from accounts.models import User
from curation.actions import Overtaken
from keeping.columns import columns_of

from ..choices import BatchState, Verdict
from ..models import Batch, BatchRow
from . import working
from .applying import Outdated, take_in
from .judging import texts_of
from .queueing import later
from .reading import AT_ONCE, judge_all, judge_some
from .reverting import set_back

PATIENCE = "3s"
NOT_TAKEN = (Verdict.REFUSED, Verdict.WAITING)


# Reading


def counts(batch: Batch) -> dict[str, int]:
    """How many rows of each verdict, and how many new ones look like something known (`alike`)."""
    alike = Q(verdict=Verdict.NEW) & ~Q(alike=[])
    found = batch.rows.order_by().aggregate(
        alike=Count("pk", filter=alike),
        **{verdict.value: Count("pk", filter=Q(verdict=verdict)) for verdict in Verdict},
    )
    return dict(found)


def row_text(batch: Batch, row: BatchRow, field: str) -> str:
    """What a row says in a field: as it was mended, else as the file has it."""
    return texts_of(batch, row).get(field, "")


def row_seal(row: BatchRow) -> str:
    """What a row says and is judged to be, in a few letters: two people mend it one after the other."""
    said = [row.cells, row.mended, row.verdict, row.problems, row.version]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


# The preview


@transaction.atomic
def read_columns_as(batch: Batch, columns: Sequence[str], *, version: int, by: User) -> None:
    """Read the file's columns as these fields, empty where one is left out, and judge every row anew.

    Raises ValidationError for a field two columns are read as, or that is none, and `Overtaken`.
    """
    known = {column.name for column in columns_of(batch.kind)}
    told = [name for name in columns if name]
    if len(columns) != len(batch.headings) or not known.issuperset(told):
        raise ValidationError(_("Choose what each column is."))
    if twice := [name for name in dict.fromkeys(told) if told.count(name) > 1]:
        labels = {column.name: column.label(batch.language) for column in columns_of(batch.kind)}
        raise ValidationError(_("Two columns are read as “%(field)s”.") % {"field": labels[twice[0]]})
    held = _held(batch, BatchState.READY, version=version)
    held.columns = list(columns)
    large = held.total > AT_ONCE
    done = 0 if large else held.total
    state = BatchState.READING if large else BatchState.READY
    _say(held, state=state, done=done, columns=held.columns, problem="")
    if large:
        later("read", held.pk)
    else:
        judge_all(held)


@transaction.atomic
def mend(
    batch: Batch, texts: Mapping[int, Mapping[str, str]], *, seals: Mapping[int, str], by: User
) -> tuple[list[BatchRow], list[int]]:
    """Put other texts in the place of cells, by row and field; also where the file has no such column.

    A text that is what the file says takes a mended one back. Rows are for whoever saw them as they are
    (`seals`). Gives the mended rows as they are judged now, and the numbers of those somebody else was at.
    Raises `Overtaken` where the file waits for nobody any more.
    """
    held = _held(batch, BatchState.READY)
    rows = {row.number: row for row in held.rows.filter(number__in=texts).order_by("number")}
    overtaken = [
        number for number in texts if number not in rows or row_seal(rows[number]) != seals.get(number)
    ]
    mended = [row for number, row in rows.items() if number not in overtaken]
    for row in mended:
        row.mended = _mended(held, row, texts[row.number])
        row.verdict = Verdict.WAITING
    BatchRow.objects.bulk_update(mended, ["mended", "verdict"])
    if mended:
        judge_some(held, [row.number for row in mended])
        _say(held)
    numbers = [row.number for row in mended]
    return list(held.rows.filter(number__in=numbers).order_by("number")), overtaken


def _mended(batch: Batch, row: BatchRow, texts: Mapping[str, str]) -> dict[str, str]:
    """What is mended of a row, without what the file says itself."""
    known = {column.name for column in columns_of(batch.kind)}
    own = {name: cell for name, cell in zip(batch.columns, row.cells, strict=False) if name}
    mended = row.mended | {name: text for name, text in texts.items() if name in known}
    return {name: text for name, text in mended.items() if own.get(name, "") != text}


@transaction.atomic
def leave_out(batch: Batch, numbers: Collection[int] | None, *, by: User) -> int:
    """Take rows out of what is taken in; None stands for all that are refused. How many those were."""
    held = _held(batch, BatchState.READY)
    rows = held.rows.exclude(verdict=Verdict.LEFT_OUT)
    rows = rows.filter(verdict=Verdict.REFUSED) if numbers is None else rows.filter(number__in=numbers)
    done = rows.update(verdict=Verdict.LEFT_OUT)
    if done:
        judge_some(held, [])
        _say(held)
    return done


@transaction.atomic
def take_back(batch: Batch, numbers: Collection[int], *, by: User) -> int:
    """Rows that were left out are judged again. How many those were."""
    held = _held(batch, BatchState.READY)
    rows = held.rows.filter(verdict=Verdict.LEFT_OUT, number__in=numbers)
    again = list(rows.values_list("number", flat=True))
    rows.update(verdict=Verdict.WAITING)
    if again:
        judge_some(held, again)
        _say(held)
    return len(again)


# The register


def apply(batch: Batch, *, version: int, by: User) -> None:
    """Take the file in: at once where it is short, else by a worker; all of it or nothing.

    Raises ValidationError while rows are refused, nothing would change or another file is being taken in.
    Raises `Overtaken` where somebody was first, or where entries were changed since the rows were judged:
    then `batch.problem` names the rows.
    """
    try:
        with transaction.atomic():
            held = _held(batch, BatchState.READY, version=version)
            _may_be_taken_in(held)
            if held.total > AT_ONCE:
                _say(held, state=BatchState.APPLYING, done=0, problem="")
                later("apply", held.pk, user=by.pk)
            else:
                with _patience():
                    take_in(held, by=by)
    except (Outdated, IntegrityError) as told:
        working.judged_anew(batch.pk, told)
        raise Overtaken from told
    finally:
        batch.refresh_from_db()


def _may_be_taken_in(batch: Batch) -> None:
    found = counts(batch)
    if any(found[verdict] for verdict in NOT_TAKEN):
        raise ValidationError(_("Mend the refused rows, or leave them out."))
    if not found[Verdict.NEW] and not found[Verdict.CHANGED]:
        raise ValidationError(_("No row of the file says anything new."))


@transaction.atomic
def revert(batch: Batch, *, version: int, by: User) -> None:
    """Set back what the file made and changed: at once where it is short, else by a worker.

    Raises `Overtaken`, and ValidationError while another file is being taken in and once its rows are
    forgotten.
    What was changed since is left alone, and `batch.problem` names the rows (`reverting.what_revert_does`).
    """
    held = _held(batch, BatchState.APPLIED, version=version)
    if not held.rows.exists():
        raise ValidationError(_("Its rows are not kept any more, so it cannot be set back as a whole."))
    if held.total > AT_ONCE:
        _say(held, state=BatchState.REVERTING, done=0, problem="")
        later("revert", held.pk, user=by.pk)
    else:
        with _patience():
            set_back(held, by=by)
    batch.refresh_from_db()


@transaction.atomic
def drop(batch: Batch, *, version: int, by: User) -> None:
    """Leave a file that is not taken in. `Overtaken`."""
    held = _held(batch, BatchState.READY, version=version)
    _say(held, state=BatchState.DROPPED, problem="")
    batch.refresh_from_db()


# What they share


def _held(batch: Batch, *states: BatchState, version: int | None = None) -> Batch:
    """The file in one of the states, held until the transaction ends. Raises `Overtaken`."""
    rows = Batch.objects.select_for_update(of=("self",), no_key=True, nowait=True).select_related("by")
    rows = rows.filter(pk=batch.pk, state__in=states)
    try:
        held = rows.filter(version=version).first() if version is not None else rows.first()
    except OperationalError as problem:
        raise Overtaken from problem
    if held is None:
        raise Overtaken
    return held


@contextmanager
def _patience() -> Iterator[None]:
    """A page waits some seconds for others who hold what it needs, and then says so."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
    try:
        yield
    except OperationalError as problem:
        if not isinstance(problem.__cause__, LockNotAvailable):
            raise
        raise ValidationError(_("Another file is being taken in. Try again in a minute.")) from problem


def _say(batch: Batch, **columns: object) -> None:
    """What is said of a file now; whoever saw it before has seen another version."""
    Batch.objects.filter(pk=batch.pk).update(version=F("version") + 1, **columns)
