"""A researcher from abroad pastes an abstract, understands why the first three fit, keeps two and compares
them, writes to one; the owner answers from the mail; sixty days later both say what came of it, and the
barometer shows it. With and without JavaScript.
"""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from actors.models import Enquiry
from curation.models import Record
from tests import factories
from tests.journeys.browsing import Open, key, press
from tests.journeys.enquiries import answer, confirm, say, sixty_days_pass, write
from tests.outreach.enquiring import STRANGER, Cast, link_in
from tests.post import delivered

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty")]

ABSTRACT = """
    People with dementia who live in nursing homes often wander at night. We study whether technology, such as
    motion sensors in the floor and light that follows the time of day, gives residents calmer nights and the
    night staff fewer alarms. The project is funded for two years, and we look for a place where we can try it
    together with staff, residents and their relatives in daily life.
"""
EARLIER = 4  # with that of the journey there are as many as the barometer wants to show anything


@pytest.fixture
def register(town: Cast) -> Cast:
    """Labs of which some fit, and what was asked of one of them before."""
    dementia, energy = factories.theme("Dementia"), factories.theme("Energy")
    fits = {
        "Night Lab": "A nursing home where residents with dementia try motion sensors and light at night.",
        "Care Lab": "Nursing home staff test technology for dementia.",
        "Memory Lab": "Residents with dementia and their relatives.",
    }
    values = {"places": [factories.place("Havn")], "owner": town.actor}
    for name, summary in fits.items():
        factories.lab(
            name, themes=[dementia], summary_en=summary, name_en=name, phase="running", open_to=["research"],
            claimed_at=timezone.now(), confirmed_at=timezone.now(), **values,
        )  # fmt: skip
    factories.lab("Wind Lab", themes=[energy], summary_en="Wind turbines at sea.", name_en="Wind Lab")
    before = timezone.now() - dt.timedelta(days=200)
    for _number in range(EARLIER):
        Enquiry.objects.create(
            record=town.lab.record, organisation=town.actor, state="closed", sent_at=before,
            answered_at=before + dt.timedelta(days=2), answer_by=(before + dt.timedelta(days=14)).date(),
            sender_says="meeting", owner_says="meeting", closed_at=before + dt.timedelta(days=70),
        )  # fmt: skip
    return town


def find(page: Page) -> list[str]:
    """Paste the abstract, by keyboard; the first three labs, each with its reasons and the right sum."""
    page.goto("/en/partners/")
    page.locator("main textarea").focus()
    page.keyboard.insert_text(ABSTRACT)
    for _stop in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "BUTTON":
            break
    key(page, "Enter")
    expect(page.locator(".sk-hit").first).to_be_visible()
    hits = page.locator(".sk-hit").all()[:3]
    for hit in hits:
        expect(hit.locator(".sk-because")).to_contain_text("Dementia")
        hit.locator("summary").focus()
        page.keyboard.press("Enter")
        points = [int(text.split(" of ")[0]) for text in hit.locator(".sk-num").all_inner_texts()]
        assert sum(points[:-1]) == points[-1] > 0
    expect(hits[0].locator(".sk-because")).to_contain_text("open to")
    return [hit.locator("h4").inner_text() for hit in hits]


def keep(page: Page, number: int, *, script: bool) -> None:
    button = page.locator(".sk-hit [data-keep]").nth(number)
    if script:
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
    else:
        press(page, button)
        press(page, "main form .button-primary")


def compare(page: Page) -> None:
    page.goto("/en/shortlist/")
    for box in page.locator("input[name=entry]").all():
        box.check()
    press(page, page.get_by_role("button", name="Compare them"))
    expect(page.locator("main")).to_contain_text("In common: Dementia.")


def test_from_an_abstract_to_what_came_of_it(both_ways: Open, register: Cast, script: bool) -> None:
    researcher, owner, reader = both_ways(), both_ways(), both_ways("/en/barometer/")
    expect(reader.locator("#enquiries")).to_contain_text("Fewer than five")

    found = find(researcher)
    assert set(found) == {"Night Lab", "Care Lab", "Memory Lab"}
    for number in range(2):
        keep(researcher, number, script=script)
    compare(researcher)
    expect(researcher.locator("thead th")).to_have_count(2)

    chosen = Record.objects.get(name_en=found[0])
    write(researcher, f"/en{chosen.get_absolute_url()}")
    confirm(researcher)
    answer(owner, register.owner.email)
    researcher.goto(link_in(delivered(STRANGER)[-1], "yours"))
    expect(researcher.locator(".sk-letter--back")).to_be_visible()
    for page in (researcher, owner):
        html = page.content()
        assert register.owner.email not in html
        assert STRANGER not in html

    sixty_days_pass()
    say(owner, register.owner.email, "project")
    say(researcher, STRANGER, "project")
    reader.goto("/en/barometer/")
    expect(reader.locator("#enquiries")).not_to_contain_text("Fewer than five")
    row = reader.locator("#enquiries tr", has_text=re.compile("A project together"))
    expect(row.first).to_contain_text("1")
