"""The four shifts of places and missions: counted again by hand, and each number leads to its rows."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import translation

from curation.choices import State
from labs.models import Lab
from places.models import Place
from tests import factories as make
from tests.ecosystem.recount_shifts import numbers_of
from tests.pages import ListPage, Node, read
from tests.statements import PLACE, READER, statements

pytestmark = pytest.mark.usefixtures("empty")
STATEMENTS_21 = range(1, 22)
DAY = dt.date(2026, 5, 4)


def mirror(lab: Lab, on: dt.date, shown: str, score: int, **scores: int) -> None:
    """Every statement answered alike for the lab, but the three from the one that is named, as s4=0."""
    told = dict.fromkeys(STATEMENTS_21, score)
    for first, other in scores.items():
        told |= dict.fromkeys(range(int(first[1:]), int(first[1:]) + 3), other)
    make.assessment(lab, on=on, shown=shown, scores={"lab": told})


def numbers(page: Node) -> dict[tuple[str, str], int]:
    """Of the equal table, by shift and what is counted."""
    rows = page.one("details", "sk-shifttable").one("tbody").all("tr")
    return {
        (row.all("td")[0].text, row.one("th").text): int(row.all("td")[1].text) for row in rows
    }  # fmt: skip


def links(page: Node) -> dict[str, tuple[int, str]]:
    """The numbers that lead somewhere, by what they count."""
    rows = page.one("details", "sk-shifttable").one("tbody").all("tr")
    return {row.one("th").text: (int(row.all("td")[1].text), row.links[0]) for row in rows if row.links}


def rows_behind(client: Client, path: str) -> int:
    """How many entries an address lists."""
    path = path.partition("#")[0]
    if "counted=" in path:
        page = read(client.get(path))
        return sum(len(list_.all("li")) for list_ in page.all("ol", "sk-counted"))
    return ListPage.at(client, path).total


@pytest.fixture
def town() -> Place:
    """A municipality with something of everything, published and not, its own and others'."""
    town, other = make.place("Byen", code="0001"), make.place("Naboen", code="0002")
    lab, second = make.lab("Lab", places=[town]), make.lab("Lab to", places=[town])
    make.lab("Lab tre", places=[town])
    ended = make.lab("Lab slut", places=[town], ended=True)
    mirror(lab, dt.date(2025, 5, 1), "all", 1)
    mirror(lab, DAY, "all", 2, s4=0)
    mirror(second, dt.date(2024, 1, 1), "all", 3)
    mirror(second, dt.date(2025, 1, 1), "done", 0)
    mirror(second, DAY, "all", 3, s1=1)
    mirror(ended, DAY, "all", 4)
    make.trial(lab, "Forsøg", places=[town], stage="implement")
    make.trial(lab, "Uden trin", places=[town])
    make.trial(lab, "Forsøg slut", places=[town], ended=True)
    make.trial(lab, "Kladdeforsøg", places=[town], state=State.DRAFT)
    make.trial(lab, "Andetsteds", places=[other])
    make.solution("Idé", places=[town], stage="idea")
    make.solution("Målt idé", places=[town], stage="trial", values={"quality": "counted"})
    make.solution("I brug", places=[town], stage="in_use", values={"quality": "felt"})
    make.solution(
        "Innovation", places=[town], stage="in_use", new_here=True, in_use_since=dt.date(2025, 1, 1),
        values={"quality": "felt", "efficiency": "compared"},
    )  # fmt: skip
    make.solution(
        "Gammelt nyt", places=[town], stage="in_use", new_here=False, values={"quality": "evaluated"}
    )
    make.solution("Slut", places=[town], stage="in_use", ended=True, values={"quality": "counted"})
    make.solution("Kladde", places=[town], stage="in_use", state=State.DRAFT, values={"quality": "counted"})
    make.adoption(
        make.solution("Naboens", places=[other], stage="in_use"), make.actor(places=[town]), place=town
    )
    return town


def test_a_places_numbers_are_counted_again_by_hand(client: Client, town: Place) -> None:
    page = read(client.get("/en/places/0001/")).by_id("shifts")
    shown = numbers(page)
    with translation.override("en"):
        again = numbers_of(town)
    assert {what: n for (_shift, what), n in shown.items() if what not in ("PULL", "PUSH")} == again
    assert len(again) == 8 + 14
    assert shown["From technology to operability", "Solutions in operation"] == 4
    assert shown["From activities to effect", "Innovations: new, in use and of documented value"] == 1
    assert len(page.all("li", "sk-shift")) == 4


