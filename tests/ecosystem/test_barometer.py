"""The barometer: each figure counted a second time in plain Python, and what is too few to show."""

import datetime as dt
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from statistics import median
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone, translation

from actors.choices import WhatCame
from actors.models import Enquiry
from curation.choices import Freshness, Kind, Side, State
from curation.models import Record
from curation.reference import Reference
from ecosystem.barometer import enquiries, page, register
from ecosystem.barometer.asked import Asked
from ecosystem.barometer.tables import Section, Table, showable
from labs.models import Link
from tests import factories
from tests.pages import read
from tests.statements import READER, statements

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
ALL = Asked()


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False), translation.override("en"):
        yield


def numbers(table: Table) -> dict[str, list[float | None]]:
    return {row.label: [cell.number for cell in row.cells] for row in table.rows}


def tables_of(section: Section) -> dict[str, Table]:
    return {table.id: table for table in section.tables}


def enquiry(
    record: Record, *, sent: dt.datetime = NOON - 60 * DAY, took: float | None = None, **said: Any
) -> Enquiry:
    """One that was sent, and answered after so many days."""
    answered = None if took is None else sent + took * DAY
    values: dict[str, Any] = {
        "state": "answered" if answered else "sent", "sent_at": sent, "answered_at": answered,
        "answer_by": (sent + 14 * DAY).date(),
    }  # fmt: skip
    return Enquiry.objects.create(record=record, **values | said)


# What the register holds


@pytest.mark.usefixtures("denmark")
def test_the_register_is_counted_as_its_rows_say() -> None:
    dice = random.Random(5)
    pks = list(Record.objects.published().order_by("pk").values_list("pk", flat=True))
    for pk in dice.sample(pks, 80):
        claimed = NOON - dice.randint(0, 800) * DAY
        confirmed = NOON - dice.choice([1, 59, 61, 62, 151, 152, 153, 334, 335, 336, 364, 365, 366]) * DAY
        Record.objects.filter(pk=pk).update(claimed_at=claimed, confirmed_at=dice.choice([None, confirmed]))
    for pk in dice.sample(pks, 40):
        Record.objects.filter(pk=pk).update(state=State.WITHDRAWN)
    confirmed_links = Link.objects.filter(pk__in=Link.objects.order_by("pk").values("pk")[:20])
    confirmed_links.update(confirmed_at=NOON)
    Link.objects.filter(pk__in=Link.objects.order_by("-pk").values("pk")[:5]).update(ended_on=NOON.date())
    shown = tables_of(register.section(NOON.date(), ALL))
    records = [record for record in Record.objects.order_by("pk") if record.state == State.PUBLISHED]
    _check_entries(shown, records)
    assert all(number for row in numbers(shown["fresh"]).values() for number in row), "every state is met"
    _check_links(shown["links"], set(records))
    _check_a_selection(records)


def _check_a_selection(records: list[Record]) -> None:
    reference = Reference()
    theme, place = reference.theme_at["ageing"], reference.place_at["0751"]
    old = {record.pk for record in records[::3]}
    Record.objects.filter(pk__in=old).update(published_at=dt.datetime(2023, 12, 31, 23, 30, tzinfo=dt.UTC))
    for asked, chosen in (
        (Asked(theme=theme), [r for r in records if theme.pk in r.theme_ids]),
        (Asked(place=place), [r for r in records if place.pk in r.place_ids]),
        # Half an hour before midnight in London the new year has begun here.
        (Asked(year=2024), [r for r in records if r.pk in old]),
    ):
        assert chosen
        shown = tables_of(register.section(NOON.date(), asked))
        _check_entries(shown, chosen)
        _check_links(shown["links"], set(chosen))


def _check_entries(shown: dict[str, Table], records: list[Record]) -> None:
    kinds = Counter(record.kind for record in records)
    over = Counter(record.kind for record in records if record.ended)
    labels = dict(zip(Kind.values, numbers(shown["entries"]).items(), strict=True))
    assert {kind: said for kind, (_label, said) in labels.items()} == {
        k: [kinds[k], over[k]] for k in Kind.values
    }
    fresh = Counter(record.freshness for record in records if not record.ended)
    assert numbers(shown["fresh"]) == {str(state.label): [fresh[state]] for state in Freshness}
    labs = [record for record in records if record.kind == Kind.LAB and not record.ended]
    assert list(numbers(shown["coupled"]).values()) == [
        [sum(1 for lab in labs if lab.pull_total and lab.push_total)],
        [sum(1 for lab in labs if not lab.push_total)],
        [sum(1 for lab in labs if not lab.pull_total)],
    ]
    status = Counter(
        (r.kind, "over" if r.ended else {"open": "open", "": "unknown"}.get(r.phase, "at_it"))
        for r in records
    )
    assert list(numbers(shown["statuses"]).values()) == [
        [status[kind, key] for kind in ("need", "offer")] for key in ("open", "unknown", "at_it", "over")
    ]


