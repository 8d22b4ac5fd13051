"""A reader slips on the keyboard, then searches in vain and says so; a curator settles it. By keyboard."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from curation.learning import learn
from curation.models import SearchMiss
from tests import factories, people
from tests.journeys.browsing import DESKTOP, Watched, key, let_in, look

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty")]
IN_VAIN = "svævebane"
type Open = Callable[..., Page]


@pytest.fixture(autouse=True)
def _rows_are_made_beside_the_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser's loop runs in this thread, and Django would refuse to ask its database here."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture
def curator() -> User:
    return people.person("curator@example.org", name="Karen Kurator", is_curator=True)


@pytest.fixture
def opened(browser: Browser, live_server: LiveServer) -> Iterator[Open]:
    """A browser of its own for each of the two; what they say and ask is checked at the end."""
    made: list[tuple[BrowserContext, Watched]] = []

    def open_page(path: str, user: User | None = None, **options: Any) -> Page:
        context = browser.new_context(base_url=live_server.url, bypass_csp=True, viewport=DESKTOP, **options)
        if user is not None:
            let_in(context, user, live_server.url)
        page = context.new_page()
        made.append((context, Watched(page)))
        page.goto(path)
        return page

    yield open_page
    for context, watched in made:
        context.close()
        watched.check(live_server.url)


def ask(page: Page, words: str, *, typing: bool) -> None:
    """Search for some words; with scripts the results come as one types, without them by Enter."""
    page.locator("main #q").fill("")
    page.locator("main #q").press_sequentially(words)
    if not typing:
        key(page, "Enter")


def tab_to(page: Page, selector: str) -> None:
    for _step in range(100):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"The keyboard does not reach {selector}.")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_a_search_in_vain_becomes_an_unmet_need_on_the_desk(
    opened: Open, curator: User, scripts: bool
) -> None:
    theme = factories.theme("Energi", slug="energy")
    factories.lab("Plejelab", summary_da="Robotter på plejehjem.", themes=[theme])
    learn()
    page = opened("/en/search/", java_script_enabled=scripts)

    ask(page, "plejehejm", typing=scripts)
    expect(page.locator("#loosened")).to_have_text(
        "Showing results for “plejehjem”; nothing is called “plejehejm”."
    )
    expect(page.locator("#results mark")).to_have_text(["plejehjem"])
    expect(page.locator("#result-count")).to_have_text("Nothing exactly; 1 entry comes close")
    if scripts:
        expect(page.locator("main #q")).to_be_focused()

    ask(page, IN_VAIN, typing=scripts)
    expect(page.locator("#nearest")).to_contain_text(IN_VAIN)
    if scripts:
        assert look(page) == []
    tab_to(page, "#nearest a[href*=missing]")
    key(page, "Enter")
    expect(page.locator("#f-q")).to_have_value(IN_VAIN)
    page.wait_for_timeout(2100)  # people read a page before they send it
    page.locator("#f-theme").select_option("energy")
    tab_to(page, "main form button")
    key(page, "Enter")
    expect(page.locator("h1")).to_have_text("Thank you")
    assert page.context.cookies()[0]["name"] == "csrftoken"
    assert len(page.context.cookies()) == 1

    desk = opened("/en/desk/", curator, java_script_enabled=scripts)
    expect(desk.locator(".sk-glance div").last).to_have_text("searched in vain1")
    tab_to(desk, ".sk-glance a[href$='/searched/']")
    key(desk, "Enter")
    expect(desk.locator(".sk-q")).to_contain_text(IN_VAIN)
    tab_to(desk, ".sk-q a")
    key(desk, "Enter")
    expect(desk.locator(".sk-ways a").last).to_have_attribute("href", "/en/register/need/?theme=energy")
    if scripts:
        assert look(desk) == []
    tab_to(desk, "#f-done")
    desk.keyboard.type("Asked the region.")
    desk.keyboard.press("Tab")
    key(desk, "Enter")
    expect(desk.locator(".sk-empty")).to_be_visible()
    expect(desk.locator(".sk-plain")).to_contain_text("Asked the region.")
    for path in ("/desk/words/", "/en/desk/words/new/", "/desk/searched/") if scripts else ():
        desk.goto(path)
        assert look(desk) == []
    told = SearchMiss.objects.get()
    assert (told.words, told.theme, told.settled_by) == (IN_VAIN, theme, curator)
