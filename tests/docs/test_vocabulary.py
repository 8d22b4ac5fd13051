"""The vocabulary holds every controlled list of the code, and nothing that is none."""

import csv
import inspect
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import TextChoices
from django.utils import translation

from curation.filters import LINK_SIDES

BASE: Path = settings.BASE_DIR
DOCUMENT = BASE / "docs" / "vocabulary.md"
APPS = ("accounts", "places", "curation", "actors", "missions", "labs", "outreach", "desk", "opendata")
SOURCED = "curation.filters.LINK_SIDES", "data/themes.csv"
HEADING = re.compile(r"^#{2,4} .*`(?P<list>[\w./]+)`\s*$")
ROW = re.compile(r"^\| `(?P<slug>[^`]+)` \|(?P<rest>.+)\|$")

type Rows = dict[str, list[str]]


@cache
def lists() -> dict[str, Rows]:
    """The rows under each heading that names a list: the words behind each slug."""
    found: dict[str, Rows] = {}
    rows: Rows | None = None
    for line in DOCUMENT.read_text("utf-8").splitlines():
        if line.startswith("#"):
            heading = HEADING.match(line)
            rows = found.setdefault(heading["list"], {}) if heading else None
        elif rows is not None and (row := ROW.match(line)):
            assert row["slug"] not in rows, f"{row['slug']} stands twice"
            rows[row["slug"]] = [cell.strip() for cell in row["rest"].split("|")]
    return found


def choices() -> Iterator[type[TextChoices]]:
    for app in APPS:
        module = import_module(f"{app}.choices")
        for _name, found in inspect.getmembers(module, inspect.isclass):
            if issubclass(found, TextChoices) and found.__module__ == module.__name__:
                yield found


CLASSES = {f"{found.__module__}.{found.__name__}": found for found in choices()}


def test_every_app_with_lists_is_looked_at() -> None:
    with_lists = {path.parent.name for path in BASE.glob("*/choices.py")}
    assert with_lists == set(APPS)
    assert len(CLASSES) > len(APPS)


def test_the_document_has_the_lists_of_the_code_and_no_others() -> None:
    assert set(lists()) == {*CLASSES, *SOURCED}


@pytest.mark.parametrize("name", CLASSES)
def test_a_list_has_its_slugs_in_their_order(name: str) -> None:
    assert list(lists()[name]) == [slug for slug in CLASSES[name].values if slug]


@pytest.mark.parametrize("name", CLASSES)
def test_a_list_has_the_words_pages_show(name: str) -> None:
    with translation.override("en"):
        labels = {slug: str(label) for slug, label in CLASSES[name].choices if slug}
    assert {slug: cells[0] for slug, cells in lists()[name].items()} == labels


@pytest.mark.parametrize("name", CLASSES)
def test_a_list_has_the_danish_words_pages_show(name: str) -> None:
    with translation.override("da"):
        labels = {slug: str(label) for slug, label in CLASSES[name].choices if slug}
    assert {slug: cells[1] for slug, cells in lists()[name].items()} == labels


def test_what_lists_file_links_under_is_there() -> None:
    for column, language in enumerate(("en", "da")):
        with translation.override(language):
            labels = [(slug, str(label)) for slug, label in LINK_SIDES]
        told = lists()["curation.filters.LINK_SIDES"]
        assert [(slug, cells[column]) for slug, cells in told.items()] == labels


def test_the_fourteen_themes_are_those_of_the_data() -> None:
    with (BASE / "data" / "themes.csv").open(encoding="utf-8", newline="") as file:
        top = {
            row["slug"]: [row["name_en"], row["name_da"]] for row in csv.DictReader(file) if not row["parent"]
        }
    assert {slug: cells[:2] for slug, cells in lists()["data/themes.csv"].items()} == top
    assert len(top) == 14


@pytest.mark.parametrize("name", [*CLASSES, *SOURCED])
def test_every_term_is_named_and_defined_in_both_languages(name: str) -> None:
    for slug, cells in lists()[name].items():
        assert len(cells) == 4, f"{slug} has {len(cells)} cells"
        assert all(cells), f"{slug} lacks a word or a definition"
