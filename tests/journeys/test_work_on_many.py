"""A curator gives many labs a theme at once: chosen by a filter, looked at, done. By keyboard, in Danish."""

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from curation.models import EntryTheme, RecordEvent
from tests import factories, people
from tests.journeys.browsing import DESKTOP, Watched, key, let_in, look

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty")]


@pytest.fixture(autouse=True)
def _rows_are_made_beside_the_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser's loop runs in this thread, and Django would refuse to ask its database here."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def tab_to(page: Page, selector: str) -> None:
    for _step in range(100):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"The keyboard does not reach {selector}.")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_a_theme_for_all_but_one(browser: Browser, live_server: LiveServer, scripts: bool) -> None:
    place, climate = factories.place("Aarhus"), factories.theme("climate", name_da="Klima")
    for name in ("Demenslab", "Plejelab", "Havnelab"):
        factories.lab(name, places=[place])
    factories.lab("Et lab et andet sted")
    context = browser.new_context(
        base_url=live_server.url, bypass_csp=True, viewport=DESKTOP, java_script_enabled=scripts
    )
    let_in(context, people.person("curator@example.org", is_curator=True), live_server.url)
    page = context.new_page()
    watched = Watched(page)
    page.goto("/desk/")
    tab_to(page, 'a[href="/desk/bulk/"]')
    key(page, "Enter")
    tab_to(page, 'a[href="/desk/bulk/new/labs/"]')
    key(page, "Enter")
    tab_to(page, "#choose-place")
    page.keyboard.type("Aarhus")
    tab_to(page, 'form[role="search"] button')
    key(page, "Enter")
    expect(page.locator("#found")).to_contain_text("3")
    tab_to(page, 'input[name="chosen"]')
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # the second by name is not meant
    tab_to(page, 'input[name="deed"]')
    page.keyboard.press("Space")
    expect(page.locator("#deed-owner")).to_be_hidden()  # only what the choice needs is asked
    tab_to(page, "#deed-theme")
    page.keyboard.type("Klima")
    if scripts:
        assert look(page) == []
        page.set_viewport_size(DESKTOP)
    tab_to(page, "#deeds .button-primary")
    key(page, "Enter")
    assert RecordEvent.objects.count() == 0
    if scripts:
        assert look(page) == []
        page.set_viewport_size(DESKTOP)
    tab_to(page, 'button[name="go"]')
    key(page, "Enter")
    given = EntryTheme.objects.filter(theme=climate).values_list("record__name_da", flat=True)
    assert set(given) == {"Demenslab", "Plejelab"}
    assert RecordEvent.objects.count() == 2
    expect(page.locator("tbody tr")).to_have_count(2)
    context.close()
    watched.check(live_server.url)
