"""What the lists of all kinds share: filters in the address, tags, pages, and what to do with nonsense."""

from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.ecosystem import recount
from tests.pages import ListPage, read
from tests.statements import MEMBER, READER, statements

KINDS = ("labs", "actors", "missions")
every_kind = pytest.mark.parametrize("kind", KINDS)
denmark = pytest.mark.usefixtures("denmark")

NONSENSE = [
    "theme=nothing", "place=9999", "phase=flying", "kind=x", "side=up", "setting=moon", "sort=backwards",
    "theme=%27%22%3E%3Cscript%3E", "place=" + "9" * 3000, "theme=&place=&q=&sort=&page=&bbox=",
    "page=99999", "page=-1", "page=0", "page=x", "page=1e9", "page=%D9%A1", "page=" + "9" * 500,
    "limit=-1", "limit=999999", "unknown=1", "q=" + "a" * 10_000, "q=" + "energi+" * 500, "q=%20%20",
    "q=%27", "q=%22", "q=:*", "q=%26%7C!()", "q=a%5Cb", "q=%3C%2Ftitle%3E", "q=%25", "q=_",
    "q=%F0%9F%90%9F", "q=og", "q=*&bbox=1,2", "bbox=1,2,3", "bbox=a,b,c,d", "bbox=nan,nan,nan,nan",
    "bbox=inf,-inf,inf,inf", "bbox=20,50,10,60", "bbox=-999,-999,999,999", "bbox=8,57,8,57", "bbox=,,,",
    "bbox=1e308,1e308,1e309,1e309", "zoom=-1", "zoom=99", "zoom=x", "zoom=1.5", "zoom=" + "9" * 400,
]  # fmt: skip
UNREADABLE = ["q=%00", "theme=%00", "%00=1", "q=%FF", "place=%C3%28", "q=%ED%A0%80", "bbox=%00", "sort=%FE"]


@denmark
@every_kind
@pytest.mark.parametrize("query", NONSENSE)
def test_nonsense_gets_a_page_with_a_way_on(client: Client, kind: str, query: str) -> None:
    page = ListPage(client.get(f"/{kind}/?{query}"))
    assert page.names or f"/{kind}/" in page.page.by_id("results").links
    assert client.get(f"/{kind}/map.geojson?{query}").json()["type"] == "FeatureCollection"


@denmark
@every_kind
@pytest.mark.parametrize("query", UNREADABLE)
def test_what_is_no_text_is_refused(client: Client, kind: str, query: str) -> None:
    for path in (f"/{kind}/", f"/{kind}/map.geojson", "/search/"):
        assert client.get(f"{path}?{query}").status_code == 400


@denmark
@every_kind
@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("theme=nothing", "nothing"),
        ("place=9999", "9999"),
        ("side=up", "up"),
        ("sort=backwards", "backwards"),
    ],
)
def test_an_unknown_value_is_named_and_left_out(client: Client, kind: str, query: str, word: str) -> None:
    page = ListPage(client.get(f"/{kind}/?{query}"))
    assert page.total == ListPage.at(client, f"/{kind}/").total
    assert f"“{word}”" in page.page.by_id("not-understood").text


@denmark
def test_a_known_value_beside_an_unknown_one_holds(client: Client) -> None:
    page = ListPage(client.get("/labs/?theme=energy&theme=nothing"))
    assert page.total == ListPage(client.get("/labs/?theme=energy")).total < 55
    answer = client.get("/labs/map.geojson?theme=energy&theme=nothing").json()
    assert answer["unknown"] == [{"filter": "theme", "value": "nothing"}]


@denmark
@pytest.mark.parametrize(
    "query", ["bbox=1,2,3", "bbox=nan,nan,nan,nan", "bbox=20,50,10,60", "q=" + "a" * 10_000]
)
def test_what_is_not_asked_is_said(client: Client, query: str) -> None:
    assert "not-understood" in ListPage(client.get(f"/labs/?{query}")).page
    assert "not-understood" not in ListPage(client.get("/labs/")).page


@denmark
@every_kind
def test_nothing_found_shows_the_way_on(client: Client, kind: str) -> None:
    page = ListPage.at(client, f"/{kind}/", {"q": "xyzzy", "theme": "energy"})
    assert page.total == 0
    assert page.names == []
    links = page.page.by_id("results").links
    assert {f"/{kind}/", "/themes/", "/places/", "/search/?q=xyzzy"} <= set(links)
    assert {f"/{kind}/?theme=energy", f"/{kind}/?q=xyzzy"} <= set(page.tags)


@denmark
def test_each_chosen_filter_is_a_tag_that_takes_it_away(client: Client) -> None:
    asked = {"q": "energi", "theme": ["energy", "mobility"], "place": "1084", "bbox": "8,54,15,58"}
    page = ListPage.at(client, "/labs/", asked)
    assert len(page.tags) == 5
    without = [ListPage(client.get(tag)) for tag in page.tags]
    assert page.total < max(other.total for other in without)
    assert all(len(other.tags) == 4 for other in without)
    assert len({tuple(sorted(other.tags)) for other in without}) == 5


@denmark
def test_the_same_filter_twice_means_or_and_different_ones_mean_and(client: Client) -> None:
    def found(query: str) -> set[str]:
        page = ListPage(client.get(f"/labs/?{query}"))
        assert 0 < page.total == len(page.names)
        return set(page.names)

    campus, coast, capital = found("setting=campus"), found("setting=coast"), found("place=1084")
    assert found("setting=campus&setting=coast") == campus | coast
    assert found("setting=campus&setting=coast&place=1084") == (campus | coast) & capital
    assert not campus <= capital


