"""Files of entries for tests: written as the register writes them, handed in, and looked at."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from django.core.management import call_command

from accounts.models import User
from curation.choices import Kind
from curation.models import Record, RecordEvent
from curation.spreadsheet import sheet
from desk.importing import actions
from desk.importing.handing_in import hand_in
from desk.models import Batch, BatchRow
from keeping.columns import cells_of, columns_of
from keeping.history.events import MODELS
from labs.models import Lab
from places.models import Place
from tests import factories

# A row that can be taken in, by the names of the fields; tests say what differs.
SOUND: Mapping[str, Mapping[str, str]] = {
    Kind.LAB: {
        "name_da": "Lyslab", "summary_da": "Beboere og ansatte prøver lys.", "places": "0751",
        "themes": "water", "source": "https://example.dk/lys",
    },
    Kind.ACTOR: {"name_da": "Vandværket", "type": "utility"},
    Kind.NEED: {
        "name_da": "Søvn", "summary_da": "Beboere sover for lidt.", "type": "solution", "places": "0751",
        "themes": "water",
    },
}  # fmt: skip


def file_of(*rows: Mapping[str, str]) -> bytes:
    """A file whose columns are called as the fields are, in UTF-8, parted by semicolons."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    return sheet([names, *([row.get(name, "") for name in names] for row in rows)]).encode()


def exported(kind: str, language: str) -> bytes:
    """All published entries of a kind as a file for everybody."""
    model: Any = MODELS[kind]
    columns = columns_of(kind, public=True)
    entries = list(model.objects.published().select_related("record").order_by("pk"))
    headings = [column.heading(language) for column in columns]
    return sheet([headings, *cells_of(entries, columns, language)]).encode()


def handed_in(
    by: User, *rows: Mapping[str, str], kind: str = Kind.LAB, content: bytes = b"", language: str = "da"
) -> Batch:
    """A file as a curator hands it in; each row sound but for what it says."""
    sound = SOUND.get(kind, {})
    given = content or file_of(*[row if row.get("id") else {**sound, **row} for row in rows])
    return hand_in(
        kind=kind, file_name="liste.csv", content=given, source="En liste", language=language, by=by
    )


def row(batch: Batch, number: int = 2) -> BatchRow:
    return batch.rows.get(number=number)


def verdicts(batch: Batch) -> list[str]:
    return list(batch.rows.order_by("number").values_list("verdict", flat=True))


def whole(entry: Any, **said: str) -> dict[str, str]:
    """All cells of an entry as codes, but for what is said: for a file in which other rows are new."""
    columns = columns_of(entry.kind)
    (row,) = cells_of([entry], columns, "")
    return {column.name: cell for column, cell in zip(columns, row, strict=True)} | said


def taken_in(batch: Batch, by: User) -> Batch:
    """Applied as it stands now."""
    batch.refresh_from_db()
    actions.apply(batch, version=batch.version, by=by)
    return batch


def cells(content: bytes) -> Sequence[Sequence[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


# What there is, and what is asked of it


@pytest.fixture
def town(empty: None) -> Place:
    factories.theme("Vand", slug="water")
    factories.theme("Støj", slug="noise")
    return factories.place("Aarhus", code="0751", latitude=56.15, longitude=10.2)


@pytest.fixture
def lab(town: Place, curator: User) -> Lab:
    made = factories.lab(
        "Lyslab", places=[town], summary_da="Lys.", phase="running", owner=factories.actor("Aarhus Kommune")
    )
    Record.objects.filter(pk=made.pk).update(created_by=curator)
    made.record.refresh_from_db()
    return made


def events(record: Record | int) -> list[tuple[str, int]]:
    rows = RecordEvent.objects.filter(record=record).order_by("pk")
    return list(rows.values_list("verb", "version"))


def derived_right() -> None:
    """What lists and search read is what it would be if it were written anew."""
    call_command("reindex", check=True, verbosity=0)
