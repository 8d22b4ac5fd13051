"""A curator gives many labs a theme at once: chosen by a filter, looked at, done. By keyboard, in Danish."""

import pytest
from playwright.sync_api import expect

from accounts.models import User
from curation.models import EntryTheme, Record, RecordEvent
from desk.bulk.working import begin, look_at, work
from desk.models import Bulk
from tests import factories
from tests.journeys.browsing import DESKTOP, Open, enter, look, tab_to

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty")]


def test_a_theme_for_all_but_one(both_ways: Open, script: bool, curator: User) -> None:
    place, climate = factories.place("Aarhus"), factories.theme("climate", name_da="Klima")
    for name in ("Demenslab", "Plejelab", "Havnelab"):
        factories.lab(name, places=[place])
    factories.lab("Et lab et andet sted")
    page = both_ways("/desk/", curator)
    enter(page, 'a[href="/desk/bulk/"]')
    enter(page, 'a[href="/desk/bulk/new/labs/"]')
    tab_to(page, "#choose-place")
    page.keyboard.type("Aarhus")
    enter(page, 'form[role="search"] button')
    expect(page.locator("#found")).to_contain_text("3")
    tab_to(page, 'input[name="chosen"]')
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # the second by name is not meant
    tab_to(page, 'input[name="deed"]')
    page.keyboard.press("Space")
    expect(page.locator("#deed-owner")).to_be_hidden()  # only what the choice needs is asked
    tab_to(page, "#deed-theme")
    page.keyboard.type("Klima")
    if script:
        assert look(page) == []
        page.set_viewport_size(DESKTOP)
    enter(page, "#deeds .button-primary")
    assert RecordEvent.objects.count() == 0
    if script:
        assert look(page) == []
        page.set_viewport_size(DESKTOP)
    enter(page, 'button[name="go"]')
    given = EntryTheme.objects.filter(theme=climate).values_list("record__name_da", flat=True)
    assert set(given) == {"Demenslab", "Plejelab"}
    assert RecordEvent.objects.count() == 2
    expect(page.locator("tbody tr")).to_have_count(2)


def test_while_it_goes_on_the_keyboard_stays_where_it_is(browse: Open, curator: User) -> None:
    theme = factories.theme("climate", name_da="Klima")
    labs = [factories.lab(name) for name in ("Demenslab", "Plejelab")]
    records = Record.objects.filter(pk__in=[lab.pk for lab in labs])
    bulk = look_at(Bulk(kind="lab", deed="theme_added", theme=theme, by=curator), records)
    begin(bulk)
    page = browse(f"/desk/bulk/{bulk.pk}/", curator)
    assert look(page) == []
    tab_to(page, "#progress p a")
    bulk.rows.filter(record=labs[0].pk).update(outcome="done")  # as a worker that is in the middle of it
    expect(page.locator("#bar")).to_have_attribute("value", "1")
    assert page.evaluate("document.activeElement.matches('#progress p a')")
    work(bulk.pk)
    expect(page.locator("#progress [role=status]")).to_be_visible()
    expect(page.locator("#bar")).to_have_count(0)
