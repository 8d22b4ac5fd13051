"""A stranger suggests an edit and the owner takes it, with and without JavaScript; two owners edit at once.

axe finds nothing on any of the pages, with and without errors, and nothing overflows at 320 px.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from actors.models import Actor
from curation.models import Suggestion
from labs.models import Lab
from tests import factories
from tests.journeys.browsing import DESKTOP, Watched, let_in, look, press, violations
from tests.loading import bring_back
from tests.post import delivered

pytestmark = pytest.mark.django_db(transaction=True)

LAB = "/labs/doll-living-lab/"
NEW = "Danmarks udendørs lab for lys og byteknologi."
type Open = Callable[..., Page]


@pytest.fixture
def owned_site(transactional_db: None, live_server: LiveServer) -> str:
    """A served site whose register may be written to; it is emptied afterwards."""
    bring_back()
    return str(live_server.url)


@pytest.fixture
def owner(owned_site: str) -> User:
    user = User.objects.create_user("olga@gate.example", "correct horse battery", name="Olga")
    actor = Actor.objects.order_by("pk").first()
    assert actor
    Lab.objects.filter(record__slug="doll-living-lab").update(owner=actor)
    factories.membership(user, actor, "owner")
    return user


@pytest.fixture
def browse(browser: Browser, owned_site: str) -> Iterator[Open]:
    """A browser of its own each time; what it says and whom it asks is checked at the end."""
    opened: list[tuple[BrowserContext, Watched]] = []

    def open_browser(user: User | None = None, **options: Any) -> Page:
        context = browser.new_context(base_url=owned_site, **({"viewport": DESKTOP} | options))
        if user:
            let_in(context, user, owned_site)
        page = context.new_page()
        opened.append((context, Watched(page)))
        return page

    yield open_browser
    for context, watched in opened:
        context.close()
        watched.said = [said for said in watched.said if "409 (Conflict)" not in said]
        watched.check(owned_site)


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_a_stranger_suggests_and_the_owner_takes_it(browse: Open, owner: User, *, scripts: bool) -> None:
    stranger = browse(java_script_enabled=scripts)
    stranger.goto(LAB)
    press(stranger, f"main a[href='{LAB}suggest/']")
    press(stranger, f"main a[href='{LAB}suggest/what/']")
    stranger.locator("#f-summary_da").fill(NEW)
    stranger.locator("#f-reason").fill("Det står på labbets egen side.")
    stranger.locator("#f-reply_to").fill("ida@example.org")
    stranger.wait_for_timeout(2100)  # people read a page before they send it
    press(stranger, "main form .button-primary")
    assert urlsplit(stranger.url).path == f"{LAB}suggest/thanks/"
    stranger.goto(LAB)
    expect(stranger.locator("main")).not_to_contain_text(NEW)

    (mail,) = delivered(to=owner.email)
    found = re.search(r"/account/suggestions/\d+/", str(mail.body))
    assert found
    mine = browse(owner, java_script_enabled=scripts)
    mine.goto(found[0])
    expect(mine.locator("table")).to_contain_text(NEW)
    expect(mine.locator("main")).to_contain_text("Det står på labbets egen side.")
    mine.locator("#f-answer").fill("Mange tak.")
    press(mine, "main form .button-primary")
    expect(mine.locator(".alert-success")).to_be_visible()

    stranger.goto(LAB)
    expect(stranger.locator(".sk-lead").first).to_have_text(NEW)
    stranger.goto(f"{LAB}history/")
    expect(stranger.locator(".sk-history li").first).to_contain_text(NEW)
    expect(stranger.locator("main")).not_to_contain_text("Olga")
    (answer,) = delivered(to="ida@example.org")
    assert "Mange tak." in answer.body
    assert not Suggestion.objects.filter(reply_to="ida@example.org").exists()


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_two_owners_edit_at_once_and_one_sets_it_back(browse: Open, owner: User, *, scripts: bool) -> None:
    one, other = (browse(owner, java_script_enabled=scripts) for _browser in range(2))
    for page, text in ((one, "Min udgave."), (other, "En andens udgave.")):
        page.goto(f"{LAB}edit/what/")
        page.locator("#f-summary_da").fill(text)
    press(other, "main form .button-primary:not([name])")
    expect(other.locator(".alert-success")).to_be_visible()
    press(one, "main form .button-primary:not([name])")
    row = one.locator(".sk-diff--sides tbody tr", has_text="Min udgave.")
    expect(row).to_contain_text("En andens udgave.")
    expect(one.locator("#f-summary_da")).to_have_value("Min udgave.")
    assert one.evaluate("document.documentElement.scrollWidth") <= DESKTOP["width"]
    press(one, "main form .button-primary:not([name])")
    assert Lab.objects.get(record__slug="doll-living-lab").summary_da == "Min udgave."

    one.goto(f"{LAB}history/")
    press(one, ".sk-history a[href*='/revert/']")
    expect(one.locator("table")).to_contain_text("En andens udgave.")
    press(one, "main form .button-primary")
    assert Lab.objects.get(record__slug="doll-living-lab").summary_da == "En andens udgave."


def test_axe_finds_nothing_and_nothing_overflows(browse: Open, owner: User) -> None:
    lab = Lab.objects.select_related("record").get(record__slug="doll-living-lab")
    made = Suggestion.objects.create(
        record=lab.record, base_version=1, reason="Ny adresse.",
        changes={"website": {"from": [""], "to": ["https://lab.example/"]}},
    )  # fmt: skip
    page = browse(owner, bypass_csp=True)
    mine = ["edit/", "edit/what/", "end/", "resume/", "withdraw/", "history/"]
    everybodys = ["suggest/", "suggest/why/", "suggest/words/", "suggest/thanks/"]
    for path in [*(f"{LAB}{each}" for each in (*mine, *everybodys)), f"/account/suggestions/{made.pk}/"]:
        for prefix in ("", "/en"):
            page.goto(prefix + path)
            assert look(page) == [], page.url
    for path in (f"{LAB}edit/what/", f"{LAB}end/", f"{LAB}withdraw/", f"{LAB}suggest/words/"):
        page.goto(path)
        for field in page.locator("main textarea:visible, main #f-name_da").all():
            field.fill("")
        press(page, "main form .button-primary:not([name])")
        expect(page.locator("#error-summary")).to_be_visible()
        assert violations(page) == [], path
