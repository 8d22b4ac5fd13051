"""Places: the country by region, one place's ecosystem, and the region reform as data with dates."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from curation.models import Record
from places.models import PlaceLink
from tests import factories
from tests.ecosystem import recount
from tests.pages import ListPage, read
from tests.statements import MEMBER, PLACE, READER, statements

BEFORE, AFTER = datetime(2026, 12, 31, 12, tzinfo=UTC), datetime(2027, 1, 1, 12, tzinfo=UTC)
denmark = pytest.mark.usefixtures("denmark")


@pytest.fixture(params=[BEFORE, AFTER], ids=["before", "after"])
def day(request: pytest.FixtureRequest) -> Iterator[datetime]:
    with time_machine.travel(request.param, tick=False):
        yield request.param


# The reform of 2027-01-01


@denmark
@pytest.mark.parametrize("place", ["1084", "1085", "oestdanmark", "region-hovedstaden"])
@pytest.mark.parametrize("kind", ["labs", "actors", "missions"])
def test_old_and_new_regions_find_the_same_on_either_side(
    client: Client, day: datetime, kind: str, place: str
) -> None:
    code = {"region-hovedstaden": "1084"}.get(place, place)
    entries = {"labs": recount.labs, "actors": recount.actors, "missions": recount.missions}[kind]()
    expected = sum(code in entry.filed["place"] for entry in entries)
    assert expected or (kind, place) == ("missions", "1085")
    page = ListPage.at(client, f"/{kind}/", {"place": place})
    assert page.total == expected
    assert page.options["place", place] == expected


@denmark
def test_lists_offer_the_regions_of_the_day(client: Client, day: datetime) -> None:
    offered = {value for name, value in ListPage.at(client, "/labs/").options if name == "place"}
    today = {"1084", "1085"} if day == BEFORE else {"oestdanmark"}
    assert offered & {"1084", "1085", "oestdanmark"} == today


@denmark
def test_the_index_shows_every_municipality_once_under_the_region_of_the_day(
    client: Client, day: datetime
) -> None:
    page = read(client.get("/places/"))
    regions = [heading.links[0] for heading in page.all("h2") if heading.links]
    east = ["/places/1084/", "/places/1085/"] if day == BEFORE else ["/places/oestdanmark/"]
    assert sorted(regions) == sorted([*east, "/places/1081/", "/places/1082/", "/places/1083/"])
    rows = [row.links[0] for row in page.all("tr") if row.links]
    assert len(rows) == len(set(rows)) == 98
    coming = [link for link in page.one("main").links if link == "/places/oestdanmark/"]
    assert len(coming) == 1


@denmark
def test_a_municipality_says_what_it_belongs_to_and_when(client: Client, day: datetime) -> None:
    links = PlaceLink.objects.filter(child__code="0101", parent__kind="region").select_related("parent")
    assert {link.parent.address: (str(link.since), str(link.until)) for link in links} == {
        "1084": ("None", "2026-12-31"),
        "oestdanmark": ("2027-01-01", "None"),
    }
    kind = read(client.get("/places/0101/")).one("p", "sk-kind")
    assert {"/places/1084/", "/places/oestdanmark/"} <= set(kind.links)
    assert ("2027" in kind.text) == (day == BEFORE)
    assert ("2026" in kind.text) == (day == AFTER)


# Pages


@denmark
@pytest.mark.parametrize(
    ("path", "target"),
    [("/places/koebenhavn/", "/places/0101/"), ("/places/region-hovedstaden/", "/places/1084/"),
     ("/en/places/koebenhavn/", "/en/places/0101/")],
)  # fmt: skip
def test_a_name_leads_to_the_code(client: Client, path: str, target: str) -> None:
    response = client.get(path)
    assert (response.status_code, response["Location"]) == (301, target)


@denmark
@pytest.mark.parametrize("code", ["0101", "0751", "0563", "1082", "oestdanmark", "hovedstaden", "DK"])
def test_a_place_counts_who_is_there(client: Client, code: str) -> None:
    page = read(client.get(f"/places/{code}/"))
    shown = [int(number.text) for number in page.one("dl", "sk-glance").all("dd")[:3]]
    kinds = (recount.labs(), recount.missions(), recount.actors())
    assert shown == [sum(code in entry.filed["place"] for entry in entries) for entries in kinds]
    for kind, number in zip(("labs", "missions", "actors"), shown, strict=True):
        links = page.by_id(kind).links
        assert (f"/{kind}/?place={code}" in links) == (number > 0)
        assert f"/{kind}/?place={code}" in links or f"/{kind}/" in links


@denmark
@pytest.mark.parametrize("code", ["0101", "0165", "0461"])
def test_every_figure_can_be_clicked_through_to_what_it_counts(client: Client, code: str) -> None:
    page = read(client.get(f"/places/{code}/"))
    readable = {record.get_absolute_url() for record in Record.objects.published()}
    for side in ("pull", "push"):
        box = page.by_id(f"counted-{side}")
        number = int(box.one("summary").text.split()[-1])
        assert len(box.all("li")) == number > 0
        assert box.links
        assert set(box.links) <= readable


@pytest.mark.usefixtures("empty")
def test_ended_and_unknown_is_said_in_words(client: Client) -> None:
    town = factories.place("Tomby", code="0999")
    page = read(client.get(town.get_absolute_url()))
    assert len(page.all(css="sk-empty")) == 3
    for links in (box.links for box in page.all(css="sk-empty")):
        assert links


@pytest.mark.usefixtures("empty")
def test_the_place_of_a_neighbour_is_not_counted(client: Client) -> None:
    region = factories.place("Region", kind="region", code="1")
    here, there = (factories.place(name, code=name, within=[region]) for name in ("0001", "0002"))
    factories.lab(places=[there])
    counts = []
    for place in (here, there, region):
        page = read(client.get(place.get_absolute_url()))
        counts.append(page.one("dl", "sk-glance").all("dd")[0].text)
    assert counts == ["0", "1", "1"]


# Statements


def fill(number: int) -> str:
    region = factories.place(kind="region", code=factories.slug_of(str(next(factories.NUMBERS))))
    town = factories.place(code=str(next(factories.NUMBERS)), within=[region], latitude=55.0, longitude=9.0)
    for _row in range(number):
        at: dict[str, Any] = {"places": [town], "latitude": 55.0, "longitude": 9.0}
        lab, actor, other = factories.lab(**at), factories.actor(**at), factories.actor(**at)
        mission = factories.mission(places=[town])
        factories.link(lab, actor)
        factories.link(lab, mission)
        factories.member(mission, actor)
        factories.relation(actor, other)
    return f"/places/{town.code}/"


@pytest.mark.usefixtures("empty")
def test_a_place_asks_a_small_and_constant_number_of_statements(
    client: Client, as_member: Client, settings: Any
) -> None:
    settings.CACHE_PAGES = True
    counted = []
    for rows in (1, 3):
        path = fill(rows)
        counted.append([len(statements(client, path)), len(statements(as_member, path))])
    assert counted[0] == counted[1]
    assert counted[0][0] <= PLACE
    assert counted[0][1] <= PLACE + 3


@pytest.mark.usefixtures("empty")
def test_the_index_asks_a_small_and_constant_number_of_statements(client: Client, as_member: Client) -> None:
    counted = []
    for rows in (1, 3):
        fill(rows)
        counted.append([len(statements(client, "/places/")), len(statements(as_member, "/places/"))])
    assert counted[0] == counted[1]
    assert counted[0][0] <= READER
    assert counted[0][1] <= MEMBER
