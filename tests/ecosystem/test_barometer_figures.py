"""The barometer's figures of what came out of labs: recounted, filtered, drawn, and of nothing hidden."""

import random
import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.http import QueryDict
from django.test import Client
from django.utils import translation

from curation.models import Theme
from curation.reference import Reference
from ecosystem.barometer import national
from ecosystem.barometer.asked import Asked
from ecosystem.barometer.page import Barometer, barometer_of
from ecosystem.barometer.tables import Table
from labs.models import Solution
from places.models import Place
from tests import factories
from tests.ecosystem.made_outcomes import CANARY, TODAY, make
from tests.ecosystem.recount_outcomes import RECOUNTS, SORTED, Rows
from tests.pages import read
from tests.statements import READER, statements

NOON = "2026-11-22 12:00"
# Counted a second time in test_barometer.py.
REGISTER = {"entries", "fresh", "links", "coupled", "statuses"}


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False), translation.override("en"):
        yield


def shown(query: str = "") -> Barometer:
    reference = Reference()
    return barometer_of(Asked.read(QueryDict(query), reference, TODAY), reference)


def tables(barometer: Barometer) -> dict[str, Table]:
    return {table.id: table for section in barometer.sections for table in section.tables}


def lines(table: Table) -> list[list[float | None]]:
    return [[cell.number for cell in row.cells] for row in table.rows]


def in_order(found: list[list[float | None]]) -> list[list[float | None]]:
    return sorted(found, key=repr)


@pytest.mark.usefixtures("empty")
def test_every_figure_agrees_with_a_recount(client: Client) -> None:
    make(random.Random(11), 45)
    theme, below = Theme.objects.get(slug="tema-0"), Theme.objects.get(slug="undertema-1")
    region, town = Place.objects.get(slug="region-1"), Place.objects.get(slug="by-3")
    asked = [
        ("", None, None, None),
        ("theme=tema-0", theme.pk, None, None),
        ("theme=undertema-1&year=2024", below.pk, None, 2024),
        ("place=region-1", None, region.pk, None),
        ("place=0903&year=2023", None, town.pk, 2023),
        ("year=2025", None, None, 2025),
        ("theme=tema-0&place=region-1&year=1999", theme.pk, region.pk, 1999),
    ]
    counted = 0
    for query, theme_id, place_id, year in asked:
        figures = tables(shown(query))
        rows = Rows(theme_id, place_id, year, TODAY)
        assert set(figures) - REGISTER <= set(RECOUNTS), "a figure nobody counts a second time"
        assert query or set(figures) - REGISTER == set(RECOUNTS)
        for name, table in figures.items():
            if name in REGISTER:
                continue
            expected = RECOUNTS[name](rows)
            said, known = lines(table), expected
            if name in SORTED:
                said, known = in_order(said), in_order(known)
            assert said == known, (query, name)
            counted += sum(1 for line in said for number in line if number)
    assert counted > 500, "figures that are all nought prove nothing"
    _nothing_leaks(client)


def _nothing_leaks(client: Client) -> None:
    assert Solution.objects.filter(name_da__startswith=CANARY).count() > 5
    for path in ("/barometer/", "/en/barometer/", "/barometer/figures.csv", "/barometer/types.svg"):
        assert CANARY not in client.get(path).text


@pytest.mark.usefixtures("empty")
def test_unpublished_assessments_change_nothing() -> None:
    make(random.Random(2), 3)
    before = {name: lines(table) for name, table in tables(shown()).items()}
    lab = factories.lab("Spejllab", state="withdrawn")
    factories.assessment(lab, on=TODAY, scores={"lab": {1: 3}})
    factories.assessment(Solution.objects.all()[0].lab or factories.lab(state="draft"), on=TODAY)
    assert {name: lines(table) for name, table in tables(shown()).items()} == before


@pytest.mark.usefixtures("empty")
def test_what_is_linked_lists_as_many_as_the_number_says(client: Client) -> None:
    make(random.Random(4), 20)
    for query in ("", "?theme=tema-0&place=region-1"):
        page = read(client.get(f"/en/barometer/{query}"))
        links = [
            (link.attrs["href"], link.text)
            for section in ("solutions", "trials")
            for cell in page.by_id(section).all("td")
            for link in cell.all("a")
        ]
        assert len(links) > (5 if query else 15)
        for path, number in links[:: 3 if query else 1]:
            assert not query or "theme=tema-0" in path
            listed = read(client.get(path)).by_id("result-count").attrs["data-count"]
            assert listed == number.replace(",", ""), path
    page = read(client.get("/en/barometer/?year=2024"))
    assert not [link for cell in page.by_id("solutions").all("td") for link in cell.all("a")]


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("number", [4, 5])
def test_too_few_are_neither_drawn_nor_shared(client: Client, number: int) -> None:
    for n in range(number):
        factories.solution(f"Nr. {n}", types=["service"], novelty="radical")
    part = read(client.get("/en/barometer/")).by_id("types")
    drawn = [node for node in part.all("svg") if node.attrs.get("role") == "img"]
    table = part.one("table").text
    if number < 5:
        assert "Only 4 entries are behind this figure: too few for shares and for a chart." in part.text
        assert not drawn
        assert "Share" not in table
        assert client.get("/en/barometer/types.svg").status_code == 404
    else:
        assert "too few" not in part.text
        assert "Service: 5 · 100 %" in drawn[0].attrs["aria-label"]
        assert "Share of 5, %" in table
        assert "None" not in client.get("/en/barometer/types.svg").text


