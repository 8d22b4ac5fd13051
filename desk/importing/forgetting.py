"""Files are not kept for ever: their rows may tell of people in columns nobody reads."""

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Greatest
from django.utils import timezone

from keeping.renewing import months_after

from ..choices import BatchState
from ..models import Batch, BatchRow

KEPT_MONTHS = 6
AT_REST = (BatchState.READY, BatchState.APPLIED, BatchState.REVERTED, BatchState.DROPPED)


@transaction.atomic
def forget_rows() -> int:
    """Six months after a file was handed in, taken in or set back its rows go. Of how many files.

    Who handed it in and took it in, when, its digest and what each entry's log says of it stay; it cannot be
    set back any more. One that has waited for so long is dropped.
    """
    until = months_after(timezone.localdate(), -KEPT_MONTHS)
    files = Batch.objects.filter(state__in=AT_REST).select_for_update(skip_locked=True)
    files = files.annotate(last=Greatest("at", "applied_at", "reverted_at")).filter(last__date__lte=until)
    old = list(files.filter(Exists(BatchRow.objects.filter(batch=OuterRef("pk")))).order_by("pk"))
    ids = [batch.pk for batch in old]
    waiting = Batch.objects.filter(pk__in=ids, state=BatchState.READY)
    waiting.update(state=BatchState.DROPPED, version=F("version") + 1)
    BatchRow.objects.filter(batch__in=ids).delete()
    return len(ids)
