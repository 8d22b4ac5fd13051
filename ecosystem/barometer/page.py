"""The barometer: its sections, and all its figures as one sheet."""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from curation.reference import Reference

from . import enquiries, register
from .tables import Section


def sections(reference: Reference) -> list[Section]:
    """What the register holds, and what came of enquiries."""
    today = timezone.localdate()
    return [register.section(today), enquiries.section(today, reference)]


def rows(shown: Sequence[Section], day: dt.date) -> Iterator[list[str]]:
    """One row for each number that the page shows, and none that it leaves out."""
    yield [_("Figure"), _("Line"), _("What is counted"), _("Number"), _("Counted on")]
    for section in shown:
        for table in section.tables:
            for row in table.rows:
                for column, cell in zip(table.columns, row.cells, strict=True):
                    yield [table.title, row.label, column.label, cell.text, date_format(day, "Y-m-d")]
