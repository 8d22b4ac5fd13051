"""The barometer: its sections for what is asked for, one figure of them, and all figures as one sheet."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from curation.reference import Reference

from . import enquiries, register, solutions, spreading, trials
from .asked import Asked, Choices, choices
from .counting import Counted, counted
from .tables import Section, Table
from .telling import Figures


@dataclass(frozen=True)
class Barometer:
    """What is asked for, what can be asked for, and the answer."""

    asked: Asked
    choices: Choices
    sections: Sequence[Section]
    day: dt.date

    def figure(self, name: str) -> Table | None:
        """One of the figures that are shown."""
        tables = (table for section in self.sections for table in section.tables)
        return next((table for table in tables if table.id == name), None)


def barometer_of(asked: Asked, reference: Reference) -> Barometer:
    """What came out of labs, what the register holds, and what came of enquiries."""
    today = timezone.localdate()
    found = _counted(asked, reference, today)
    figures = Figures(found, asked)
    sections = [
        solutions.section(figures),
        trials.section(figures),
        spreading.section(figures),
        register.section(today, asked),
        enquiries.section(today, reference, asked),
    ]
    return Barometer(asked, choices(asked, reference, found.years, today), sections, today)


def _counted(asked: Asked, reference: Reference, today: dt.date) -> Counted:
    """Of the whole register kept for a day: page, sheet and charts share it; tomorrow more may be stuck."""
    if not asked.everything:
        return counted(asked)
    return reference.keep(f"what came out of labs on {today}", lambda: counted(asked))


def rows(barometer: Barometer) -> Iterator[list[str]]:
    """One row for each number that the page shows, and none that it leaves out."""
    yield [
        _("Figure"), _("Line"), _("What is counted"), _("Number"), _("Entries behind"), _("Selection"),
        _("Counted on"),
    ]  # fmt: skip
    selection, day = barometer.asked.words, date_format(barometer.day, "Y-m-d")
    for section in barometer.sections:
        for table in section.tables:
            for row in table.rows:
                for column, cell in zip(table.columns, row.cells, strict=True):
                    said = [table.title, row.label, column.label, cell.text]
                    yield [*said, str(table.number), selection, day]
