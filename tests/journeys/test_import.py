"""A curator imports four hundred rows with thirty faults by keyboard, sees them public, sets them back."""

import re
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect

from accounts.models import User
from actors.models import Actor
from curation.models import Record
from desk.choices import BatchState, PairOutcome
from desk.duplicates import finding
from desk.models import Batch, Pair
from tests import factories
from tests.journeys.browsing import DESKTOP, Open, key, look

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty")]

ROWS, FAULTS = 400, 30
HEADS = "Dansk navn;Type;Websted;CVR-nummer"
KNOWN = ("Solbakken Plejecenter", "Nordhavn Energilab", "Havnens Makerspace")


def table(rows: list[str]) -> FilePayload:
    content = "\r\n".join([HEADS, *rows]).encode("cp1252")
    return {"name": "aktører.csv", "mimeType": "text/csv", "buffer": content}


def four_hundred() -> list[str]:
    """Three that are known already, thirty with a fault each of three sorts, and the rest as it should be."""
    rows = [f"{name};Virksomhed;;" for name in KNOWN]
    for number in range(len(KNOWN), ROWS):
        said = ["Virksomhed", f"https://aktoer{number}.example", ""]
        if number % 13 == 5 and (number - 5) // 13 < FAULTS:
            wrong = ((0, "Virksomhden"), (1, "ingen adresse"), (2, "12345"))[number % 3]
            said[wrong[0]] = wrong[1]
        rows.append(";".join([f"Ærlig aktør {number:03}", *said]))
    return rows


RIGHT = {"type": "Company", "website": "https://rettet.example", "cvr": ""}


def hand_in(page: Page, rows: list[str]) -> None:
    """By keyboard, but for the window in which a system lets one choose a file."""
    page.locator("#f-holds").focus()
    page.keyboard.type("Actor")
    page.keyboard.press("Tab")
    page.keyboard.type("En liste fra 2026")
    page.locator("#f-file").set_input_files(table(rows))
    page.get_by_role("button", name="Read the file").focus()
    key(page, "Enter")


def mend(page: Page) -> None:
    """What the focus stands in, and on to the next."""
    here = page.locator("*:focus")
    field = (here.get_attribute("name") or "").split("-")[-1]
    place = here.get_attribute("id")
    if field == "type":
        page.keyboard.type(RIGHT[field])
    else:
        page.keyboard.type(RIGHT[field]) if RIGHT[field] else page.keyboard.press("Delete")
    page.keyboard.press("Enter")
    expect(page.locator(f"#{place}")).to_have_count(0)


def choose(page: Page, number: str) -> Any:
    return page.locator("#import-numbers a", has_text=number)


def test_four_hundred_rows_with_thirty_faults(browse: Open, curator: User) -> None:
    for name in KNOWN:
        factories.actor(name)
    page = browse("/en/desk/", curator)
    page.get_by_role("link", name="Import", exact=True).focus()
    key(page, "Enter")
    page.get_by_role("link", name="Hand in a file").focus()
    key(page, "Enter")
    hand_in(page, four_hundred())
    expect(choose(page, "Refused").locator("b")).to_have_text(str(FAULTS))
    expect(page.locator("main")).to_contain_text("Windows-1252")
    expect(page.locator("#apply")).to_have_count(0)
    page.get_by_role("link", name="To the first fault").focus()
    key(page, "Enter")
    for left in range(FAULTS, 0, -1):
        expect(page.locator("[data-fault]:focus")).to_have_count(1)
        expect(page.locator("[data-fault]")).to_have_count(left)
        mend(page)
    expect(page.locator("#import-status")).to_be_focused()
    expect(page.locator("#import-status")).to_contain_text("No row is refused.")
    batch = Batch.objects.get()
    assert batch.rows.exclude(mended={}).count() == FAULTS
    assert Actor.objects.count() == len(KNOWN)
    page.keyboard.press("Tab")
    expect(page.locator("#apply")).to_be_focused()
    key(page, "Enter")
    expect(page.locator("main")).to_contain_text(f"It added {ROWS} entries")
    assert Record.objects.published().of_kind("actor").count() == ROWS + len(KNOWN)
    find_and_merge_duplicates(page)
    page.goto("/actors/?q=ærlig")
    expect(page.locator("#result-count")).to_have_attribute("data-count", str(ROWS - len(KNOWN)))
    set_back(page, batch)
    page.goto("/actors/?q=ærlig")
    expect(page.locator("#result-count")).to_have_attribute("data-count", "0")
    withdrawn, kept = (Record.objects.filter(state=state).count() for state in ("withdrawn", "published"))
    assert (withdrawn, kept) == (ROWS - len(KNOWN), len(KNOWN))


