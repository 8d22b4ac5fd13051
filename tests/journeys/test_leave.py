"""A steward goes on leave, another stands in, and afterwards all is as before; by keyboard alone."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from time_machine import TimeMachineFixture

from accounts.models import User
from curation.choices import State
from curation.models import Absence, Record
from places.models import Place
from tests import factories, people
from tests.journeys.browsing import Open, enter, tab_to
from tests.post import delivered

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty")]


@pytest.fixture
def aarhus() -> Place:
    return factories.place("Aarhus")


@pytest.fixture
def sten(aarhus: Place) -> User:
    user = people.person("sten@aarhus.dk", name="Sten Steward", language="en")
    factories.stewardship(user, aarhus)
    return user


@pytest.fixture
def vera() -> User:
    user = people.person("vera@odense.dk", name="Vera Vikar", language="en")
    factories.stewardship(user, factories.place("Odense"))
    return user


def sent_in(name: str, place: Place) -> Record:
    record: Record = factories.lab(
        name, state=State.SUBMITTED, places=[place], created_by=people.person()
    ).record
    return record


def test_a_steward_goes_on_leave(
    browse: Open, sten: User, vera: User, aarhus: Place, time_machine: TimeMachineFixture
) -> None:
    record, today = sent_in("Nærlab", aarhus), timezone.localdate()

    theirs = browse("/en/account/", sten)
    enter(theirs, f"a[href$='/stewards/person/{sten.pk}/']")
    enter(theirs, "a[href$='/away/']")
    tab_to(theirs, "#id_since")
    theirs.keyboard.type(today.strftime("%d.%m.%Y"))
    theirs.keyboard.press("Tab")
    theirs.keyboard.type((today + dt.timedelta(days=7)).strftime("%d.%m.%Y"))
    theirs.keyboard.press("Tab")
    theirs.keyboard.type("Vera")
    enter(theirs, "main button[type=submit]")
    expect(theirs.locator(".sk-pagehead")).to_contain_text("Vera Vikar stands in and gets the mails.")
    absence = Absence.objects.get()
    assert (absence.user, absence.cover, absence.since) == (sten, vera, today)
    assert [mail.to for mail in delivered()] == [[vera.email]]

    others = browse("/en/desk/", vera)
    expect(others.locator(".sk-q")).to_contain_text("Nærlab")
    expect(others.locator("#keys")).to_be_visible()
    others.keyboard.press("j")
    expect(others.locator("#case-h")).to_have_text("Nærlab")
    expect(others.locator("#keys")).to_be_visible()
    others.keyboard.press("g")
    expect(others.locator(".sk-empty")).to_be_visible()
    record.refresh_from_db()
    assert (record.state, record.decided_by) == (State.PUBLISHED, vera)

    time_machine.move_to(timezone.now() + dt.timedelta(days=8))
    sent_in("Senere lab", aarhus)
    others.goto("/en/desk/")
    expect(others.locator(".sk-empty")).to_be_visible()
    theirs.goto("/en/desk/")
    expect(theirs.locator(".sk-q")).to_contain_text("Senere lab")
    theirs.goto(f"/en/desk/stewards/person/{sten.pk}/")
    expect(theirs.locator(".sk-pagehead")).not_to_contain_text("away")
