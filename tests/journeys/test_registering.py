"""An employee registers a lab from nothing in five steps, with the browser closed in the middle; with and
without JavaScript, by keyboard, on a narrow screen. axe finds nothing on any step.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from curation.models import Draft, Record
from labs.models import Lab
from tests.journeys.browsing import Open, close, enter, eventually, key, look, press, tab_to
from tests.journeys.steps import go_on, pick
from tests.people import person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("denmark")]

NAME = "Lys og søvn på Solbakken"


@pytest.fixture
def employee(denmark: None) -> User:
    return person("anna@solbakken.dk", password="correct horse battery", name="Anna")


def test_in_five_steps_with_the_browser_closed_in_the_middle(browse: Open, employee: User) -> None:
    page = browse("/")
    press(page, "a[href='/register/lab/']")
    page.locator("#f-name_da").press_sequentially("EnergyLab Nordhavn")
    expect(page.locator("#alike")).to_contain_text("EnergyLab Nordhavn")
    page.locator("#f-name_da").fill(NAME)
    page.locator("#f-summary_da").fill("Beboere og personale afprøver lys om natten.")
    expect(page.locator(".sk-save__mark")).to_be_visible()
    expect(page.locator("#alike")).not_to_contain_text("EnergyLab")
    expect(page.locator("#f-summary_da")).to_be_focused()
    pick(page, "places", "Aarh", "Aarhus")
    go_on(page)
    expect(page).to_have_url(re.compile("/why/"))
    pick(page, "themes", "demens", "Demens")
    page.locator("#f-purpose_da").fill("Bedre nattesøvn.")
    address, kept = page.url, page.context.storage_state()
    close(page)  # within the second in which nothing was saved yet
    eventually(lambda: Draft.objects.get().typed["why"].get("purpose_da") == ["Bedre nattesøvn."])

    again = browse(address, storage_state=kept)
    expect(again.locator("#f-purpose_da")).to_have_value("Bedre nattesøvn.")
    expect(again.locator(".sk-picked").first).to_contain_text("Demens")
    go_on(again)
    pick(again, "parties", "Aarhus Univ", "Aarhus Universitet")
    again.locator("#f-parties-0-role").select_option("research")
    expect(again.locator(".sk-seg .sk-push")).to_have_count(1)
    again.locator("#f-parties-find").press_sequentially("Solbakken plejehjem")
    expect(again.locator("button[name=parties-new]")).to_be_visible()
    press(again, "button[name=parties-new]")
    go_on(again)
    expect(again.locator("#error-summary")).to_be_focused()
    again.locator("#error-summary a").first.click()
    again.locator("#f-parties-1-type").select_option("municipal_unit")
    again.locator("#f-parties-1-role").select_option("host")
    again.locator("label[for=f-parties-1-side_0]").click()
    go_on(again)
    expect(again).to_have_url(re.compile("/how/"))
    address = again.url

    press(again, ".sk-stepbutton[value=check]")
    press(again, "main a[href^='/account/login/']")
    again.locator("main input[name=login]").fill(employee.email)
    again.locator("main input[name=password]").fill("correct horse battery")
    press(again, "main form:has(input[name=password]) button[type=submit]")
    expect(again).to_have_url(re.compile("/check/"))  # the draft has come along
    assert Draft.objects.get().user == employee

    elsewhere = browse(address, employee)  # on another machine
    elsewhere.locator("#f-phase").select_option("running")
    elsewhere.locator("#f-hallmark_daily").fill("På afdeling 2 og 3.")
    go_on(elsewhere)
    with elsewhere.expect_popup() as popup:
        elsewhere.locator("a[href$='/preview/']").click()
    expect(popup.value.locator("h1")).to_have_text(NAME)
    expect(popup.value.locator("main")).to_contain_text("Solbakken plejehjem")
    press(elsewhere, "form button[type=submit]")
    record = Record.objects.get(kind="lab", state="submitted")
    expect(elsewhere).to_have_url(re.compile(f"/account/entries/{record.public_id}/"))
    lab = Lab.objects.get(pk=record.pk)
    assert (lab.name_da, lab.phase, lab.links.count()) == (NAME, "running", 2)


def test_the_same_without_javascript(browse: Open, employee: User) -> None:
    page = browse("/register/lab/", employee, java_script_enabled=False)
    page.locator("#f-name_da").fill(NAME)
    page.locator("#f-summary_da").fill("Beboere og personale afprøver lys om natten.")
    page.locator("#f-places-find").fill("Aarhus")
    press(page, "button[name=places-search]")
    press(page, "button[name=places-add][value='0751']")
    go_on(page)
    press(page, "button[name=themes-add][value=ageing]")
    go_on(page)
    page.locator("#f-parties-find").fill("Aarhus Universitet")
    key(page, "Enter")
    expect(page).to_have_url(re.compile(r"/who/\?check=1"))
    press(page, "button[name=parties-add]")
    press(page, ".sk-stepbutton[value=how]")
    expect(page).to_have_url(re.compile("/how/"))
    go_on(page)
    expect(page.locator("#error-summary li")).to_have_count(1)
    press(page, "#error-summary a")
    page.locator("#f-parties-0-role").select_option("research")
    go_on(page)
    go_on(page)
    press(page, "form button[type=submit]")
    record = Record.objects.get(kind="lab", state="submitted")
    expect(page).to_have_url(re.compile(f"/account/entries/{record.public_id}/"))
    assert Lab.objects.get(pk=record.pk).links.get().role == "research"


def test_all_steps_by_keyboard_alone(browse: Open, employee: User) -> None:
    page = browse("/register/lab/", employee)
    tab_to(page, "#f-name_da")
    page.keyboard.type(NAME)
    tab_to(page, "#f-summary_da")
    page.keyboard.type("Beboere og personale afprøver lys.")
    tab_to(page, "#f-places-find")
    page.keyboard.insert_text("Odense")  # at once, so there is one search and not one for each letter
    expect(page.locator("#f-places-found li")).to_have_count(1)
    enter(page, "button[name=places-add]")
    enter(page, ".sk-steps2 .button-primary")
    enter(page, "button[name=themes-add][value=ageing]")
    enter(page, ".sk-steps2 .button-primary")
    tab_to(page, "#f-parties-find")
    page.keyboard.insert_text("Aarhus Universitetsh")
    expect(page.locator("#f-parties-found li").first).to_be_visible()
    enter(page, "button[name=parties-add]")
    tab_to(page, "#f-parties-0-role")
    page.keyboard.press("ArrowDown")
    enter(page, ".sk-steps2 .button-primary")
    tab_to(page, "#f-hallmark_daily")
    page.keyboard.type("På afdeling 2 og 3.")
    enter(page, ".sk-steps2 .button-primary")
    enter(page, "main form button.button-primary")
    lab = Lab.objects.select_related("record").get(record__state="submitted")
    assert (lab.name_da, lab.hallmark_daily) == (NAME, "På afdeling 2 og 3.")
    expect(page).to_have_url(re.compile(f"/account/entries/{lab.record.public_id}/"))


def test_a_place_pressed_on_the_map_is_written_in_the_fields(browse: Open) -> None:
    page = browse("/register/lab/")
    page.locator("#pointmap").scroll_into_view_if_needed()
    page.locator("#pointmap").click(position={"x": 200, "y": 150})
    expect(page.locator("#f-latitude")).not_to_have_value("")
    expect(page.locator("#pointmap .sk-pin")).to_be_attached()
    expect(page.locator(".sk-save__mark")).to_be_visible()
    (draft,) = Draft.objects.all()
    assert draft.typed["what"]["latitude"] == [page.locator("#f-latitude").input_value()]


def test_two_windows_are_told_of_each_other(browse: Open) -> None:
    one = browse("/register/lab/", but=["409 (Conflict)"])
    one.locator("#f-name_da").fill("Lys")
    expect(one.locator(".sk-save__mark")).to_be_visible()
    other = one.context.new_page()
    other.goto(one.url)
    other.locator("#f-name_da").fill("Lys fra den anden")
    expect(other.locator("h1")).to_be_visible()
    go_on(other)
    one.locator("#f-name_da").fill("Lys fra den ene")
    expect(one.locator(".sk-save__mark")).to_be_hidden()
    go_on(one)
    for words in ("Lys fra den ene", "Lys fra den anden"):
        expect(one.locator("table")).to_contain_text(words)
    press(one, "form button[type=submit]")
    expect(one.locator("#f-name_da")).to_have_value("Lys fra den ene")
    assert Draft.objects.get().typed["what"]["name_da"] == ["Lys fra den ene"]


def test_the_preview_follows_what_is_written(browse: Open) -> None:
    page = browse("/register/lab/")
    page.locator("#f-name_da").fill("Lys")
    with page.expect_popup() as popup:
        page.locator("a[href$='/preview/']").click()
    expect(popup.value.locator("h1")).to_have_text("Lys")
    popup.value.wait_for_load_state()  # it listens now
    page.locator("#f-name_da").fill(NAME)
    expect(popup.value.locator("h1")).to_have_text(NAME)


def test_what_could_not_be_saved_is_said_and_saved_later(browse: Open) -> None:
    page = browse("/register/lab/", but=["ERR_INTERNET_DISCONNECTED", "Failed to fetch"])
    page.context.set_offline(True)
    page.locator("#f-name_da").fill(NAME)
    told = page.locator("#step-form").get_attribute("data-unsaved") or "missing"
    expect(page.locator("#saved")).to_have_text(told)
    page.context.set_offline(False)
    expect(page.locator(".sk-save__mark")).to_be_visible(timeout=15_000)
    assert Draft.objects.get().typed["what"]["name_da"] == [NAME]


def test_too_much_is_said_before_it_is_sent(browse: Open) -> None:
    page = browse("/register/lab/")
    page.locator("#f-description_da").evaluate("(node) => { node.value = 'x'.repeat(2500000); }")
    page.locator(".sk-steps2 .button-primary").click()
    told = page.locator("#step-form").get_attribute("data-toomuch") or "missing"
    expect(page.locator("#saved")).to_have_text(told)
    assert page.locator("#f-description_da").input_value()[:1] == "x"
    assert not Draft.objects.exists()


def filled(page: Page) -> str:
    """A draft with a row in it and something wrong on every step; the address of its steps."""
    page.goto("/register/lab/")
    page.locator("#f-summary_da").fill("x" * 700)
    go_on(page)
    steps = page.url.split("what/")[0]
    page.goto(f"{steps}who/")
    page.locator("#f-parties-find").fill("Solbakken plejehjem")
    expect(page.locator("button[name=parties-new]")).to_be_visible()
    press(page, "button[name=parties-new]")
    return steps


@pytest.mark.parametrize("language", ["", "en/"])
def test_axe_finds_nothing_and_nothing_overflows_with_and_without_errors(browse: Open, language: str) -> None:
    page = browse()
    steps = filled(page).replace("/register/", f"/{language}register/")
    found = {}
    for path in (
        "what/", "what/?check=1", "why/?check=1", "who/", "who/?check=1", "how/", "check/",
        "preview/", "later/",
    ):  # fmt: skip
        page.goto(steps + path)
        found[path] = look(page)
    for path in (f"/{language}register/", f"/{language}register/actor/", f"/{language}register/mission/"):
        page.goto(path)
        found[path] = look(page)
    assert {path: broken for path, broken in found.items() if broken} == {}
