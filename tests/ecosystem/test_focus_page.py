"""The focus finder's page: picture and table are equal, and every number leads to what it counts."""

import re

import pytest
from django.test import Client

from tests import factories
from tests.pages import Node, read
from tests.statements import READER, statements


def numbers(of: Node, tag: str) -> list[str]:
    return [node.attrs["data-theme"] for node in of.all(tag) if "data-theme" in node.attrs]


@pytest.mark.usefixtures("denmark")
@pytest.mark.parametrize("path", ["/places/0751/", "/places/0751/focus/?reach=25", "/places/DK/focus/"])
def test_picture_and_table_are_equal(client: Client, path: str) -> None:
    page = read(client.get(path))
    focus = page.one("section", "sk-focus")
    dots, rows = numbers(focus, "g"), numbers(focus, "tr")
    assert dots == rows
    assert len(rows) >= 8
    hot = [g.attrs["data-theme"] for g in focus.all("g", "sk-sc__pt--hot")]
    worth = [r.attrs["data-theme"] for r in focus.all("tr") if r.all("td") and "Værd" in r.all("td")[-1].text]
    assert hot == (worth or hot)
    assert hot


@pytest.mark.usefixtures("denmark")
def test_every_piece_of_evidence_leads_to_as_many_rows(client: Client) -> None:
    page = read(client.get("/places/0751/focus/?reach=50"))
    links = [a for item in page.all("li", "sk-gap") for a in item.all("a") if re.match(r"\d", a.text)]
    assert len(links) >= 6
    seen: dict[str, Node] = {}
    for link in links:
        path, _hash, part = link.attrs["href"].partition("#")
        target = seen.get(path) or seen.setdefault(path, read(client.get(path)))
        box = target.by_id(part) if part else target.one("main").all(css="sk-counted")[0]
        listed = box.all("li")
        assert len(listed) == int(link.text.split()[0]), link.attrs["href"]


@pytest.mark.usefixtures("denmark")
def test_distance_is_a_setting_one_can_share(client: Client) -> None:
    def push(reach: str) -> int:
        page = read(client.get("/places/0813/focus/", {"reach": reach} if reach else {}))
        chosen = [option for option in page.by_id("reach").all("option") if "selected" in option.attrs]
        assert [option.attrs["value"] for option in chosen] == [
            reach if reach in ("25", "100", "country") else "50"
        ]
        return sum(int(row.all("td")[2].text) for row in page.all("tr")[1:])

    counted = [push(reach) for reach in ("25", "50", "100", "country")]
    assert counted == sorted(counted)
    assert counted[0] < counted[2] < counted[3]
    assert push("") == push("nonsense") == counted[1]


@pytest.mark.usefixtures("empty")
def test_too_little_is_said_plainly_and_nothing_is_drawn(client: Client) -> None:
    theme = factories.theme("Ældre")
    town = factories.place("Byen", code="0001", latitude=55.0, longitude=9.0)
    factories.place("Danmark", kind="country", code="DK")
    for _number in range(4):
        factories.need(places=[town], themes=[theme])
    for _number in range(9):
        factories.offer(places=[town], themes=[theme])
    focus = read(client.get("/places/0001/")).by_id("focus")
    assert "5" in focus.one(css="sk-split__head").text
    assert not focus.all("svg", "sk-sc")
    assert [cell.text for cell in focus.all("tr")[1].all("td")] == ["1", "4", "9"]
    factories.need(places=[town], themes=[theme])
    page = read(client.get("/places/0001/focus/"))
    assert page.all("svg", "sk-sc")
    assert [h.text for h in page.one("ol", "sk-gaps").all("h3")] == ["Ældre"]


@pytest.mark.usefixtures("empty")
def test_nothing_leads_to_describing_a_need(client: Client) -> None:
    factories.place("Byen", code="0001")
    factories.theme()
    focus = read(client.get("/places/0001/")).by_id("focus")
    assert "/register/need/?place=0001" in focus.links
    assert client.get("/places/0001/focus/").status_code == 200
    assert client.get("/places/nowhere/focus/").status_code == 404


@pytest.mark.usefixtures("empty")
def test_the_page_asks_few_statements(client: Client) -> None:
    theme = factories.theme("Ældre")
    counted = []
    for _more in range(2):
        town = factories.place(code=str(next(factories.NUMBERS)), latitude=55.0, longitude=9.0)
        for _number in range(6):
            lab = factories.lab(places=[town], themes=[theme])
            factories.link(lab, factories.actor(places=[town]), "both")
        counted.append(len(statements(client, f"/places/{town.code}/focus/", {"theme": theme.slug})))
    assert counted[0] == counted[1] <= READER
