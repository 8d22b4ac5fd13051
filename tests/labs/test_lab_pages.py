"""Labs: their own filters, and a lab's page with its coalition."""

import pytest
from django.test import Client

from curation.models import Record
from labs.models import Lab
from tests import factories
from tests.ecosystem import recount
from tests.pages import ListPage, Node, read

denmark = pytest.mark.usefixtures("denmark")


def coalition(page: Node) -> dict[str, str]:
    """Who is in it, with the address of each."""
    links = page.by_id("coalition").one(css="sk-co").all("a")
    return {link.text: link.attrs["href"] for link in links}


@denmark
@pytest.mark.parametrize(
    ("slug", "name"),
    [("doll-living-lab", "DOLL Living Lab"), ("colab-denmark", "CoLab Denmark"),
     ("energylab-nordhavn", "EnergyLab Nordhavn")],
)  # fmt: skip
def test_a_lab_shows_its_coalition(client: Client, slug: str, name: str) -> None:
    page = read(client.get(f"/labs/{slug}/"))
    assert page.one("h1").text == name
    links = recount.parties("lab", name)
    assert set(coalition(page)) == {row["from_name"] for row in links}
    assert links
    for path in coalition(page).values():
        assert name in read(client.get(path)).by_id("labs").text
    ring = page.by_id("coalition").one("svg", "sk-ring")
    assert ring.attrs["role"] == "img"
    assert len(ring.all("circle")) == len(links)
    for side in ("pull", "push", "both"):
        assert len(ring.all(css=f"sk-ring__node--{side}")) == sum(row["direction"] == side for row in links)


@denmark
def test_the_host_is_named(client: Client) -> None:
    facts = read(client.get("/labs/doll-living-lab/")).one("dl", "sk-state")
    assert "/actors/we-build-denmark/" in facts.links
    assert read(client.get("/labs/energylab-nordhavn/")).one("dl", "sk-state").text.count("2015–2019") == 1


@pytest.mark.usefixtures("empty")
def test_a_host_without_an_entry_is_named_without_a_link(client: Client) -> None:
    lab = factories.lab(host_named="Foreningen Havnen", partners_named=["Firma Ét", "Firma To"])
    page = read(client.get(lab.get_absolute_url()))
    assert "Foreningen Havnen" in page.one("dl", "sk-state").text
    assert "Firma Ét, Firma To" in page.by_id("about").text
    assert ListPage.at(client, "/labs/", {"q": "havnen"}).names == [lab.name]


@pytest.mark.usefixtures("empty")
def test_hallmarks_are_shown_with_or_without_evidence(client: Client) -> None:
    lab = factories.lab(hallmark_daily="Hver dag på plejehjemmet.")
    marks = read(client.get(lab.get_absolute_url())).by_id("hallmarks").all("li")
    assert len(marks) == 4
    assert ["sk-hall__i--yes" in mark.attrs["class"] for mark in marks] == [True, False, False, False]
    assert "Hver dag på plejehjemmet." in marks[0].text


@pytest.mark.usefixtures("empty")
def test_roles_confirmations_and_years_are_told(client: Client) -> None:
    lab, host = factories.lab(), factories.actor("Værten")
    factories.link(lab, host, "both", role="host", since=2019, confirmed_at="2026-01-01T00:00Z")
    factories.link(lab, factories.actor("Byen"), role_said="municipality", until=2024)
    part = read(client.get(lab.get_absolute_url())).by_id("coalition")
    assert len(part.all(css="sk-ring__node--confirmed")) == 1
    roles = part.all("li", "sk-role")
    assert len(roles) == 12
    assert "Værten" in roles[0].text
    assert sum("sk-role--open" in role.attrs["class"] for role in roles) == 11
    text = part.one(css="sk-co").text
    assert "2019" in text
    assert "2024" in text


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize(
    ("sides", "filed"),
    [
        ((), {"no_pull", "no_push"}),
        (("pull",), {"pull", "no_push"}),
        (("push",), {"no_pull", "push"}),
        (("both",), {"pull", "push", "both"}),
        (("pull", "push"), {"pull", "push", "both"}),
    ],
)
def test_the_sides_a_lab_has_and_lacks(client: Client, sides: tuple[str, ...], filed: set[str]) -> None:
    lab = factories.lab()
    for side in sides:
        factories.link(lab, factories.actor(), side)
    options = ListPage.at(client, "/labs/").options
    assert {value for (name, value), number in options.items() if name == "side" and number} == filed
    for side in ("pull", "push", "both", "no_pull", "no_push"):
        assert ListPage.at(client, "/labs/", {"side": side}).total == (side in filed)


@pytest.mark.usefixtures("empty")
def test_an_ended_lab_stays_but_comes_last(client: Client) -> None:
    factories.lab("Ophørt", ended=True, phase="running")
    factories.lab("I gang", phase="running")
    factories.lab("Ukendt")
    assert ListPage.at(client, "/labs/").names == ["I gang", "Ukendt", "Ophørt"]
    assert ListPage.at(client, "/labs/", {"phase": "ended"}).names == ["Ophørt"]
    assert ListPage.at(client, "/labs/", {"phase": "unknown"}).names == ["Ukendt"]
    assert ListPage.at(client, "/labs/", {"phase": ["running", "unknown"]}).names == ["I gang", "Ukendt"]


@pytest.mark.usefixtures("empty")
def test_current_leaves_out_what_has_ended_and_published_does_not() -> None:
    factories.lab("Ophørt", ended=True)
    factories.lab("I gang")
    factories.lab("Kladde", state="draft")
    for found in (Lab.objects, Record.objects):
        assert {str(one) for one in found.published()} == {"Ophørt", "I gang"}
        assert {str(one) for one in found.current()} == {"I gang"}


@pytest.mark.usefixtures("empty")
def test_similar_labs_share_themes_and_nearer_ones_come_first(client: Client) -> None:
    one, two = factories.theme("Lys"), factories.theme("Vand")
    here = {"latitude": 55.7, "longitude": 12.5}
    lab = factories.lab("Mit", themes=[one, two], **here)
    factories.lab("Fjern", themes=[one], latitude=57.0, longitude=10.0)
    factories.lab("Nær", themes=[one], latitude=55.6, longitude=12.4)
    factories.lab("Uden punkt", themes=[two])
    factories.lab("Begge", themes=[two, one], latitude=57.0, longitude=10.0)
    factories.lab("Andet", themes=[factories.theme("Skov")], **here)
    factories.lab("Kladde", themes=[one, two], state="draft", **here)
    similar = read(client.get(lab.get_absolute_url())).by_id("similar")
    assert [heading.text for heading in similar.all("h3")] == ["Begge", "Nær", "Fjern", "Uden punkt"]