@denmark
@every_kind
def test_a_place_is_found_by_code_and_by_name(client: Client, kind: str) -> None:
    by_code = ListPage.at(client, f"/{kind}/", {"place": "0101"})
    assert by_code.names == ListPage.at(client, f"/{kind}/", {"place": "koebenhavn"}).names
    assert by_code.total > 0


@denmark
def test_pages_hold_everything_once(client: Client) -> None:
    seen: list[str] = []
    for number in range(1, 14):
        page = ListPage.at(client, "/actors/", {"page": str(number), "sort": "name"})
        start = int(page.page.by_id("results").one("ol").attrs["start"])
        assert start == len(seen) + 1
        seen += page.names
    assert len(seen) == len(set(seen)) == len(recount.actors())
    assert (
        ListPage.at(client, "/actors/", {"page": "99999", "sort": "name"}).names == seen[-len(page.names) :]
    )


@denmark
def test_page_links_keep_the_filters(client: Client) -> None:
    page = ListPage.at(client, "/actors/", {"side": "push", "sort": "name"})
    links = [link for link in page.page.by_id("results").links if "page=2" in link]
    assert links
    assert all("side=push" in link and "sort=name" in link for link in links)
    assert ListPage(client.get(links[0])).names


@pytest.mark.usefixtures("empty")
def test_names_are_filed_as_danes_file_them(client: Client) -> None:
    for name in ("Ålab", "Zoo", "Ærø", "Aarhus", "øst", "anden", "Ødis"):
        factories.lab(name)
    page = ListPage.at(client, "/labs/", {"sort": "name"})
    assert page.names == ["anden", "Zoo", "Ærø", "Ødis", "øst", "Ålab", "Aarhus"]


@pytest.mark.usefixtures("empty")
def test_sorting_by_links_and_by_newest(client: Client) -> None:
    first, second, third = (factories.lab(name) for name in ("First", "Second", "Third"))
    for _number in range(2):
        factories.link(second, factories.actor())
    factories.link(first, factories.actor())
    assert ListPage.at(client, "/labs/", {"sort": "links"}).names == ["Second", "First", "Third"]
    assert ListPage.at(client, "/labs/", {"sort": "newest"}).names == ["Third", "Second", "First"]
    assert third.name == "Third"


# Statements


def fill(number: int) -> None:
    """Rows of every kind with themes, places, points and links."""
    theme, region = factories.theme(), factories.place(kind="region")
    for row in range(number):
        point: dict[str, Any] = {"latitude": 55.0 + row, "longitude": 10.0}
        town = factories.place(within=[region], **point)
        at: dict[str, Any] = {"themes": [theme], "places": [town], **point}
        actor = factories.actor(places=[town], **point)
        lab, mission = factories.lab(**at), factories.mission(themes=[theme], places=[town])
        factories.link(lab, actor)
        factories.link(lab, mission)
        factories.member(mission, actor)


QUERIES: list[Any] = [{}, {"q": "a"}, {"q": "lab", "side": "pull", "bbox": "8,54,15,58", "sort": "name"}]


@pytest.mark.usefixtures("empty")
@every_kind
@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("part", ["", "partial"])
def test_the_number_of_statements_is_small_and_constant(
    client: Client, as_member: Client, settings: Any, kind: str, query: Any, part: str
) -> None:
    settings.CACHE_PAGES = True
    headers = {"HX-Request": "true", "HX-Request-Type": part} if part else {}
    counted = []
    for rows in (1, 3):
        fill(rows)
        for visitor, limit in ((client, READER), (as_member, MEMBER)):
            asked = statements(visitor, f"/{kind}/", {**query, "v": str(rows)}, **headers)
            assert len(asked) <= limit, asked
            counted.append(len(asked))
    assert counted[:2] == counted[2:]


@pytest.mark.usefixtures("empty")
@every_kind
@pytest.mark.parametrize("query", [{}, {"zoom": "6"}, {"zoom": "16", "q": "a"}])
def test_the_map_asks_as_little(client: Client, kind: str, query: Any) -> None:
    counted = []
    for rows in (1, 3):
        fill(rows)
        counted.append(len(statements(client, f"/{kind}/map.geojson", query)))
    assert counted[0] == counted[1] <= READER


# Languages


@denmark
@every_kind
def test_the_english_list_is_the_same_list(client: Client, kind: str) -> None:
    danish, english = ListPage.at(client, f"/{kind}/"), ListPage.at(client, f"/en/{kind}/")
    assert english.total == danish.total
    assert english.options == danish.options
    assert english.page.one("html").attrs["lang"] == "en"
    others = [link for link in english.page.links if not link.startswith(("/en/", "#"))]
    assert set(others) == {f"/api/v1/{kind}?language=en", f"/{kind}/"}


@denmark
def test_the_other_language_is_linked_with_the_filters(client: Client) -> None:
    page = read(client.get("/labs/?theme=energy&q=by"))
    (alternate,) = page.all("link", rel="alternate", hreflang="en")
    assert alternate.attrs["href"] == "/en/labs/?theme=energy&q=by"
    (back,) = read(client.get(alternate.attrs["href"])).all("link", rel="alternate", hreflang="da")
    assert back.attrs["href"] == "/labs/?theme=energy&q=by"
