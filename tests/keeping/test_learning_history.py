"""The history of a trial tells of its log and its partners, to strangers only what is public."""

import datetime as dt

import pytest
from django.test import Client

from accounts.models import User
from curation.choices import Kind
from keeping.history.events import ROWS
from keeping.history.words import ROW_COLUMNS
from labs.models import Learning, Trial
from tests import factories as make
from tests.keeping.forms import sends
from tests.pages import read
from tests.people import browser, person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty")]

HISTORY = "/en/trials/aftenlys/history/"
LOG = "/en/trials/aftenlys/learned/"


@pytest.fixture
def keeper() -> User:
    return person("kim@byen.dk", name="Kim Keeper", language="en")


@pytest.fixture
def trial(keeper: User) -> Trial:
    town = make.actor("Byen", type="municipality")
    make.membership(keeper, town)
    return make.trial(make.lab("Lys"), "Aftenlys", slug="aftenlys", owner=town)


def test_log_partners_and_what_was_taken_back_are_told_in_words(
    trial: Trial, keeper: User, client: Client
) -> None:
    member = browser(keeper)
    make.partner(trial, make.actor("Universitetet"), "push", role="research")
    make.partner(trial, make.actor("Skjult firma", state="draft"), "push")
    said = {
        "learned_da": "Måtten vækkede naboen.",
        "changed": "method",
        "how": "Måtten er væk.",
        "on": "05.2026",
    }
    assert sends(member, LOG, **said).status_code == 302
    learning = Learning.objects.get()
    sends(member, f"{LOG}{learning.pk}/take-back/", reason="Hemmelig grund")
    told = [row.text for row in read(client.get(HISTORY)).one("ol", "sk-history").all("li")]
    written = "May 2026 · The method · Måtten vækkede naboen. · Måtten er væk."
    assert [written in row for row in told[:3]] == [True, True, False]
    assert all("Learning log" in row for row in told[:2])
    assert "Universitetet · Research partner · PUSH · named only" in " ".join(told)
    everything = " ".join(told)
    assert "Partners" in everything
    assert "Skjult firma" not in everything
    assert "Hemmelig grund" not in everything
    assert "Hemmelig grund" in member.get(HISTORY).text
    actor = read(client.get("/en/actors/universitetet/history/")).one("main").text
    assert "Aftenlys · Research partner" in actor


def test_setting_back_leaves_the_log_alone(trial: Trial, keeper: User) -> None:
    member = browser(keeper)
    sends(member, "/en/trials/aftenlys/edit/when/", stage="evaluate")
    learning = make.learning(trial, "Stadig her.", on=dt.date(2026, 4, 1))
    ways = [link for link in read(member.get(HISTORY)).links if "/revert/" in link]
    assert sends(member, ways[-1]).status_code == 302
    trial.refresh_from_db()
    assert trial.stage == ""
    assert Learning.objects.get() == learning


def test_every_column_of_a_row_is_told() -> None:
    for kind, (model, column) in ROWS.items():
        columns = {field.attname for field in model._meta.concrete_fields if not field.primary_key}
        other = {"adoption_id"} if kind == Kind.SOLUTION else set()
        assert columns - {column} - other == set(ROW_COLUMNS[kind])
