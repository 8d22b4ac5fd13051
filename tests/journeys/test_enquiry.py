"""A stranger writes to a lab and confirms from the mail, the owner answers from the mail, and both say sixty
days later what came of it: with and without JavaScript, and by keyboard. axe finds nothing on the way.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from actors.models import Enquiry
from tests.journeys.browsing import Open, key, let_in, look, press, violations
from tests.journeys.enquiries import ANSWER, answer, confirm, say, sixty_days_pass, write
from tests.outreach.enquiring import STRANGER, Cast, link_in
from tests.post import delivered

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty")]


def test_from_a_question_to_what_came_of_it(both_ways: Open, town: Cast) -> None:
    stranger, owner = both_ways(), both_ways()
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
    page = browse("/write/labs/byens-lab/")
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
    page = browse()
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
