"""A shortlist as a table to take away."""

from collections.abc import Iterator, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from curation.reference import Reference
from curation.spreadsheet import sheet
from mail.links import absolute

from .around import around
from .facts import LABELS, facts_of
from .reading import Row


def table(rows: Sequence[Row], *, notes: bool) -> str:
    """One line for each entry everybody may read, with all facts; with the reader's notes if asked for."""
    return sheet(_lines(rows, notes=notes))


def _lines(rows: Sequence[Row], *, notes: bool) -> Iterator[list[str]]:
    records = [row.record for row in rows if row.record]
    tied, reference = around(records), Reference.now()
    head = [_("Name"), *map(str, LABELS.values()), _("Address"), _("Kept")]
    yield [*head, _("Note to yourself")] if notes else head
    for row in rows:
        if row.record is None:
            continue
        facts = facts_of(row.record, tied, reference)
        told = [str(facts.get(name, "")) for name in LABELS]
        kept = timezone.localdate(row.kept.kept_at).isoformat()
        line = [row.record.name, *told, absolute(row.record.get_absolute_url()), kept]
        yield [*line, row.kept.note] if notes else line
