"""What this is, accessibility, personal data: in both languages, with the operator's settings."""

from typing import Any

import pytest
from django.test import Client

from tests.pages import read
from tests.statements import READER, statements

pytestmark = pytest.mark.usefixtures("empty")
PAGES = ("/about/", "/was/", "/privacy/")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_something_in_each_language(client: Client, path: str) -> None:
    danish, english = read(client.get(path)).one("main"), read(client.get(f"/en{path}")).one("main")
    assert len(danish.text) > 300
    assert len(english.text) > 300
    assert danish.text != english.text
    assert len(danish.all("h1")) == len(english.all("h1")) == 1
    assert [node.attrs.get("id") for node in danish.all("h2")] == [
        node.attrs.get("id") for node in english.all("h2")
    ]
    assert len(danish.all("p")) == len(english.all("p"))


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_footer_leads_to_all_of_them(client: Client, prefix: str) -> None:
    footer = read(client.get(f"{prefix}/about/")).one("footer")
    assert {f"{prefix}{path}" for path in PAGES} <= set(footer.links)
    page = read(client.get(f"{prefix}/about/"))
    for link in footer.links:
        path, _hash, anchor = link.partition("#")
        if anchor and path == f"{prefix}/about/":
            assert anchor in page


def test_the_authoritys_own_statement_is_linked_when_it_is_set(client: Client, settings: Any) -> None:
    settings.ACCESSIBILITY_STATEMENT_URL = "https://was.digst.dk/stedkraft"
    response = client.get("/was/")
    assert (response.status_code, response["Location"]) == (302, "https://was.digst.dk/stedkraft")


@pytest.mark.parametrize("path", ["/was/", "/privacy/"])
def test_the_operator_is_named_when_set(client: Client, settings: Any, path: str) -> None:
    assert "tilgaengelighed@by.dk" not in client.get(path).text
    settings.OPERATOR_CONTACT = "tilgaengelighed@by.dk"
    assert "tilgaengelighed@by.dk" in client.get(path).text


@pytest.mark.parametrize("path", ["/about/", "/privacy/"])
def test_they_ask_next_to_nothing(client: Client, settings: Any, path: str) -> None:
    settings.CACHE_PAGES = True
    assert len(statements(client, path)) <= READER