@pytest.mark.usefixtures("empty")
def test_an_empty_register_says_so_in_three_sentences(client: Client) -> None:
    page = read(client.get("/en/barometer/?year=2020"))
    for section in ("solutions", "trials", "spreading"):
        part = page.by_id(section)
        assert part.one(css="sk-empty").all("p")[0].text
        assert not part.all("table")
        assert "See it for the whole register" in part.text


@pytest.mark.usefixtures("empty")
def test_what_the_address_says_and_nobody_knows(client: Client) -> None:
    factories.solution("Alene", in_use_since=TODAY.replace(year=2022, day=1), stage="in_use")
    for value in ("nowhere", "<script>", "9" * 40, "٢٠٢٤", "20240", "-1", "1e3"):
        for name, label in (("theme", "Theme"), ("place", "Place"), ("year", "Year")):
            page = client.get("/en/barometer/", {name: value})
            assert page.status_code == 200
            message = read(page).one(css="alert-text").text
            assert f"{label}: “{value[:10]}" in message
    chosen = read(client.get("/en/barometer/?year=2022"))
    assert chosen.by_id("bm-year").one("option", selected="").text == "2022"


@pytest.mark.usefixtures("empty")
def test_enquiries_are_not_narrowed(client: Client) -> None:
    factories.theme("Demens")
    part = read(client.get("/en/barometer/?theme=demens")).by_id("enquiries")
    assert "for the whole register only" in part.text
    assert not part.all("table")


@pytest.mark.usefixtures("denmark")
def test_charts_and_tables_are_equal_and_can_be_taken_away(client: Client) -> None:
    barometer = shown()
    page = read(client.get("/en/barometer/"))
    for table in tables(barometer).values():
        if table.chart is None:
            continue
        drawn = [bar.text for panel in table.chart.panels for bar in panel.bars]
        columns = [place for place, column in enumerate(table.columns) if column.look]
        cells = [row.cells[place].text or "–" for place in columns for row in table.rows]
        assert [text.split(" · ")[0] for text in drawn] == cells, table.id
        svg = page.by_id(table.id).all("svg")
        assert len([node for node in svg if node.attrs.get("role") == "img"]) == len(table.chart.panels)
        file = client.get(f"/barometer/{table.id}.svg")
        assert file["Content-Type"] == "image/svg+xml"
        assert f"stedkraft-barometer-{table.id}.svg" in file["Content-Disposition"]
        root = ET.fromstring(file.text)  # noqa: S314 - our own
        assert root.tag.endswith("svg")
        assert all("class" not in node.attrib for node in root.iter())
    assert client.get("/barometer/nothing.svg").status_code == 404


@pytest.mark.usefixtures("empty")
def test_the_page_asks_a_constant_number_of_statements(client: Client, as_member: Client) -> None:
    make(random.Random(1), 3)
    few = len(statements(client, "/en/barometer/?a=1"))
    make_more = random.Random(9)
    for n in range(6):
        made = factories.solution(f"Mere {n}", types=["service"], values={"quality": "counted"})
        factories.adoption(made, factories.actor(type=make_more.choice(["municipality", "company"])))
    assert len(statements(client, "/en/barometer/?a=2")) == few <= READER
    assert len(statements(client, "/en/barometer/?theme=tema-0&place=region-1&year=2024")) <= READER
    assert len(statements(as_member, "/barometer/")) <= 11


# The official statistics


def test_every_national_figure_has_its_edition_its_years_and_its_source() -> None:
    found = [fact for some in national.facts().values() for fact in some]
    assert len(found) > 15
    for fact in found:
        assert fact.source.startswith("https://"), fact
        assert re.search(r"\b(co-pi|coi)\.dk/", fact.source), fact
        assert re.fullmatch(r"20\d\d–20\d\d", fact.period), fact
        assert fact.edition in (1, 2, 3, 4)
        assert fact.counts_da
        assert fact.counts_en
        assert 0 < fact.value <= (100 if fact.unit == "percent" else 10)
    assert {fact.period for fact in found if fact.edition == 4} == {"2021–2023"}


@pytest.mark.usefixtures("empty")
def test_national_figures_stand_in_a_box_of_their_own(client: Client) -> None:
    for n in range(6):
        factories.solution(f"Nr. {n}", reuse="copy")
    figure = read(client.get("/en/barometer/")).by_id("reuse")
    box = figure.one("aside")
    assert "72 %" in box.text
    assert "Edition 3, 2018–2019, n = 1877" in box.text
    assert "cannot be set against" in box.text
    assert not box.all("svg")
    assert not box.all("table")
    assert "72" not in figure.one("table").text
    for drawn in figure.all("svg"):
        assert "72" not in drawn.attrs.get("aria-label", "")
    assert "72 %" not in client.get("/en/barometer/figures.csv").text