def test_every_number_leads_to_exactly_what_it_counts(client: Client, town: Place) -> None:
    found = links(read(client.get("/en/places/0001/shifts/")))
    assert {
        "Trials going on",
        "Solutions in operation",
        "With documented value",
        "Show the whole result",
    } <= set(found)
    for what, (number, path) in found.items():
        if what not in ("PULL", "PUSH"):
            assert rows_behind(client, path) == number, what
    for side in ("PULL", "PUSH"):
        number, path = found[side]
        assert (
            f"{number} counted" in read(client.get(path.partition("#")[0])).by_id(side.lower()).one("h2").text
        )


def test_a_mission_counts_what_contributes_to_it(client: Client) -> None:
    mission, other = make.mission("Mission"), make.mission("Anden")
    lab, hidden = make.lab("Lab"), make.lab("Skjult", state=State.DRAFT)
    make.link(lab, mission)
    make.link(hidden, mission)
    make.link(make.lab("Forladt"), mission, ended_on=DAY)
    make.link(make.lab("Andens"), other)
    need = make.need("Behov", mission=mission)
    mirror(lab, DAY, "all", 2)
    mirror(hidden, DAY, "all", 2)
    make.trial(lab, "Labbets")
    make.trial(make.lab("Andet lab"), "Behovets", need=need)
    make.trial(hidden, "Det skjultes")
    make.trial(make.lab("Fremmed"), "Fremmed")
    make.solution("Løsning", need=need, stage="in_use", values={"quality": "counted"})
    make.solution("Løsning fra begge", need=need, lab=lab, stage="idea")
    make.solution("Fremmed løsning", stage="in_use")
    make.member(mission, make.actor("Kommunen"), "pull")
    make.member(mission, make.actor("Universitetet"), "push")
    make.member(mission, make.actor("Klyngen"), "both")
    make.member(mission, make.actor("Gået"), "push", ended_on=DAY)
    page = read(client.get(f"/en{mission.get_absolute_url()}shifts/"))
    shown = {what: n for (_shift, what), n in numbers(page).items()}
    assert {what: n for what, n in shown.items() if "labs that stand" not in what} == {
        "PULL": 2, "PUSH": 2, "Labs": 1, "Have published that they did it": 1, "Show the whole result": 1,
        "Trials going on": 2, "Solutions in operation": 1, "Solutions": 2, "With documented value": 1,
        "Innovations: new, in use and of documented value": 0,
    }  # fmt: skip
    for what, (number, path) in links(page).items():
        assert rows_behind(client, path) == number, what
    shown_on = read(client.get(f"/en{mission.get_absolute_url()}")).by_id("shifts")
    assert f"/en{mission.get_absolute_url()}shifts/" in shown_on.links


@pytest.mark.parametrize("path", ["/en/places/0009/", "/en/missions/mission/shifts/"])
def test_missing_is_drawn(client: Client, path: str) -> None:
    make.place("Tom", code="0009")
    make.mission("Mission")
    page = read(client.get(path))
    shifts = page.one("ol", "sk-shiftlist")
    assert len(shifts.all("rect", "sk-sbar__none")) == 8
    assert len(shifts.all("rect", "sk-smove__none")) == 7
    assert shifts.text.count("not known") == 7
    assert set(numbers(page).values()) == {0}


# PULL-spejlet on the place's page


def test_a_place_shows_each_labs_runs_and_no_average(client: Client, town: Place) -> None:
    part = read(client.get("/en/places/0001/")).by_id("maturity")
    assert sorted(heading.text for heading in part.all("h3")) == ["Lab", "Lab to"]
    rows = [[cell.text for cell in row.all("td")] for row in part.one("tbody").all("tr")]
    assert sorted(row[0] for row in rows) == [
        "1 January 2024",
        "1 January 2025",
        "1 May 2025",
        *["4 May 2026"] * 2,
    ]
    assert sum(len(row) == 8 for row in rows) == 4
    assert [row[1:] for row in rows if len(row) == 2] == [["Only that it was done"]]
    assert len(part.all("li", "sk-msmall")) == 14
    assert len(part.all("path", "sk-msmall__none")) == 7


