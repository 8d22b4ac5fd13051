"""What is done with a file from the press of a button to its end: at once, or by a worker.

A worker that dies leaves nothing behind, since all it does is one transaction; its job is given to another,
which finds the file in the state it was left in and begins anew.
"""

import logging

from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User

from ..choices import BatchState
from ..models import Batch
from .applying import Outdated, take_in
from .reading import held, judge_all
from .reverting import listed, set_back

logger = logging.getLogger(__name__)


def apply(number: int, by: User) -> None:
    """Take in a file that is to be taken in; where it cannot be, it waits again and says why."""
    try:
        with transaction.atomic():
            if batch := held(number, BatchState.APPLYING):
                take_in(batch, by=by)
    except Outdated as told:
        judged_anew(number, told)
    except Exception:
        logger.exception("File %s could not be taken in", number)
        waits_again(number, BatchState.APPLYING, BatchState.READY)


def revert(number: int, by: User) -> None:
    """Set back a file that is to be set back; where it cannot be, it stays taken in and says why."""
    try:
        with transaction.atomic():
            if batch := held(number, BatchState.REVERTING):
                set_back(batch, by=by)
    except Exception:
        logger.exception("File %s could not be set back", number)
        waits_again(number, BatchState.REVERTING, BatchState.APPLIED)


@transaction.atomic
def judged_anew(number: int, told: Outdated) -> None:
    """The preview shows again what the rows would do, and which of them were overtaken."""
    batch = held(number, BatchState.APPLYING, BatchState.READY)
    if batch is None:
        return
    with translation.override(batch.language):
        problem = _(
            "Nothing was taken in: what rows %(rows)s are about was changed since the file was read. The rows"
            " have been read anew."
        ) % {"rows": listed(told.numbers)}
    judge_all(batch)
    Batch.objects.filter(pk=number).update(
        state=BatchState.READY, version=F("version") + 1, done=F("total"), problem=problem
    )


@transaction.atomic
def waits_again(number: int, state: BatchState, back: BatchState) -> None:
    """Nothing was written, and somebody may try again."""
    batch = held(number, state)
    if batch is None:
        return
    with translation.override(batch.language):
        problem = _("Something went wrong on our side, and nothing was written. Try again.")
    Batch.objects.filter(pk=number).update(
        state=back, version=F("version") + 1, done=F("total"), problem=problem
    )
