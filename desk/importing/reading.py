"""Reading a file's rows: judging them all, and judging again those that were mended."""

from collections.abc import Collection, Iterable, Sequence

from django.db import transaction
from django.db.models import F, Q
from django.utils import translation

from keeping.columns import column_for

from ..choices import BatchState, Verdict
from ..models import Batch, BatchRow
from .judging import CHUNK, WHOLE, WRITTEN, Judge, refuse_twice, twice
from .progress import tell

AT_ONCE = 500  # as many rows are dealt with while a page waits; more by a worker


def guessed(kind: str, headings: Sequence[str]) -> list[str]:
    """What the columns of a file are read as, by what they are called; each field once."""
    found: list[str] = []
    for heading in headings:
        column = column_for(kind, heading)
        found.append(column.name if column and column.name not in found else "")
    return found


@transaction.atomic
def read(number: int) -> None:
    """Judge every row of a file that is being read; nothing where that is done or it was dropped."""
    batch = held(number, BatchState.READING)
    if batch is not None:
        judge_all(batch)
        Batch.objects.filter(pk=batch.pk).update(state=BatchState.READY, done=F("total"))


def held(number: int, *states: BatchState) -> Batch | None:
    """A file in one of the states, held against everybody else until the transaction ends."""
    rows = Batch.objects.select_for_update(of=("self",), no_key=True).select_related("by")
    return rows.filter(pk=number, state__in=states).first()


def judge_all(batch: Batch) -> None:
    """Judge every row anew."""
    done = 0
    rows = batch.rows.order_by("number").iterator(chunk_size=CHUNK)
    for some in Judge(batch).judge(rows):
        save(some)
        done += len(some)
        tell(batch, done)
    _tell_of_twice(batch)


def judge_some(batch: Batch, numbers: Collection[int]) -> None:
    """Judge some rows anew, and those that were refused for being about the same as another."""
    asked = Q(number__in=numbers) | Q(problems__has_key=WHOLE)
    for some in Judge(batch).judge(batch.rows.filter(asked).order_by("number").iterator(chunk_size=CHUNK)):
        save(some)
    _tell_of_twice(batch)


def _tell_of_twice(batch: Batch) -> None:
    rows = batch.rows.exclude(verdict=Verdict.LEFT_OUT).order_by("number")
    found = twice(rows.only("batch_id", "number", "record_id", "words").iterator(chunk_size=CHUNK))
    again = list(batch.rows.filter(number__in=found))
    with translation.override(batch.language):
        for row in again:
            refuse_twice(row, found[row.number])
    save(again)


def save(rows: Iterable[BatchRow]) -> None:
    """Write what rows were judged to be; one statement, however many they are."""
    BatchRow.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=WRITTEN)
