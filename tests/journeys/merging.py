"""What journeys share that merge entries at the desk."""

from playwright.sync_api import Page, expect

from tests.journeys.browsing import PATIENCE


def merge_the_open_pair(page: Page, reason: str) -> None:
    """Decide the pair that is open by keyboard: G asks for the reason, Ctrl+Enter merges."""
    expect(page.locator("#keys")).to_be_visible()
    page.wait_for_load_state()
    page.keyboard.press("g")
    expect(page.locator("#id_reason")).to_be_focused()
    page.keyboard.type(reason)
    with page.expect_event("load", timeout=PATIENCE * 1000):
        page.keyboard.press("Control+Enter")
