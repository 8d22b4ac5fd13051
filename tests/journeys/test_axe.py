"""axe finds nothing on any page in both languages at two widths, and nothing overflows at 320 px."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.journeys.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.django_db

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SMALLEST: ViewportSize = {"width": 320, "height": 640}
PAGES = [
    "/", "/labs/", "/labs/?theme=energy&place=1084&q=by", "/labs/?q=xyzzy&theme=nothing",
    "/labs/doll-living-lab/", "/labs/energylab-nordhavn/", "/actors/", "/actors/?q=xyzzy",
    "/actors/aarhus-universitet/", "/missions/", "/missions/inno-ccus/", "/places/", "/places/0101/",
    "/places/oestdanmark/", "/places/0563/", "/themes/", "/themes/energy/", "/themes/stress/",
    "/search/", "/search/?q=energi", "/search/?q=xyzzy", "/about/", "/was/", "/privacy/",
    "/account/login/", "/nowhere/",
]  # fmt: skip
BOTH = [path for page in PAGES for path in (page, f"/en{page}")]


@pytest.fixture(scope="module")
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A page that lets axe in; the policy that keeps it out is proved elsewhere."""
    context = browser.new_context(base_url=site, bypass_csp=True, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it is, on a desktop and then on a phone."""
    page.add_script_tag(path=AXE)
    return [found for size in (DESKTOP, PHONE) for found in _violations(page, size)]


def _violations(page: Page, size: ViewportSize) -> list[str]:
    page.set_viewport_size(size)
    found = page.evaluate("rules => axe.run({runOnly: rules, resultTypes: ['violations']})", RULES)
    return [
        f"{size['width']} px, {broken['id']} ({broken['help']}): {node['html'][:200]}"
        for broken in found["violations"]
        for node in broken["nodes"]
    ]


@pytest.mark.parametrize("path", BOTH)
def test_axe_finds_nothing(page: Page, path: str) -> None:
    response = page.goto(path)
    assert response
    assert response.status == (404 if "nowhere" in path else 200)
    assert violations(page) == []


@pytest.mark.parametrize("path", ["/account/login/", "/en/account/login/"])
@pytest.mark.parametrize("typed", [("", ""), ("nobody@example.org", "wrong")])
def test_axe_finds_nothing_in_a_form_with_errors(page: Page, path: str, typed: tuple[str, str]) -> None:
    page.goto(path)
    page.locator("#id_login").fill(typed[0])
    page.locator("#id_password").fill(typed[1])
    page.locator("#id_password").press("Enter")
    page.wait_for_load_state()
    expect(page.locator("#error-summary")).to_be_visible()
    assert violations(page) == []


def test_axe_finds_nothing_with_the_filters_and_a_popup_open(page: Page) -> None:
    page.goto("/labs/?q=doll+living+lab&place=0165")
    page.evaluate("document.querySelectorAll('#facets details').forEach(fold => { fold.open = true; })")
    page.locator("#livemap .leaflet-marker-icon").press("Enter")
    expect(page.locator(".leaflet-popup-content a")).to_be_visible()
    assert violations(page) == []


def test_axe_would_find_something(page: Page) -> None:
    page.goto("/about/")
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert len(violations(page)) == 2


@pytest.fixture(scope="module")
def narrow(browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(base_url=site, viewport=SMALLEST)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", [path for path in PAGES if path != "/nowhere/"])
def test_nothing_overflows_on_the_narrowest_screen(narrow: Page, site: str, path: str) -> None:
    said: list[str] = []
    asked: list[str] = []
    narrow.on("console", lambda message: said.append(message.text))
    narrow.on("request", lambda request: asked.append(request.url))
    narrow.goto(path)
    width = narrow.evaluate("document.documentElement.scrollWidth")
    wide = narrow.evaluate("""() => [...document.querySelectorAll('main *, header *, footer *')]
        .filter(node => node.getBoundingClientRect().right > innerWidth + 1)
        .slice(0, 5).map(node => node.outerHTML.slice(0, 120))""")
    assert width <= SMALLEST["width"], wide
    assert said == []
    assert [url for url in asked if not url.startswith((site, "data:"))] == []
