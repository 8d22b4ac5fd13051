"""A lab's life, from the first word to the confirmation a year later, with and without JavaScript.

An employee begins without an account, closes the browser, comes back, makes an account, sends in, is
returned with a reason, mends it, is published, invites a colleague, and a year later confirms from a mail.
"""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from time_machine import TimeMachineFixture

from accounts.models import User
from actors.models import Actor, Membership
from curation.choices import Freshness, State
from curation.models import Record
from keeping.tasks.freshness import ask_after_facts
from labs.models import Lab
from tests import factories
from tests.journeys.browsing import Open, press
from tests.journeys.steps import go_on, pick
from tests.people import browser
from tests.post import delivered

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty")]

NAME = "Lys og søvn på Solbakken"
ANNA, BODIL = "anna@aarhus.dk", "bodil@aarhus.dk"
PASSWORD = "correct horse battery staple"
CODE = re.compile(r"^([A-Z0-9]{4}-[A-Z0-9]{4}|\d{6}|[A-Z0-9]{6,9})$", re.MULTILINE)


@pytest.fixture
def aarhus() -> Actor:
    """What the register holds before: a municipality with its e-mail domain, a place, a theme."""
    town = factories.place("Aarhus", code="0751", latitude=56.15, longitude=10.2)
    factories.theme("Ældre", slug="ageing")
    made: Actor = factories.actor(
        "Aarhus Kommune", type="municipality", side="pull", places=[town], email_domain="aarhus.dk"
    )
    return made


def code_for(address: str) -> str:
    """The code in the last mail to somebody."""
    codes = CODE.findall(str(delivered(to=address)[-1].body))
    assert codes
    return str(codes[-1])


def link_for(address: str, part: str) -> str:
    """The path of the first link with a word in it, in the last mail to somebody that has one."""
    for mail in reversed(delivered(to=address)):
        if found := re.findall(rf"https?://[^/\s]+(/\S*{part}\S*)", str(mail.body)):
            return str(found[0])
    raise AssertionError(f"no mail to {address} leads to {part}")


def sign_up(page: Page, address: str, name: str) -> None:
    page.locator("main input[name=name]").fill(name)
    page.locator("main input[name=email]").fill(address)
    page.locator("main input[name=password1]").fill(PASSWORD)
    press(page, "main form:has(input[name=password1]) button[type=submit]")
    page.locator("main input[name=code]").fill(code_for(address))
    press(page, "main form:has(input[name=code]) button[type=submit]")


def decide(curator: User, record: Record, decision: str, **said: str) -> None:
    """What a curator does on the desk, which has a journey of its own."""
    record.refresh_from_db()
    answer = browser(curator).post(
        f"/desk/new/{record.public_id}/", {"decision": decision, "version": record.version, **said}
    )
    assert answer.status_code == 302


def test_a_labs_life(
    both_ways: Open, script: bool, aarhus: Actor, curator: User, time_machine: TimeMachineFixture
) -> None:
    # The first word, without an account; the browser is closed in the middle.
    page = both_ways("/register/lab/")
    page.locator("#f-name_da").fill(NAME)
    page.locator("#f-summary_da").fill("Beboere og personale afprøver lys om natten.")
    pick(page, "places", "Aarhus", "Aarhus", script=script)
    go_on(page)
    address, kept = page.url, page.context.storage_state()
    page.context.close()

    # Later: the rest, an account, and off it goes.
    page = both_ways(address, storage_state=kept)
    press(page, "button[name=themes-add][value=ageing]")
    page.locator("#f-purpose_da").fill("Bedre nattesøvn.")
    go_on(page)
    pick(page, "parties", "Aarhus Kom", "Aarhus Kommune", script=script)
    page.locator("#f-parties-0-role").select_option("host")
    go_on(page)
    page.locator("#f-hallmark_daily").fill("På afdeling 2 og 3.")
    go_on(page)
    check = page.url.partition("#")[0]
    press(page, "main a[href^='/account/signup/']")
    sign_up(page, ANNA, "Anna")
    expect(page).to_have_url(check)
    page.goto(check.replace("/check/", "/what/"))
    pick(page, "owner", "Aarhus Kom", "Aarhus Kommune", script=script)
    page.goto(check)
    press(page, "form button[type=submit]")
    lab = Lab.objects.select_related("record").get()
    expect(page).to_have_url(re.compile(f"/account/entries/{lab.record.public_id}/"))
    assert lab.record.state == State.SUBMITTED
    assert lab.owner == aarhus

    # Returned with a reason, mended, sent again.
    decide(curator, lab.record, "return", reason="Skriv, hvor man kan læse om det.")
    page.goto(link_for(ANNA, lab.record.public_id))
    expect(page.locator("main")).to_contain_text("Skriv, hvor man kan læse om det.")
    press(page, "main a.button-primary")
    page.goto(page.url.rsplit("/", 2)[0] + "/how/")
    page.locator("#f-source").fill("https://www.aarhus.dk/solbakken")
    go_on(page)
    press(page, "form button[type=submit]")
    lab.record.refresh_from_db()
    assert lab.record.state == State.SUBMITTED

    # Published, and the author made owner of the organisation, which had none.
    decide(curator, lab.record, "publish", seat="1")
    page.goto(lab.get_absolute_url())
    expect(page.locator("h1")).to_have_text(NAME)

    # A colleague is invited and comes in.
    page.goto("/actors/aarhus-kommune/people/")
    page.locator("main input[name=email]").fill(BODIL)
    press(page, "main form:has(input[name=email]) button[type=submit]")
    colleague = both_ways(link_for(BODIL, "invitations"))
    press(colleague, "main a[href^='/account/signup/']")
    sign_up(colleague, BODIL, "Bodil")
    colleague.goto(link_for(BODIL, "invitations"))
    press(colleague, "main form button[type=submit]")
    assert Membership.objects.running().filter(actor=aarhus, user__email=BODIL).exists()
    colleague.goto(f"/labs/{lab.record.slug}/edit/what/")
    colleague.locator("#f-summary_da").fill("Beboere og personale afprøver lys døgnet rundt.")
    press(colleague, "main form button.button-primary[type=submit]")
    page.goto(lab.get_absolute_url())
    expect(page.locator("main")).to_contain_text("døgnet rundt")

    # A year later: a mail, one press.
    time_machine.move_to(timezone.now() + dt.timedelta(days=340))
    ask_after_facts(timestamp=0)
    anybody = both_ways(link_for(ANNA, "still-right"))
    press(anybody, "main form button[type=submit]")
    lab.record.refresh_from_db()
    assert lab.record.freshness == Freshness.CONFIRMED
    assert timezone.localdate(lab.record.confirmed_at) == timezone.localdate()
