"""Missions: their own filters, and a mission's page with its coalition and what leadership creates."""

import pytest
from django.test import Client

from tests import factories
from tests.ecosystem import recount
from tests.pages import ListPage, read


@pytest.mark.usefixtures("denmark")
@pytest.mark.parametrize(("slug", "name"), [("inno-ccus", "INNO-CCUS"), ("agrifoodture", "AgriFoodTure")])
def test_a_mission_shows_its_coalition(client: Client, slug: str, name: str) -> None:
    page = read(client.get(f"/missions/{slug}/"))
    assert page.one("h1").text == name
    named = {link.text for link in page.by_id("coalition").one(css="sk-co").all("a")}
    assert named == {row["from_name"] for row in recount.parties("mission", name)}
    assert named
    assert "2050" in page.one("dl", "sk-state").text


@pytest.mark.usefixtures("denmark")
def test_labs_and_missions_name_each_other(client: Client) -> None:
    row = next(
        row for row in recount.rows("links.csv") if (row["from_type"], row["to_type"]) == ("lab", "mission")
    )
    results = ListPage.at(client, "/missions/", {"q": row["to_name"]}).page.by_id("results")
    path = next(link.attrs["href"] for link in results.all("a") if link.text == row["to_name"])
    labs = read(client.get(path)).by_id("labs")
    (lab,) = [link for link in labs.all("a") if link.text == row["from_name"]]
    assert path in read(client.get(lab.attrs["href"])).by_id("missions").links


@pytest.mark.usefixtures("empty")
def test_the_five_things_of_leadership(client: Client) -> None:
    mission = factories.mission(shows_coalition="Ni kommuner har skrevet under.")
    things = read(client.get(mission.get_absolute_url())).by_id("leadership").all("li")
    assert len(things) == 5
    assert ["sk-hall__i--yes" in thing.attrs["class"] for thing in things] == [
        False,
        True,
        False,
        False,
        False,
    ]
    assert "Ni kommuner har skrevet under." in things[1].text


@pytest.mark.usefixtures("empty")
def test_the_decision_and_the_goal_are_told(client: Client) -> None:
    owner = factories.actor("Byen")
    mission = factories.mission(
        owner=owner, backbone=owner, goal_da="Ingen hjemløse.", target_year=2030, decided_by="council",
        decided_on="2025-03-04", decision_url="https://by.dk/beslutning",
    )  # fmt: skip
    page = read(client.get(mission.get_absolute_url())).one("main")
    facts = page.one("dl", "sk-state")
    assert {owner.get_absolute_url(), "https://by.dk/beslutning"} <= set(facts.links)
    assert "2030" in facts.text
    assert "2025" in facts.text
    assert "Ingen hjemløse." in page.text


@pytest.mark.usefixtures("empty")
def test_filters_of_missions(client: Client) -> None:
    country = factories.place("Danmark", kind="country", code="DK")
    region = factories.place("Region", kind="region", code="1084", within=[country])
    town = factories.place("Byen", code="0101", within=[region])
    factories.mission("National", level="national", places=[country], phase="running")
    factories.mission("Regional", level="regional", places=[region], ended=True)
    local = factories.mission("Kommunal", level="municipal", places=[town])
    factories.member(local, factories.actor(), "both")
    asked = [
        ({"kind": "national"}, {"National"}),
        ({"kind": ["regional", "municipal"]}, {"Regional", "Kommunal"}),
        ({"place": "DK"}, {"National", "Regional", "Kommunal"}),
        ({"place": "1084"}, {"Regional", "Kommunal"}),
        ({"place": "0101"}, {"Kommunal"}),
        ({"side": "both"}, {"Kommunal"}),
        ({"side": ["no_push"]}, {"National", "Regional"}),
        ({"phase": "ended"}, {"Regional"}),
        ({"phase": "unknown"}, {"Kommunal"}),
    ]
    for query, names in asked:
        assert set(ListPage.at(client, "/missions/", query).names) == names, query
