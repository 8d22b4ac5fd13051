"""A lab's page: what it tries, what came of it, and the loop these draw, as a picture and as a table."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from labs.models import Lab
from tests import factories as make
from tests.pages import Node, read
from tests.statements import READER, statements

pytestmark = pytest.mark.usefixtures("empty")

CANARY = "kanariefugl"


def english(client: Client, entry: Any) -> Node:
    return read(client.get(f"/en{entry.get_absolute_url()}")).one("main")


def test_statements_do_not_grow_with_what_came_out(client: Client) -> None:
    def lab(rows: int) -> Lab:
        theme = make.theme()
        made = make.lab(themes=[theme], places=[make.place()])
        for _row in range(rows):
            make.lab(themes=[theme])
            make.link(made, make.actor())
            need = make.need(year=2024)
            make.link(made, need)
            solution = make.solution(lab=made, need=need, stage="trial", values={"quality": "counted"})
            trial = make.trial(made, need=need, solution=solution, started_on=dt.date(2025, 1, 1))
            make.learning(trial, changed="need")
            make.learning(trial, changed="nothing")
        return made

    one, three = (len(statements(client, lab(rows).get_absolute_url())) for rows in (1, 3))
    assert one == three <= READER


def rows(part: Node) -> dict[str, str]:
    """Each row of a list by its heading."""
    return {row.one("h3").text: row.one("p", "sk-mis__m").text for row in part.all("li", "sk-mis")}


def test_trials_and_solutions_are_told_with_how_far_they_are(client: Client) -> None:
    lab = make.lab("Lys")
    going = make.trial(lab, "I gang", started_on=dt.date(2025, 3, 1), stage="implement")
    make.trial(lab, "Forbi", started_on=dt.date(2025, 5, 1), ended=True, ended_on=dt.date(2025, 9, 1))
    make.learning(going)
    make.learning(going)
    proven = {"stage": "in_use", "in_use_since": dt.date(2025, 1, 1), "new_here": True}
    make.solution("Ny", lab=lab, values={"quality": "counted"}, **proven)
    make.solution("Mærket", lab=lab, values={"quality": "felt"}, **proven)
    make.solution("Standset", lab=lab, stage="trial", stage_since=dt.date(2020, 1, 1))
    tried = make.solution("Afprøvet længe", lab=lab, stage="proof")
    make.trial(make.lab(), solution=tried, started_on=dt.date(2020, 2, 1))
    page = english(client, lab)
    assert list(rows(page.by_id("trials"))) == ["I gang", "Forbi"]
    assert rows(page.by_id("trials"))["I gang"] == "Implementing from March 2025 · 2 things learned"
    assert rows(page.by_id("trials"))["Forbi"] == (
        "Ended from May 2025 until September 2025 · nothing written down yet"
    )
    told = rows(page.by_id("solutions"))
    assert told == {
        "Ny": "Documented value innovation",
        "Mærket": "In use",
        "Standset": "Trial in the valley of death since January 2020",
        "Afprøvet længe": "Proof of concept in the valley of death since February 2020",
    }
    assert f"/en/register/trial/?lab={lab.record.slug}" in page.by_id("trials").links


def test_the_picture_and_the_table_say_the_same(client: Client) -> None:
    lab = make.lab("Lys")
    need, solution = make.need("Nætter", year=2023), make.solution("Aftenlys", lab=lab)
    make.link(lab, need)
    trial = make.trial(lab, "Afdeling 2", need=need, solution=solution, started_on=dt.date(2025, 1, 1))
    unknown = make.trial(lab, "Ukendt start", need=make.need("Andres behov"))
    make.learning(trial, "Det var maden.", "need", on=dt.date(2025, 6, 1))
    made = make.learning(unknown, "Ikke endnu.", "nothing", on=dt.date(2026, 2, 1))
    loop = english(client, lab).by_id("loop")
    drawn = {mark.attrs["data-n"] for mark in loop.one("svg").all("g", "sk-loop__m")}
    table = {row.attrs["data-n"]: row for row in loop.one("tbody").all("tr")}
    assert set(table) == drawn == {str(n) for n in range(1, 8)}
    said = {row.one("th").text: [cell.text for cell in row.all("td")[1:]] for row in table.values()}
    assert said == {
        "Nætter": ["2023", "Need", ""],
        "Afdeling 2": ["January 2025, end not told", "Test", "Aftenlys, Nætter"],
        "Det var maden.": ["June 2025", "Learning", "Changed the need. Afdeling 2"],
        "Ukendt start": ["log from February 2026, end not told", "Test", "Andres behov"],
        "Ikke endnu.": ["February 2026", "Learning", "Has changed nothing yet. Ukendt start"],
        "Andres behov": ["no date", "Need", ""],
        "Aftenlys": ["no date", "Solution", ""],
    }
    (row,) = [row for row in table.values() if row.one("th").text == "Ikke endnu."]
    assert row.links == [f"/en{unknown.get_absolute_url()}#learned-{made.pk}"]
    svg = loop.one("svg")
    assert svg.attrs["role"] == "img"
    assert len(svg.all("path", "sk-loop__s--up")) == len(svg.all("path", "sk-loop__tip")) == 1
    assert "The loop has gone round 1 time." in loop.text


def test_what_is_not_there_yet_is_said_with_the_way_on(client: Client) -> None:
    lab = make.lab("Lys")
    page = english(client, lab)
    begin = f"/en/register/trial/?lab={lab.record.slug}"
    for part in ("trials", "loop"):
        assert page.by_id(part).links == [begin]
    assert page.by_id("solutions").links == [f"/en/register/solution/?lab={lab.record.slug}"]
    assert not page.by_id("loop").all("svg")
    over = english(client, make.lab(ended=True))
    assert not [link for link in over.links if "/register/" in link and "lab=" in link and "trial" in link]


@pytest.mark.parametrize("state", ["draft", "submitted", "withdrawn"])
def test_nothing_that_is_not_public_is_drawn_or_counted(client: Client, state: str) -> None:
    hidden: dict[str, Any] = {"state": state, "summary_da": CANARY}
    lab, need, mission = make.lab("Lys"), make.need("Nætter", year=2024), make.mission("Rolig nat")
    make.link(lab, need)
    make.link(lab, mission)
    trial = make.trial(lab, "Åben", need=need)
    make.learning(trial)
    pages = [one.get_absolute_url() for one in (lab, need, mission)]
    before = [client.get(path).text for path in pages]
    secret = make.trial(lab, f"{CANARY} afprøvning", need=need, started_on=dt.date(2020, 1, 1), **hidden)
    make.learning(secret, CANARY, "need")
    solution = make.solution(f"{CANARY} løsning", lab=lab, need=need, idea_on=dt.date(2020, 1, 1), **hidden)
    type(trial).objects.filter(pk=trial.pk).update(solution=solution)
    assert [client.get(path).text for path in pages] == before
