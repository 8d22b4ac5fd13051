"""Two entries kept before log-in follow, are compared and shared; with JavaScript by keyboard, and without.

axe finds nothing on any of the pages, with and without entries, and nothing overflows at 320 px.
"""

import pytest
from playwright.sync_api import Page, expect

from curation.choices import State
from curation.models import Kept, Shortlist
from labs.models import Lab
from outreach.shortlist import actions
from tests import factories
from tests.accounts.logging_in import PASSWORD
from tests.journeys.browsing import DESKTOP, Open, eventually, key, look, press
from tests.people import person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty")]

IDA = "ida@example.org"
NOTE = "Ring om nattevagterne."


@pytest.fixture
def labs(transactional_db: None) -> list[Lab]:
    theme = factories.theme("Demens")
    person(IDA, password=PASSWORD, name="Ida")
    return [
        factories.lab(name, themes=[theme], summary_da="Et sted at afprøve.", phase="running")
        for name in ("Havnelab", "Skovlab")
    ]


def keep(page: Page, number: int, *, script: bool) -> None:
    """Keep one of the entries of a list: pressed in place by keyboard, or asked for on a page of its own."""
    button = page.locator("[data-keep]").nth(number)
    if script:
        expect(button).to_have_attribute("aria-pressed", "false")
        button.focus()
        page.keyboard.press("Enter" if number else "Space")
        expect(button).to_have_attribute("aria-pressed", "true")
        expect(page.locator("[data-shortlist] span").last).to_have_text(str(number + 1))
        expect(page.get_by_text("is on your shortlist", exact=False)).to_have_count(1)
        expect(button).to_be_focused()
    else:
        press(page, button)
        press(page, "main form .button-primary")
        assert page.url.endswith("/en/labs/")
        expect(page.locator(".alert-success")).to_contain_text("is on your shortlist")


def write_note(page: Page, *, script: bool) -> None:
    page.locator("textarea").last.fill(NOTE)
    if script:
        expect(page.get_by_text("The note is saved.")).to_be_visible()
    else:
        press(page, page.get_by_role("button", name="Save the note").last)
        expect(page.locator(".alert-success")).to_have_text("The note is saved.")


def test_two_entries_are_kept_compared_and_shared(both_ways: Open, labs: list[Lab], script: bool) -> None:
    page = both_ways("/en/labs/")
    assert page.context.cookies() == []
    first = page.locator("#results h3").first.inner_text()
    for number in range(2):
        keep(page, number, script=script)
    page.goto("/en/shortlist/")
    expect(page.locator(".sk-kept h3").last).to_have_text(first)
    write_note(page, script=script)

    press(page, "main a[href*='/account/login/']")
    page.locator("#id_login").fill(IDA)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("#id_password").focus()
    key(page, "Enter")
    expect(page.locator(".sk-kept")).to_have_count(2)
    expect(page.locator("textarea").last).to_have_value(NOTE)
    assert Kept.objects.filter(shortlist__user__email=IDA).count() == 2

    for box in page.locator("input[name=entry]").all():
        box.check()
    press(page, page.get_by_role("button", name="Compare them"))
    expect(page.locator("thead th")).to_have_text(["Skovlab", "Havnelab"] if first == "Havnelab" else [
        "Havnelab", "Skovlab",
    ])  # fmt: skip
    expect(page.locator("main")).to_contain_text("In common: Demens.")
    if script:
        expect(page.locator("main [data-keep]").first).to_have_attribute("aria-pressed", "true")

    page.goto("/en/shortlist/")
    press(page, page.get_by_role("button", name="Make a link"))
    link = page.locator("#share-link").input_value()
    path = link[link.index("/en/") :]
    other = both_ways(path, but=["404 (Not Found)"])
    expect(other.locator(".sk-kept")).to_have_count(2)
    expect(other.locator("body")).not_to_contain_text(NOTE)
    expect(other.locator("body")).not_to_contain_text("Ida")
    press(page, page.get_by_role("button", name="Stop sharing"))
    answer = other.goto(path)
    assert answer
    assert answer.status == 404


def test_windows_keep_up_with_each_other(browse: Open, labs: list[Lab]) -> None:
    page = browse("/en/labs/", but=["409 (Conflict)"])
    beside = page.context.new_page()
    beside.goto("/en/labs/")
    page.locator("[data-keep]").first.click()
    expect(beside.locator("[data-keep]").first).to_have_attribute("aria-pressed", "true")
    beside.locator("[data-keep]").first.click()
    expect(page.locator("[data-keep]").first).to_have_attribute("aria-pressed", "false")
    assert not Kept.objects.exists()

    page.locator("[data-keep]").first.click()
    expect(page.locator("[data-keep]").first).to_have_attribute("aria-pressed", "true")
    page.locator("#q").fill(page.locator("#results h3").first.inner_text())
    expect(page.locator("[data-keep]")).to_have_count(1)  # the answer has come, and is marked as the page was
    expect(page.locator("button[data-keep]")).to_have_attribute("aria-pressed", "true")
    page.goto("/en/shortlist/")
    kept = Kept.objects.get()
    actions.write_note(kept, "Fra et andet vindue.", seen=actions.mark(""))
    page.locator("textarea").fill(NOTE)
    expect(page.locator(".sk-kept__said")).to_contain_text("“Fra et andet vindue.”")
    page.get_by_role("button", name="Save the note").click()
    expect(page.locator(".sk-kept__said")).to_have_text("The note is saved.")
    eventually(lambda: Kept.objects.get().note == NOTE)


def test_axe_finds_nothing_and_nothing_overflows(browse: Open, labs: list[Lab]) -> None:
    page = browse()
    for path in ("/shortlist/", "/en/shortlist/compare/"):
        page.goto(path)
        assert look(page) == [], path
    page.set_viewport_size(DESKTOP)
    page.goto("/labs/")
    for button in page.locator("[data-keep]").all():
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
    assert look(page) == []
    shortlist = Shortlist.objects.get()
    actions.share(shortlist)
    shortlist.refresh_from_db()
    need = factories.need("Et behov", deadline=None)
    actions.keep(need.record, on=shortlist)
    gone = factories.offer("Væk")
    actions.keep(gone.record, on=shortlist)
    gone.record.state = State.WITHDRAWN
    gone.record.save()
    ids = [entry.record.public_id for entry in (*labs, need)]
    compared = f"compare/?a={ids[0]}&b={ids[1]}&c={ids[2]}"
    for rest in ("", f"shared/{shortlist.share_key}/", compared, f"keep/{ids[0]}/"):
        for prefix in ("", "/en"):
            page.goto(f"{prefix}/shortlist/{rest}")
            assert look(page) == [], page.url
