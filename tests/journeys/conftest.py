"""A served site with Denmark's data, and a browser whose console and requests are watched."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django import DjangoDbBlocker

from tests.journeys.browsing import DESKTOP, PATIENCE, PHONE, Watched
from tests.live import Site

__all__ = ["DESKTOP", "PHONE", "Watched"]

expect.set_options(timeout=PATIENCE * 1000)


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
    server = Site()
    yield server.url
    server.stop()


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Open a page in a browser of its own; what it says and asks is checked at the end."""
    opened: list[tuple[BrowserContext, Watched]] = []

    def open_page(path: str, wait_until: Any = "load", **options: Any) -> Page:
        context = browser.new_context(base_url=site, **({"viewport": DESKTOP} | options))
        page = context.new_page()
        opened.append((context, Watched(page)))
        page.goto(path, wait_until=wait_until)
        return page

    yield open_page
    for context, watched in opened:
        context.close()
        watched.check(site)
