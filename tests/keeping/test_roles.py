"""The roles and who may do what: the page, the document and the code say the same."""

from itertools import pairwise
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from keeping.roles import ACTIVITIES, EVERYBODY, MEMBERS, ROLES
from tests.pages import read
from tests.statements import READER, statements

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "roles.md"
pytestmark = pytest.mark.usefixtures("empty")


def as_written() -> str:
    """What the document must say between its two headings, from the code."""
    with translation.override("en"):
        roles = [f"- **{role.name}**: {role.description} {role.how}" for role in ROLES]
        head = "| | " + " | ".join(str(role.name) for role in ROLES) + " |"
        rule = "|---" * (len(ROLES) + 1) + "|"
        table = [
            f"| {activity.name} | " + " | ".join("yes" if may else "" for may in activity.row) + " |"
            for activity in ACTIVITIES
        ]
        limits = [f"- {each.name}: {each.limit}" for each in ACTIVITIES if each.limit]
        return "\n".join([
            "## The roles", "", *roles, "", "## Who may do what", "", head, rule, *table, "", *limits, "",
        ])  # fmt: skip


def test_the_document_says_what_the_code_says() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert as_written() in text


@pytest.mark.parametrize("path", ["/roles/", "/en/roles/"])
def test_everybody_reads_who_may_do_what(client: Client, path: str) -> None:
    page = read(client.get(path)).one("main")
    with translation.override("en" if path.startswith("/en") else "da"):
        for role in ROLES:
            assert str(role.description) in page.text
        rows = page.one("tbody").all("tr")
        assert [
            row.one("th").text.startswith(str(each.name)) for row, each in zip(rows, ACTIVITIES, strict=True)
        ]
    for row, activity in zip(rows, ACTIVITIES, strict=True):
        marks = [cell.one("span").attrs["data-may"] for cell in row.all("td")]
        assert marks == ["yes" if may else "no" for may in activity.row]


def test_it_asks_nothing_of_the_database(client: Client) -> None:
    assert len(statements(client, "/roles/")) <= READER


def test_roles_are_known_and_said() -> None:
    slugs = {role.slug for role in ROLES}
    assert len(slugs) == len(ROLES) == 7
    for activity in ACTIVITIES:
        assert activity.roles <= slugs
        assert activity.roles
    assert [role.slug for role in MEMBERS] == ["editor", "owner"]


def test_who_may_more_may_also_the_rest() -> None:
    order = ("registrant", "editor", "owner", "admin")
    for activity in ACTIVITIES:
        for less, more in pairwise(order):
            assert less not in activity.roles or more in activity.roles, activity.name
        assert "curator" not in activity.roles or "admin" in activity.roles
        assert "reader" not in activity.roles or activity.roles == EVERYBODY
