"""What journeys share in which somebody writes to a lab, its owner answers, and both say what came of it."""

import re

from django.db.models import F
from playwright.sync_api import Page

from actors.models import Enquiry
from outreach.enquiries import clock
from tests.journeys.browsing import press
from tests.outreach.enquiring import STRANGER, link_in
from tests.post import delivered

LAB = "/labs/byens-lab/"
ANSWER = "Det vil vi gerne. Kom forbi på tirsdag."


def write(page: Page, lab: str = LAB) -> None:
    """From the page of an entry to a form that is filled in and sent, and the next page."""
    page.goto(lab)
    press(page, "main a[href*='/write/']")
    page.locator("#f-project").fill("Vi vil vide, om sensorer giver ro om natten.")
    page.get_by_label("Adgang til data").or_(page.get_by_label("Access to data")).check()
    page.locator("#f-asks_more").fill("To afsnit i tre måneder.")
    page.locator("#f-gets").fill("I beholder sensorerne.")
    page.locator("#f-when").fill("Fra marts 2027")
    page.locator("#f-funding_1").check()
    page.locator("#f-name").fill("Ida Forsker")
    page.locator("#f-organisation").fill("Universitetet")
    if page.locator("#f-email").count():
        page.locator("#f-email").fill(STRANGER)
    press(page, "main form .button-primary")


def confirm(page: Page, to: str = STRANGER) -> None:
    """The link in the last mail to a stranger, and the button behind it."""
    page.goto(link_in(delivered(to)[-1], "confirm"))
    press(page, "main form .button-primary")


def answer(page: Page, to: str, text: str = ANSWER) -> None:
    """The link in the last mail to an owner; what is written there is sent."""
    page.goto(link_in(delivered(to)[-1], "asked"))
    page.locator("#f-text").fill(text)
    press(page, "main form .button-primary")


def sixty_days_pass() -> None:
    """What was sent was sent so long ago, and the worker has done its day's work."""
    span = clock.ASKED_AFTER
    Enquiry.objects.update(
        made_at=F("made_at") - span, sent_at=F("sent_at") - span, answered_at=F("answered_at") - span,
        answer_by=F("answer_by") - span,
    )  # fmt: skip
    clock.ask_what_came_of_all()


def say(page: Page, to: str, came: str) -> None:
    """One of the four links in the last mail, and the button behind it."""
    found = re.search(rf"/enquiries/\S+/came/\?came={came}", str(delivered(to)[-1].body))
    assert found
    page.goto(found[0])
    press(page, "main form .button-primary")
