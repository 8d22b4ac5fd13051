"""A curator merges three duplicates by keyboard, and takes one back without JavaScript."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from actors.models import Actor
from curation.choices import State
from curation.models import Record
from desk.duplicates import finding
from desk.models import Merge, Pair
from tests import factories, people
from tests.journeys.browsing import DESKTOP, PHONE, SMALLEST, Watched, let_in, press, violations
from tests.journeys.merging import merge_the_open_pair

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty")]

type LoggedIn = Callable[..., Page]

TWICE = (
    ("Aarhus Kommune", "Århus Kommune", "55133018"),
    ("OUH", "Odense Universitetshospital", "29190909"),
    ("Teknologisk Institut", "Teknologisk Insitut", "56976116"),
)
LABS = ("Natlys", "Havnens", "Plejehjemmets", "Skolehaver", "Vandløb", "Genoptræning")


@pytest.fixture(autouse=True)
def _rows_are_made_beside_the_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser's loop runs in this thread, and Django would refuse to ask its database here."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture
def curator() -> User:
    return people.person("curator@example.org", name="Karen Kurator", is_curator=True)


@pytest.fixture
def logged_in(browser: Browser, live_server: LiveServer, curator: User) -> Iterator[LoggedIn]:
    """The curator's browser; what it says and asks is checked at the end."""
    opened: list[tuple[BrowserContext, Watched]] = []

    def open_page(path: str, **options: Any) -> Page:
        context = browser.new_context(base_url=live_server.url, **({"viewport": DESKTOP} | options))
        let_in(context, curator, live_server.url)
        page = context.new_page()
        opened.append((context, Watched(page)))
        page.goto(path)
        return page

    yield open_page
    for context, watched in opened:
        context.close()
        watched.check(live_server.url)


@pytest.fixture
def twice() -> list[tuple[Actor, Actor]]:
    """Three organisations that stand twice, each tied to a lab."""
    town = factories.place("Aarhus")
    made = [
        (
            factories.actor(one, cvr=cvr, places=[town]),
            factories.actor(other, cvr=cvr, places=[town], slug=f"again-{cvr}"),
        )
        for one, other, cvr in TWICE
    ]
    for number, (one, other) in enumerate(made):
        factories.link(factories.lab(f"{LABS[number]} lab"), one, role="research")
        factories.link(factories.lab(LABS[number - 3]), other, role="host")
    finding.look_at_changed(timezone.now() - dt.timedelta(minutes=5))
    return made


def test_three_are_merged_by_keyboard_and_one_is_taken_back(
    logged_in: LoggedIn, twice: list[tuple[Actor, Actor]]
) -> None:
    page = logged_in("/desk/duplicates/")
    expect(page.locator(".sk-q")).to_have_count(3)
    expect(page.locator("#keys")).to_be_visible()
    with page.expect_event("load"):
        page.keyboard.press("j")
    for _number in range(3):
        merge_the_open_pair(page, "Den samme organisation to gange.")
    expect(page.locator(".sk-empty")).to_be_visible()
    assert Merge.objects.count() == 3
    assert Pair.objects.filter(outcome="merged").count() == 3
    gone, kept = (Merge.objects.order_by("pk")[0].gone, Merge.objects.order_by("pk")[0].kept)
    page.goto(gone.get_absolute_url())
    assert page.url.endswith(kept.get_absolute_url())
    expect(page.locator("main")).to_contain_text("lab")

    page = logged_in("/desk/merges/", java_script_enabled=False, viewport=PHONE)
    press(page, page.locator(".sk-q a").last)
    press(page, "main form button[type=submit]")
    gone.refresh_from_db()
    assert gone.state == State.PUBLISHED
    page.goto(gone.get_absolute_url())
    assert page.url.endswith(gone.get_absolute_url())
    assert Record.objects.filter(state=State.MERGED).count() == 2


def test_a_pair_nobody_has_found_is_merged_without_javascript(logged_in: LoggedIn) -> None:
    one, other = factories.lab("Læring ved vandet"), factories.lab("Havnen som klasserum")
    page = logged_in(f"/labs/{one.record.slug}/edit/", java_script_enabled=False, viewport=PHONE)
    press(page, page.locator(f"a[href$='/desk/merge/{one.record.public_id}/']"))
    page.locator("#id_q").fill("havnen")
    press(page, "main form[method=get] button")
    page.locator(f"#other-{other.record.public_id}").check()
    press(page, "main form[method=post] button")
    page.locator("#keep-right").check()
    page.locator("#id_reason").fill("Samme forløb under to navne.")
    press(page, "button[value=merge]")
    [done] = Merge.objects.all()
    assert (done.gone_id, done.kept_id) == (one.pk, other.pk)


@pytest.mark.parametrize("language", ["", "/en"])
def test_axe_finds_nothing_and_nothing_overflows(
    browser: Browser, live_server: LiveServer, curator: User, twice: list[tuple[Actor, Actor]], language: str
) -> None:
    pair = Pair.objects.order_by("pk")[0]
    kept = factories.lab("Det nye").record
    gone = factories.lab("Det gamle", state=State.MERGED, merged_into=kept).record
    done = Merge.objects.create(gone=gone, kept=kept, by=curator, reason="Det samme.")
    paths = [
        "duplicates/", f"duplicates/{pair.pk}/", "merges/", f"merges/{done.pk}/",
        f"merge/{twice[0][0].record.public_id}/?q=odense",
    ]  # fmt: skip
    context = browser.new_context(
        base_url=live_server.url, bypass_csp=True, reduced_motion="reduce", viewport=SMALLEST
    )
    let_in(context, curator, live_server.url)
    page = context.new_page()
    found: dict[str, Any] = {}
    for path in paths:
        page.set_viewport_size(SMALLEST)
        page.goto(f"{language}/desk/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= SMALLEST["width"], path
        found[path] = violations(page)
    page.goto(f"{language}/desk/duplicates/{pair.pk}/")
    press(page, "button[value=merge]")
    expect(page.locator("#error-summary")).to_be_visible()
    found["error"] = violations(page)
    context.close()
    assert {path: broken for path, broken in found.items() if broken} == {}
