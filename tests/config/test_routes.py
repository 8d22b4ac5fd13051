"""Every address there is: public on purpose or closed to strangers, strict about methods and headers."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.urls.resolvers import LocalePrefixPattern

pytestmark = pytest.mark.usefixtures("denmark")

PUBLIC = {
    "livez", "readyz", "accounts:login",
    "ecosystem:home", "ecosystem:search", "ecosystem:about", "ecosystem:was", "ecosystem:privacy",
    "places:index", "places:place", "curation:themes", "curation:theme",
    "labs:browse", "labs:map", "labs:lab",
    "actors:browse", "actors:map", "actors:actor",
    "missions:browse", "missions:map", "missions:mission",
}  # fmt: skip
MEMBERS_ONLY = {"accounts:account", "accounts:logout"}
FORMS = {"accounts:login"}
SLUGS = {
    "places:place": "0101",
    "curation:theme": "energy",
    "labs:lab": "doll-living-lab",
    "actors:actor": "aarhus-universitet",
    "missions:mission": "inno-ccus",
}


def routes(resolver: Any, before: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """Name and address of each route, outside the administration, whose views are Django's own."""
    for part in resolver.url_patterns:
        if isinstance(part.pattern, LocalePrefixPattern):
            yield from routes(part, before, space)
            continue
        route = before + part.pattern._route
        if isinstance(part, URLPattern):
            name = f"{space}{part.name}"
            yield name, "/" + re.sub(r"<slug:\w+>", SLUGS.get(name, ""), route)
        elif part.namespace != "admin":
            yield from routes(part, route, f"{part.namespace}:" if part.namespace else space)


ROUTES = dict(routes(get_resolver()))
IN_BOTH_LANGUAGES = sorted(
    [*ROUTES.items(), *((name, f"/en{path}") for name, path in ROUTES.items() if ":" in name)]
)
each = pytest.mark.parametrize(("name", "path"), IN_BOTH_LANGUAGES)


def test_every_route_is_listed_on_purpose() -> None:
    assert set(ROUTES) == PUBLIC | MEMBERS_ONLY


@each
def test_a_route_is_public_or_leads_a_stranger_to_log_in(client: Client, name: str, path: str) -> None:
    response = client.get(path)
    if name in PUBLIC:
        assert response.status_code == 200
    else:
        login = "/en/account/login/" if path.startswith("/en/") else "/account/login/"
        assert (response.status_code, response["Location"]) == (302, f"{login}?next={path}")


@each
@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PUT", "DELETE", "PATCH"])
def test_methods_nobody_uses_are_refused(as_member: Client, name: str, path: str, method: str) -> None:
    assert as_member.generic(method, path).status_code == 405


@each
def test_pages_for_reading_refuse_writing(as_member: Client, name: str, path: str) -> None:
    if name not in FORMS | {"accounts:logout"}:
        assert as_member.post(path, {"name": "x"}).status_code == 405


def test_logging_out_needs_a_form(as_member: Client) -> None:
    assert as_member.get("/account/logout/").status_code == 405
    assert as_member.get("/account/").status_code == 200


@each
def test_headers_are_strict(client: Client, name: str, path: str) -> None:
    response = client.get(path)
    policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    own = ("script-src", "style-src", "img-src", "font-src", "connect-src")
    assert {policy[part] for part in own} == {"'self'"}
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in response["Permissions-Policy"]


@each
def test_a_reader_gets_no_cookie(client: Client, name: str, path: str) -> None:
    cookies = set(client.get(path).cookies)
    assert cookies <= ({"csrftoken"} if name in FORMS else set())


@each
def test_nothing_stands_inline_and_nothing_comes_from_elsewhere(client: Client, name: str, path: str) -> None:
    text = client.get(path).text
    for forbidden in (" style=", " onclick=", " onload=", "<style", "javascript:", ' src="http', ' src="//'):
        assert forbidden not in text
    assert text.count("<script") == text.count("<script src=") + text.count('type="application/json"')


@pytest.mark.parametrize("path", ["/admin/", "/admin/curation/record/", "/admin/accounts/user/1/change/"])
def test_the_administration_is_closed(client: Client, as_member: Client, path: str) -> None:
    for visitor in (client, as_member):
        response = visitor.get(path)
        assert response.status_code == 302
        assert "/login/" in response["Location"]


@pytest.mark.parametrize("path", ["/nowhere/", "/en/nowhere/", "/labs/no/", "/places/9999/", "/themes/x/"])
def test_what_does_not_exist_says_so_in_its_language(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert f'<html lang="{"en" if path.startswith("/en/") else "da"}">' in response.text
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert not response.cookies
