"""Two people hold PULL-spejlet up to a lab and its host, publish it, and do it again a year later.

With JavaScript it is saved as they go; without, by the buttons. The lab's page and its place's show what has
moved.
"""

import pytest
from playwright.sync_api import Page, expect
from time_machine import TimeMachineFixture

from curation.models import EntryPlace
from labs.choices import Half
from labs.models import Assessment, Sheet
from tests import factories
from tests.journeys.browsing import DESKTOP, Open, eventually, look, press
from tests.keeping.mirrors import answers, fill, house

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty")]


def sound(page: Page, script: bool) -> None:
    """What axe finds on a desktop and a phone, and what overflows; it needs scripts to look."""
    if script:
        assert look(page) == []
        page.set_viewport_size(DESKTOP)


def choose(page: Page, number: int, score: int | str, evidence: str = "") -> None:
    page.locator(f"#f-score-{number}-{score}").check()
    if evidence:
        page.locator(f"#f-evidence-{number}").fill(evidence)


def test_two_people_a_year_apart(both_ways: Open, script: bool, time_machine: TimeMachineFixture) -> None:
    time_machine.move_to("2026-03-02T09:00:00Z")
    where = house()
    town = factories.place("Byen")
    EntryPlace.objects.create(record=where.lab.record, place=town, order=0)
    factories.reindex(where.lab)
    anna, somebody = both_ways(user=where.anna), both_ways()

    # Anna begins, and makes a link for whoever answers for the hospital.
    anna.goto("/en/account/")
    press(anna, anna.locator("main").get_by_role("link", name="The PULL mirror").first)
    press(anna, "main form button")
    run = Assessment.objects.get()
    mine = run.sheets.get(half=Half.LAB)
    press(anna, "button[value=link]")
    link = anna.locator("#f-link").input_value()

    # She answers a little, stops, comes back, and finishes; what is missing is said beside its field.
    press(anna, "#lab a.button-primary")
    choose(anna, 1, 3)
    choose(anna, 2, 1)
    if script:
        eventually(lambda: len(answers(mine)) == 2)
        expect(anna.locator("#progress")).to_have_text("2 of 21 answered")
        expect(anna.locator("#f-evidence-1")).to_be_visible()
        expect(anna.locator("#f-evidence-2")).to_be_hidden()
    else:
        press(anna, "#mission button")
    anna.goto("/en/account/")
    press(anna, anna.get_by_role("link", name="Go on with the PULL mirror of Nattelab"))
    press(anna, "#lab a.button-primary")
    expect(anna.locator("#f-score-1-3")).to_be_checked()
    for number in range(3, 22):
        choose(anna, number, 1 if number < 20 else "x")
    press(anna, "button[name=finish]")
    expect(anna.locator("#error-summary")).to_contain_text("Statement 1")
    sound(anna, script)
    assert len(answers(mine)) == 21
    choose(anna, 1, 3, "Byrådets beslutning")
    press(anna, "button[name=finish]")
    mine.refresh_from_db()
    assert mine.finished_at

    # Somebody at the hospital answers by the link, on a phone or not, and sees nothing of hers.
    somebody.goto(link[link.index("/en/") :])
    expect(somebody.locator("main")).not_to_contain_text("Byrådets beslutning")
    somebody.locator("#f-post").fill("Afdelingsleder")
    for number in range(1, 22):
        choose(somebody, number, 2 if number != 13 else 4, "" if number != 13 else "Fast møde med SDU")
    press(somebody, "button[name=finish]")
    expect(somebody.locator("h1")).to_contain_text("Thank you")
    run.refresh_from_db()
    assert str(run.finished_on) == "2026-03-02"

    # Anna sees both, publishes all, and everybody can read it.
    anna.goto(f"/en/account/mirror/runs/{run.pk}/")
    expect(anna.locator("#statements")).to_contain_text("Fast møde med SDU")
    sound(anna, script)
    somebody.goto(f"/en{where.lab.get_absolute_url()}")
    expect(somebody.locator("main")).not_to_contain_text("Fast møde med SDU")
    press(anna, anna.get_by_role("link", name="Choose who may read it"))
    anna.locator("label[for=f-shown_2]").click()
    press(anna, "main form button[type=submit]")
    press(anna, anna.get_by_role("link", name="See what everybody reads"))
    expect(anna.locator("#statements")).to_contain_text("Fast møde med SDU")

    # A year later her own page asks again; the second run is drawn beside the first.
    time_machine.move_to("2027-03-03T09:00:00Z")
    anna = both_ways("/en/account/", where.anna)
    press(anna, anna.get_by_role("link", name="Hold the PULL mirror up to Nattelab again"))
    press(anna, "main form button")
    again = Assessment.objects.get(finished_on__isnull=True)
    fill(Sheet.objects.get(assessment=again), 3, "Ses i referatet")
    press(anna, "#lab a.button-primary")
    press(anna, "button[name=finish]")
    press(anna, anna.get_by_role("link", name="Finish with one half"))
    press(anna, "main form button")
    expect(anna.locator("#dimensions")).to_contain_text("2 March 2026")
    press(anna, anna.get_by_role("link", name="Choose who may read it"))
    anna.locator("label[for=f-shown_2]").click()
    press(anna, "main form button[type=submit]")
    reader = both_ways(f"/en{where.lab.get_absolute_url()}mirror/")
    expect(reader.locator("#runs")).to_contain_text("2 March 2026")
    expect(reader.locator("#runs")).to_contain_text("3 March 2027")
    sound(reader, script)
    reader.goto(f"/en{town.get_absolute_url()}")
    expect(reader.locator("#maturity")).to_contain_text("Nattelab")
    sound(reader, script)
    for year in ("2026", "2027"):
        expect(reader.locator("#maturity")).to_contain_text(year)


def test_two_windows(browse: Open) -> None:
    """The slower one is told while answering, and shown both when saving; nothing typed is lost."""
    where = house()
    first = browse(f"/en{where.page}", where.anna, but=["409 (Conflict)"])
    second = first.context.new_page()
    press(first, "main form button")
    sheet = Sheet.objects.get()
    for page in (first, second):
        page.goto(f"/en/account/mirror/sheets/{sheet.pk}/")
    choose(first, 1, 2)
    choose(first, 2, 2)
    eventually(lambda: len(answers(sheet)) == 2)
    choose(second, 1, 4, "Referatet")
    expect(second.locator("#saved")).to_contain_text("changed in another window")
    press(second, "button[name=save]")
    expect(second.locator("#overtaken")).to_be_visible()
    expect(second.locator(".sk-mirdiff tbody tr")).to_have_count(1)
    expect(second.locator("#f-score-1-4")).to_be_checked()
    expect(second.locator("#f-score-2-2")).to_be_checked()
    assert answers(sheet) == {1: ("2", ""), 2: ("2", "")}
    press(second, "button[name=save]")
    assert answers(sheet) == {1: ("4", "Referatet"), 2: ("2", "")}