def _check_links(table: Table, records: set[Record]) -> None:
    links = [link for link in Link.objects.order_by("pk") if link.ended_on is None and _public(link)]
    links = [link for link in links if link.lab.record in records]
    found = Counter((link.side, link.confirmed) for link in links)
    assert numbers(table) == {
        str(side.label): [found[side, True] + found[side, False], found[side, True], found[side, False]]
        for side in Side
    }


def _public(link: Link) -> bool:
    other = link.actor or link.mission or link.need or link.offer
    assert other is not None
    return link.lab.record.is_public and other.record.is_public


@pytest.mark.usefixtures("denmark")
def test_what_is_linked_shows_as_many_as_the_number_says(client: Client) -> None:
    page = read(client.get("/en/barometer/"))
    cells = page.by_id("register").all("td")
    links = [(link.attrs["href"], link.text) for cell in cells for link in cell.all("a")]
    assert len(links) >= 12
    for path, number in links:
        assert read(client.get(path)).by_id("result-count").attrs["data-count"] == number.replace(",", ""), (
            path
        )


# What came of enquiries


def made(dice: random.Random, number: int) -> list[Enquiry]:
    """Enquiries of all sorts to entries of several themes and regions."""
    regions = [factories.place(f"Region {n}", kind="region") for n in range(3)]
    themes = [factories.theme(f"Theme {n}") for n in range(4)]
    labs = [
        factories.lab(f"Lab {n}", places=[dice.choice(regions)], themes=dice.sample(themes, 2))
        for n in range(9)
    ]
    says = ["", *WhatCame.values]
    found = []
    for _number in range(number):
        sent = NOON - dice.randint(1, 900) * DAY - dice.random() * DAY
        took = dice.choice([None, dice.random() * 30])
        if took is not None and sent + took * DAY > NOON:
            took = None
        found.append(
            enquiry(
                dice.choice(labs).record, sent=sent, took=took, sender_says=dice.choice(says),
                owner_says=dice.choice(says), forgotten_at=dice.choice([None, NOON]),
            )
        )  # fmt: skip
        Enquiry.objects.create(record=dice.choice(labs).record)  # its address was never confirmed
    return found


def said_of(rows: Iterable[Enquiry]) -> list[float | None]:
    """Sent, due, answered, median days: counted by hand."""
    rows = list(rows)
    due = [row for row in rows if row.answer_by and row.answer_by < NOON.date()]
    days = [
        (timezone.localdate(row.answered_at) - timezone.localdate(row.sent_at)).days
        for row in due
        if row.answered_at and row.sent_at
    ]
    return [len(rows), len(due), len(days), median(days) if days else None]


@pytest.mark.usefixtures("empty")
def test_enquiries_are_counted_as_their_rows_say() -> None:
    rows = made(random.Random(7), 60)
    reference = Reference()
    shown = tables_of(enquiries.section(NOON.date(), reference, ALL))
    years = {
        str(y): said_of(r for r in rows if timezone.localdate(r.sent_at).year == y)
        for y in (2024, 2025, 2026)
    }
    assert numbers(shown["answered"]) == {"All years": said_of(rows), **years}
    for table, names in (("theme", reference.themes), ("place", reference.places)):
        held = {
            thing.name: said_of(r for r in rows if pk in getattr(r.record, f"{table}_ids"))
            for pk, thing in names.items()
        }
        assert numbers(shown[table]) == {name: said for name, said in held.items() if said[0]}
    both = [(row.sender_says, row.owner_says) for row in rows if row.sender_says and row.owner_says]
    assert numbers(shown["came"]) == {
        str(what.label): [
            sum(1 for row in rows if row.sender_says == what),
            sum(1 for row in rows if row.owner_says == what),
        ]
        for what in WhatCame
    }  # fmt: skip
    agreed = sum(1 for sender, owner in both if sender == owner)
    told = sum(1 for row in rows if row.sender_says or row.owner_says)
    assert shown["came"].finding.startswith(f"Of {told} enquiries")
    assert f"the same {agreed} times and different things {len(both) - agreed} times" in shown["came"].finding
    assert agreed
    assert len(both) > agreed


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize(
    ("number", "says"), [(0, "Nobody has sent"), (1, "Fewer than five"), (4, "Fewer than five")]
)
def test_too_few_are_not_shown_anywhere(client: Client, number: int, says: str) -> None:
    lab = factories.lab("Havnelab")
    for _one in range(number):
        enquiry(lab.record, took=3, sender_says="project")
    enquiry(lab.record, state="unconfirmed", sent_at=None, answer_by=None)
    part = read(client.get("/en/barometer/")).by_id("enquiries")
    assert says in part.text
    assert not part.all("table")
    assert not re.search(r"\d", part.text)
    assert "enquir" not in client.get("/en/barometer/figures.csv").text.lower()


