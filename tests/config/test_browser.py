"""In a real browser: the policy lets our own files in, and nobody else is asked for anything."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_page_gets_its_style_and_contacts_nobody(live_server, page):
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{live_server.url}/nowhere")
    expect(page.locator("body")).to_have_css("font-family", re.compile("IBM Plex Sans"))
    page.wait_for_function("document.fonts.check('16px \"IBM Plex Sans\"')")
    assert all(url.startswith(live_server.url) for url in asked)
    assert [text for text in said if "404" not in text] == []
