"""How far work on a file has come, while the one transaction that does it is still open.

Nothing written in that transaction can be seen before it ends, so the back-end says it in its own name, which
everybody sees at once (`pg_stat_activity`) and which is gone when it ends, however it ends.
"""

from django.db import connection

from ..choices import BatchState
from ..models import Batch

PREFIX = "stedkraft batch"


def tell(batch: Batch, done: int) -> None:
    """Say how many rows have been dealt with; until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('application_name', %s, true)",
            [f"{PREFIX} {batch.pk} {done} of {batch.total}"],
        )


def progress(batch: Batch) -> tuple[int, int]:
    """How many of how many rows: as told by whoever is at it, else as it stands in the table."""
    if batch.state not in (BatchState.READING, BatchState.APPLYING, BatchState.REVERTING):
        return batch.done, batch.total
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT application_name FROM pg_stat_activity WHERE application_name LIKE %s",
            [f"{PREFIX} {batch.pk} %"],
        )
        told = [int(name.split()[3]) for (name,) in cursor.fetchall()]
    return max(told, default=batch.done), batch.total
