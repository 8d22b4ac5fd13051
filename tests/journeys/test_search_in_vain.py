"""A reader slips on the keyboard, then searches in vain and says so; a curator settles it. By keyboard."""

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from curation.learning import learn
from curation.models import SearchMiss
from tests import factories
from tests.journeys.browsing import Open, enter, key, look, tab_to

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty")]
IN_VAIN = "svævebane"


def ask(page: Page, words: str, *, typing: bool) -> None:
    """Search for some words; with scripts the results come as one types, without them by Enter."""
    page.locator("main #q").fill("")
    page.locator("main #q").press_sequentially(words)
    if not typing:
        key(page, "Enter")


def test_a_search_in_vain_becomes_an_unmet_need_on_the_desk(
    both_ways: Open, script: bool, curator: User
) -> None:
    theme = factories.theme("Energi", slug="energy")
    factories.lab("Plejelab", summary_da="Robotter på plejehjem.", themes=[theme])
    learn()
    page = both_ways("/en/search/")

    ask(page, "plejehejm", typing=script)
    expect(page.locator("#loosened")).to_have_text(
        "Showing results for “plejehjem”; nothing is called “plejehejm”."
    )
    expect(page.locator("#results mark")).to_have_text(["plejehjem"])
    expect(page.locator("#result-count")).to_have_text("Nothing exactly; 1 entry comes close")
    if script:
        expect(page.locator("main #q")).to_be_focused()

    ask(page, IN_VAIN, typing=script)
    expect(page.locator("#nearest")).to_contain_text(IN_VAIN)
    if script:
        assert look(page) == []
    enter(page, "#nearest a[href*=missing]")
    expect(page.locator("#f-q")).to_have_value(IN_VAIN)
    page.locator("#f-theme").select_option("energy")
    enter(page, "main form button")
    expect(page.locator("h1")).to_have_text("Thank you")
    assert page.context.cookies()[0]["name"] == "csrftoken"
    assert len(page.context.cookies()) == 1

    desk = both_ways("/en/desk/", curator)
    expect(desk.locator(".sk-glance div").last).to_have_text("searched in vain1")
    enter(desk, ".sk-glance a[href$='/searched/']")
    expect(desk.locator(".sk-q")).to_contain_text(IN_VAIN)
    enter(desk, ".sk-q a")
    expect(desk.locator(".sk-ways a").last).to_have_attribute("href", "/en/register/need/?theme=energy")
    if script:
        assert look(desk) == []
    tab_to(desk, "#f-done")
    desk.keyboard.type("Asked the region.")
    desk.keyboard.press("Tab")
    key(desk, "Enter")
    expect(desk.locator(".sk-empty")).to_be_visible()
    expect(desk.locator(".sk-plain")).to_contain_text("Asked the region.")
    for path in ("/desk/words/", "/en/desk/words/new/", "/desk/searched/") if script else ():
        desk.goto(path)
        assert look(desk) == []
    told = SearchMiss.objects.get()
    assert (told.words, told.theme, told.settled_by) == (IN_VAIN, theme, curator)
