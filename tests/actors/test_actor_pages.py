"""Actors: their own filters, and an actor's page with what it takes part in."""

import pytest
from django.test import Client

from tests import factories
from tests.ecosystem import recount
from tests.pages import ListPage, read


@pytest.mark.usefixtures("denmark")
@pytest.mark.parametrize(
    "name", ["Aarhus Universitet", "Danmarks Tekniske Universitet", "Gate 21", "Aarhus Kommune"]
)
def test_an_actor_shows_what_it_takes_part_in(client: Client, name: str) -> None:
    page = ListPage.at(client, "/actors/", {"q": name}).page.by_id("results")
    (path,) = {
        link.attrs["href"] for heading in page.all("h3") for link in heading.all("a") if link.text == name
    }
    page = read(client.get(path))
    links = [row for row in recount.rows("links.csv") if row["from_name"] == name]
    for kind in ("lab", "mission"):
        named = sorted(row["to_name"] for row in links if row["to_type"] == kind)
        assert sorted(heading.text for heading in page.by_id(f"{kind}s").all("h3")) == named
    assert links


@pytest.mark.usefixtures("denmark")
def test_relations_are_told_from_both_ends(client: Client) -> None:
    row = next(row for row in recount.rows("links.csv") if row["to_type"] == row["from_type"] == "actor")
    for one, other in ((row["from_name"], row["to_name"]), (row["to_name"], row["from_name"])):
        results = ListPage.at(client, "/actors/", {"q": one}).page.by_id("results")
        path = next(link.attrs["href"] for link in results.all("a") if link.text == one)
        assert other in read(client.get(path)).by_id("relations").text


@pytest.mark.usefixtures("empty")
def test_part_of_is_read_the_right_way_round(client: Client) -> None:
    part, whole = factories.actor("Delen"), factories.actor("Helheden")
    factories.relation(part, whole, "part_of")
    for actor in (part, whole):
        text = read(client.get(actor.get_absolute_url())).by_id("relations").text
        assert text.index("Delen") < text.index("Helheden")


@pytest.mark.usefixtures("empty")
def test_filters_of_actors(client: Client) -> None:
    theme = factories.theme("Lys")
    university = factories.actor("Universitet", type="university", side="push")
    factories.actor("Kommune", type="municipality", side="pull")
    factories.actor("Klynge", type="cluster", side="both")
    lab = factories.lab(themes=[theme])
    factories.link(lab, university)
    asked = [
        ({"side": "push"}, "Universitet"),
        ({"side": "both"}, "Klynge"),
        ({"kind": "municipality"}, "Kommune"),
        ({"theme": "lys"}, "Universitet"),
    ]
    for query, name in asked:
        assert ListPage.at(client, "/actors/", query).names == [name]
    assert ListPage.at(client, "/actors/", {"side": "push", "kind": "municipality"}).total == 0


@pytest.mark.usefixtures("empty")
def test_identifiers_are_shown_and_lead_out(client: Client) -> None:
    actor = factories.actor(ror="035b05819", cvr="12345678", website="https://www.example.dk/om")
    page = read(client.get(actor.get_absolute_url())).one("main")
    assert {"https://ror.org/035b05819", "https://www.example.dk/om"} <= set(page.links)
    assert "12345678" in page.one("dl", "sk-state").text
    assert "example.dk" in page.text


@pytest.mark.usefixtures("empty")
def test_nobodys_address_is_shown(client: Client) -> None:
    actor = factories.actor(email_domain="hemmelig.dk")
    assert "hemmelig" not in client.get(actor.get_absolute_url()).text
