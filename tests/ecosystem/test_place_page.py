"""A place's page: what it inherits, who shares its need, what its missions show, and the sheet's contents."""

from collections import Counter
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from curation.models import Record
from places.models import Place
from tests import factories
from tests.pages import ListPage, Node, read

AFTER = datetime(2027, 1, 1, 12, tzinfo=UTC)


def page(client: Client, place: Place | str) -> Node:
    address = place if isinstance(place, str) else place.address
    return read(client.get(f"/places/{address}/"))


def glance(of: Node) -> list[int]:
    """Labs, actors, missions, needs, offers."""
    return [int(number.text) for number in of.one("dl", "sk-glance").all("dd")]


# What belongs to all


@pytest.mark.usefixtures("empty")
def test_a_municipality_inherits_what_is_registered_for_the_whole_and_counts_none_of_it(
    client: Client,
) -> None:
    region = factories.place("Regionen", kind="region", code="1")
    council = factories.place("Sundhedsrådet", kind="health_council", code="raad", within=[region])
    town = factories.place("Byen", code="0001", within=[region, council])
    other = factories.place("Naboen", code="0002", within=[region, council])
    factories.need("Regionens behov", places=[region])
    factories.offer("Rådets tilbud", places=[council])
    factories.mission("Regionens mission", places=[region])
    factories.need("Fælles behov", places=[region, town])
    factories.lab("Regionens lab", places=[region])
    factories.need("Naboens behov", places=[other])
    factories.need("Kladde", places=[region], state="draft")
    factories.need("Slut", places=[region], ended=True, status="expired")
    shown = page(client, town)
    rows = [row.one("h3").text for row in shown.by_id("inherited").all("li")]
    assert sorted(rows) == ["Regionens behov", "Regionens mission", "Rådets tilbud"]
    assert [h.text.rpartition(" ")[2] for h in shown.by_id("inherited").all("h3")[:1]] == ["Sundhedsrådet"]
    assert glance(shown) == [0, 0, 0, 1, 0]
    assert "inherited" not in page(client, region)
    of_council = page(client, council).by_id("inherited")
    assert sorted(row.one("h3").text for row in of_council.all("li")) == [
        "Regionens behov",
        "Regionens mission",
    ]


@pytest.mark.usefixtures("denmark")
def test_region_oestdanmark_has_all_of_its_two_regions_on_its_first_day(client: Client) -> None:
    """Also what was said of a region as a whole, and what other parts of the page make of it."""

    def of(slug: str) -> set[Record]:
        return set(Record.objects.published().in_place(Place.objects.get(slug=slug).pk))

    before = of("region-hovedstaden") | of("region-sjaelland")
    assert of("oestdanmark") == before
    kinds = Counter(record.kind for record in before)
    going_on = Counter(record.kind for record in before if not record.ended)
    with time_machine.travel(AFTER, tick=False):
        east, town = page(client, "oestdanmark"), page(client, "0101")
    assert glance(east) == [
        kinds["lab"], kinds["actor"], kinds["mission"], going_on["need"], going_on["offer"],
    ]  # fmt: skip
    assert min(glance(east)) > 0
    assert {"/places/1084/", "/places/1085/"} <= set(east.by_id("below").links)
    for part in ("balance", "missing", "focus", "network", "labs", "needs", "offers", "actors"):
        assert part in east
    said_of_all = town.by_id("inherited")
    assert "Region Østdanmark" in said_of_all.all("h3")[0].text
    assert len(said_of_all.all("li")) >= 2


# Neighbours


@pytest.mark.usefixtures("empty")
def test_neighbours_share_the_themes_of_the_needs_and_stand_nearest_first(client: Client) -> None:
    elderly, schools = factories.theme("Ældre"), factories.theme("Skole")
    town = factories.place("Byen", code="0001", latitude=55.0, longitude=9.0)
    far = factories.place("Fjern", code="0002", latitude=57.0, longitude=10.0)
    near = factories.place("Nær", code="0003", latitude=55.1, longitude=9.0)
    factories.lab(places=[town], themes=[schools])
    factories.lab(places=[near], themes=[schools])
    assert [h.text for h in page(client, town).by_id("neighbours").all("h3")] == ["Skole"]
    factories.need(places=[town], themes=[elderly])
    factories.need(places=[far], themes=[elderly])
    factories.need("Slut", places=[far], themes=[elderly], ended=True, status="expired")
    factories.lab(places=[near], themes=[elderly])
    factories.mission(places=[near], themes=[elderly])
    box = page(client, town).by_id("neighbours")
    assert [h.text for h in box.all("h3")] == ["Ældre"]
    rows = box.all("li")
    assert [row.links[0] for row in rows] == ["/places/0003/", "/places/0002/"]
    assert "11 km" in rows[0].text
    for link in (link for row in rows for link in row.links[1:]):
        assert ListPage.at(client, link).total == 1
    assert len(rows[0].links) == 3


# The five questions


@pytest.mark.usefixtures("empty")
def test_the_five_questions_are_answered_by_the_missions_of_the_place(client: Client) -> None:
    town = factories.place("Byen", code="0001")
    told = factories.mission("Fortalt", places=[town], shows_frames="Byrådet har vedtaget en aftale.")
    factories.mission("Slut", places=[town], ended=True, shows_ambition="Nåede det.")
    factories.mission("Kladde", places=[town], state="draft", shows_ambition="Hemmeligt.")
    box = page(client, town).by_id("leadership")
    answers = box.all("li")
    assert len(answers) == 5
    yes = [one for one in answers if "sk-hall__i--yes" in one.attrs["class"]]
    assert len(yes) == 1
    assert "Byrådet har vedtaget en aftale." in yes[0].text
    assert yes[0].links == [told.get_absolute_url()]
    assert "Nåede det" not in box.text


@pytest.mark.usefixtures("empty")
def test_missions_of_others_tell_who_from_here_takes_part(client: Client) -> None:
    town, other = factories.place("Byen", code="0001"), factories.place("Naboen", code="0002")
    mission = factories.mission("Fælles", places=[other])
    here = factories.actor("Byens Kommune", places=[town])
    factories.member(mission, here)
    factories.member(mission, here, role="funder")
    factories.member(factories.mission("Forladt"), here, ended_on="2026-01-01")
    factories.member(factories.mission("Slut", ended=True), here)
    box = page(client, town).by_id("missions")
    assert [h.text for h in box.all("h3")] == ["Fælles"]
    assert box.text.count("Byens Kommune") == 1
    assert glance(page(client, town))[2] == 0


# Needs and offers that are over


@pytest.mark.usefixtures("empty")
def test_what_is_over_is_a_number_with_its_list(client: Client) -> None:
    town = factories.place("Byen", code="0001")
    factories.need("Åbent", places=[town])
    factories.need("Ukendt", places=[town], status="")
    factories.need("Udløbet", places=[town], ended=True, status="expired")
    box = page(client, town).by_id("needs")
    assert sorted(h.text for h in box.all("h3")) == ["Ukendt", "Åbent"]
    whole, over = box.links[:2]
    assert sorted(ListPage.at(client, whole).names) == ["Ukendt", "Åbent"]
    assert ListPage.at(client, over).names == ["Udløbet"]
