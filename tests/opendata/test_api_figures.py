"""The figures the API tells are those of the pages, each with what it counts and where that is listed."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings as site
from django.test import Client

from curation.models import Record, Theme
from places.models import Place
from tests.pages import ListPage, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("denmark")]


def asked(client: Client, path: str) -> Any:
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 200, response.text
    return response.json()


def page(client: Client, url: str) -> Any:
    response = client.get(url.removeprefix(site.BASE_URL))
    assert response.status_code == 200
    return response


@pytest.mark.parametrize("query", ["", "?place=1084&language=en", "?theme=energy&year=2024"])
def test_the_barometer_tells_what_its_page_shows(client: Client, query: str) -> None:
    told = asked(client, f"barometer{query}")
    shown = page(client, told["url"])
    sections = {section.id: section for section in shown.context["barometer"].sections}
    assert [section["id"] for section in told["sections"]] == list(sections)
    for section in told["sections"]:
        tables = {table.id: table for table in sections[section["id"]].tables}
        for figure in section["figures"]:
            table = tables.pop(figure["id"])
            numbers = [[cell["number"] for cell in line["cells"]] for line in figure["lines"]]
            assert numbers == [[cell.number for cell in row.cells] for row in table.rows]
            assert figure["definition"] in shown.text.replace("&#x27;", "'").replace("&quot;", '"')
            assert figure["definition"] == table.definition
        assert not tables


def test_a_list_shows_what_a_number_of_the_barometer_counts(client: Client) -> None:
    told = asked(client, "barometer?theme=energy")
    cells = [
        cell
        for section in told["sections"] for figure in section["figures"] for line in figure["lines"]
        for cell in line["cells"] if cell["url"]
    ]  # fmt: skip
    assert len(cells) > 10
    for cell in cells[::4]:
        listed = ListPage(page(client, cell["url"]))
        assert (0 if "loosened" in listed.page else listed.total) == cell["number"]


def test_unknown_selections_are_left_out_and_told(client: Client) -> None:
    told = asked(client, "barometer?theme=nix&year=24")
    assert told["unknown"] == [{"filter": "theme", "value": "nix"}, {"filter": "year", "value": "24"}]
    assert (told["theme"], told["year"]) == (None, None)
    assert asked(client, "places/0751/balance?theme=nix")["unknown"] == [{"filter": "theme", "value": "nix"}]


@pytest.mark.parametrize("code", ["0751", "1084", "DK"])
def test_a_balance_is_that_of_the_place_and_can_be_counted_again(client: Client, code: str) -> None:
    told = asked(client, f"places/{code}/balance")
    shown = page(client, f"/places/{code}/").context["here"].count
    assert (told["pull"], told["push"]) == (shown.pull, shown.push)
    assert told["pull"] == sum(one["number"] for one in told["evidence"] if one["side"] == "pull")
    for one in told["evidence"]:
        assert one["definition"].endswith(".")
        assert page(client, one["url"]).context["counted"].total == one["number"]
    assert told["by_theme"]
    for under in told["by_theme"][:2]:
        again = asked(client, f"places/{code}/balance?theme={under['theme']['code']}")
        assert (again["pull"], again["push"]) == (under["pull"], under["push"])


def test_a_balance_counted_again_from_the_rows_alone(client: Client) -> None:
    """As anybody may: entries and rows as the API tells them, and nothing else."""
    entries = {
        one["id"]: one
        for name in ("labs", "actors", "missions", "needs", "offers")
        for one in whole(client, name)
    }
    here = {key for key, one in entries.items() if "0751" in one["place_codes"] and not one["ended"]}
    going = {key for key, one in entries.items() if not one["ended"]}
    told = {one["id"]: one["number"] for one in asked(client, "places/0751/balance")["evidence"]}
    for kind in ("lab", "mission", "need", "offer"):
        assert told[kind] == sum(entries[key]["kind"] == kind for key in here)
    assert told["push_actor"] == sum(
        entries[key]["kind"] == "actor" and "push" in entries[key]["sides"] for key in here
    )
    sides = list(ties(client, here, going))
    assert told["pull_link"] == sum(side != "push" for side in sides)
    assert told["push_link"] == sum(side != "pull" for side in sides)


def whole(client: Client, name: str) -> Any:
    path = f"/api/v1/{name}?after=0&per_page={500 if name in ('links', 'members', 'relations') else 100}"
    while path:
        part = client.get(path).json()
        yield from part["results"]
        path = (part["next"] or "").removeprefix(site.BASE_URL)


def ties(client: Client, here: set[str], going: set[str]) -> Any:
    """The sides of what goes on between two entries that go on, one of them here."""
    for name in ("links", "members", "relations"):
        for row in whole(client, name):
            ends = {end["id"] for end in row.values() if isinstance(end, dict)}
            if not row.get("ended_on") and ends <= going and ends & here:
                yield row["side"]


def test_missing_links_and_shifts_are_those_of_the_pages(client: Client) -> None:
    told = asked(client, "places/0751/figures")
    groups = {group["id"]: group for group in told["groups"]}
    assert list(groups) == ["missing", "balance", "capability", "operability", "effect"]
    shown = page(client, "/places/0751/").context
    missing = {one["id"]: one["number"] for one in groups["missing"]["numbers"]}
    assert missing == {kind.value: number for kind, number in shown["gaps"].counts.items()}
    for shift in shown["shifts"].all:
        numbers = {one["id"]: one["number"] for one in groups[shift.slug]["numbers"]}
        assert numbers == {one.slug: one.number for one in shift.numbers}
    for group in told["groups"]:
        for one in group["numbers"]:
            assert one["definition"]
            page(client, one["url"])


def test_places_and_themes_are_told_whole(client: Client) -> None:
    places, themes = asked(client, "places"), asked(client, "themes")
    assert places["count"] == len(places["results"]) == Place.objects.count()
    assert themes["count"] == len(themes["results"]) == Theme.objects.count()
    by_code = {place["code"]: place for place in places["results"]}
    assert {"code": "1084", "since": None, "until": "2026-12-31"} in by_code["0101"]["belongs_to"]
    assert {place["code"] for place in by_code["0101"]["belongs_to"]} >= {"1084", "oestdanmark"}
    codes = {theme["code"] for theme in themes["results"]}
    assert {theme["parent"] for theme in themes["results"]} <= codes | {None}
    lab = Record.objects.published().of_kind("lab").order_by("pk")[0]
    told = asked(client, f"labs/{lab.public_id}")
    assert set(told["theme_codes"]) <= codes
    assert set(told["place_codes"]) <= set(by_code)
    assert len(told["place_codes"]) == len(lab.place_ids)
    assert read(page(client, urlsplit(by_code["0101"]["url"]).path)) is not None
