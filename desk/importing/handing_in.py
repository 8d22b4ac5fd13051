"""Taking a file over: its rows are kept as they are, then judged.

A file that is handed in again while it waits is the one that waits: a press too many makes no second one,
which could be taken in beside the first.
"""

import hashlib
import io
from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from curation.choices import Kind

from ..choices import BatchState
from ..models import Batch, BatchRow
from . import organisations, sheets
from .judging import CHUNK
from .queueing import later
from .reading import AT_ONCE, guessed, read

LONGEST_NAME = 200


def hand_in(*, kind: str, file_name: str, content: bytes, source: str, language: str, by: User) -> Batch:
    """Keep a file's rows and judge them: at once where they are few, else by a worker.

    Raises `limits.Refused` where the file cannot be read.
    """
    sheet = sheets.read(content)
    batch = Batch(
        kind=kind, file_name=file_name, digest=sheet.digest, size=len(content), source=source,
        language=language, by=by, notes=list(sheet.notes), headings=list(sheet.columns),
        columns=guessed(kind, sheet.columns),
    )  # fmt: skip
    return kept(batch, [(row.number, row.cells) for row in sheet.rows])


def hand_in_organisations(
    *, file_name: str, content: bytes | io.BufferedIOBase, register: str, source: str, language: str,
    by: User, countries: Sequence[str] = organisations.DENMARK, most: int = organisations.SENT_BYTES,
) -> Batch:  # fmt: skip
    """Keep the organisations of a register's file as rows about actors, matched to those that are known.

    `register` is one of `organisations.REGISTERS`; of the file at most so many bytes are unpacked. Raises
    `limits.Refused`.
    """
    file: Any = io.BytesIO(content) if isinstance(content, bytes) else content
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    size = file.tell()
    file.seek(0)
    found = organisations.read(register, file, countries=countries, most=most)
    batch = Batch(
        kind=Kind.ACTOR, file_name=file_name, digest=digest, size=size, source=source or found.source,
        language=language, by=by, notes=list(found.notes), headings=list(organisations.COLUMNS),
        columns=list(organisations.COLUMNS),
    )  # fmt: skip
    return kept(batch, list(enumerate(found.rows, start=2)))


@transaction.atomic
def kept(batch: Batch, rows: Sequence[tuple[int, Sequence[str]]]) -> Batch:
    """Keep a file with its rows, and have them judged; of one that waits already the rows are judged anew."""
    waiting = _waiting(batch, rows)
    if waiting is not None and waiting.state == BatchState.READING:
        return waiting
    if waiting is not None and _read_anew(waiting):
        batch = waiting
    else:
        _save(batch, rows)
    if batch.total <= AT_ONCE:
        read(batch.pk)
    else:
        later("read", batch.pk)
    batch.refresh_from_db()
    return batch


def _save(batch: Batch, rows: Sequence[tuple[int, Sequence[str]]]) -> None:
    batch.file_name = batch.file_name[-LONGEST_NAME:]
    batch.state, batch.total = BatchState.READING, len(rows)
    with translation.override(batch.language):
        batch.notes += _earlier(batch)
    batch.save()
    BatchRow.objects.bulk_create(
        (BatchRow(batch=batch, number=number, cells=list(cells)) for number, cells in rows), batch_size=CHUNK
    )


def _waiting(batch: Batch, rows: Sequence[tuple[int, Sequence[str]]]) -> Batch | None:
    """The same file as it was handed in before and waits; two who hand it in at once wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(batch.digest[:15], 16)])
    same = Batch.objects.filter(
        digest=batch.digest, kind=batch.kind, source=batch.source, language=batch.language,
        headings=batch.headings, state__in=(BatchState.READING, BatchState.READY),
    )  # fmt: skip
    said = [(number, list(cells)) for number, cells in rows]
    return next((one for one in same.order_by("pk") if _cells(one) == said), None)


def _read_anew(batch: Batch) -> bool:
    """Whether it waits still; else somebody has taken it in or dropped it in this moment."""
    waits = Batch.objects.filter(pk=batch.pk, state=BatchState.READY)
    return bool(waits.update(state=BatchState.READING, version=F("version") + 1, done=0))


def _cells(batch: Batch) -> list[tuple[int, list[str]]]:
    return list(batch.rows.order_by("number").values_list("number", "cells"))


def _earlier(batch: Batch) -> list[str]:
    """That the same file was taken in before."""
    same = Batch.objects.filter(digest=batch.digest, kind=batch.kind, state=BatchState.APPLIED)
    before = same.order_by("-applied_at").first()
    if before is None or before.applied_at is None:
        return []
    day = date_format(timezone.localtime(before.applied_at), "DATE_FORMAT")
    return [_("The same file was taken in on %(day)s.") % {"day": day}]