@pytest.mark.usefixtures("empty")
def test_a_small_group_and_what_would_tell_of_it_are_left_out(client: Client) -> None:
    big, small = (factories.place(name, kind="region") for name in ("Storregion", "Smalregion"))
    for region, number in ((big, 12), (small, 3)):
        lab = factories.lab(places=[region])
        for _one in range(number):
            enquiry(lab.record, took=3)
    place = tables_of(enquiries.section(NOON.date(), Reference(), ALL))["place"]
    assert place.rows == []
    assert place.hidden
    csv = client.get("/en/barometer/figures.csv").text
    assert "Smalregion" not in csv
    assert "Storregion" not in csv
    assert showable({"a": 12, "b": 3, "c": 6, "d": 4}) == ["a", "c"]
    assert showable({"a": 12, "b": 3, "c": 6}) == ["a"]
    assert showable({"a": 12, "c": 5}) == ["a", "c"]
    assert showable({}) == []


@pytest.mark.usefixtures("empty")
def test_nobody_can_be_recognised(client: Client) -> None:
    """Who wrote and what, what was forgotten, and which entry was asked."""
    lab = factories.lab("Kanarielab", places=[factories.place("R", kind="region")])
    for _one in range(6):
        row = enquiry(
            lab.record, took=3, sender_name="Karla Kanarie", sender_email="kanarie@example.org",
            sender_organisation="Kanarie A/S",
        )  # fmt: skip
        row.messages.create(text="Kære kanarie")
    for path in ("/barometer/", "/en/barometer/", "/barometer/figures.csv"):
        assert "kanarie" not in client.get(path).text.lower()


# The page


@pytest.mark.usefixtures("denmark")
def test_each_figure_has_its_table_and_says_how_it_is_counted(client: Client, as_member: Client) -> None:
    lab = Record.objects.published().of_kind("lab").order_by("pk")[0]
    for number in range(6):
        enquiry(lab, took=number, sender_says="meeting", owner_says="meeting")
    shown = read(client.get("/en/barometer/"))
    figures = [node for node in shown.all("section") if "sk-bm" in node.attrs.get("class", "")]
    assert [node.attrs["id"] for node in figures][-9:] == [
        "entries", "fresh", "links", "coupled", "statuses", "came", "answered", "theme", "place",
    ]  # fmt: skip
    for node in figures:
        told = node.one("details").text
        assert "How it is counted" in told
        assert "Source: the register itself, 22 November 2026." in told
        assert "Behind the figure:" in told
    asked, others = shown.by_id("came").all("svg", css="sk-chart__svg")
    for panel in (asked, others):
        assert [bar.attrs["width"] for bar in panel.all("rect")] == ["70.0%"]
    assert "2.5" in shown.by_id("answered").text
    danish = read(client.get("/barometer/")).by_id("answered")
    assert "2,5" in danish.text
    assert all("," not in bar.attrs["width"] for bar in danish.all("rect"))
    assert len(statements(as_member, "/barometer/")) <= 11
    assert len(statements(client, "/barometer/?x=1")) <= READER


@pytest.mark.usefixtures("denmark")
def test_the_file_holds_what_the_page_shows(client: Client) -> None:
    response = client.get("/en/barometer/figures.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="stedkraft-barometer.csv"'
    lines = response.text.removeprefix("\ufeff").split("\r\n")
    assert lines[0] == "Figure;Line;What is counted;Number;Entries behind;Selection;Counted on"
    shown = page.barometer_of(ALL, Reference.now()).sections
    cells = sum(len(row.cells) for section in shown for table in section.tables for row in table.rows)
    assert len(lines) - 2 == cells
    labs, entries = Record.objects.published().of_kind("lab").count(), Record.objects.published().count()
    assert f"Entries;Living labs;Entries;{labs};{entries};;2026-11-22" in lines
    chosen = client.get("/en/barometer/figures.csv?theme=ageing&place=0751").text
    assert ";Ageing and care, Aarhus;" in chosen
