"""Served sites, and the ways in which journeys open pages of them."""

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connections
from playwright.sync_api import Browser, expect
from pytest_django import DjangoDbBlocker

from keeping import guarding
from outreach.enquiries import forms
from tests.journeys.browsing import DESKTOP, PATIENCE, PHONE, Open, browsers
from tests.live import Site
from tests.outreach.enquiring import Cast, cast

expect.set_options(timeout=PATIENCE * 1000)


@pytest.fixture(scope="module", autouse=True)
def _the_database_answers_between_tests(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """A page may still ask for something when its test has ended."""
    with django_db_blocker.unblock():
        yield
        connections.close_all()  # the one that was opened while Playwright's loop runs in this thread


@pytest.fixture(autouse=True)
def _nobody_waits_before_sending(monkeypatch: pytest.MonkeyPatch) -> None:
    """That a form sent within seconds is refused is proved elsewhere."""
    for module in (guarding, forms):
        monkeypatch.setattr(module, "SOONEST", dt.timedelta(seconds=-1))


@pytest.fixture(scope="session")
def site(django_db_setup: None) -> Iterator[str]:
    """The address of a served site with the committed data, which its readers leave as it is."""
    server = Site()
    yield server.url
    server.stop()


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Open]:
    """Opens pages of the register as it was loaded."""
    with browsers(browser, site) as opened:
        yield opened


@pytest.fixture
def browse(browser: Browser, live_server: Site, transactional_db: None) -> Iterator[Open]:
    """Opens pages of what the journey commits; nobody has tried anything too often yet."""
    cache.clear()
    with browsers(browser, live_server.url) as opened:
        yield opened


@pytest.fixture(params=[True, False], ids=["script", "plain"])
def script(request: Any) -> bool:
    """A journey that asks for it is walked twice: with JavaScript, and without."""
    return bool(request.param)


@pytest.fixture
def both_ways(browse: Open, script: bool) -> Open:
    """Opens pages in browsers with JavaScript on a desktop, and in browsers without on a phone."""
    return partial(browse, java_script_enabled=script, viewport=DESKTOP if script else PHONE)


@pytest.fixture
def town(transactional_db: None) -> Cast:
    """A lab somebody can be written to, and who answers for it."""
    return cast()
