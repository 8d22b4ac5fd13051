"""The page of how a solution has spread: its tree, its table, what never shows, its files."""

import csv
import datetime as dt
import io
import xml.etree.ElementTree as ET

import pytest
from django.test import Client
from django.utils import timezone

from actors.models import Actor
from curation.choices import State
from labs.models import Adoption, Value
from tests import factories
from tests.pages import Node, read
from tests.statements import READER, statements

PATH = "/en/solutions/loesningen/spread/"
SVG = "{http://www.w3.org/2000/svg}"


class World:
    """A solution of a town's lab, taken over by three others: one had it from the first, one has stopped."""

    def __init__(self) -> None:
        self.places = [
            factories.place(name, code=code, latitude=latitude, longitude=longitude)
            for name, code, latitude, longitude in (
                ("Byen", "0101", 55.68, 12.57), ("Aarhus", "0751", 56.15, 10.2),
                ("Odense", "0461", 55.4, 10.4),
            )
        ]  # fmt: skip
        self.owner = self.town("Byens Kommune", 0)
        self.lab = factories.lab("Laboratoriet")
        self.solution = factories.solution(
            "Løsningen", owner=self.owner, lab=self.lab, places=[self.places[0]], stage="in_use",
            idea_on=dt.date(2015, 1, 1), in_use_since=dt.date(2016, 3, 1), effect_da="Bedre nætter.",
            values={"quality": "counted"}, inspired_by_named="Noget i Sverige",
        )  # fmt: skip
        self.first = factories.adoption(
            self.solution, self.town("Aarhus Kommune", 1), how="adapted", idea_on=dt.date(2017, 1, 1),
            in_use_since=dt.date(2018, 1, 1), heard_through="event", heard_named="Temadagen",
            bent="Vagtplanen blev lagt om.",
        )  # fmt: skip
        self.second = factories.adoption(
            self.solution, self.town("Odense Kommune", 2), taken_from=self.first, how="copy",
            in_use_since=dt.date(2020, 5, 1), confirmed_at=None,
        )  # fmt: skip
        self.third = factories.adoption(
            self.solution, factories.actor("Hospitalet"), ended_on=dt.date(2022, 2, 1),
            ended_reason="Pengene slap op.",
        )  # fmt: skip
        Value.objects.create(adoption=self.first, kind="efficiency", evidence="felt", said="Færre vagter.")
        self.child = factories.solution("Efterfølgeren", owner=self.owner, inspired_by=self.solution)

    def town(self, name: str, place: int) -> Actor:
        return factories.actor(name, type="municipality", side="pull", places=[self.places[place]])


@pytest.fixture
def world(empty: None) -> World:
    return World()


def table(page: Node) -> list[list[str]]:
    body = page.one("table", "sk-trtable").one("tbody")
    return [[cell.text for cell in row if cell.tag in ("th", "td")] for row in body.all("tr")]


def drawn(page: Node) -> list[str]:
    return [node.attrs["data-member"] for node in page.one("svg", "sk-tr__svg").all("g") if node.attrs]


def listed(client: Client) -> list[list[str]]:
    response = client.get(f"{PATH}tree.csv")
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def test_the_page_tells_who_took_it_over_from_whom_how_and_since_when(client: Client, world: World) -> None:
    page = read(client.get(PATH))
    told = table(page)
    assert [row[0] for row in told] == [
        "Noget i Sverige", "Byens Kommune Laboratoriet", "step 1: Hospitalet", "step 1: Aarhus Kommune",
        "step 2: Odense Kommune", "step 1: Efterfølgeren Byens Kommune",
    ]  # fmt: skip
    aarhus, odense, hospital = told[3], told[4], told[2]
    assert aarhus[1:7] == [
        "Aarhus", "Byens Kommune", "Adapted", "A conference or a visit: Temadagen", "January 2018", "1 year",
    ]  # fmt: skip
    assert str(timezone.localdate().year) in aarhus[7]
    assert odense[2:4] == ["Aarhus Kommune", "Largely a copy"]
    assert odense[7].startswith("only named")
    assert "ended February 2022" in hospital[5]
    lead = page.one("p", "sk-lead").text
    assert lead == (
        "3 organisations have taken it over, the first in 2018."
        " 2 have confirmed it, the others are only named."
        " 1 did not take it over from where it began but from somebody who had. 1 uses it no longer."
        " It has inspired 1 further solution."
    )
    assert {world.child.get_absolute_url(), world.first.adopter.get_absolute_url()} <= {
        link.removeprefix("/en") for link in page.links
    }


