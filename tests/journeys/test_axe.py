"""axe finds nothing on any page in both languages at two widths, and nothing overflows at 320 px."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.browsing import browsers, look, violations

pytestmark = pytest.mark.django_db

PAGES = [
    "/", "/labs/", "/labs/?theme=energy&place=1084&q=by", "/labs/?q=xyzzy&theme=nothing",
    "/labs/doll-living-lab/", "/labs/energylab-nordhavn/", "/actors/", "/actors/?q=xyzzy",
    "/actors/aarhus-universitet/", "/missions/", "/missions/inno-ccus/", "/places/", "/places/0101/",
    "/places/oestdanmark/", "/places/0563/", "/places/0751/focus/?reach=100&theme=ageing",
    "/places/0563/focus/", "/places/0751/missing/", "/places/0751/missing/?kind=parallel&theme=ageing",
    "/places/0751/missing/who/?lab=dokkx", "/themes/", "/themes/energy/", "/themes/stress/",
    "/search/", "/search/?q=energi", "/search/?q=teknolgi", "/search/?q=xyzzy",
    "/search/missing/?q=xyzzy", "/partners/", "/partners/?theme=dementia&place=0461&reach=here&role=host",
    "/partners/?lab=dokkx", "/about/", "/was/", "/privacy/",
    "/network/labs/doll-living-lab/", "/network/places/0751/?side=pull&theme=nothing",
    "/solutions/", "/solutions/krav-om-genanvendelig-plastemballage-i-udbud/",
    "/solutions/dk2020-klimaplan-efter-c40-s-metode/spread/", "/trials/", "/trials/ecogrid-eu/",
    "/labs/street-lab/", "/actors/realdania/taken-over/", "/places/0101/shifts/", "/barometer/", "/data/",
    "/nowhere/",
]  # fmt: skip
BOTH = [path for page in PAGES for path in (page, f"/en{page}")]


@pytest.fixture(scope="module")
def page(browser: Browser, site: str) -> Iterator[Page]:
    """One page for all; at the end it has said nothing, but where there is nothing, and asked nobody else."""
    with browsers(browser, site) as opened:
        yield opened(but=["404 (Not Found)"])


@pytest.mark.parametrize("path", BOTH)
def test_axe_finds_nothing_and_nothing_overflows(page: Page, path: str) -> None:
    response = page.goto(path)
    assert response
    assert response.status == (404 if "nowhere" in path else 200)
    assert look(page) == []


def test_axe_finds_nothing_with_the_filters_and_a_popup_open(page: Page) -> None:
    page.goto("/labs/?q=doll+living+lab&place=0165", wait_until="networkidle")  # the finer points have come
    page.evaluate("document.querySelectorAll('#facets details').forEach(fold => { fold.open = true; })")
    page.locator("#livemap .leaflet-marker-icon").press("Enter")
    expect(page.locator(".leaflet-popup-content a")).to_be_visible()
    assert violations(page) == []


def test_axe_would_find_something(page: Page) -> None:
    page.goto("/about/")
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert len(violations(page)) == 2
