"""A stranger writes to a lab and confirms from the mail, the owner answers from the mail, and both say sixty
days later what came of it: with and without JavaScript, and by keyboard. axe finds nothing on the way.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import caches
from django.db.models import F
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from actors.models import Enquiry
from outreach.enquiries import clock, forms
from tests.journeys.browsing import DESKTOP, Watched, key, let_in, look, press, violations
from tests.outreach.enquiring import STRANGER, Cast, cast, link_in
from tests.post import delivered

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty")]

LAB = "/labs/byens-lab/"
ANSWER = "Det vil vi gerne. Kom forbi på tirsdag."
type Open = Callable[..., Page]


@pytest.fixture
def town(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr(forms, "SOONEST", dt.timedelta(seconds=0))
    caches["default"].clear()
    return cast()


@pytest.fixture
def browse(browser: Browser, live_server: LiveServer, town: Cast) -> Iterator[Open]:
    """A browser of its own each time; what it says and whom it asks is checked at the end."""
    opened: list[tuple[BrowserContext, Watched]] = []

    def open_browser(**options: Any) -> Page:
        context = browser.new_context(base_url=str(live_server.url), **({"viewport": DESKTOP} | options))
        page = context.new_page()
        opened.append((context, Watched(page)))
        return page

    yield open_browser
    for context, watched in opened:
        context.close()
        watched.check(str(live_server.url))


# What other journeys do as well


def write(page: Page, lab: str = LAB) -> None:
    """From the page of an entry to a form that is filled in and sent, and the next page."""
    page.goto(lab)
    press(page, "main a[href*='/write/']")
    page.locator("#f-project").fill("Vi vil vide, om sensorer giver ro om natten.")
    page.get_by_label("Adgang til data").or_(page.get_by_label("Access to data")).check()
    page.locator("#f-asks_more").fill("To afsnit i tre måneder.")
    page.locator("#f-gets").fill("I beholder sensorerne.")
    page.locator("#f-when").fill("Fra marts 2027")
    page.locator("#f-funding_1").check()
    page.locator("#f-name").fill("Ida Forsker")
    page.locator("#f-organisation").fill("Universitetet")
    if page.locator("#f-email").count():
        page.locator("#f-email").fill(STRANGER)
    page.wait_for_timeout(1100)  # the time of a page is told in seconds
    press(page, "main form .button-primary")


def confirm(page: Page, to: str = STRANGER) -> None:
    """The link in the last mail to a stranger, and the button behind it."""
    page.goto(link_in(delivered(to)[-1], "confirm"))
    press(page, "main form .button-primary")


def answer(page: Page, to: str, text: str = ANSWER) -> None:
    """The link in the last mail to an owner; what is written there is sent."""
    page.goto(link_in(delivered(to)[-1], "asked"))
    page.locator("#f-text").fill(text)
    press(page, "main form .button-primary")


def sixty_days_pass() -> None:
    """What was sent was sent so long ago, and the worker has done its day's work."""
    span = clock.ASKED_AFTER
    Enquiry.objects.update(
        made_at=F("made_at") - span, sent_at=F("sent_at") - span, answered_at=F("answered_at") - span,
        answer_by=F("answer_by") - span,
    )  # fmt: skip
    clock.ask_what_came_of_all()


def say(page: Page, to: str, came: str) -> None:
    """One of the four links in the last mail, and the button behind it."""
    found = re.search(rf"/enquiries/\S+/came/\?came={came}", str(delivered(to)[-1].body))
    assert found
    page.goto(found[0])
    press(page, "main form .button-primary")


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_from_a_question_to_what_came_of_it(browse: Open, town: Cast, *, scripts: bool) -> None:
    stranger, owner = browse(java_script_enabled=scripts), browse(java_script_enabled=scripts)
    write(stranger)
    expect(stranger).to_have_url(re.compile(r"/write/labs/byens-lab/written/$"))
    assert delivered(town.owner.email) == []
    confirm(stranger)
    expect(stranger.locator(".alert-success")).to_be_visible()
    answer(owner, town.owner.email)
    expect(owner.locator(".sk-letter--back")).to_contain_text(ANSWER)
    stranger.goto(link_in(delivered(STRANGER)[-1], "yours"))
    expect(stranger.locator(".sk-letter--back")).to_contain_text(ANSWER)
    expect(stranger.locator("main")).not_to_contain_text("Olga")
    sixty_days_pass()
    say(owner, town.owner.email, "project")
    say(stranger, STRANGER, "meeting")
    enquiry = Enquiry.objects.get()
    assert (enquiry.owner_says, enquiry.sender_says, enquiry.state) == ("project", "meeting", "closed")


def test_by_keyboard_alone(browse: Open, town: Cast) -> None:
    """Every field and the button are reached, the trap is not; mistakes lead to their field."""
    page = browse()
    page.goto("/write/labs/byens-lab/")
    page.locator("#f-project").focus()
    passed = []
    for _stop in range(40):
        passed.append(page.evaluate("document.activeElement.id || document.activeElement.tagName"))
        if passed[-1] == "BUTTON":
            break
        page.keyboard.press("Tab")
    assert {"f-asks_0", "f-asks_more", "f-gets", "f-when", "f-name", "f-organisation", "f-email"} <= set(
        passed
    )
    assert "f-company_website" not in passed
    assert passed[-1] == "BUTTON"
    key(page, "Enter")
    expect(page.locator("#error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#f-project")).to_be_focused()


def test_axe_finds_nothing_and_nothing_overflows(browse: Open, town: Cast) -> None:
    """In both languages; with mistakes in one of them, as they are drawn by the same template."""
    page = browse(bypass_csp=True)
    write(page)
    form, confirming = "/write/labs/byens-lab/", link_in(delivered(STRANGER)[-1], "confirm")
    seen(page, form, f"{form}written/", confirming)
    confirm(page)
    asked = link_in(delivered(town.owner.email)[-1], "asked")
    seen(page, asked, f"{asked}no/", f"{asked}came/")
    for path in (form, f"/en{asked}no/"):
        page.goto(path)
        press(page, "main form .button-primary")
        expect(page.locator("#error-summary")).to_be_visible()
        assert violations(page) == [], path
    answer(page, town.owner.email)
    let_in(page.context, town.owner, page.url.partition("/enquiries")[0])
    seen(page, "/account/enquiries/", f"/account/enquiries/{Enquiry.objects.get().pk}/")


def seen(page: Page, *paths: str) -> None:
    for path in (prefix + path for prefix in ("", "/en") for path in paths):
        page.goto(path)
        assert look(page) == [], path
