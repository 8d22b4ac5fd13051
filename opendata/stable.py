"""Addresses that stay: an entry's public id, whatever it is called and whatever it is merged into."""

from django.http import Http404

from curation.addresses import address
from curation.choices import State
from curation.models import Record


def stable_path(record: Record) -> str:
    """The address of an entry that never changes."""
    return address("opendata:stable", record.public_id, "da")


def record_at(public_id: str) -> Record:
    """The published record an id stands for, or the one it was merged into; else it does not exist."""
    record = Record.objects.shown().select_related("merged_into").filter(public_id=public_id).first()
    while record is not None and record.state == State.MERGED:
        record = record.merged_into
    if record is None or not record.is_public:
        raise Http404
    return record
