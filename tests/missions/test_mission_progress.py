"""What a mission's page says of leadership, coalition, needs and how far it is; and what a place's says."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from time_machine import TimeMachineFixture

from missions.leadership import leadership_of
from missions.models import Mission
from missions.progress import LEFT, RIGHT, how_far
from tests import factories
from tests.pages import Node, read
from tests.statements import READER, statements

TODAY = dt.date(2026, 7, 2)


def marks(start: int | None, target: int | None) -> dict[str, float]:
    far = how_far(phase="", start=start, target=target, today=TODAY, labs=(), needs=())
    return {mark.what: mark.x for mark in far.marks}


# Without a database


def test_today_stands_between_the_beginning_and_the_goal() -> None:
    found = marks(2026, 2026)
    assert (found["start"], found["target"]) == (LEFT, RIGHT)
    assert found["today"] == pytest.approx((LEFT + RIGHT) / 2, abs=1)


@pytest.mark.parametrize(
    ("start", "target", "order"),
    [
        (2020, 2030, ["start", "today", "target"]),
        (2020, 2024, ["start", "target", "today"]),
        (2028, 2030, ["today", "start", "target"]),
        (None, 2030, ["today", "target"]),
        (2020, None, []),
        (None, None, []),
    ],
)
def test_the_years_stand_in_their_order(start: int | None, target: int | None, order: list[str]) -> None:
    found = marks(start, target)
    assert list(found) == order
    assert all(LEFT <= x <= RIGHT for x in found.values())


def test_counts_are_counts() -> None:
    needs = ["open", "", "answered", "open", "expired"]
    far = how_far(
        phase="running", start=None, target=2025, today=TODAY, labs=[True, False, True], needs=needs
    )
    assert far.labs == 2
    assert {one.status: one.number for one in far.needs} == {"open": 2, "answered": 1, "expired": 1, "": 1}
    assert [step.phase for step in far.steps if step.here] == ["running"]
    assert far.late
    none = how_far(phase="dormant", start=None, target=2026, today=TODAY, labs=(), needs=())
    assert {one.status: one.number for one in none.needs} == {"open": 0, "answered": 0}
    assert not any(step.here for step in none.steps)
    assert not none.late


def test_the_five_questions_are_answered_by_many_missions() -> None:
    one = Mission(name_da="Et", shows_ambition="Tal og år.", shows_frames="  ")
    two = Mission(name_da="To", shows_ambition="Byrådets beslutning.")
    asked = leadership_of([one, two])
    assert len(asked) == 5
    assert [(shown.mission, shown.text) for shown in asked[0].shown] == [
        (one, "Tal og år."), (two, "Byrådets beslutning."),
    ]  # fmt: skip
    assert all(question.asks and not question.shown for question in asked[1:])
    assert all(not question.shown for question in leadership_of([]))


# The page


@pytest.fixture
def mission(empty: None) -> Mission:
    return factories.mission(
        "Gode nætter", phase="running", start_year=2024, target_year=2030, goal_da="Fra 62 til 0.",
        shows_ambition="Byrådet 12. marts.", slug="gode-naetter",
    )  # fmt: skip


def table(page: Node) -> dict[str, str]:
    rows = page.by_id("far").one("table").all("tr")
    return {row.one("th").text: row.one("td").text for row in rows}


def test_the_page_tells_how_far_it_is(
    client: Client, mission: Mission, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(dt.datetime(2026, 7, 2, 12, tzinfo=dt.UTC))
    factories.link(factories.lab("I gang"), mission)
    factories.link(factories.lab("Slut", ended=True), mission)
    factories.link(factories.lab("Forbi"), mission, ended_on=dt.date(2025, 1, 1))
    factories.link(factories.lab("Hemmeligt", state="draft"), mission)
    factories.need("Åbent behov", mission=mission)
    factories.need("Besvaret behov", mission=mission, ended=True, status="answered")
    factories.need("Kladdebehov", mission=mission, state="draft")
    page = read(client.get("/en/missions/gode-naetter/"))
    assert table(page) == {
        "Phase": "In operation", "From": "2024", "Today": "2026", "Goal": "2030", "Labs that go on": "1",
        "Needs: Open": "1", "Needs: Answered": "1",
    }  # fmt: skip
    far = page.by_id("far")
    assert far.one("li", "sk-far__here").text == "In operation"
    drawn = {
        css.removeprefix("sk-far__m--")
        for g in far.one("svg").all("g")
        for css in g.attrs["class"].split()[1:]
    }
    assert drawn == {row.attrs["data-mark"] for row in far.all("tr") if "data-mark" in row.attrs}
    assert all(link.removeprefix("#") in page for link in far.links)
    assert [heading.text for heading in page.by_id("needs").all("h3")] == ["Åbent behov", "Besvaret behov"]
    assert [heading.text for heading in page.by_id("labs").all("h3")] == ["I gang", "Slut"]
    assert "Forbi" in page.by_id("earlier").text
    assert "Hemmeligt" not in page.text
    assert "Kladdebehov" not in page.text
    assert "Fra 62 til 0." in page.by_id("about").text


def test_leadership_shows_what_shows_it_or_asks(client: Client, mission: Mission) -> None:
    things = read(client.get("/en/missions/gode-naetter/")).by_id("leadership").all("li")
    assert ["sk-hall__i--yes" in thing.attrs["class"] for thing in things] == [True] + [False] * 4
    assert "Byrådet 12. marts." in things[0].text
    assert "No evidence yet." in things[1].text


def test_the_backbone_has_its_place_in_the_ring(client: Client, mission: Mission) -> None:
    holder = factories.actor("Sekretariatet")
    Mission.objects.filter(pk=mission.pk).update(backbone=holder)
    assert (
        "Not named in the coalition."
        in read(client.get("/en/missions/gode-naetter/")).one("dl", "sk-state").text
    )
    factories.member(mission, factories.actor("A"), "pull")
    factories.member(mission, holder, "push", role="facilitator", confirmed_at=timezone.now())
    page = read(client.get("/en/missions/gode-naetter/"))
    assert "Number 2 in the coalition" in page.one("dl", "sk-state").text
    (node,) = [g for g in page.one("svg", "sk-ring").all("g") if g.all("circle", "sk-ring__back")]
    assert node.text == "2"
    assert "holds the backbone" in page.by_id("coalition").text


def test_picture_and_list_show_the_same_members_and_roles(client: Client, mission: Mission) -> None:
    for number, role in enumerate(["host", "research", "", "funder"]):
        factories.member(
            mission, factories.actor(f"Nr {number}"), ["pull", "push", "both"][number % 3], role=role
        )
    coalition = read(client.get("/missions/gode-naetter/")).by_id("coalition")
    ring = coalition.one("svg", "sk-ring")
    listed = {
        (row.attrs["value"], row.one("a").text) for row in coalition.one(css="sk-co").all("li")
    }  # fmt: skip
    names = [name.text for name in ring.all("tspan", "sk-ring__name")]
    assert set(zip([g.text for g in ring.all("g")], names, strict=True)) == listed
    drawn = {
        path.attrs["data-role"]: path.attrs["class"] for path in coalition.one("svg", "sk-seg").all("path")
    }
    shown = {row.attrs["data-role"]: row.attrs["class"] for row in coalition.all("li", "sk-role")}
    assert drawn.keys() == shown.keys()
    assert len(shown) == 12
    missing = {role for role, css in shown.items() if "sk-role--open" in css}
    assert missing == {role for role, css in drawn.items() if css == "sk-none"}
    assert missing.isdisjoint({"host", "research", "funder"})
    assert "/register/need/?mission=gode-naetter&role=company" in coalition.links


def test_the_page_asks_the_same_however_much_it_gathers(client: Client, mission: Mission) -> None:
    none = len(statements(client, "/missions/gode-naetter/"))
    for _number in range(3):
        owner = factories.actor()
        factories.need(mission=mission, owner=owner)
        factories.member(mission, owner)
        factories.link(factories.lab(owner=owner), mission)
    assert len(statements(client, "/missions/gode-naetter/")) == none <= READER + 1
