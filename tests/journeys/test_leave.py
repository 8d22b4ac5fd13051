"""A steward goes on leave, another stands in, and afterwards all is as before; by keyboard alone."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer
from time_machine import TimeMachineFixture

from accounts.models import User
from curation.choices import State
from curation.models import Absence, Record
from places.models import Place
from tests import factories, people
from tests.journeys.browsing import DESKTOP, Watched, key, let_in
from tests.post import delivered

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty")]

type Opened = Callable[[User, str], Page]


@pytest.fixture(autouse=True)
def _rows_are_made_beside_the_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser's loop runs in this thread, and Django would refuse to ask its database here."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


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


@pytest.fixture
def opened(browser: Browser, live_server: LiveServer) -> Iterator[Opened]:
    """Each in a browser of their own; what it says and asks is checked at the end."""
    contexts: list[tuple[BrowserContext, Watched]] = []

    def open_page(user: User, path: str) -> Page:
        context = browser.new_context(base_url=live_server.url, viewport=DESKTOP)
        let_in(context, user, live_server.url)
        page = context.new_page()
        contexts.append((context, Watched(page)))
        page.goto(path)
        return page

    yield open_page
    for context, watched in contexts:
        context.close()
        watched.check(live_server.url)


def tab_to(page: Page, selector: str) -> None:
    for _step in range(100):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"The keyboard does not reach {selector}.")


def sent_in(name: str, place: Place) -> Record:
    record: Record = factories.lab(
        name, state=State.SUBMITTED, places=[place], created_by=people.person()
    ).record
    return record


def test_a_steward_goes_on_leave(
    opened: Opened, sten: User, vera: User, aarhus: Place, time_machine: TimeMachineFixture
) -> None:
    record, today = sent_in("Nærlab", aarhus), timezone.localdate()

    theirs = opened(sten, "/en/account/")
    tab_to(theirs, f"a[href$='/stewards/person/{sten.pk}/']")
    key(theirs, "Enter")
    tab_to(theirs, "a[href$='/away/']")
    key(theirs, "Enter")
    tab_to(theirs, "#id_since")
    theirs.keyboard.type(today.strftime("%d.%m.%Y"))
    theirs.keyboard.press("Tab")
    theirs.keyboard.type((today + dt.timedelta(days=7)).strftime("%d.%m.%Y"))
    theirs.keyboard.press("Tab")
    theirs.keyboard.type("Vera")
    tab_to(theirs, "main button[type=submit]")
    key(theirs, "Enter")
    expect(theirs.locator(".sk-pagehead")).to_contain_text("Vera Vikar stands in and gets the mails.")
    absence = Absence.objects.get()
    assert (absence.user, absence.cover, absence.since) == (sten, vera, today)
    assert [mail.to for mail in delivered()] == [[vera.email]]

    others = opened(vera, "/en/desk/")
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
