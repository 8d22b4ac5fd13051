"""Loading an entry is the check of whether one may read it."""

from django.http import Http404

from .choices import State
from .models import Record


def record_to_read(kind: str, slug: str, *entry: str) -> Record:
    """A published record with its entry; anything else does not exist for a reader.

    A merged record leads to the one it was merged into, whose address differs from the one asked for. `entry`
    names what else of the entry to load.
    """
    records = Record.objects.shown().select_related(kind, *(f"{kind}__{name}" for name in entry))
    record = records.filter(kind=kind, slug=slug).first()
    if record and record.merged_into_id:
        record = records.get(pk=record.merged_into_id)
    if record is None or record.state != State.PUBLISHED:
        raise Http404
    return record
