"""What is done with a file from the press of a button to its end: at once, or by a worker.

A worker that dies leaves nothing behind, since all it does is one transaction; its job is given to another,
which finds the file in the state it was left in and begins anew.
"""

import logging
from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from curation.access import can_curate

from ..choices import BatchState
from ..models import Batch
from . import reading
from .applying import Outdated, take_in
from .reading import held, judge_all
from .reverting import listed, set_back

logger = logging.getLogger(__name__)


def read(number: int) -> None:
    """Judge the rows of a file that is being read; where they cannot be, it waits unread and says so."""
    try:
        reading.read(number)
    except Exception:
        logger.exception("File %s could not be read", number)
        _waits_again(number, BatchState.READING, BatchState.READY, _went_wrong)


def apply(number: int, by: User) -> None:
    """Take in a file that is to be taken in; where it cannot be, it waits again and says why."""
    if not can_curate(by):
        _waits_again(number, BatchState.APPLYING, BatchState.READY, _no_curator)
        return
    try:
        with transaction.atomic():
            if batch := held(number, BatchState.APPLYING):
                take_in(batch, by=by)
    except (Outdated, IntegrityError) as told:
        judged_anew(number, told)
    except Exception:
        logger.exception("File %s could not be taken in", number)
        _waits_again(number, BatchState.APPLYING, BatchState.READY, _went_wrong)


def revert(number: int, by: User) -> None:
    """Set back a file that is to be set back; where it cannot be, it stays taken in and says why."""
    if not can_curate(by):
        _waits_again(number, BatchState.REVERTING, BatchState.APPLIED, _no_curator)
        return
    try:
        with transaction.atomic():
            if batch := held(number, BatchState.REVERTING):
                set_back(batch, by=by)
    except Exception:
        logger.exception("File %s could not be set back", number)
        _waits_again(number, BatchState.REVERTING, BatchState.APPLIED, _went_wrong)


@transaction.atomic
def judged_anew(number: int, told: Outdated | IntegrityError) -> None:
    """The preview shows again what the rows would do, and which of them were overtaken.

    Where the database has refused a row it does not say which: somebody was at the same address, or has told
    of the same organisation, in the same moment.
    """
    batch = held(number, BatchState.APPLYING, BatchState.READY)
    if batch is None:
        return
    with translation.override(batch.language):
        problem = _overtaken(told)
    judge_all(batch)
    Batch.objects.filter(pk=number).update(
        state=BatchState.READY, version=F("version") + 1, done=F("total"), problem=problem
    )


def _overtaken(told: Outdated | IntegrityError) -> str:
    if isinstance(told, Outdated):
        return _(
            "Nothing was taken in: what rows %(rows)s are about was changed since the file was read. The rows"
            " have been read anew."
        ) % {"rows": listed(told.numbers)}
    return _(
        "Nothing was taken in: somebody has told of the same since the file was read. The rows have been read"
        " anew."
    )


@transaction.atomic
def _waits_again(number: int, state: BatchState, back: BatchState, why: Callable[[], str]) -> None:
    """Nothing was written, and somebody may try again."""
    batch = held(number, state)
    if batch is None:
        return
    with translation.override(batch.language):
        problem = why()
    Batch.objects.filter(pk=number).update(
        state=back, version=F("version") + 1, done=F("total"), problem=problem
    )


def _went_wrong() -> str:
    return _("Something went wrong on our side, and nothing was written. Try again.")


def _no_curator() -> str:
    return _("Whoever asked for it is no curator any more, so nothing was written.")
