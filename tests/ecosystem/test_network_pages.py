"""The network of an entry and of a place: what is drawn, what is left out, and what never shows."""

import csv
import datetime as dt
import io
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from curation.choices import State
from ecosystem.network import statements as statements_of_networks
from labs.models import Link
from tests import factories
from tests.pages import Node, read
from tests.statements import READER, statements

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Current-URL": "/"}
SVG = "{http://www.w3.org/2000/svg}"


class World:
    """A place where PULL and PUSH meet in a lab, and one tie of every kind."""

    def __init__(self) -> None:
        self.theme, self.other_theme = factories.theme("Energi"), factories.theme("Klima")
        self.town = factories.place("Byen", code="0101")
        at: dict[str, Any] = {"themes": [self.theme], "places": [self.town]}
        self.town_hall = factories.actor("Rådhuset", type="municipality", side="pull", places=[self.town])
        self.university = factories.actor("Universitetet", type="university", side="push")
        self.firm = factories.actor("Firmaet", side="both")
        self.lab = factories.lab("Laboratoriet", **at, owner=self.town_hall)
        self.mission = factories.mission("Missionen", **at)
        self.need = factories.need("Behovet", **at, owner=self.town_hall, mission=self.mission)
        self.offer = factories.offer("Tilbuddet", themes=[self.theme], owner=self.university)
        self.other = factories.offer("Noget andet", themes=[self.other_theme], owner=self.university)
        now = timezone.now()
        factories.link(self.lab, self.town_hall, role="host", confirmed_at=now, since=2019)
        factories.link(self.lab, self.university, side="push", role="research")
        factories.link(self.lab, self.mission)
        factories.link(self.lab, self.need)
        factories.link(self.lab, self.offer, side="push")
        factories.member(self.mission, self.town_hall, role="sponsor")
        factories.response(self.need, self.other)
        factories.relation(self.firm, self.university, "tests_at", side="push")
        self.solution = factories.solution(
            "Løsningen", **at, owner=self.town_hall, lab=self.lab, need=self.need
        )
        self.trial = factories.trial(
            self.lab, "Afprøvningen", **at, owner=self.university, need=self.need, solution=self.solution,
            started_on=dt.date(2024, 5, 1),
        )  # fmt: skip
        factories.partner(self.trial, self.university, role="evaluator")
        factories.partner(self.solution, self.firm)
        first = factories.adoption(
            self.solution, factories.actor("Nabobyen", side="pull"), in_use_since=dt.date(2025, 1, 1)
        )
        factories.adoption(
            self.solution, factories.actor("Den anden by", side="pull"), taken_from=first,
            in_use_since=dt.date(2026, 3, 1), confirmed_at=None,
        )  # fmt: skip
        self.child = factories.solution("Efterfølgeren", inspired_by=self.solution)
        self.lonely = factories.actor("Eneboeren", side="pull", places=[self.town])


@pytest.fixture
def world(empty: None) -> World:
    return World()


def ids(page: Node, attribute: str, within: str) -> list[str]:
    """Of what is drawn, or of the rows that say the same."""
    name = f"data-{attribute}"
    part = page.one("div", "sk-nw") if within == "picture" else page.by_id("network-table")
    return [node.attrs[name] for node in part if name in node.attrs]


def rows(page: Node) -> list[list[str]]:
    table = page.by_id("network-table").all("table")[1]
    return [[cell.text for cell in row if cell.tag in ("th", "td")] for row in table.one("tbody").all("tr")]


def names(page: Node) -> set[str]:
    table = page.by_id("network-table").all("table")[0]
    return {row.one("th").text for row in table.one("tbody").all("tr")}


