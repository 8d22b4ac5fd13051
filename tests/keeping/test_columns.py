"""Entries as rows of a table: every kind goes out and comes back, in both languages and in codes."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from curation.choices import Kind, State
from curation.forms import Section
from keeping.columns import Cells, Look, cells_of, column_for, columns_of, told_of, words_of
from keeping.columns.column import LEFT_OUT
from keeping.history.events import MODELS
from keeping.sections import SECTIONS
from tests import factories

KINDS = list(MODELS)


def column(kind: str, name: str) -> Any:
    return next(one for one in columns_of(kind) if one.name == name)


def counted(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        act()
    return len(asked)


def published(kind: str) -> list[Any]:
    model: Any = MODELS[kind]
    return list(model.objects.published().select_related("record").order_by("pk"))


@pytest.mark.usefixtures("denmark")
@pytest.mark.parametrize("kind", KINDS)
def test_real_entries_come_back_as_they_went(kind: str) -> None:
    """Each cell, read again, is what forms show; and many take as many statements as few."""
    entries, columns, cells = published(kind), columns_of(kind), Cells()
    said = words_of(entries)
    for language in ("da", "en", ""):
        rows = cells_of(entries, columns, language)
        for entry, row in zip(entries, rows, strict=True):
            read = {one.name: cells.words(one, text) for one, text in zip(columns, row, strict=True)}
            assert read == said[entry.pk], (entry, language)
    for section in SECTIONS[kind]:
        typed = section.typed(entries[0])
        assert {name: typed[name] for name in typed if name in said[entries[0].pk]} == {
            name: words for name, words in said[entries[0].pk].items() if name in typed
        }
    assert counted(lambda: cells_of(entries, columns, "da")) == counted(
        lambda: cells_of(entries[:2], columns, "da")
    )


@pytest.mark.parametrize("kind", KINDS)
def test_columns_are_known_by_name_and_by_both_labels(kind: str) -> None:
    """No two are called the same, no word of a list stands for two codes or holds what parts words."""
    columns = columns_of(kind)
    assert columns[0].name == "id"
    held = {name for section in SECTIONS[kind] for name in section.base_fields}
    assert {one.name for one in columns} == (held - LEFT_OUT) | {"id", "ended", "ended_on"}
    assert [one.name for one in columns if one.only_told] == ["ended", "ended_on"]
    for language in ("da", "en", ""):
        headings = [one.heading(language) for one in columns]
        assert len({heading.casefold() for heading in headings}) == len(columns)
        assert [column_for(kind, heading.upper()) for heading in headings] == list(columns)
        for one in columns:
            words = list(one.options(language).values())
            assert len({word.casefold() for word in words}) == len(words)
            assert not any(";" in word for word in words)


def test_what_is_not_public_is_in_no_public_file() -> None:
    names = {one.name for one in columns_of(Kind.ACTOR)} - {
        one.name for one in columns_of(Kind.ACTOR, public=True)
    }
    assert names == {"contact_email", "email_domain"}


@pytest.mark.parametrize(
    ("heading", "name"),
    [("Navn", "name_da"), ("KOMMUNE", "places"), ("CVR-nr.", "cvr"), ("hjemmeside", "website")],
)
def test_columns_are_known_by_what_people_call_them(heading: str, name: str) -> None:
    found = column_for(Kind.ACTOR, heading)
    assert found is not None
    assert found.name == name


def test_a_heading_nobody_knows_is_no_column() -> None:
    assert column_for(Kind.LAB, "Journalnummer") is None


@pytest.mark.usefixtures("empty")
def test_who_is_not_public_is_not_named() -> None:
    owner = factories.actor("Hemmelig Enhed", state=State.DRAFT)
    lab = factories.lab("Lab", owner=owner)
    told = told_of(published(Kind.LAB))
    assert [told.cell(column(Kind.LAB, "owner"), lab.pk, language) for language in ("da", "")] == ["", ""]


@pytest.mark.usefixtures("empty")
def test_an_organisation_is_named_by_id_name_cvr_or_ror() -> None:
    """Not one that is not public, and not by a name two bear."""
    one = factories.actor("Aarhus Kommune", cvr="55133018", ror="01aj84f44")
    factories.actor("Kladde", state=State.DRAFT)
    for slug in ("biblioteket", "biblioteket-2"):
        factories.actor("Biblioteket", slug=slug)
    owner, cells = column(Kind.LAB, "owner"), Cells()
    for text in (f"Hvad som helst ({one.record.public_id})", one.record.public_id, "aarhus  KOMMUNE",
                 "DK 55 13 30 18", "https://ror.org/01aj84f44"):  # fmt: skip
        assert cells.words(owner, text) == [f'{{"actor":"{one.record.public_id}"}}'], text
    assert cells.words(owner, "") == []
    for text in ("Kladde", "Biblioteket", "Ukendt (0123456789)"):
        with pytest.raises(ValidationError):
            cells.words(owner, text)


@pytest.mark.parametrize(
    ("kind", "name", "text", "words"),
    [
        (Kind.NEED, "deadline", "01.03.2027", ["2027-03-01"]),
        (Kind.NEED, "deadline", "1/3/2027", ["2027-03-01"]),
        (Kind.NEED, "deadline", "snart", ["snart"]),
        (Kind.TRIAL, "started_on", "marts 2026", ["2026-03"]),
        (Kind.LAB, "latitude", "56,1567", ["56.1567"]),
        (Kind.LAB, "phase", "I drift", ["running"]),
        (Kind.LAB, "phase", "in operation", ["running"]),
        (Kind.LAB, "phase", "running", ["running"]),
        (Kind.LAB, "phase", "Not known", [""]),
        (Kind.LAB, "name_da", " Lab \n to ", ["Lab to"]),
        (Kind.LAB, "summary_da", "En\r\nto ", ["En\nto"]),
        (Kind.SOLUTION, "new_here", "ja", ["True"]),
        (Kind.SOLUTION, "new_here", "No", ["False"]),
        (Kind.SOLUTION, "new_here", "", [""]),
    ],
)
@pytest.mark.django_db
def test_cells_are_read_as_people_write_them(kind: str, name: str, text: str, words: list[str]) -> None:
    with translation.override("da"):
        assert Cells().words(column(kind, name), text) == words


@pytest.mark.django_db
def test_a_word_that_is_no_choice_is_told_with_the_choices() -> None:
    with translation.override("da"), pytest.raises(ValidationError) as told:
        Cells().words(column(Kind.LAB, "phase"), "kører")
    assert "kører" in told.value.messages[0]
    assert "I drift" in told.value.messages[0]


@pytest.mark.usefixtures("empty")
def test_places_and_themes_of_one_name_are_told_apart_by_their_code() -> None:
    town = factories.place("Thy", code="0787")
    factories.place("Thy", slug="thy-by", kind="locality")
    theme = factories.theme("Vand", slug="water")
    lab = factories.lab("Lab", places=[town], themes=[theme])
    told, cells = told_of(published(Kind.LAB)), Cells()
    places = column(Kind.LAB, "places")
    assert told.cell(places, lab.pk, "da") == "Thy (0787)"
    assert cells.words(places, "Thy (0787); 0787") == ["0787", "0787"]
    assert cells.words(column(Kind.LAB, "themes"), "VAND") == ["water"]
    for text in ("Thy", "Atlantis"):
        with pytest.raises(ValidationError):
            cells.words(places, text)


@pytest.mark.usefixtures("empty")
def test_whether_something_has_ended_and_when_is_told() -> None:
    """The day, else the year, where either is known."""
    ends: list[dict[str, Any]] = [
        {}, {"ended": True}, {"ended": True, "end_year": 2019},
        {"ended": True, "end_year": 2019, "ended_on": dt.date(2019, 6, 30)},
    ]  # fmt: skip
    labs = [factories.lab(f"Lab {number}", **end) for number, end in enumerate(ends)]
    columns = [column(Kind.LAB, name) for name in ("ended", "ended_on")]
    assert cells_of(labs, columns, "da") == [["", ""], ["Ja", ""], ["Ja", "2019"], ["Ja", "2019-06-30"]]
    assert [row[0] for row in cells_of(labs, columns, "")] == ["", "True", "True", "True"]
    assert [one.label("da") for one in columns] == ["Er afsluttet", "Afsluttet den"]


@pytest.mark.usefixtures("empty")
def test_a_municipality_is_known_by_a_code_whose_zero_a_spreadsheet_has_eaten() -> None:
    factories.place("Aarhus", code="0751")
    places, cells = column(Kind.LAB, "places"), Cells()
    assert cells.words(places, "751") == ["0751"]
    assert cells.words(places, "Aarhus Kommune (751)") == ["0751"]
    for text in ("75", "1751", "752"):
        with pytest.raises(ValidationError):
            cells.words(places, text)


def test_every_field_of_every_section_is_a_column_or_left_out_on_purpose() -> None:
    """Somebody who adds a field to a section has a column for it without doing anything."""
    for kind, sections in SECTIONS.items():
        names = {one.name: one for one in columns_of(kind)}
        for section in sections:
            assert issubclass(section, Section)
            for name, field in section.base_fields.items():
                assert name in LEFT_OUT or names[name].look in Look, (kind, name, field)
