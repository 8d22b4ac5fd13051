"""Where the vocabulary says that an idea or a record can be seen, there is a page."""

import re
from functools import cache

import pytest
from django.conf import settings
from django.urls import resolve

from curation.choices import Kind

DOCUMENT = settings.BASE_DIR / "docs" / "vocabulary.md"
ADDRESS = re.compile(r"`(?P<path>/[^`]*)`")
STANDS_FOR = {"<slug>": "x", "<code>": "0101", "<number>": "1", "<day>": "2026-11-22"}
SECTIONS = ("Where the idea can be seen", "Where each record can be seen")


@cache
def rows(section: str) -> list[list[str]]:
    """The cells of the rows of a section's table, without its head."""
    text = DOCUMENT.read_text("utf-8").split(f"\n## {section}\n")[1].split("\n## ")[0]
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def paths(text: str) -> list[str]:
    """The addresses of a text, with something in the place of what differs."""
    found = [match["path"].partition("#")[0].partition("?")[0] for match in ADDRESS.finditer(text)]
    for name, value in STANDS_FOR.items():
        found = [path.replace(name, value) for path in found]
    return found


@pytest.mark.parametrize("section", SECTIONS)
def test_every_address_is_one_of_the_routes(section: str) -> None:
    for row in rows(section):
        for path in paths(" ".join(row)):
            assert resolve(path).url_name, path


def test_every_idea_has_a_page() -> None:
    table = rows("Where the idea can be seen")
    assert len(table) > 15
    assert [idea for idea, where in table if not paths(where)] == []


def test_every_kind_of_entry_has_all_its_pages() -> None:
    """List, map, page, form, edit, history, suggestion: whatever is added to `Kind` is told here, too."""
    table = {row[0]: row[1:] for row in rows("Where each record can be seen")}
    for kind in Kind:
        told = [match["path"] for match in ADDRESS.finditer(" ".join(table[kind.name.capitalize()]))]
        wanted = [
            f"/{kind}s/", f"/{kind}s/map.geojson", f"/{kind}s/<slug>/", f"/register/{kind}/",
            f"/{kind}s/<slug>/edit/", f"/{kind}s/<slug>/history/", f"/{kind}s/<slug>/suggest/",
        ]  # fmt: skip
        assert set(wanted) <= set(told), kind
