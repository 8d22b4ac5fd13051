"""Search across kinds: groups, places, themes, and a way on."""

from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.ecosystem import recount
from tests.pages import ListPage, last_number, read
from tests.statements import MEMBER, READER, statements

denmark = pytest.mark.usefixtures("denmark")
LISTS = ("labs", "actors", "missions", "needs", "offers", "trials", "solutions")
MAKERS = (factories.lab, factories.actor, factories.mission, factories.need, factories.offer)
NONSENSE = [
    "%27",
    "*",
    "a" * 10_000,
    "og",
    "%F0%9F%90%9F",
    "energi+" * 300,
    "%3Cscript%3E",
    "%5C",
    "%25",
    "_",
]


def groups(client: Client, words: str) -> dict[str, int]:
    """The number behind each kind's heading, by the list it leads to."""
    page = read(client.get("/search/", {"q": words})).by_id("results")
    return {heading.text.rpartition(":")[0]: last_number(heading.text) for heading in page.all("h2")}


@denmark
@pytest.mark.parametrize("words", ["energi", "københavn", "lys", "nordhavn"])
def test_the_counts_are_those_of_the_lists(client: Client, words: str) -> None:
    pages = [ListPage.at(client, f"/{kind}/", {"q": words}) for kind in LISTS]
    on_lists = [page.total for page in pages if "loosened" not in page.page]
    assert sorted(groups(client, words).values()) == sorted(number for number in on_lists if number)
    page = read(client.get("/search/", {"q": words}))
    assert int(page.by_id("result-count").attrs["data-count"]) == sum(on_lists) > 0


@denmark
def test_energi_is_found_in_all_kinds(client: Client) -> None:
    expected = [
        sum(entry.has_word("energi") for entry in entries)
        for entries in (
            recount.labs(),
            recount.actors(),
            recount.missions(),
            recount.needs(),
            recount.offers(),
            recount.trials(),
            recount.solutions(),
        )
    ]
    found = groups(client, "energi").values()
    assert len(found) == len(expected)
    assert all(number >= least > 0 for number, least in zip(sorted(found), sorted(expected), strict=True))


@denmark
@pytest.mark.parametrize(
    ("words", "link"),
    [
        ("energi", "/themes/energy/"),
        ("energy", "/themes/energy/"),
        ("københ", "/places/0101/"),
        ("koebenh", "/places/0101/"),
        ("aaben", "/places/0580/"),
        ("åben", "/places/0580/"),
        ("østdan", "/places/oestdanmark/"),
    ],
)
def test_places_and_themes_are_found_by_name(client: Client, words: str, link: str) -> None:
    assert link in read(client.get("/search/", {"q": words})).by_id("results").links


@denmark
@pytest.mark.parametrize("words", ["", "xyzzy", *NONSENSE])
def test_it_never_ends_in_an_empty_page(client: Client, words: str) -> None:
    response = client.get(f"/search/?q={words}")
    assert response.status_code == 200
    page = read(response).by_id("results")
    assert page.all("h3") or {"/themes/", "/places/"} <= set(page.links)


@denmark
def test_the_way_to_the_list_keeps_the_words(client: Client) -> None:
    page = read(client.get("/search/?q=energi")).by_id("results")
    assert {f"/{kind}/?q=energi" for kind in ("labs", "actors", "offers")} <= set(page.links)


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("part", ["", "partial"])
def test_it_asks_a_small_and_constant_number_of_statements(
    client: Client, as_member: Client, settings: Any, part: str
) -> None:
    settings.CACHE_PAGES = True
    headers = {"HX-Request": "true", "HX-Request-Type": part} if part else {}
    theme, town = factories.theme("Lys"), factories.place("Lysby")
    counted = []
    for rows in (1, 3):
        for _row in range(rows):
            for make in MAKERS:
                make(themes=[theme], places=[town], summary_da="Lys og vand.")
        counted.append(
            [
                len(statements(visitor, f"/search/?q=lys&v={rows}", **headers))
                for visitor in (client, as_member)
            ]
        )
    assert counted[0] == counted[1]
    assert counted[0][0] <= READER
    assert counted[0][1] <= MEMBER
