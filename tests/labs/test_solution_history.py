"""A solution's history: values, partners and adopters in words, months as months, and set back."""

import datetime as dt

import pytest
from django.test import Client

from accounts.models import User
from labs.models import Solution, Value
from tests import factories as make
from tests.keeping.forms import sends
from tests.pages import read
from tests.people import browser, person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty")]

CANARY = "kanariefugl"
PATH = "/en/solutions/byens-lys/"


@pytest.fixture
def owner() -> User:
    return person("owner@kommune.example")


@pytest.fixture
def solution(owner: User) -> Solution:
    town = make.actor("Byens Kommune")
    make.membership(owner, town)
    return make.solution(
        "Byens lys", owner=town, summary_da="Lamper.", stage="trial", themes=[make.theme()], new_here=True,
        lab=make.lab(f"{CANARY} lab", state="submitted"), inspired_by=make.solution("Malmös lamper"),
    )  # fmt: skip


def edited(owner: User, section: str, **said: str) -> None:
    assert sends(browser(owner), f"{PATH}edit/{section}/", **said).status_code == 302


def test_what_hangs_on_it_is_told_in_words(owner: User, solution: Solution, client: Client) -> None:
    edited(owner, "value", quality_evidence="counted", quality_source="KL 2026", quality_year="2026")
    edited(owner, "far", new_here="False", idea_on="03.2024")
    make.partner(solution, make.actor("Universitetet"), role="research")
    make.partner(solution, make.actor(f"{CANARY} partner", state="submitted"), role="research")
    make.adoption(solution, make.actor("Nabobyen"), how="copy", in_use_since=dt.date(2026, 4, 1))
    make.adoption(solution, make.actor(f"{CANARY} by", state="submitted"))
    edited(owner, "value", quality_evidence="", quality_source="", quality_year="")
    page = read(client.get(f"{PATH}history/"))
    for words in (
        "Quality · Counted before and after · 2026 · KL 2026", "March 2024", "Malmös lamper",
        "Universitetet · Research partner · PUSH · named only",
        "Nabobyen · Largely a copy of others' solution · in use since April 2026 · confirmed",
    ):  # fmt: skip
        assert words in page.text
    rows = [row.text for row in page.all("tr") if "New to the workplace" in row.text]
    assert any("Yes" in row and "No" in row for row in rows)
    assert not Value.objects.exists()
    assert CANARY not in client.get(f"{PATH}history/").text


def test_it_is_set_back(owner: User, solution: Solution) -> None:
    edited(owner, "far", stage="in_use", in_use_since="05.2026")
    edited(owner, "far", stage="proof", in_use_since="")
    history = read(browser(owner).get(f"{PATH}history/"))
    before = next(link for link in history.links if "revert" in link)
    assert sends(browser(owner), before).status_code == 302
    solution.refresh_from_db()
    assert (solution.stage, solution.in_use_since) == ("in_use", dt.date(2026, 5, 1))
