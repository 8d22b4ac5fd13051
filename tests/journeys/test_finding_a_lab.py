"""Find DOLL by words, filter by theme and place, open it, change language, go back: all is as it was."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import Open, key, press, tab_to

pytestmark = pytest.mark.django_db

RESULTS = "#results h3"


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def count(page: Page) -> int:
    return int(page.locator("#result-count").get_attribute("data-count") or -1)


def test_with_a_mouse(visit: Open) -> None:
    page = visit("/labs/")
    everything = count(page)
    field = page.locator("#q")
    field.click()
    field.press_sequentially("lys")
    expect(page).to_have_url(re.compile(r"q=lys"))
    expect(page.locator("#result-count")).not_to_have_attribute("data-count", str(everything))
    expect(field).to_be_focused()
    expect(field).to_have_value("lys")

    page.locator("label[for=f-theme-place]").click()
    expect(page).to_have_url(re.compile(r"theme=place"))
    page.locator("#f-municipality").select_option("0165")
    expect(page).to_have_url(re.compile(r"place=0165"))
    expect(page.locator(RESULTS)).to_have_text(["DOLL Living Lab"])
    expect(page.locator("#result-count")).to_have_attribute("data-count", "1")
    expect(page.locator("#results a.tag")).to_have_count(3)
    filtered = asked(page)

    press(page, page.get_by_role("link", name="DOLL Living Lab", exact=True))
    expect(page.locator("h1")).to_have_text("DOLL Living Lab")
    expect(page.locator("html")).to_have_attribute("lang", "da")
    press(page, page.locator("header").get_by_role("link", name="English"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).to_have_text("DOLL Living Lab")

    page.go_back()
    page.go_back()
    expect(page.locator(RESULTS)).to_have_text(["DOLL Living Lab"])
    assert asked(page) == filtered
    expect(page.locator("#q")).to_have_value("lys")
    expect(page.locator("#f-theme-place")).to_be_checked()
    expect(page.locator("#f-place-0165")).to_be_checked()
    expect(page.locator("#results a.tag")).to_have_count(3)


def test_going_back_through_the_filters(visit: Open) -> None:
    page = visit("/labs/")
    everything = count(page)
    page.locator("label[for=f-theme-climate]").click()
    expect(page).to_have_url(re.compile(r"theme=climate"))
    expect(page.locator("#results a.tag")).to_have_count(1)
    expect(page.locator("#f-theme-climate")).to_be_checked()
    page.go_back()
    expect(page.locator("#result-count")).to_have_attribute("data-count", str(everything))
    expect(page.locator("#f-theme-climate")).not_to_be_checked()
    expect(page.locator("#results a.tag")).to_have_count(0)
    page.go_forward()
    expect(page.locator("#f-theme-climate")).to_be_checked()
    expect(page.locator("#results a.tag")).to_have_count(1)
    assert count(page) < everything


def test_the_language_is_changed_on_the_list_itself(visit: Open) -> None:
    page = visit("/labs/")
    page.locator("label[for=f-theme-climate]").click()
    expect(page).to_have_url(re.compile(r"theme=climate"))
    expect(page.locator("#results a.tag")).to_have_count(1)
    found = count(page)
    press(page, page.locator("header").get_by_role("link", name="English"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#f-theme-climate")).to_be_checked()
    expect(page.locator("#result-count")).to_have_attribute("data-count", str(found))


def test_without_javascript(visit: Open) -> None:
    page = visit("/labs/", java_script_enabled=False)
    everything = count(page)
    page.locator("#q").fill("lys")
    page.locator("label[for=f-theme-place]").click()
    page.locator("#f-municipality").select_option("0165")
    press(page, ".sk-search button[type=submit]")
    assert asked(page)["theme"] == ["place"]
    expect(page.locator(RESULTS)).to_have_text(["DOLL Living Lab"])
    assert count(page) == 1 < everything
    filtered = asked(page)
    press(page, page.get_by_role("link", name="DOLL Living Lab", exact=True))
    press(page, page.locator("header").get_by_role("link", name="English"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.go_back()
    page.go_back()
    assert asked(page) == filtered
    expect(page.locator("#f-theme-place")).to_be_checked()
    press(page, "#results a.tag")
    expect(page.locator("#q")).to_have_value("")
    assert asked(page)["theme"] == ["place"]


def test_by_keyboard_alone(visit: Open) -> None:
    page = visit("/labs/")
    page.keyboard.press("Tab")
    expect(page.locator("a.skipnav")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, "#q")
    page.keyboard.type("lys")
    expect(page).to_have_url(re.compile(r"q=lys"))
    expect(page.locator("#results a.tag")).to_contain_text(["lys"])
    expect(page.locator("#q")).to_be_focused()
    tab_to(page, "#f-theme-place")
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile(r"theme=place"))
    expect(page.locator("#results a.tag")).to_have_count(2)
    expect(page.locator("#f-theme-place")).to_be_focused()
    tab_to(page, "#f-municipality")
    page.keyboard.type("Albertslund")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page).to_have_url(re.compile(r"place=0165"))
    expect(page.locator("#results a.tag")).to_have_count(3)
    tab_to(page, "#results h3 a")
    key(page, "Enter")
    expect(page.locator("h1")).to_have_text("DOLL Living Lab")
    tab_to(page, "header a[hreflang=en]")
    key(page, "Enter")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.go_back()  # the browser's own key, which a browser without a window does not know
    expect(page.locator("html")).to_have_attribute("lang", "da")
    page.go_back()
    expect(page.locator("#f-theme-place")).to_be_checked()
    expect(page.locator(RESULTS)).to_have_text(["DOLL Living Lab"])


def test_the_number_of_results_is_announced_from_one_place(visit: Open) -> None:
    page = visit("/labs/")
    status = page.locator("#result-count")
    expect(status).to_have_attribute("role", "status")
    status.evaluate("node => { window.announcer = node; }")
    before = status.inner_text()
    page.locator("#q").press_sequentially("energi")
    expect(status).not_to_have_text(before)
    assert status.evaluate("node => node === window.announcer"), (
        "the live region was replaced, so nothing is said"
    )
    expect(page.locator("[role=status]")).to_have_count(1)


def test_words_come_best_first_when_typed(visit: Open) -> None:
    page = visit("/labs/?q=energy")
    best_first = page.locator(RESULTS).all_inner_texts()
    assert len(best_first) > 1
    page.goto("/labs/")
    page.locator("#q").press_sequentially("energy")
    expect(page).to_have_url(re.compile(r"q=energy"))
    expect(page.locator(RESULTS)).to_have_text(best_first)
    expect(page.locator("#sort option:checked")).to_have_count(1)


@pytest.mark.parametrize("path", ["/search/", "/en/search/"])
def test_search_across_kinds_while_typing(visit: Open, path: str) -> None:
    page = visit(path)
    page.locator("main #q").press_sequentially("nordhavn")
    expect(page.locator("#results")).to_contain_text("EnergyLab Nordhavn")
    expect(page.locator("main #q")).to_be_focused()
    expect(page).to_have_url(re.compile(r"q=nordhavn"))
    expect(page.locator("#result-count")).to_have_attribute("data-count", re.compile(r"^[1-9]"))
