"""A municipality puts its map on a page of its own: built, copied, framed elsewhere, all by keyboard."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.journeys.browsing import DESKTOP, Open, Watched, look, tab_to

pytestmark = pytest.mark.django_db

MARKERS = ".leaflet-marker-icon"


@dataclass
class TownSite:
    """The municipality's own site: pages it has written, at an address of its own."""

    pages: dict[str, str] = field(default_factory=dict)
    url: str = ""

    def write(self, path: str, body: str) -> str:
        head = '<!DOCTYPE html><html lang="da"><meta charset="utf-8"><link rel="icon" href="data:,">'
        self.pages[path] = f"{head}<title>Byen</title><h1>Byens egen side</h1>{body}"
        return self.url + path


@pytest.fixture
def town_site() -> Iterator[TownSite]:
    """Served at 127.0.0.1, which is another origin than localhost."""
    made = TownSite()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = made.pages.get(self.path, "").encode()
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield made
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def reader(browser: Browser) -> Iterator[BrowserContext]:
    """Somebody who reads the municipality's page."""
    context = browser.new_context(viewport=DESKTOP)
    yield context
    context.close()


def code_for(visit: Open, path: str) -> str:
    """The way from a page of the register to the code, with keys alone."""
    page = visit(path)
    page.locator("main a[href*='/embed/']").first.press("Enter")
    expect(page.locator("iframe")).to_be_visible()
    button = page.locator("[data-copy]")
    said = button.get_attribute("data-copied")
    assert said
    button.press("Enter")
    expect(page.locator("#copied")).to_have_text(said)
    return page.locator("#code").input_value()


def test_a_municipality_shows_its_map(
    visit: Open, town_site: TownSite, reader: BrowserContext, site: str, settings: Any
) -> None:
    settings.BASE_URL = site
    address = town_site.write("/", code_for(visit, "/places/0751/"))
    watched, cookies = Watched(reader), list[str]()
    page = reader.new_page()
    reader.on(
        "response", lambda answer: cookies.extend(name for name in answer.headers if name == "set-cookie")
    )
    page.goto(address)
    frame = page.frame_locator("iframe")
    expect(frame.locator(MARKERS).first).to_be_visible()
    expect(frame.locator("path.ek-land").first).to_be_attached()
    expect(frame.locator("h1")).to_contain_text("Aarhus")

    tab_to(page, MARKERS, page.frames[1])
    tab_to(page, ".ek-rows h2 a", page.frames[1])
    name = frame.locator(".ek-rows h2 a").first.inner_text()
    with reader.expect_page() as opened:
        page.keyboard.press("Enter")
    register = opened.value
    expect(register.locator("h1")).to_have_text(name)
    assert register.url.startswith(f"{site}/labs/")
    register.wait_for_load_state()
    assert register.evaluate("window.opener") is None
    assert page.url == address  # which stayed where it was

    watched.check(site, town_site.url)
    assert cookies == []
    assert reader.cookies() == []


def test_every_shape_stands_in_a_frame_and_other_pages_do_not(
    visit: Open, town_site: TownSite, reader: BrowserContext, site: str
) -> None:
    shapes = ("/embed/labs/?place=0101", "/en/embed/places/0101/", "/embed/id/nothing/")
    frame = '<iframe src="{}{}" title="Stedkraft" width="280" height="300"></iframe>'
    body = "".join(frame.format(site, path) for path in shapes)
    page = reader.new_page()
    page.goto(town_site.write("/shapes", body))
    assert len(page.frames) == 1 + len(shapes)
    for inner in page.frames[1:]:
        expect(inner.locator("h1")).to_be_visible()
        assert inner.evaluate("document.documentElement.scrollWidth <= innerWidth")

    refused = reader.new_page()
    with refused.expect_console_message(lambda message: "frame-ancestors" in message.text):
        refused.goto(town_site.write("/stolen", f'<iframe src="{site}/labs/" title="Labs"></iframe>'))


def test_without_scripts_the_list_stands_alone(visit: Open, site: str) -> None:
    page = visit("/embed/map/?place=0751", java_script_enabled=False)
    expect(page.locator("#map")).to_be_hidden()
    expect(page.locator(".ek-rows h2 a").first).to_be_visible()
    built = visit("/embed/?show=list&place=0751", java_script_enabled=False)
    expect(built.locator("#code")).to_be_visible()
    expect(built.locator("[data-copy]")).to_be_hidden()


def test_data_for_machines_breaks_no_policy(visit: Open) -> None:
    page = visit("/labs/doll-living-lab/")
    page.add_init_script(
        "window.broken = []; addEventListener('securitypolicyviolation', e => broken.push(e.blockedURI))"
    )
    page.reload()
    assert page.evaluate("broken") == []
    block = page.locator("script[type='application/ld+json']")
    told = json.loads(block.text_content() or "")
    assert told["@context"] == "https://schema.org"


def test_axe_finds_nothing_in_frames_or_beside_them(visit: Open) -> None:
    page = visit(but=["404 (Not Found)"])
    for path in (
        "/embed/map/?place=0751", "/en/embed/labs/?place=0101", "/embed/places/0101/", "/embed/id/nothing/",
        "/embed/?show=place&place=0101", "/en/embed/?show=card",
    ):  # fmt: skip
        page.goto(path)
        if "/map/" in path:
            expect(page.locator(MARKERS).first).to_be_visible()
        assert look(page) == [], path
