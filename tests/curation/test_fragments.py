"""Fragment = page: what htmx is sent, put into the loaded page, is the page one would get afresh."""

from typing import Any

import pytest
from django.test import Client

from tests.pages import Node, read

pytestmark = pytest.mark.usefixtures("denmark")

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
STEPS = [
    ({}, {"q": "energi"}),
    ({}, {"theme": ["energy", "mobility"], "place": "1084"}),
    ({"theme": "energy"}, {}),
    ({"q": "energi", "theme": "energy"}, {"q": "energi", "theme": "energy", "page": "2", "sort": "name"}),
    ({"q": "energi"}, {"q": "xyzzy"}),
    ({"q": "xyzzy"}, {"q": "lab", "bbox": "8,54,15,58"}),
    ({"place": "0101"}, {"place": ["0101", "oestdanmark"], "theme": "nothing"}),
]


def after_swap(client: Client, path: str, before: Any, after: Any) -> Node:
    """The page at one address after htmx has asked for another."""
    page = read(client.get(path, before))
    answer = client.get(path, after, headers=HTMX)
    assert "<html" not in answer.text
    for part in read(answer).children:
        if isinstance(part, Node):
            swapped = part.attrs["id"] == "results" or "hx-swap-oob" in part.attrs
            assert swapped, f"htmx would not know where to put {part.tag}#{part.attrs['id']}"
            page.replace(part.attrs["id"], part)
    return page


def what_the_reader_sees(page: Node) -> Any:
    """The page without what the reader's own hand has changed: words, section of the map."""
    main = page.one("main")
    for field in main.all("input"):
        if field.attrs.get("name") in ("q", "bbox"):
            field.attrs = {"name": field.attrs["name"]}
    return main.plain()


@pytest.mark.parametrize("kind", ["labs", "actors", "missions"])
@pytest.mark.parametrize(("before", "after"), STEPS)
def test_a_list(client: Client, kind: str, before: Any, after: Any) -> None:
    for path in (f"/{kind}/", f"/en/{kind}/"):
        swapped = after_swap(client, path, before, after)
        fresh = read(client.get(path, after))
        assert what_the_reader_sees(swapped) == what_the_reader_sees(fresh)


@pytest.mark.parametrize(("before", "after"), [({}, {"q": "energi"}), ({"q": "energi"}, {"q": "xyzzy"})])
def test_search(client: Client, before: Any, after: Any) -> None:
    swapped = after_swap(client, "/search/", before, after)
    fresh = read(client.get("/search/", after))
    assert what_the_reader_sees(swapped) == what_the_reader_sees(fresh)


def test_the_way_to_the_other_language_is_swapped_too(client: Client) -> None:
    swapped = after_swap(client, "/labs/", {}, {"theme": "energy"})
    assert "/en/labs/?theme=energy" in swapped.one("header").links


def test_the_address_shown_holds_what_is_understood(client: Client) -> None:
    answer = client.get("/labs/", {"theme": ["energy", "nothing"], "q": " by ", "page": "2"}, headers=HTMX)
    assert answer["HX-Push-Url"] == "/labs/?q=by&theme=energy"


def test_typing_replaces_the_address_and_does_not_fill_the_history(client: Client) -> None:
    answer = client.get("/labs/", {"q": "by"}, headers={**HTMX, "HX-Source": "input#q"})
    assert answer["HX-Replace-Url"] == "/labs/?q=by"
    assert "HX-Push-Url" not in answer


@pytest.mark.parametrize(
    "headers",
    [{}, {"HX-Request": "true", "HX-Request-Type": "full"}, {**HTMX, "HX-History-Restore-Request": "true"}],
)
def test_everybody_else_gets_the_whole_page(client: Client, headers: dict[str, str]) -> None:
    answer = client.get("/labs/", {"theme": "energy"}, headers=headers)
    assert read(answer).one("title").text
    assert {"HX-Request", "HX-Request-Type"} <= {name.strip() for name in answer["Vary"].split(",")}


def test_the_count_is_outside_of_what_is_swapped(client: Client) -> None:
    page = read(client.get("/labs/"))
    count = page.by_id("result-count")
    assert count.tag == "p"
    assert count.attrs["role"] == "status"
    assert "result-count" not in page.by_id("results")
