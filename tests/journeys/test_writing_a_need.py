"""An employee writes a need: the count beside the form rises while typing, and the need is sent in."""

import re

import pytest
from playwright.sync_api import expect

from curation.models import Draft
from missions.models import Need
from tests.journeys.browsing import DESKTOP, Open, look, press
from tests.journeys.steps import go_on, pick
from tests.people import person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("denmark")]

NAME = "Beboere med demens sover for lidt"


def test_the_count_rises_while_a_need_is_typed(browse: Open) -> None:
    employee = person("anna@solbakken.dk", name="Anna")
    page = browse("/en/register/need/?theme=ageing&place=0751", employee)
    count = page.locator("#ready-count")
    expect(count).to_have_text("0 of 7 told")
    assert look(page) == []
    page.set_viewport_size(DESKTOP)

    page.locator("#f-name_da").fill(NAME)
    page.locator("#f-summary_da").fill("31 beboere på to afdelinger er vågne om natten.")
    expect(count).to_have_text("1 of 7 told")
    expect(page).to_have_url(re.compile("/en/register/need/[^/]+/what/$"))
    pick(page, "owner", "Aarhus", "City of Aarhus")
    expect(count).to_have_text("2 of 7 told")
    page.locator("#f-type").select_option("partner_research")
    go_on(page)

    for number, (field, text) in enumerate(
        (
            ("tried_da", "Færre runder om natten."),
            ("success_da", "Halvt så mange vågne nætter."),
            ("may_touch", "To afdelinger med 31 boliger."),
            ("window", "Fra august"),
            ("signed_by", "Centerleder"),
        ),
        start=3,
    ):
        page.locator(f"#f-{field}").fill(text)
        expect(count).to_have_text(f"{number} of 7 told")
    assert page.locator(".sk-ready__i--no").count() == 0
    go_on(page)
    page.locator("#f-hours").fill("To timer om ugen")
    go_on(page)
    press(page, "form button.button-primary")
    expect(page.locator("h1")).to_contain_text(NAME)

    need = Need.objects.get(name_da=NAME)
    assert (need.record.state, need.record.created_by) == ("submitted", employee)
    assert (need.window, need.hours, need.type) == ("Fra august", "To timer om ugen", "partner_research")
    assert [one.theme.slug for one in need.record.entry_themes.all()] == ["ageing"]
    assert [one.place.code for one in need.record.entry_places.all()] == ["0751"]
    assert Draft.objects.get(record=need.record).user == employee
