"""A year later the owner confirms from the mail; a partner declines to be named. With and without scripts."""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from time_machine import TimeMachineFixture

from accounts.models import User
from actors.models import Refusal
from curation.models import Asking, Record
from keeping.tasks.freshness import ask_after_facts
from keeping.tasks.naming import ask_the_named
from labs.models import Lab
from tests import factories
from tests.journeys.browsing import Open, look, press, violations
from tests.post import delivered

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty")]

LINK = re.compile(r"http://[^/\s]+(/(?:en/)?(?:still-right|named)/\S+)")


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
    lab: Lab, owner: User, time_machine: TimeMachineFixture, both_ways: Open
) -> None:
    time_machine.move_to(timezone.now() + dt.timedelta(days=340))
    ask_after_facts(timestamp=0)
    page = both_ways(lab.get_absolute_url())
    expect(page.locator(".sk-labhead .sk-fresh")).to_have_text("Bør bekræftes")

    page.goto(links_in_mail_to(owner.email)[0])
    expect(page.locator("h1")).to_have_text("Er det stadig rigtigt?")
    expect(page.locator("main")).to_contain_text("Et kvarter prøver ny hjemmepleje.")
    press(page, page.get_by_role("button", name="Det er stadig rigtigt"))
    expect(page.locator("h1")).to_have_text("Tak, der er svaret")

    press(page, page.get_by_role("link", name="Se siden om Stadsgården"))
    expect(page.locator(".sk-labhead .sk-fresh")).to_have_text("Bekræftet")
    assert Asking.objects.get().answered_by == owner


def test_what_has_changed_is_put_right_from_the_mail(
    lab: Lab, owner: User, time_machine: TimeMachineFixture, both_ways: Open
) -> None:
    time_machine.move_to(timezone.now() + dt.timedelta(days=340))
    ask_after_facts(timestamp=0)
    page = both_ways(links_in_mail_to(owner.email)[1])
    page.get_by_label("Fase").select_option("scaling")
    press(page, page.get_by_role("button", name="Gem og bekræft"))
    expect(page.locator("h1")).to_have_text("Tak, der er svaret")
    lab.refresh_from_db()
    assert lab.phase == "scaling"


def test_a_partner_declines_to_be_named(lab: Lab, owner: User, both_ways: Open) -> None:
    partner = factories.actor("Partner A/S", slug="partner", contact_email="post@partner.dk")
    factories.link(lab, partner, "push", role="company")
    ask_the_named(timestamp=0)
    page = both_ways(links_in_mail_to("post@partner.dk")[0])
    page.get_by_text("Nej, tag os af").click()
    page.get_by_label("Hvorfor ikke?").fill("Vi har aldrig hørt om det.")
    press(page, page.get_by_role("button", name="Gem svarene"))
    expect(page.locator("main")).to_contain_text("Tak. Svarene er gemt.")
    assert Refusal.objects.get().actor == partner
    assert "Vi har aldrig hørt om det." in delivered(to=owner.email)[-1].body
    page.goto(lab.get_absolute_url())
    expect(page.locator("#coalition")).not_to_contain_text("Partner A/S")


@pytest.mark.parametrize("language", ["da", "en"])
def test_axe_finds_nothing_and_nothing_overflows(lab: Lab, owner: User, browse: Open, language: str) -> None:
    long_ago = timezone.now() - dt.timedelta(days=400)
    Record.objects.filter(pk=lab.pk).update(confirmed_at=long_ago)
    User.objects.filter(pk=owner.pk).update(language=language)
    factories.link(factories.lab("Havnen"), lab.owner, "pull")  # type: ignore[arg-type]
    ask_after_facts(timestamp=0)
    ask_the_named(timestamp=0)
    links = [link for mail in delivered(to=owner.email) for link in LINK.findall(str(mail.body))]
    page = browse(but=["404 (Not Found)"])
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
