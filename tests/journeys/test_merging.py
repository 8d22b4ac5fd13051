"""A curator merges three duplicates by keyboard, and takes one back without JavaScript."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from actors.models import Actor
from curation.choices import State
from curation.models import Record
from desk.duplicates import finding
from desk.models import Merge, Pair
from tests import factories
from tests.journeys.browsing import PHONE, Open, key, look, press

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty")]

TWICE = (
    ("Aarhus Kommune", "Århus Kommune", "55133018"),
    ("OUH", "Odense Universitetshospital", "29190909"),
    ("Teknologisk Institut", "Teknologisk Insitut", "56976116"),
)
LABS = ("Natlys", "Havnens", "Plejehjemmets", "Skolehaver", "Vandløb", "Genoptræning")


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


def merge_the_open_pair(page: Page) -> None:
    """By keyboard: G asks for the reason, Ctrl+Enter merges."""
    expect(page.locator("#keys")).to_be_visible()
    page.wait_for_load_state()
    page.keyboard.press("g")
    expect(page.locator("#id_reason")).to_be_focused()
    page.keyboard.type("Den samme organisation to gange.")
    key(page, "Control+Enter")


def test_three_are_merged_by_keyboard_and_one_is_taken_back(
    browse: Open, curator: User, twice: list[tuple[Actor, Actor]]
) -> None:
    page = browse("/desk/duplicates/", curator)
    expect(page.locator(".sk-q")).to_have_count(3)
    expect(page.locator("#keys")).to_be_visible()
    key(page, "j")
    for _number in range(3):
        merge_the_open_pair(page)
    expect(page.locator(".sk-empty")).to_be_visible()
    assert Merge.objects.count() == 3
    assert Pair.objects.filter(outcome="merged").count() == 3
    gone, kept = (Merge.objects.order_by("pk")[0].gone, Merge.objects.order_by("pk")[0].kept)
    page.goto(gone.get_absolute_url())
    assert page.url.endswith(kept.get_absolute_url())
    expect(page.locator("main")).to_contain_text("lab")

    page = browse("/desk/merges/", curator, java_script_enabled=False, viewport=PHONE)
    press(page, page.locator(".sk-q a").last)
    press(page, "main form button[type=submit]")
    gone.refresh_from_db()
    assert gone.state == State.PUBLISHED
    page.goto(gone.get_absolute_url())
    assert page.url.endswith(gone.get_absolute_url())
    assert Record.objects.filter(state=State.MERGED).count() == 2


def test_a_pair_nobody_has_found_is_merged_without_javascript(browse: Open, curator: User) -> None:
    one, other = factories.lab("Læring ved vandet"), factories.lab("Havnen som klasserum")
    page = browse(f"/labs/{one.record.slug}/edit/", curator, java_script_enabled=False, viewport=PHONE)
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
    browse: Open, curator: User, twice: list[tuple[Actor, Actor]], language: str
) -> None:
    pair = Pair.objects.order_by("pk")[0]
    kept = factories.lab("Det nye").record
    gone = factories.lab("Det gamle", state=State.MERGED, merged_into=kept).record
    done = Merge.objects.create(gone=gone, kept=kept, by=curator, reason="Det samme.")
    paths = [
        "duplicates/", f"duplicates/{pair.pk}/", "merges/", f"merges/{done.pk}/",
        f"merge/{twice[0][0].record.public_id}/?q=odense",
    ]  # fmt: skip
    page = browse(user=curator, but=["422 (Unprocessable Content)"])
    found: dict[str, list[str]] = {}
    for path in paths:
        page.goto(f"{language}/desk/{path}")
        found[path] = look(page)
    page.goto(f"{language}/desk/duplicates/{pair.pk}/")
    press(page, "button[value=merge]")
    expect(page.locator("#error-summary")).to_be_visible()
    found["error"] = look(page)
    assert {path: broken for path, broken in found.items() if broken} == {}
