"""A journey fails by what any page of its browsers says or asks, unless it is named."""

import pytest
from playwright.sync_api import Browser

from tests.journeys.browsing import browsers

pytestmark = pytest.mark.django_db


def walk(browser: Browser, site: str, *but: str) -> None:
    with browsers(browser, site) as opened:
        page = opened("/about/", but=but, bypass_csp=True)
        beside = page.context.new_page()
        beside.goto("/about/")
        beside.evaluate("console.error('Oops')")
        beside.evaluate("fetch('http://elsewhere.invalid/').catch(() => '')")


def test_it_is_told_at_the_end(browser: Browser, site: str) -> None:
    with pytest.raises(AssertionError, match=r"Oops.*http://elsewhere\.invalid/"):
        walk(browser, site)
    with pytest.raises(AssertionError, match=r"said \[\], asked \['http://elsewhere\.invalid/'\]"):
        walk(browser, site, "Oops", "ERR_")
