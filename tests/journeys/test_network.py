"""From one network to the next, by keyboard and by filter, and back; a small one on an entry's page."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import Open

pytestmark = pytest.mark.django_db


def test_one_network_leads_to_the_next_without_loading_anew(visit: Open) -> None:
    page = visit("/en/labs/doll-living-lab/")
    page.locator("#ties .sk-nwsmall").scroll_into_view_if_needed()
    expect(page.locator("#ties .sk-nw a[data-node]").first).to_be_visible()
    page.goto("/en/network/labs/doll-living-lab/")
    loads: list[str] = []
    page.on("load", lambda loaded: loads.append(loaded.url))
    page.locator(".sk-nw a[data-node]", has_text="FORCE Technology").press("Enter")
    expect(page.locator("#network-h")).to_have_text("FORCE Technology")
    expect(page.locator("#network-h")).to_be_focused()
    expect(page).to_have_url(re.compile("/en/network/actors/force-technology/$"))
    expect(page).to_have_title(re.compile("FORCE Technology"))
    expect(page.locator("#other-language")).to_have_attribute("href", "/network/actors/force-technology/")
    page.locator("#network-side").focus()
    page.locator("#network-side").select_option("push")
    expect(page).to_have_url(re.compile(r"\?side=push$"))
    expect(page.locator("#network-side")).to_be_focused()
    assert loads == []
    for path in ("actors/force-technology", "labs/doll-living-lab"):
        with page.expect_event("load"):
            page.evaluate("history.back()")
        expect(page).to_have_url(re.compile(f"/en/network/{path}/$"))
    expect(page.locator("#network-h")).to_have_text("DOLL Living Lab")
