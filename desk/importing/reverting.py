"""Setting a file back: what it made is withdrawn, what it changed says again what it said before.

In one transaction. What somebody has changed, claimed or withdrawn since is left alone and named: it is
theirs by now, and one such entry is no reason to keep the other thousand.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from curation.choices import State, Verb
from curation.models import Record
from curation.reference import Reference
from keeping.history.events import MODELS
from labs.forms.values import set_values

from ..choices import BatchState, Verdict
from ..models import Batch, BatchRow
from . import writing
from .applying import alone, kinds_of_value, reason_of, write_derived
from .before import ids_before, put_back, values_before
from .judging import CHUNK
from .progress import tell
from .tied import tied_to

NAMED = 20  # so many rows are named in a sentence


@dataclass(frozen=True)
class Reverting:
    """What setting a file back does, or did: how many rows of each, and the rows that are left alone."""

    withdrawn: int
    set_back: int
    left: Sequence[int] = field(default_factory=list)


def what_revert_does(batch: Batch) -> Reverting:
    """As the register is now."""
    rows = _written(batch).order_by()
    goes = rows.filter(_as_written())
    return Reverting(
        withdrawn=goes.filter(verdict=Verdict.NEW).count(),
        set_back=goes.filter(verdict=Verdict.CHANGED).count(),
        left=list(rows.exclude(_as_written()).order_by("number").values_list("number", flat=True)),
    )


def _written(batch: Batch) -> Any:
    return batch.rows.filter(written_version__isnull=False)


def _as_written() -> Q:
    """The entry is as the file left it; a new one belongs to nobody yet."""
    same = Q(record__version=F("written_version"), record__state=State.PUBLISHED)
    return same & (Q(verdict=Verdict.CHANGED) | Q(record__claimed_at__isnull=True))


@transaction.atomic
def set_back(batch: Batch, *, by: User) -> Reverting:
    """Set back every row that can be, and say so; to be called for a file that is held."""
    alone()
    writing.begin(by)
    _hold(batch)
    does = what_revert_does(batch)
    rows = _written(batch).filter(_as_written())
    ids = list(rows.order_by("number").values_list("pk", flat=True))
    tied: set[int] = set()
    written: set[int] = set()
    for number, some in enumerate(batched(ids, CHUNK, strict=False), start=1):
        chunk = list(batch.rows.filter(pk__in=some).order_by("number"))
        those = {row.record_id for row in chunk if row.record_id}
        tied |= tied_to(batch.kind, those)
        _withdraw([row for row in chunk if row.verdict == Verdict.NEW], by=by)
        _say_again(batch, [row for row in chunk if row.verdict == Verdict.CHANGED])
        told = [(row.record_id, row.written_version + 1) for row in chunk
                if row.record_id and row.written_version]  # fmt: skip
        writing.log(told, Verb.IMPORT_REVERTED, by=by, reason=reason_of(batch))
        written |= those
        tell(batch, min(number * CHUNK, len(ids)) // 2)
    write_derived(batch.kind, written, tied, _half(batch, len(ids)))
    Batch.objects.filter(pk=batch.pk).update(
        state=BatchState.REVERTED, version=F("version") + 1, done=F("total"), reverted_at=timezone.now(),
        reverted_by=by, problem=left_in_words(batch, does.left),
    )  # fmt: skip
    return does


def _half(batch: Batch, number: int) -> Callable[[int], None]:
    return lambda done: tell(batch, min((number + done) // 2, batch.total))


def _hold(batch: Batch) -> None:
    ids = set(_written(batch).order_by().values_list("record", flat=True))
    held = ids | tied_to(batch.kind, ids)
    locked = Record.objects.select_for_update(no_key=True).filter(pk__in=held)
    list(locked.order_by("pk").values_list("pk"))


def _withdraw(rows: Sequence[BatchRow], *, by: User) -> None:
    """Take away what the file had made; whoever made it is at it, so nobody is written to."""
    now = timezone.now()
    with translation.override("da"):
        decision = _("The file it was read from was set back.")
    writing.raise_versions(
        [row.record_id for row in rows if row.record_id], state=State.WITHDRAWN, decided_at=now,
        decided_by=by, decision=decision,
    )  # fmt: skip


def _say_again(batch: Batch, rows: Sequence[BatchRow]) -> None:
    model: Any = MODELS[batch.kind]
    entries = model.objects.select_related("record").defer("record__search_da", "record__search_en")
    known = entries.in_bulk([row.record_id for row in rows])
    changes, records = [], []
    for row in rows:
        entry = known[row.record_id]
        columns, of_record = put_back(entry, row.before)
        changes.append((entry, columns))
        if of_record:
            records.append(entry.record)
    writing.change(changes)
    writing.change_records(records)
    writing.raise_versions([row.record_id for row in rows if row.record_id])
    _hang({row.record_id or 0: row.before for row in rows})


def _hang(before: Mapping[int, Mapping[str, Any]]) -> None:
    reference = Reference.now()
    ids = {pk: ids_before(said, reference) for pk, said in before.items()}
    writing.set_themes({pk: found["themes"] for pk, found in ids.items() if "themes" in found})
    writing.set_places({pk: found["places"] for pk, found in ids.items() if "places" in found})
    for pk, said in before.items():
        if kinds := kinds_of_value(said["words"]):
            set_values({"solution_id": pk}, values_before(said, kinds), kinds)


def left_in_words(batch: Batch, numbers: Sequence[int]) -> str:
    """Which rows were left alone; nothing where none was."""
    if not numbers:
        return ""
    with translation.override(batch.language):
        return _("Left alone, because they were changed since: rows %(rows)s.") % {"rows": listed(numbers)}


def listed(numbers: Sequence[int]) -> str:
    """Some numbers in a sentence; of very many the first ones."""
    return ", ".join(map(str, numbers[:NAMED])) + (" …" if len(numbers) > NAMED else "")
