"""Taking a file over: its rows are kept as they are, then judged."""

import hashlib
import io
from collections.abc import Sequence
from typing import Any

from django.db import transaction
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

    Raises `sheets.Refused` where the file cannot be read.
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
    `sheets.Refused`.
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
    """Keep a file with its rows, and have them judged."""
    batch.file_name = batch.file_name[-LONGEST_NAME:]
    batch.state, batch.total = BatchState.READING, len(rows)
    with translation.override(batch.language):
        batch.notes += _earlier(batch)
    batch.save()
    BatchRow.objects.bulk_create(
        (BatchRow(batch=batch, number=number, cells=list(cells)) for number, cells in rows), batch_size=CHUNK
    )
    if batch.total <= AT_ONCE:
        read(batch.pk)
    else:
        later("read", batch.pk)
    batch.refresh_from_db()
    return batch


def _earlier(batch: Batch) -> list[str]:
    """That the same file was taken in before."""
    same = Batch.objects.filter(digest=batch.digest, kind=batch.kind, state=BatchState.APPLIED)
    before = same.order_by("-applied_at").first()
    if before is None or before.applied_at is None:
        return []
    day = date_format(timezone.localtime(before.applied_at), "DATE_FORMAT")
    return [_("The same file was taken in on %(day)s.") % {"day": day}]
