"""Places: the country by region, one place's ecosystem, and the region reform as data with dates."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

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
    """Every number leads to a list of as many."""
    head = read(client.get(f"/places/{code}/")).one("dl", "sk-glance")
    numbers = [int(number.text) for number in head.all("dd")]
    assert len(numbers) == 5
    assert [1 for number in numbers if number] == [1 for _link in head.links]
    for number, link in zip([number for number in numbers if number], head.links, strict=True):
        assert ListPage.at(client, link).total == number
    gaps = [node for node in head.all("div") if "sk-fig--gap" in node.attrs.get("class", "")]
    assert len(gaps) == numbers.count(0)


@pytest.mark.usefixtures("empty")
def test_what_is_not_known_is_said_in_words_with_a_way_on(client: Client) -> None:
    town = factories.place("Tomby", code="0999")
    page = read(client.get(town.get_absolute_url()))
    boxes = page.all(css="sk-empty")
    assert len(boxes) >= 7
    for box in boxes:
        assert box.links
    begun = [link for box in boxes for link in box.links if re.match(r"/register/\w+/", link)]
    assert len(begun) >= 5
    assert all(link.endswith("place=0999") for link in begun)


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
    factories.place(code=str(next(factories.NUMBERS)), latitude=55.2, longitude=9.2)
    theme = factories.theme()
    for _row in range(number):
        at: dict[str, Any] = {"places": [town], "themes": [theme], "latitude": 55.0, "longitude": 9.0}
        lab, actor, other = factories.lab(**at), factories.actor(**at), factories.actor(**at)
        mission = factories.mission(places=[town], themes=[theme], shows_frames="En aftale.")
        need = factories.need(places=[town], themes=[theme])
        factories.offer(places=[region], themes=[theme])
        factories.link(lab, need)
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