def test_picture_table_and_list_hold_the_same(client: Client, world: World) -> None:
    page = read(client.get(PATH))
    rows = [row.attrs["data-member"] for row in page.one("table", "sk-trtable").one("tbody").all("tr")]
    assert sorted(drawn(page)) == sorted(rows)
    picture = page.one("svg", "sk-tr__svg")
    assert picture.attrs["role"] == "img"
    assert picture.attrs["aria-labelledby"] == "tr-title tr-desc"
    assert not picture.links
    head, *lines = listed(client)
    assert [line[1] for line in lines] == [
        "Noget i Sverige", "Byens Kommune", "Hospitalet", "Aarhus Kommune", "Odense Kommune", "Efterfølgeren",
    ]  # fmt: skip
    assert {len(line) for line in lines} == {len(head)}
    said = dict(zip(head, lines[3], strict=True))
    assert (said["Step"], said["From whom"], said["In use since"]) == ("1", "Byens Kommune", "2018-01")
    assert said["Months from idea to use"] == "12"
    assert said["Efficiency"] == "Experienced: Færre vagter."


def test_time_place_and_effects_stand_beside_it(client: Client, world: World) -> None:
    page = read(client.get(PATH))
    years = page.one("table", "sk-yrtable").one("tbody").all("tr")
    assert [row.text for row in years] == [
        "2018 1 1 1 0", "2019 0 1 1 0", "2020 1 2 1 0", "2021 0 2 1 0", "2022 0 2 1 1",
    ]  # fmt: skip
    assert page.by_id("typical").text == (
        "1 has told both months: too few to say what is typical. Where it began it took 1 year 2 months."
    )
    pins = page.one("svg", "sk-pinmap").all("g", "sk-sym")
    assert {pin.attrs["data-pin"] for pin in pins if pin.attrs.get("data-pin")} == {"0101", "0751", "0461"}
    where = page.by_id("map").text
    assert "It has been taken over in 2 places. It began in Byen." in where
    assert "Of 1 the register does not know where." in where
    effects = page.by_id("effects")
    assert "It did not last everywhere: 1 has stopped." in effects.text
    assert "Hospitalet , ended February 2022: Pengene slap op." in effects.text
    rows = [[cell.text for cell in row if cell.tag in ("th", "td")] for row in effects.one("tbody").all("tr")]
    assert rows[0][:3] == ["Byens Kommune where it began", "Counted before and after", "not told"]
    assert rows[0][6] == "Bedre nætter."
    assert rows[1][0] == "Aarhus Kommune in use"
    assert rows[1][2] == "Experienced Færre vagter."
    assert rows[1][7] == "Vagtplanen blev lagt om."
    assert "2 that took it over have not told what came of it." in effects.text


def test_enough_months_give_a_typical_time(client: Client, world: World) -> None:
    for number, month in ((1, 3), (2, 6)):
        factories.adoption(
            world.solution, factories.actor(f"Aktør {number}"), idea_on=dt.date(2019, 1, 1),
            in_use_since=dt.date(2021, month, 1),
        )  # fmt: skip
    typical = read(client.get(PATH)).by_id("typical").text
    assert typical.startswith("Typically 2 years 2 months, as the middle of 3 that have told both months.")


@pytest.mark.parametrize("state", [State.DRAFT, State.WITHDRAWN])
def test_nothing_of_who_is_not_public_shows(client: Client, world: World, state: str) -> None:
    paths = [PATH, f"{PATH}tree.svg", f"{PATH}tree.csv"]
    before = {path: client.get(path).content for path in paths}
    at = {"state": state, "places": [world.places[2]]}
    hidden = factories.actor("Kanariefuglen", **at)
    between = factories.adoption(
        world.solution, hidden, in_use_since=dt.date(2001, 1, 1), effect="Kanarievirkning",
        heard_named="Kanarietemadag", ended_on=dt.date(2021, 1, 1), ended_reason="Kanariegrund",
    )  # fmt: skip
    Value.objects.create(adoption=between, kind="quality", evidence="felt", said="Kanarieværdi")
    factories.solution("Kanarieløsning", inspired_by=world.solution, state=state)
    assert {path: client.get(path).content for path in paths} == before
    # Somebody public had it from there: a gap, and nothing more.
    Adoption.objects.filter(pk=world.second.pk).update(taken_from=between)
    for path in paths:
        text = client.get(path).content.decode()
        assert "anarie" not in text
        assert "2001" not in text
        assert "somebody who is not in the register" in text.lower()
    rows = table(read(client.get(PATH)))
    gap = next(row for row in rows if "not in the register" in row[0])
    assert [cell for cell in gap[1:] if cell] == ["Byens Kommune"]
    assert next(row for row in rows if "Odense" in row[0])[2] == "somebody who is not in the register"


