"""The pages that show what a place's numbers count, and the picture and table that lead there."""

import re

import pytest

from ecosystem.balance import EvidenceKind
from ecosystem.balance import counted as page_of
from tests import factories
from tests.ecosystem import recount, recount_sides
from tests.pages import last_number, read

pytestmark = pytest.mark.django_db


def page(client, address, query=""):
    response = client.get(f"/places/{address}/counted/{query}")
    assert response.status_code == 200
    return read(response)


def total(node):
    """The number behind a heading."""
    return last_number(node.text)


@pytest.mark.parametrize(
    ("code", "theme"), [("0751", ""), ("hovedstaden", "health-close"), ("1082", "energy")]
)
def test_each_kind_says_how_many_there_are_and_shows_as_many(client, denmark, code, theme):
    expected = recount_sides.evidence(code, theme)
    query = f"?theme={theme}" if theme else ""
    shown = page(client, code, query)
    for side, number in zip(("pull", "push"), recount_sides.totals(expected), strict=True):
        assert total(shown.by_id(f"{side}-h")) == number
    for kind in EvidenceKind:
        assert total(shown.by_id(f"{kind.value}-h")) == expected[kind.value]
        alone = page(client, code, f"?theme={theme}&kind={kind.value}")
        assert total(alone.one("h1")) == expected[kind.value]
        assert len(alone.one("main").all("ol", "sk-counted")) == bool(expected[kind.value])
        assert sum(len(rows.all("li")) for rows in alone.all("ol", "sk-counted")) == expected[kind.value]


def test_long_lists_are_paged_through_and_nothing_is_shown_twice(client, empty, monkeypatch):
    monkeypatch.setattr(page_of, "PAGE", 2)
    town = factories.place("Byen", code="0999")
    for number in range(5):
        factories.need(f"Behov {number}", places=[town])
    seen, query = [], "?kind=need"
    while query:
        shown = page(client, "0999", query)
        seen += [link.text for link in shown.one("ol", "sk-counted").all("a")]
        following = shown.all("a", rel="next")
        query = following[0].attrs["href"] if following else ""
    assert seen == [f"Behov {number}" for number in range(5)]
    last = page(client, "0999", "?kind=need&page=99")
    assert [item.text for item in last.one("ol", "sk-counted").all("li")] == ["Behov 4"]
    assert last.one("ol", "sk-counted").attrs["start"] == "5"


def test_a_place_is_found_by_its_name_and_what_nobody_knows_is_left_out(client, denmark):
    answer = client.get("/places/koebenhavn/counted/")
    assert (answer.status_code, answer["Location"]) == (301, "/places/0101/counted/")
    assert client.get("/places/nowhere/counted/").status_code == 404
    plain = page(client, "0751").one("main").text
    assert page(client, "0751", "?theme=nothing&kind=nothing&page=x").one("main").text == plain


# The picture and the table on the place's page


PLACES = ("0101", "0751", "1082", "oestdanmark", "hovedstaden", "DK")


@pytest.mark.parametrize("code", PLACES)
def test_picture_and_table_have_the_same_themes_with_the_same_numbers(client, denmark, code):
    section = read(client.get(f"/places/{code}/")).by_id("balance")
    drawn = {item.attrs["data-theme"]: sides_of(item) for item in section.all("li", "sk-pair")}
    rows = section.one("table", "sk-balancetable").one("tbody").all("tr")
    table = {
        row.attrs["data-theme"]: tuple(total(row.one("td", data_side=side)) for side in ("pull", "push"))
        for row in rows
    }
    assert list(drawn) == list(table)
    assert drawn == table
    themes = [row["slug"] for row in recount.rows("themes.csv") if not row["parent"]]
    counts = {slug: recount_sides.totals(recount_sides.evidence(code, slug)) for slug in themes}
    assert drawn == {slug: sides for slug, sides in counts.items() if any(sides)}
    even = [min(sides) / max(sides) for sides in drawn.values()]
    assert even == sorted(even)


def sides_of(item):
    return tuple(total(item.one(css=f"sk-pair__n--{side}")) for side in ("pull", "push"))


def test_each_number_of_the_table_leads_to_as_many_rows(client, denmark):
    section = read(client.get("/places/0751/")).by_id("balance")
    links = [link for link in section.one("table").one("tbody").all("a") if "kind=" in link.attrs["href"]]
    assert len(links) > 20
    for link in links[::5]:
        rows = read(client.get(link.attrs["href"])).one("ol", "sk-counted").all("li")
        assert len(rows) == int(link.text)


def test_up_to_nine_are_drawn_one_by_one_and_more_are_drawn_smaller(client, empty):
    town = factories.place("Byen", code="0999")
    theme, other = factories.theme("Klima"), factories.theme("Skole")
    for _number in range(9):
        factories.need(places=[town], themes=[theme])
    factories.offer(places=[town], themes=[other])
    assert bars(client) == {"klima": (9, 0), "skole": (0, 1)}
    assert farthest(client) <= 150
    for _number in range(40):
        factories.need(places=[town], themes=[theme])
    assert bars(client)["klima"] == (1, 0)
    assert farthest(client) <= 150
    section = read(client.get("/places/0999/")).by_id("balance")
    assert "Klima" in section.one("p", "sk-balance__finding").text
    assert all(item.all("path", "sk-none") for item in section.all("li", "sk-pair"))


def bars(client):
    """How many blocks each theme has on each side."""
    items = read(client.get("/places/0999/")).by_id("balance").all("li", "sk-pair")
    return {
        item.attrs["data-theme"]: tuple(
            sum(len(group.all("path")) for group in item.all("g", f"sk-{side}")) for side in ("pull", "push")
        )
        for item in items
    }


def farthest(client):
    """How far the drawn blocks reach from the axis."""
    items = read(client.get("/places/0999/")).by_id("balance").all("li", "sk-pair")
    paths = [path.attrs["d"] for item in items for group in item.all("g") for path in group.all("path")]
    reach = []
    for path in paths:
        x, straight = map(float, re.match(r"M([\d.]+) 3h(-?[\d.]+)", path).groups())
        reach.append(abs(x + straight - 150) + (7 if "a" in path else 0))
    return max(reach)


def test_the_median_is_said_in_words_and_drawn_where_there_is_one(client, empty):
    theme = factories.theme("Klima")
    towns = [factories.place(f"By {number}", code=f"090{number}") for number in range(3)]
    factories.need(places=[towns[0]], themes=[theme])
    section = read(client.get("/places/0900/")).by_id("balance")
    assert not section.all("path", "sk-pair__median")
    for town in towns:
        factories.need(places=[town], themes=[theme])
    section = read(client.get("/places/0900/")).by_id("balance")
    assert len(section.all("path", "sk-pair__median")) == 1
    medians = [cell.text for cell in section.one("tbody").one("tr").all("td")[-2:]]
    assert medians == ["1", "0"]
