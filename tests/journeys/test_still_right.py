"""A year later the owner confirms from the mail; a partner declines to be named. With and without scripts."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from time_machine import TimeMachineFixture

from accounts.models import User
from actors.models import Refusal
from curation.models import Asking, Record
from keeping.tasks.freshness import ask_after_facts
from keeping.tasks.naming import ask_the_named
from labs.models import Lab
from tests import factories
from tests.journeys.browsing import DESKTOP, PHONE, Watched, look, press, violations
from tests.post import delivered

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty")]

type Opened = Callable[[str], Page]

LINK = re.compile(r"http://[^/\s]+(/(?:en/)?(?:still-right|named)/\S+)")


@pytest.fixture(autouse=True)
def _rows_are_made_beside_the_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser's loop runs in this thread, and Django would refuse to ask its database here."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture(params=[(True, DESKTOP), (False, PHONE)], ids=["script", "plain"])
def opened(request: Any, browser: Browser, live_server: LiveServer) -> Iterator[Opened]:
    """Open a page of the site in a browser nobody has logged in with."""
    script, size = request.param
    context = browser.new_context(base_url=live_server.url, java_script_enabled=script, viewport=size)
    page = context.new_page()
    watched = Watched(page)

    def open_page(path: str) -> Page:
        page.goto(path)
        return page

    yield open_page
    context.close()
    watched.check(live_server.url)


@pytest.fixture
def owner() -> User:
    return User.objects.create_user("olga@aarhus.dk", "correct horse battery", name="Olga Owner")


@pytest.fixture
def lab(owner: User) -> Lab:
    """Published and confirmed today."""
    actor = factories.actor("Aarhus Kommune")
    factories.membership(owner, actor, "owner")
    now = timezone.now()
    return factories.lab(
        "Stadsgården", owner=actor, claimed_at=now, confirmed_at=now, phase="running",
        summary_da="Et kvarter prøver ny hjemmepleje.",
    )  # fmt: skip


def links_in_mail_to(address: str) -> list[str]:
    return LINK.findall(str(delivered(to=address)[-1].body))


def test_a_year_later_the_owner_confirms_from_the_mail(
    lab: Lab, owner: User, time_machine: TimeMachineFixture, opened: Opened
) -> None:
    time_machine.move_to(timezone.now() + dt.timedelta(days=340))
    ask_after_facts(timestamp=0)
    page = opened(lab.get_absolute_url())
    expect(page.locator(".sk-labhead .sk-fresh")).to_have_text("Bør bekræftes")

    page = opened(links_in_mail_to(owner.email)[0])
    expect(page.locator("h1")).to_have_text("Er det stadig rigtigt?")
    expect(page.locator("main")).to_contain_text("Et kvarter prøver ny hjemmepleje.")
    press(page, page.get_by_role("button", name="Det er stadig rigtigt"))
    expect(page.locator("h1")).to_have_text("Tak, der er svaret")

    press(page, page.get_by_role("link", name="Se siden om Stadsgården"))
    expect(page.locator(".sk-labhead .sk-fresh")).to_have_text("Bekræftet")
    assert Asking.objects.get().answered_by == owner


def test_what_has_changed_is_put_right_from_the_mail(
    lab: Lab, owner: User, time_machine: TimeMachineFixture, opened: Opened
) -> None:
    time_machine.move_to(timezone.now() + dt.timedelta(days=340))
    ask_after_facts(timestamp=0)
    page = opened(links_in_mail_to(owner.email)[1])
    page.get_by_label("Fase").select_option("scaling")
    press(page, page.get_by_role("button", name="Gem og bekræft"))
    expect(page.locator("h1")).to_have_text("Tak, der er svaret")
    lab.refresh_from_db()
    assert lab.phase == "scaling"


def test_a_partner_declines_to_be_named(lab: Lab, owner: User, opened: Opened) -> None:
    partner = factories.actor("Partner A/S", slug="partner", contact_email="post@partner.dk")
    factories.link(lab, partner, "push", role="company")
    ask_the_named(timestamp=0)
    page = opened(links_in_mail_to("post@partner.dk")[0])
    page.get_by_text("Nej, tag os af").click()
    page.get_by_label("Hvorfor ikke?").fill("Vi har aldrig hørt om det.")
    press(page, page.get_by_role("button", name="Gem svarene"))
    expect(page.locator("main")).to_contain_text("Tak. Svarene er gemt.")
    assert Refusal.objects.get().actor == partner
    assert "Vi har aldrig hørt om det." in delivered(to=owner.email)[-1].body
    page = opened(lab.get_absolute_url())
    expect(page.locator("#coalition")).not_to_contain_text("Partner A/S")


@pytest.mark.parametrize("language", ["da", "en"])
def test_axe_finds_nothing_and_nothing_overflows(
    lab: Lab, owner: User, browser: Browser, live_server: LiveServer, language: str
) -> None:
    long_ago = timezone.now() - dt.timedelta(days=400)
    Record.objects.filter(pk=lab.pk).update(confirmed_at=long_ago)
    User.objects.filter(pk=owner.pk).update(language=language)
    factories.link(factories.lab("Havnen"), lab.owner, "pull")  # type: ignore[arg-type]
    ask_after_facts(timestamp=0)
    ask_the_named(timestamp=0)
    links = [link for mail in delivered(to=owner.email) for link in LINK.findall(str(mail.body))]
    context = browser.new_context(base_url=live_server.url, bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    for link in (*links, "/still-right/made-up/"):
        page.goto(link)
        assert look(page) == [], page.url
    page.goto(links[2])
    press(page, page.locator("main form button[type=submit]").last)
    expect(page.locator("#error-summary")).to_be_visible()
    assert violations(page) == []
    page.goto(links[0])
    press(page, "main form button[type=submit]")
    expect(page.locator("main form button[type=submit]")).to_have_count(0)
    assert violations(page) == []
    context.close()
