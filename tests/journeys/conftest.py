"""A served site with Denmark's data, and a browser whose console and requests are watched."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}


@pytest.fixture(scope="module", autouse=True)
def _the_database_answers_between_tests(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """A page may still ask for something when its test has ended."""
    with django_db_blocker.unblock():
        yield
        connections.close_all()  # the one that was opened while Playwright's loop runs in this thread


@pytest.fixture(scope="session")
def site(django_db_setup: None) -> Iterator[str]:
    """The address of a served site with the committed data, which its readers leave as it is."""
    server = LiveServer("localhost")
    yield server.url
    server.stop()


class Watched:
    """What a page has said and whom it has asked."""

    def __init__(self, page: Page) -> None:
        self.said: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        page.on("request", lambda request: self.asked.append(request.url))

    def check(self, site: str) -> None:
        """No error on the console, nobody else contacted."""
        assert self.said == []
        elsewhere = [url for url in self.asked if not url.startswith((site, "data:", "blob:"))]
        assert elsewhere == []


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Open a page in a browser of its own; what it says and asks is checked at the end."""
    opened: list[tuple[BrowserContext, Watched]] = []

    def open_page(path: str, **options: Any) -> Page:
        context = browser.new_context(base_url=site, **({"viewport": DESKTOP} | options))
        context.set_default_timeout(10_000)
        page = context.new_page()
        opened.append((context, Watched(page)))
        page.goto(path)
        return page

    yield open_page
    for context, watched in opened:
        context.close()
        watched.check(site)