def listed(response: Any) -> list[list[str]]:
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_every_kind_of_tie_is_told_with_how_side_confirmation_and_year(client: Client, world: World) -> None:
    page = read(client.get("/en/network/labs/laboratoriet/"))
    told = {(who, how, whom): rest for who, how, whom, *rest in rows(page)}
    assert set(told) == {
        ("Rådhuset", "Host", "Laboratoriet"),
        ("Universitetet", "Research partner", "Laboratoriet"),
        ("Laboratoriet", "contributes to the mission", "Missionen"),
        ("Laboratoriet", "works on the need", "Behovet"),
        ("Tilbuddet", "is used in the lab", "Laboratoriet"),
        ("Rådhuset", "Management or political sponsor", "Missionen"),
        ("Behovet", "belongs to the mission", "Missionen"),
        ("Rådhuset", "has the need", "Behovet"),
        ("Universitetet", "makes the offer", "Tilbuddet"),
        ("Universitetet", "makes the offer", "Noget andet"),
        ("Noget andet", "is offered in answer to the need", "Behovet"),
        ("Firmaet", "tests at", "Universitetet"),
        ("Afprøvningen", "tests at", "Laboratoriet"),
        ("Afprøvningen", "tries the solution", "Løsningen"),
        ("Afprøvningen", "is about the need", "Behovet"),
        ("Universitetet", "Evaluator", "Afprøvningen"),
        ("Løsningen", "came out of the lab", "Laboratoriet"),
        ("Løsningen", "answers the need", "Behovet"),
        ("Rådhuset", "is responsible for the solution", "Løsningen"),
        ("Firmaet", "took part in the solution, role not known", "Løsningen"),
        ("Nabobyen", "has taken over the solution", "Løsningen"),
        ("Den anden by", "has taken over the solution", "Løsningen"),
        ("Den anden by", "has adopted from", "Nabobyen"),
        ("Efterfølgeren", "is inspired by", "Løsningen"),
    }
    assert [told["Afprøvningen", "tests at", "Laboratoriet"][index] for index in (0, 2)] == [
        "PULL and PUSH", "2024",
    ]  # fmt: skip
    assert told["Den anden by", "has adopted from", "Nabobyen"] == ["PULL", "only named", "2026"]
    side, confirmed, since = told["Nabobyen", "has taken over the solution", "Løsningen"]
    assert (side, since) == ("PULL", "2025")
    assert str(timezone.localdate().year) in confirmed
    side, confirmed, since = told["Rådhuset", "Host", "Laboratoriet"]
    assert (side, since) == ("PULL", "2019")
    assert str(timezone.localdate().year) in confirmed
    assert told["Universitetet", "makes the offer", "Tilbuddet"][:2] == ["PUSH", "only named"]
    assert told["Noget andet", "is offered in answer to the need", "Behovet"][0] == "PULL and PUSH"
    assert "Eneboeren" not in names(page)


@pytest.mark.parametrize("path", ["/network/labs/laboratoriet/", "/network/places/0101/"])
def test_picture_and_table_hold_the_same(client: Client, world: World, path: str) -> None:
    page = read(client.get(path))
    for attribute in ("node", "edge"):
        drawn, told = ids(page, attribute, "picture"), ids(page, attribute, "table")
        assert len(drawn) == len(set(drawn)) > 5
        assert set(drawn) == set(told)


@pytest.mark.usefixtures("denmark")
@pytest.mark.parametrize(
    "path",
    [
        "labs/doll-living-lab",
        "actors/danmarks-tekniske-universitet",
        "places/0751",
        "places/1084",
        "places/DK",
    ],
)
def test_real_pictures_and_tables_hold_the_same(client: Client, path: str) -> None:
    page = read(client.get(f"/network/{path}/"))
    for attribute in ("node", "edge"):
        drawn = ids(page, attribute, "picture")
        assert sorted(drawn) == sorted(set(ids(page, attribute, "table")))
    assert 10 < len(ids(page, "node", "picture")) <= 300


def test_a_place_shows_its_own_and_one_step_out(client: Client, world: World) -> None:
    factories.link(factories.lab("Langt væk"), world.university)
    page = read(client.get("/en/network/places/0101/"))
    nearness = {
        row.one("th").text: row.all("td")[-1].text
        for row in page.by_id("network-table").all("table")[0].one("tbody").all("tr")
    }
    assert {name for name, where in nearness.items() if where == "in the place"} == {
        "Rådhuset", "Laboratoriet", "Missionen", "Behovet", "Eneboeren", "Løsningen", "Afprøvningen",
    }  # fmt: skip
    assert {name for name, where in nearness.items() if where == "outside"} == {
        "Universitetet", "Tilbuddet", "Noget andet", "Firmaet", "Nabobyen", "Den anden by", "Efterfølgeren",
    }  # fmt: skip
    assert "Tied to nothing: 1 Eneboeren" in page.one("section", "sk-band").text