def test_what_is_not_published_of_the_mirror_is_nowhere(client: Client, town: Place) -> None:
    """The pages are the same with and without runs nobody may read of."""
    mission = make.mission("Mission", places=[town])
    lab = make.lab("Tavst lab", places=[town])
    make.link(lab, mission)
    paths = [
        "/places/0001/", "/places/0001/shifts/", "/places/0001/shifts/?counted=told", "/labs/tavst-lab/",
        "/places/0001/shifts/?counted=publishing", "/missions/mission/", "/missions/mission/shifts/",
        "/labs/lab/mirror/", "/labs/?q=tavst", "/",
    ]  # fmt: skip
    before = [client.get(path).content for path in paths]
    mirror(lab, dt.date(2025, 5, 4), "", 4)
    mirror(lab, DAY, "", 1)
    mirror(Lab.objects.get(record__slug="lab"), dt.date(2026, 6, 1), "", 0)
    make.assessment(lab, scores={"lab": {1: 4}})
    assert [client.get(path).content for path in paths] == before
    assert client.get("/labs/tavst-lab/mirror/").status_code == 404


def test_only_done_is_counted_as_published_and_shows_nothing_else(client: Client) -> None:
    town = make.place("Byen", code="0001")
    mirror(make.lab("Lab", places=[town]), DAY, "done", 4)
    page = read(client.get("/en/places/0001/"))
    assert numbers(page)["From projects to capability", "Have published that they did it"] == 1
    assert numbers(page)["From projects to capability", "Show the whole result"] == 0
    part = page.by_id("maturity")
    assert "4 May 2026" in part.text
    assert not part.all("circle")
    assert "4.0" not in part.text


def test_statements_do_not_grow_with_what_is_counted(client: Client) -> None:
    town = make.place("Byen", code="0001")
    mission = make.mission("Mission", places=[town])
    counted = []
    for number in (1, 2):
        for _again in range(number):
            lab = make.lab(places=[town])
            make.link(lab, mission)
            mirror(lab, DAY, "all", 2)
            mirror(lab, dt.date(2025, 5, 4), "all", 1)
            make.trial(lab, places=[town])
            make.solution(lab=lab, places=[town], stage="in_use", values={"quality": "counted"})
        paths = (
            "/places/0001/", "/missions/mission/shifts/", "/places/0001/shifts/?counted=documented",
            "/missions/mission/",
        )  # fmt: skip
        counted.append([len(statements(client, path)) for path in paths])
    assert counted[0] == counted[1]
    assert counted[0][0] <= PLACE
    assert max(counted[0][1:]) <= READER


@pytest.mark.parametrize(
    "asked", ["counted=nothing", "counted=up", "counted=up&dimension=x", "page=x", "counted=pull"]
)
def test_what_is_asked_for_and_not_counted_is_left_out(client: Client, town: Place, asked: str) -> None:
    assert "four shifts" in read(client.get(f"/en/places/0001/shifts/?{asked}")).one("h1").text


def test_long_lists_are_paged(client: Client) -> None:
    town = make.place("Byen", code="0001")
    lab = make.lab("Lab")
    for number in range(51):
        make.solution(f"Løsning {number:02}", lab=lab, places=[town], values={"quality": "counted"})
    first = read(client.get("/places/0001/shifts/?counted=documented"))
    second = read(client.get("/places/0001/shifts/?counted=documented&page=2"))
    assert [len(page.one("ol", "sk-counted").all("li")) for page in (first, second)] == [50, 1]
    assert first.one("a", rel="next").attrs["href"] == "?counted=documented&page=2"
    assert second.one("ol", "sk-counted").attrs["start"] == "51"


def test_addresses_lead_to_the_one_that_holds(client: Client, town: Place) -> None:
    assert client.get("/places/byen/shifts/").headers["Location"] == "/places/0001/shifts/"
    assert client.get("/places/9999/shifts/").status_code == 404
    make.mission("Kladde", state=State.DRAFT)
    assert client.get("/missions/kladde/shifts/").status_code == 404
