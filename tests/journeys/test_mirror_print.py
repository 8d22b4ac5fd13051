"""PULL-spejlet prints on two A4 pages for a management meeting, however much is said; and the four shifts."""

import datetime as dt
import re

import pytest
from django.test import Client
from playwright.sync_api import Page, ViewportSize, expect

from labs.instrument import STATEMENTS
from labs.models import Assessment, Lab, Sheet
from tests import factories
from tests.journeys.browsing import SMALLEST, Open, violations

pytestmark = pytest.mark.django_db

SAID = (
    "Vi har siden foråret haft en fast aftale med plejehjemmet, hvor hver afdeling afsætter tid til "
    "afprøvninger, og det står i vagtplanen og i den årlige virksomhedsplan, som byrådet har godkendt; se "
    "referatet fra mødet i februar og evalueringen, som professionshøjskolen lavede sammen med medarbejderne "
    "og de pårørende i juni."
)


def held_up(lab: Lab, on: dt.date, scores: tuple[int, int], said: str) -> None:
    """Both have answered everything."""
    made = Assessment.objects.create(lab=lab)
    for half, score in zip(("lab", "host"), scores, strict=True):
        sheet = Sheet.objects.create(assessment=made, half=half)
        for number in STATEMENTS:
            sheet.answers.create(statement=number, score=score, evidence=said)
        sheet.finished_at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        sheet.save()
    made.finished_on, made.shown = on, "all"
    made.save()


def shown(visit: Open, client: Client, path: str, size: ViewportSize | None = None) -> Page:
    """The page as it is answered here, in a browser that has the site's styles."""
    html = client.get(path).text
    page = visit("/about/", **({"viewport": size} if size else {}))
    page.route(f"**{path}", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    page.goto(path)
    return page


@pytest.mark.parametrize("language", ["", "/en"])
def test_pull_spejlet_prints_on_two_pages(visit: Open, client: Client, language: str) -> None:
    """With every line of evidence as long as it can be, all seven as weak, an earlier run and long names."""
    lab = factories.lab(
        "Fælles laboratorium for velfærdsteknologi og rehabilitering i det nære sundhedsvæsen"
    )
    assert len(SAID) >= 300
    held_up(lab, dt.date(2025, 5, 4), (1, 2), "")
    held_up(lab, dt.date(2026, 5, 4), (3, 3), SAID[:300])
    page = shown(visit, client, f"{language}{lab.get_absolute_url()}mirror/")
    page.emulate_media(media="print")
    for part in (
        "#dimensions-h",
        ".sk-radar",
        "#next-h",
        "#capacities-h",
        "#statements-h",
        ".sk-mabout",
        "h1",
    ):
        expect(page.locator(part)).to_be_visible()
    for part in (".sk-nav", ".sk-foot", "#runs-h", "#what-h"):
        expect(page.locator(part)).to_be_hidden()
    expect(page.locator(".sk-mnext")).to_have_count(7)
    pdf = page.pdf(format="A4", print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 2


def test_pull_spejlet_is_for_all_on_the_narrowest_screen(visit: Open, client: Client) -> None:
    lab = factories.lab("Lab")
    held_up(lab, dt.date(2025, 5, 4), (1, 2), "")
    held_up(lab, dt.date(2026, 5, 4), (2, 4), SAID[:300])
    page = shown(visit, client, f"{lab.get_absolute_url()}mirror/", SMALLEST)
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALLEST["width"]
    assert violations(page) == []


def test_the_shifts_of_a_mission_come_into_view(visit: Open) -> None:
    page = visit("/en/missions/coast-to-coast-climate-challenge/")
    page.locator("[data-part]").scroll_into_view_if_needed()
    expect(page.locator("#shifts .sk-shift")).to_have_count(4)
    plain = visit("/en/missions/coast-to-coast-climate-challenge/", java_script_enabled=False)
    plain.get_by_role("link", name="See the four shifts").click()
    expect(plain.locator(".sk-shift")).to_have_count(4)
