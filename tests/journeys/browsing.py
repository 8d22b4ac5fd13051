"""What journeys share: browsers that are watched, ways to press something and wait, what axe says.

A press is over when the page it leads to has come, so nothing asks a page that is about to go. Addresses a
script changes in place are no such page: saving while somebody types gives the page another address.
"""

import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Frame, Locator, Page, ViewportSize

from accounts.models import User
from tests import people
from tests.live import AXE_URL

DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}
SMALLEST: ViewportSize = {"width": 320, "height": 640}
PATIENCE = 30  # seconds: nothing is wrong with a page because a machine is busy
OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    # What takes long and changes nothing: an address for each element, style sheets for rules we do not run.
    "selectors": False,
    "preload": False,
    "iframes": False,  # what stands in a frame is looked at by itself
}


type Open = Callable[..., Page]


@contextmanager
def browsers(browser: Browser, site: str) -> Iterator[Open]:
    """A way to open pages, each in a browser of its own; what they say and ask is checked at the end.

    `but` tells what this one may say, such as the code of an answer that the journey leads to.
    """
    opened: list[Watched] = []

    def open_page(
        path: str = "",
        user: User | None = None,
        *,
        but: Collection[str] = (),
        wait_until: Any = "load",
        **options: Any,
    ) -> Page:
        context = browser.new_context(**{"base_url": site, "viewport": DESKTOP} | options)
        opened.append(Watched(context, but))
        if user:
            let_in(context, user, site)
        page = context.new_page()
        if path:
            page.goto(path, wait_until=wait_until)
        return page

    yield open_page
    for watched in opened:
        watched.context.close()
    for watched in opened:
        watched.check(site)


class Watched:
    """What the pages of a browser have said and whom they have asked."""

    def __init__(self, context: BrowserContext, but: Collection[str] = ()) -> None:
        self.context, self.but = context, but
        self.said: list[str] = []
        self.asked: list[str] = []
        context.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        context.on("weberror", lambda error: self.said.append(f"error: {error.error}"))
        context.on("request", lambda request: self.asked.append(request.url))

    def check(self, *sites: str) -> None:
        """No error on the console but the expected ones, nobody else contacted."""
        said = [line for line in self.said if not any(words in line for words in self.but)]
        elsewhere = [url for url in self.asked if not url.startswith((*sites, "data:", "blob:"))]
        assert (said, elsewhere) == ([], []), f"said {said}, asked {elsewhere}"


def let_in(context: BrowserContext, user: User, site: str) -> None:
    """The way in has a journey of its own; here somebody is in."""
    cookie = people.browser(user).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])


# Acting, and waiting for what comes of it


def press(page: Page, what: str | Locator) -> None:
    """Click what leads to another page, which is there when this is over."""
    target = page.locator(what).first if isinstance(what, str) else what
    page.wait_for_load_state()  # or the page that is left might be taken for the one that comes
    with page.expect_event("load"):
        target.click()


def key(page: Page, name: str) -> None:
    """Press a key that leads to another page, which is there when this is over."""
    page.wait_for_load_state()
    with page.expect_event("load"):
        page.keyboard.press(name)


def close(page: Page) -> None:
    """Close the window as people do: the page may still say a last word."""
    with page.expect_event("close"):
        page.close(run_before_unload=True)


def eventually(done: Callable[[], bool]) -> None:
    """Wait for what no page shows; browser and server go on meanwhile."""
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end, "it does not happen"
        time.sleep(0.02)


def tab_to(page: Page, selector: str, inside: Frame | None = None) -> None:
    """Tab onwards until an element has the focus; nothing on the way may hide it."""
    where = inside or page
    for _step in range(150):
        page.keyboard.press("Tab")
        if where.evaluate("selector => document.activeElement.matches(selector)", selector):
            assert where.evaluate("getComputedStyle(document.activeElement).outlineStyle !== 'none'")
            return
    raise AssertionError(f"The keyboard does not reach {selector}.")


def enter(page: Page, selector: str) -> None:
    """Tab to what leads to another page and press Enter."""
    tab_to(page, selector)
    key(page, "Enter")


# Looking


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it is, on a desktop and then on a phone."""
    page.wait_for_load_state()
    page.emulate_media(reduced_motion="reduce")  # or it would see colours on their way to another
    page.add_script_tag(url=AXE_URL)
    return [found for size in (DESKTOP, PHONE) for found in _violations(page, size)]


def _violations(page: Page, size: ViewportSize) -> list[str]:
    page.set_viewport_size(size)
    found = page.evaluate("options => axe.run(options)", OPTIONS)
    return [
        f"{size['width']} px, {broken['id']} ({broken['help']}): {node['html'][:200]}"
        for broken in found["violations"]
        for node in broken["nodes"]
    ]


def overflow(page: Page) -> list[str]:
    """What reaches beyond the narrowest screen."""
    page.wait_for_load_state()
    page.set_viewport_size(SMALLEST)
    if page.evaluate("document.documentElement.scrollWidth") <= SMALLEST["width"]:
        return []
    found: list[str] = page.evaluate("""() => [...document.querySelectorAll('main *, header *, footer *')]
        .filter(node => node.getBoundingClientRect().right > innerWidth + 1)
        .slice(0, 5).map(node => node.outerHTML.slice(0, 120))""")
    return found or ["something"]


def look(page: Page) -> list[str]:
    """What axe finds and what overflows."""
    return violations(page) + overflow(page)
