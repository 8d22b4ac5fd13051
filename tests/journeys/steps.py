"""What journeys through forms in steps share: on to the next step, and something found in a picker."""

from playwright.sync_api import Page, expect

from tests.journeys.browsing import press


def go_on(page: Page) -> None:
    press(page, ".sk-steps2 .button-primary")


def pick(page: Page, field: str, typed: str, name: str, *, script: bool = True) -> None:
    """Find something in a picker while typing, or without JavaScript by its button, and choose it."""
    page.locator(f"#f-{field}-find").fill(typed)
    if not script:
        press(page, f"button[name={field}-search]")
    found = page.locator(f"#f-{field}-found li", has_text=name).first
    expect(found).to_be_visible()
    press(page, found.locator("button"))
