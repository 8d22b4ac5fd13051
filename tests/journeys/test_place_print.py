"""A place prints on one A4, fit for a council meeting: the sheet's parts are on it, and nothing else."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import PHONE, Open

pytestmark = pytest.mark.django_db

PRINTED = ("#balance-h", "#gap-h", "#focus-h", "#labs-h", "#missions-h", ".sk-bigsym", ".sk-printfoot")
NOT_PRINTED = ("#story-h", "#needs-h", "#actors-h", "#leadership-h", "#inherited-h", ".sk-nav", ".sk-foot")


@pytest.mark.parametrize(
    ("path", "size"),
    [("/places/0165/", None), ("/places/0751/", None), ("/places/1081/", None), ("/en/places/0751/", PHONE)],
    ids=["Albertslund", "Aarhus", "Nordjylland", "English, from a phone"],
)
def test_a_place_prints_on_one_page(visit: Open, path: str, size: dict[str, int] | None) -> None:
    page = visit(path, **({"viewport": size} if size else {}))
    pdf = page.pdf(format="A4", print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    page.emulate_media(media="print")
    for part in PRINTED:
        expect(page.locator(part)).to_be_visible()
    for part in NOT_PRINTED:
        expect(page.locator(part)).to_be_hidden()
    smallest = page.evaluate("""() => Math.min(...[...document.querySelectorAll("main *")]
        .filter(e => e.checkVisibility() && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
        .filter(e => !e.closest("svg"))
        .map(e => parseFloat(getComputedStyle(e).fontSize)))""")
    assert smallest >= 9


def test_the_button_prints_and_is_not_there_without_script(visit: Open) -> None:
    page = visit("/places/0165/")
    page.evaluate("window.print = () => { document.body.dataset.printed = 'yes'; }")
    page.locator("[data-print]").click()
    expect(page.locator("body")).to_have_attribute("data-printed", "yes")
    plain = visit("/places/0165/", java_script_enabled=False)
    expect(plain.locator("[data-print]")).to_be_hidden()
    expect(plain.locator("#balance-h")).to_be_visible()