def test_whose_owner_or_lab_is_not_public_began_nowhere_in_particular(client: Client, empty: None) -> None:
    owner = factories.actor("Kanarieejer", state=State.DRAFT)
    lab = factories.lab("Kanarielab", state=State.DRAFT)
    source = factories.solution("Kanarieforlæg", state=State.DRAFT)
    factories.solution("Løsningen", owner=owner, lab=lab, inspired_by=source)
    page = client.get(PATH).text
    assert "Kanarie" not in page
    assert "The register knows of nobody who has taken it over." in page


def test_what_is_not_published_has_no_page(client: Client, world: World) -> None:
    for state in (State.DRAFT, State.SUBMITTED, State.WITHDRAWN):
        hidden = factories.solution(f"Skjult {state}", state=state)
        factories.adoption(hidden, world.owner)
        for file in ("", "tree.svg", "tree.csv"):
            assert client.get(f"/solutions/{hidden.record.slug}/spread/{file}").status_code == 404
    merged = factories.solution("Den gamle", state=State.MERGED, merged_into=world.solution.record)
    for file in ("", "tree.svg", "tree.csv"):
        response = client.get(f"/solutions/{merged.record.slug}/spread/{file}")
        assert (response.status_code, response["Location"]) == (301, f"/solutions/loesningen/spread/{file}")


def test_the_list_is_safe_to_open_in_a_spreadsheet(client: Client, world: World) -> None:
    evil = factories.actor('=HYPERLINK("http://x")', slug="evil")
    factories.adoption(world.solution, evil, bent="+1", effect="@x", heard_named="-2")
    response = client.get(f"{PATH}tree.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="loesningen-spread.csv"'
    cells = [cell for line in listed(client) for cell in line]
    assert {'\'=HYPERLINK("http://x")', "'+1", "'@x", "'-2"} <= set(cells)


def test_the_file_stands_for_itself(client: Client, world: World) -> None:
    response = client.get(f"{PATH}tree.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Content-Disposition"].startswith("attachment")
    tree = ET.fromstring(response.content)  # noqa: S314 - our own
    nodes = {node.attrib["data-member"] for node in tree.iter() if "data-member" in node.attrib}
    assert nodes == set(drawn(read(client.get(PATH))))
    assert all("class" not in node.attrib and "style" not in node.attrib for node in tree.iter())
    assert tree.findtext(f"{SVG}title") == "How “Løsningen” has spread"
    assert "3 organisations have taken it over" in (tree.findtext(f"{SVG}desc") or "")


def test_a_page_asks_the_same_however_many_took_it_over(client: Client, world: World) -> None:
    paths = (PATH, f"{PATH}tree.svg", f"{PATH}tree.csv")
    before = [len(statements(client, path)) for path in paths]
    for number in range(3):
        more = factories.adoption(
            world.solution, factories.actor(f"Aktør {number}", places=[world.places[1]]),
            taken_from=world.first, in_use_since=dt.date(2021, 1, 1),
        )  # fmt: skip
        Value.objects.create(adoption=more, kind="quality", evidence="felt")
        factories.solution(f"Løsning {number}", inspired_by=world.solution)
    assert [len(statements(client, path)) for path in paths] == before
    assert max(before) <= READER


def test_nobody_yet_is_said_with_a_way_on(client: Client, empty: None) -> None:
    factories.solution("Løsningen")
    page = read(client.get(PATH))
    assert "The register knows of nobody who has taken it over." in page.one("main").text
    assert not page.all("table")
    assert "/en/solutions/loesningen/we-use-this/" in page.links