def test_nothing_unpublished_or_over_shows_or_counts(client: Client, world: World) -> None:
    paths = [
        f"/network/{of}/{file}"
        for of in ("labs/laboratoriet", "actors/raadhuset", "places/0101")
        for file in ("", "?theme=energi", "?side=pull", "network.svg", "network.csv")
    ]
    before = {path: client.get(path).content for path in paths}
    drafts: list[Any] = []
    for state in (State.DRAFT, State.SUBMITTED, State.RETURNED, State.WITHDRAWN):
        at: dict[str, Any] = {"state": state, "places": [world.town], "themes": [world.theme]}
        actor = factories.actor(f"Kanariefugl {state}", **at)
        lab = factories.lab(f"Kanarielab {state}", **at, owner=world.town_hall)
        need = factories.need(f"Kanariebehov {state}", **at, owner=world.town_hall, mission=world.mission)
        offer = factories.offer(f"Kanarietilbud {state}", **at, owner=world.university)
        mission = factories.mission(f"Kanariemission {state}", **at, owner=world.town_hall)
        solution = factories.solution(f"Kanarieløsning {state}", **at, owner=world.town_hall, lab=world.lab)
        trial = factories.trial(world.lab, f"Kanarieprøve {state}", **at, solution=world.solution)
        drafts += [actor, lab, need, offer, mission, solution, trial]
        factories.partner(trial, world.firm)
        factories.partner(world.solution, actor)
        from_draft = factories.adoption(solution, world.town_hall)
        factories.adoption(solution, world.university, taken_from=from_draft)
        factories.adoption(world.solution, actor)
        for end in (actor, need, offer, mission):
            Link.objects.create(lab=world.lab, side="pull", **{end.kind: end})
        Link.objects.create(lab=lab, actor=world.town_hall, side="pull")
        factories.member(world.mission, actor)
        factories.relation(actor, world.town_hall)
        factories.response(world.need, offer)
    over = factories.actor("Kanariefugl slut", ended=True, places=[world.town])
    factories.link(world.lab, over)
    gone = factories.actor("Kanariefugl færdig")
    factories.adoption(world.solution, gone, ended_on=timezone.localdate())
    factories.partner(world.trial, gone, ended_on=timezone.localdate())
    factories.link(world.lab, gone, ended_on=timezone.localdate())
    assert {path: client.get(path).content for path in paths} == before
    for draft in drafts:
        assert client.get(f"/network/{draft.kind}s/{draft.record.slug}/").status_code == 404


def test_an_ended_entry_has_no_network_now(client: Client, world: World) -> None:
    ended = factories.lab("Forbi", ended=True)
    factories.link(ended, world.university)
    page = read(client.get("/en/network/labs/forbi/"))
    assert "This has ended." in page.one("main").text
    assert "Universitetet" not in page.one("main").text


def test_filters_choose_ties_of_a_side_and_entries_of_a_theme(client: Client, world: World) -> None:
    pulled = read(client.get("/en/network/labs/laboratoriet/?side=pull"))
    assert {row[3] for row in rows(pulled)} == {"PULL", "PULL and PUSH"}
    assert "Tilbuddet" not in names(pulled)
    themed = read(client.get("/en/network/labs/laboratoriet/?theme=energi"))
    assert {"Tilbuddet", "Universitetet"} <= names(themed)
    assert not {"Noget andet", "Efterfølgeren"} & names(themed)
    assert not {"tests at", "has adopted from"} & {
        how for who, how, *_rest in rows(themed) if who != "Afprøvningen"
    }
    of_place = read(client.get("/en/network/places/0101/?theme=klima"))
    assert "network-table" not in of_place
    assert "Nothing that is tied here fits" in of_place.one("main").text
    unknown = read(client.get("/en/network/labs/laboratoriet/?theme=sludder&side=op"))
    assert "op, sludder" in unknown.one("main").text
    assert names(unknown) == names(read(client.get("/en/network/labs/laboratoriet/")))