def find_and_merge_duplicates(page: Page) -> None:
    """The three that were known already; the search for them is a worker's, once in a while."""
    assert finding.look_at_all() == len(KNOWN)
    page.goto("/en/desk/duplicates/")
    expect(page.locator(".sk-q")).to_have_count(len(KNOWN))
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("j")
    for number in range(len(KNOWN)):
        expect(page.locator("#case-h")).to_have_text(re.compile("|".join(KNOWN)))
        expect(page.locator("#keys")).to_be_visible()
        page.locator("input[name=keep][value=left]").focus()
        page.keyboard.press("Space")
        page.locator("#id_reason").focus()
        page.keyboard.type("Stod der i forvejen.")
        key(page, "Control+Enter")
        assert Pair.objects.filter(outcome=PairOutcome.MERGED).count() == number + 1
    expect(page.locator(".sk-empty")).to_be_visible()


def set_back(page: Page, batch: Batch) -> None:
    page.goto(f"/en/desk/import/{batch.pk}/")
    page.get_by_role("link", name="Set all of it back").focus()
    key(page, "Enter")
    page.locator("#revert").focus()
    key(page, "Enter")
    batch.refresh_from_db()
    assert batch.state == BatchState.REVERTED


def test_without_javascript(browse: Open, curator: User) -> None:
    page = browse("/en/desk/import/new/", curator, java_script_enabled=False)
    hand_in(page, ["A;Virksomhden;;", "B;Virksomhed;x;", "C;Virksomhed;;"])
    page.get_by_role("link", name="To the first fault").focus()
    key(page, "Enter")
    expect(page.locator("#c-2-type")).to_be_focused()
    page.keyboard.type("Company")
    page.locator("#mend").focus()
    key(page, "Enter")
    expect(page.locator("#c-3-website")).to_be_focused()
    page.keyboard.type("https://rettet.example")
    key(page, "Enter")
    page.locator("#apply").focus()
    key(page, "Enter")
    assert Record.objects.published().of_kind("actor").count() == 3


@pytest.mark.parametrize("language", ["", "/en"])
def test_axe_finds_nothing_and_nothing_overflows(browse: Open, curator: User, language: str) -> None:
    """On every page of import, with and without errors."""
    factories.actor(KNOWN[0])
    page = browse(user=curator, but=["422 (Unprocessable Content)"])
    found: dict[str, list[str]] = {}

    def seen(name: str, path: str = "") -> None:
        if path:
            page.goto(f"{language}{path}")
        found[name] = look(page)
        page.set_viewport_size(DESKTOP)

    seen("list, empty", "/desk/import/")
    seen("new", "/desk/import/new/")
    page.locator("form[method=post] button[type=submit]").first.focus()
    key(page, "Enter")
    seen("new, with errors")
    page.locator("#f-holds").select_option("actor")
    page.locator("#f-source").fill("En liste")
    long = "https://" + "langt" * 30 + ".example"
    page.locator("#f-file").set_input_files(
        table([f"{KNOWN[0]};Virksomhed;{long};", "B;Virksomhden;x;1", ";Virksomhed;;", "D;Virksomhed;;"])
    )
    page.locator("form[method=post] button[type=submit]").first.focus()
    key(page, "Enter")
    seen("preview, refused")
    number = Batch.objects.get().pk
    seen("preview, all", f"/desk/import/{number}/?show=all")
    seen("columns", f"/desk/import/{number}/columns/")
    page.goto(f"{language}/desk/import/{number}/")
    page.locator("button[name=leave_refused]").focus()
    key(page, "Enter")
    page.locator("#apply").focus()
    key(page, "Enter")
    seen("done")
    seen("list", "/desk/import/")
    seen("revert", f"/desk/import/{number}/revert/")
    page.locator("#revert").focus()
    key(page, "Enter")
    seen("reverted")
    Batch.objects.update(state=BatchState.APPLYING, done=1)
    seen("progress", f"/desk/import/{number}/")
    assert {name: broken for name, broken in found.items() if broken} == {}
