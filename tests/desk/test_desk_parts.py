"""A part of what waits: one's own, somebody's, a place's; and cases far down in a long list."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from curation.models import Record
from desk.models import Pair
from labs.models import Lab
from places.models import Place
from tests import factories
from tests.pages import Node, read
from tests.people import browser, person

pytestmark = pytest.mark.usefixtures("empty")


@pytest.fixture
def curator() -> User:
    return person("curator@example.org", name="Karla", is_curator=True)


@pytest.fixture
def desk(curator: User) -> Client:
    return browser(curator)


@pytest.fixture
def town() -> Place:
    return factories.place("Aarhus")


def submitted(name: str, place: Place | None = None) -> Lab:
    places = [place] if place else []
    return factories.lab(name, state="submitted", answer_by=timezone.localdate(), places=places)


def titles(page: Node) -> list[str]:
    return [node.text for node in page.all("span", "sk-q__t")]


def forty() -> list[str]:
    """The paths of their cases, the oldest promise first."""
    today = timezone.localdate()
    labs = [
        factories.lab(f"Nr {number:02}", state="submitted", answer_by=today + dt.timedelta(days=number))
        for number in range(40)
    ]
    return [f"/desk/new/{lab.record.public_id}/" for lab in labs]


def test_of_forty_the_thirtieth_stands_among_its_neighbours_and_leads_to_the_next(desk: Client) -> None:
    paths = forty()
    page = read(desk.get(paths[29]))
    keys = page.by_id("keys").attrs
    assert (keys["data-before"], keys["data-after"]) == (paths[28], paths[30])
    assert "Nr 29" in titles(page)
    for here in (24, 29):  # the last of the first page as well
        answer = desk.post(paths[here], {"decision": "publish", "version": 1})
        assert answer["Location"] == paths[here + 1]
    assert desk.post(paths[39], {"decision": "publish", "version": 1})["Location"] == paths[0]


def test_what_was_decided_meanwhile_is_passed_over(desk: Client) -> None:
    paths = forty()
    public_id = paths[30].split("/")[-2]
    Record.objects.filter(public_id=public_id).update(state="returned", decision="x")
    assert desk.post(paths[29], {"decision": "publish", "version": 1})["Location"] == paths[31]


def test_a_curator_stays_within_their_own_part(desk: Client, curator: User, town: Place) -> None:
    factories.stewardship(curator, town)
    here, there = submitted("Nr 1", town), submitted("Nr 2", town)
    submitted("Et andet sted")
    page = read(desk.get("/desk/new/?mine=1"))
    first, second = (f"/desk/new/{lab.record.public_id}/?mine=1" for lab in (here, there))
    assert [link for link in page.links if link in (first, second)] == [first, second]
    assert titles(read(desk.get(first))) == ["Nr 1", "Nr 2"]
    said = {"decision": "publish", "version": 1}
    assert desk.post(first, said)["Location"] == second
    assert desk.post(second, said)["Location"] == "/desk/new/?mine=1"
    assert desk.get("/desk/new/?mine=1&page=9")["Location"] == "/desk/new/?mine=1"


def test_each_number_of_the_workload_leads_to_as_many_rows(desk: Client, town: Place) -> None:
    theme, sten = factories.theme("Demens"), person("sten@aarhus.dk", name="Sten")
    factories.stewardship(sten, town)
    vera = person("vera@odense.dk", name="Vera")
    factories.stewardship(vera, factories.place("Odense"))
    factories.absence(sten, vera)
    for number in range(3):
        submitted(f"Nr {number}", town)
    twins = [factories.lab(f"Tvilling {number}", places=[town], themes=[theme]) for number in range(2)]
    far = factories.lab("Fjern tvilling", themes=[theme])
    for left, right in ((twins[0], twins[1]), (twins[0], far)):
        Pair.objects.create(left=left.record, right=right.record, certainty=90)
    page = read(desk.get("/en/desk/workload/"))
    links = {
        link.attrs["href"]: int(link.text.split()[0])
        for link in page.all("a")
        if "?of=" in link.attrs.get("href", "")
    }
    assert links[f"/en/desk/new/?of=place-{town.pk}"] == links[f"/en/desk/new/?of=person-{vera.pk}"] == 3
    assert links[f"/en/desk/duplicates/?of=person-{sten.pk}"] == 1  # who looks after both
    assert links[f"/en/desk/duplicates/?of=theme-{theme.pk}"] == 2
    for path, number in links.items():
        shown = read(desk.get(path))
        assert len(titles(shown)) == number, path
        assert "Show everything" in shown.text


def test_a_steward_is_shown_no_part_of_others(town: Place, curator: User) -> None:
    sten, odense = person("sten@aarhus.dk"), factories.place("Odense")
    factories.stewardship(sten, town)
    factories.stewardship(curator, odense)
    submitted("Her", town)
    submitted("Der", odense)
    theirs = browser(sten)
    for of in (
        f"place-{odense.pk}",
        f"person-{curator.pk}",
        "theme-1",
        "place-²",
        "place-",
        "x",
        f"place-{town.pk}",
    ):
        assert titles(read(theirs.get(f"/desk/new/?of={of}"))) == ["Her"], of
    case = Record.objects.get(name_da="Der").public_id
    assert theirs.get(f"/desk/new/{case}/?of=place-{odense.pk}").status_code == 404
