"""Loading an entry is the check of whether one may read it."""

from django.http import Http404

from .choices import State
from .models import Record


def record_to_read(kind: str, slug: str) -> Record:
    """A published record, or the one it was merged into; anything else does not exist for a reader."""
    record = Record.objects.filter(kind=kind, slug=slug).select_related("merged_into").first()
    if record and record.merged_into:
        record = record.merged_into
    if record is None or record.state != State.PUBLISHED:
        raise Http404
    return record
