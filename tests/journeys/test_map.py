"""The map beside a list: points appear, a section of it can be searched, and going back undoes it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import PHONE, Open, press

pytestmark = pytest.mark.django_db

MARKERS = "#livemap .leaflet-marker-icon"
ON_THE_MAP = f"""[...document.querySelectorAll("{MARKERS}")]
    .reduce((sum, marker) => sum + Number(marker.innerText.trim() || 1), 0)"""


def count(page: Page) -> int:
    return int(page.locator("#result-count").get_attribute("data-count") or -1)


def on_the_map(page: Page) -> int:
    """How many entries the markers in view stand for; a marker with a number stands for that many."""
    return int(page.evaluate(ON_THE_MAP))


def move(page: Page) -> None:
    """Drag the map to the left, towards the east of the country."""
    box = page.locator("#livemap").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 130, y + 40, steps=12)
    page.mouse.up()


def test_the_points_stand_for_the_results(visit: Open) -> None:
    page = visit("/labs/?setting=campus")
    page.locator("#livemap").scroll_into_view_if_needed()
    expect(page.locator(MARKERS).first).to_be_visible()
    placed = page.evaluate("fetch('/labs/map.geojson?setting=campus').then(answer => answer.json())")
    assert on_the_map(page) == len(placed["features"]) > 0
    expect(page.locator("#livemap path.sk-land").first).to_be_attached()


def test_the_points_follow_the_filters(visit: Open) -> None:
    page = visit("/labs/")
    expect(page.locator(MARKERS).first).to_be_visible()
    everything = on_the_map(page)
    page.locator("label[for=f-theme-culture]").click()
    expect(page).to_have_url(re.compile("theme=culture"))
    expect(page.locator("#results a.tag")).to_have_count(1)
    found = count(page)
    page.wait_for_function(f"{ON_THE_MAP} <= {found}")
    assert 0 < on_the_map(page) <= found < everything


def test_a_section_is_searched_and_left_again(visit: Open) -> None:
    page = visit("/labs/")
    everything = count(page)
    expect(page.locator(MARKERS).first).to_be_visible()
    page.locator("#livemap").scroll_into_view_if_needed()
    button = page.locator("button.sk-area")
    expect(button).to_be_hidden()
    page.locator("#livemap .leaflet-control-zoom-in").click()
    move(page)
    expect(button).to_be_visible()
    button.click()
    expect(page).to_have_url(re.compile("bbox="))
    expect(page.locator("#result-count")).not_to_have_attribute("data-count", str(everything))
    narrowed = count(page)
    assert 0 < narrowed < everything
    expect(page.locator("#results a.tag")).to_have_count(1)
    expect(button).to_be_hidden()

    page.go_back()
    expect(page.locator("#result-count")).to_have_attribute("data-count", str(everything))
    expect(page.locator("#results a.tag")).to_have_count(0)
    page.go_forward()
    expect(page.locator("#result-count")).to_have_attribute("data-count", str(narrowed))


def test_a_marker_leads_to_its_entry(visit: Open) -> None:
    page = visit("/labs/?q=doll+living+lab&place=0165", wait_until="networkidle")  # with the finer points
    marker = page.locator(MARKERS)
    expect(marker).to_have_count(1)
    expect(marker).to_have_attribute("title", "DOLL Living Lab")
    marker.focus()
    page.keyboard.press("Enter")
    press(page, ".leaflet-popup-content a")
    expect(page.locator("h1")).to_have_text("DOLL Living Lab")


def test_a_phone_shows_results_before_the_map(visit: Open) -> None:
    page = visit("/labs/", viewport=PHONE)
    results, plan = page.locator("#results").bounding_box(), page.locator("#livemap").bounding_box()
    assert results
    assert plan is None or plan["y"] > results["y"] or plan["height"] < 400