def test_what_is_left_out_is_counted_and_said(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        factories.link(world.lab, factories.actor(f"Partner {number}", side="push"), side="push")
    path = "/en/network/labs/laboratoriet/?steps=1"
    assert "not drawn" not in read(client.get(path)).one("main").text
    monkeypatch.setattr(statements_of_networks, "NEXT", 3)
    page = read(client.get(path))
    assert len(names(page)) == 4
    assert "9 more ties lead from here to something that is not drawn." in page.one("main").text
    monkeypatch.setattr(statements_of_networks, "OWN", 2)
    page = read(client.get("/en/network/places/0101/"))
    here = [row for row in page.by_id("network-table").all("tr") if row.text.endswith("in the place")]
    assert f"{7 - len(here)} more entr" in page.one("main").text
    monkeypatch.setattr(statements_of_networks, "COUNTED", 4)
    assert "At least" in read(client.get("/en/network/places/0101/")).one("main").text


def test_the_list_is_safe_to_open_in_a_spreadsheet(client: Client, world: World) -> None:
    evil = factories.actor('=HYPERLINK("http://x")', slug="evil", side="push", places=[world.town])
    factories.link(world.lab, evil, side="push", role="company")
    for number, start in enumerate("+-@\t"):
        factories.actor(f"{start}1{number}", slug=f"evil-{number}", places=[world.town])
    response = client.get("/en/network/places/0101/network.csv")
    assert response.content.startswith("\ufeff".encode())
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="byen-network.csv"'
    head, *table = listed(response)
    assert head[0] == "Who"
    assert {len(row) for row in table} == {10}
    assert all(not cell.startswith(("=", "+", "-", "@", "\t")) for row in table for cell in row)
    assert any(row[0].startswith("'=HYPERLINK") and row[4] == "Laboratoriet" for row in table)
    assert [row[3] for row in table if row[0] == "Eneboeren"] == ["tied to nothing"]


def test_files_hold_what_the_page_shows(client: Client, world: World) -> None:
    page = read(client.get("/en/network/labs/laboratoriet/?side=push"))
    links = [link for link in page.links if "network/labs/laboratoriet/network." in link]
    assert {link.split("?")[1] for link in links} == {"side=push"}
    picture, table = (client.get(link) for link in sorted(links, key=lambda link: "csv" in link))
    assert [row[:1] + row[3:5] for row in listed(table)[1:]] == [row[:3] for row in rows(page)]
    assert picture["Content-Type"] == "image/svg+xml"
    assert picture["Content-Disposition"].startswith("attachment")
    tree = ET.fromstring(picture.content)  # noqa: S314 - our own
    drawn = {node.attrib["data-node"] for node in tree.iter() if "data-node" in node.attrib}
    assert drawn == set(ids(page, "node", "picture"))
    assert all("class" not in node.attrib and "style" not in node.attrib for node in tree.iter())
    assert (tree.findtext(f"{SVG}title") or "") == "The network of Laboratoriet"
    assert "ties" in (tree.findtext(f"{SVG}desc") or "")
    assert all(node.attrib["href"].startswith("http") for node in tree.iter(f"{SVG}a"))


def test_what_htmx_gets_is_what_the_page_has(client: Client, world: World) -> None:
    path = "/network/actors/universitetet/"
    whole = read(client.get(path))
    response = client.get(path, headers=HTMX)
    part = read(response)
    assert response["HX-Push-Url"] == path
    assert part.by_id("network").plain() == whole.by_id("network").plain()
    assert part.by_id("network-status").text == whole.by_id("network-status").text
    assert part.all("title")[0].text == whole.all("title")[0].text


def test_addresses_that_moved_lead_on_and_others_are_not_found(client: Client, world: World) -> None:
    merged = factories.lab("Det gamle", state=State.MERGED, merged_into=world.lab.record)
    for file in ("", "network.svg", "network.csv"):
        response = client.get(f"/network/labs/{merged.record.slug}/{file}")
        assert (response.status_code, response["Location"]) == (301, f"/network/labs/laboratoriet/{file}")
        response = client.get(f"/network/places/byen/{file}")
        assert (response.status_code, response["Location"]) == (301, f"/network/places/0101/{file}")
        assert client.get(f"/network/labs/findes-ikke/{file}").status_code == 404
        assert client.get(f"/network/actors/laboratoriet/{file}").status_code == 404
        assert client.get(f"/network/places/9999/{file}").status_code == 404


def test_a_page_asks_the_same_however_much_there_is(client: Client, world: World) -> None:
    paths = ("/network/labs/laboratoriet/", "/network/places/0101/", "/network/labs/laboratoriet/network.csv")
    before = [len(statements(client, path)) for path in paths]
    for number in range(3):
        lab = factories.lab(f"Lab {number}", places=[world.town])
        factories.link(lab, factories.actor(f"Aktør {number}", places=[world.town]))
        factories.link(lab, world.university)
    assert [len(statements(client, path)) for path in paths] == before
    assert max(before) <= READER


def test_entries_lead_to_their_networks(client: Client, world: World) -> None:
    for outcome in (world.trial, world.solution):
        assert outcome.name in names(read(client.get(f"/network/{outcome.kind}s/{outcome.record.slug}/")))
    for entry in (world.lab, world.university, world.mission, world.need, world.offer):
        page = read(client.get(entry.get_absolute_url()))
        path = f"/network/{entry.kind}s/{entry.record.slug}/"
        assert path in page.links
        assert [box.attrs["data-network"] for box in page.all("div", "sk-nwsmall")] == [f"{path}?steps=1"]
        near = read(client.get(f"{path}?steps=1"))
        assert names(near) <= names(read(client.get(path)))
