"""Every request: strict headers, no cookie for a reader, the language of the address, text that is text."""

from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

pytestmark = pytest.mark.django_db


@login_not_required
def _lost(request):
    raise OperationalError("the connection is closed")


@login_not_required
def _lost_behind_another(request):
    try:
        raise OperationalError("the connection is closed")
    except OperationalError as error:
        raise RuntimeError("disguised") from error


@login_not_required
def _broken(request):
    raise ZeroDivisionError


@login_not_required
def _echo(request):
    return HttpResponse(f"{request.LANGUAGE_CODE} {len(request.POST)}")


class Urls:
    """Addresses that answer or go wrong on purpose, with the site's own error pages."""

    urlpatterns = [
        path("lost", _lost),
        path("disguised", _lost_behind_another),
        path("broken", _broken),
        path("echo", _echo),
        path("en/echo", _echo),
    ]
    handler400 = "config.errors.bad_request"
    handler403 = "config.errors.permission_denied"
    handler404 = "config.errors.page_not_found"
    handler500 = "config.errors.server_error"


@pytest.fixture
def reader():
    with override_settings(ROOT_URLCONF=Urls):
        yield Client(raise_request_exception=False)


def test_a_reader_gets_strict_headers_and_no_cookie(reader):
    response = reader.get("/echo")
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"
    assert "geolocation=()" in response["Permissions-Policy"]
    assert not response.cookies


@pytest.mark.parametrize("address", ["/echo", "/lost", "/broken", "/nowhere", "/echo?a=%00"])
def test_error_pages_carry_the_headers_too(reader, address):
    response = reader.get(address)
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert not response.cookies


def test_the_language_is_the_address_and_nothing_else(reader):
    guesses = {"HTTP_ACCEPT_LANGUAGE": "en", "HTTP_COOKIE": "django_language=en"}
    assert reader.get("/echo", **guesses).content.startswith(b"da")
    english = reader.get("/en/echo", HTTP_ACCEPT_LANGUAGE="da")
    assert english.content.startswith(b"en")
    assert english["Content-Language"] == "en"
    assert "Accept-Language" not in english.get("Vary", "")


@pytest.mark.parametrize(
    "query",
    ["a=%00", "%00=a", "a=%FF", "a=%C3", "a=%ED%A0%80", "a=%C0%80", "&".join(f"a{n}=1" for n in range(2000))],
)
def test_an_unreadable_query_is_refused(reader, query):
    assert reader.get(f"/echo?{query}").status_code == 400


@pytest.mark.parametrize("address", ["/%00", "/labs/%FF", "/%ED%A0%80/"])
def test_an_unreadable_path_is_refused(reader, address):
    assert reader.get(address).status_code == 400


@pytest.mark.parametrize(
    "body", ["a=%00", "a=%FF", "%FF=a", "a=%ED%B0%80", "&".join(f"a{n}=1" for n in range(2000))]
)
def test_an_unreadable_form_is_refused(reader, body):
    response = reader.post("/echo", body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 400


def test_a_form_with_files_is_read_as_well(reader):
    assert reader.post("/echo", {"a": "a\0b"}).status_code == 400
    assert reader.post("/echo", {f"a{n}": "1" for n in range(2000)}).status_code == 400


def test_a_nul_hidden_in_a_cookie_is_refused(reader):
    assert reader.get("/echo", HTTP_COOKIE='sessionid="\\000aaaaaaaaaaaa"').status_code == 400


def test_the_page_says_what_was_wrong(reader):
    assert "NUL" in reader.get("/en/echo?a=%00").text
    assert "UTF-8" in reader.get("/en/echo?a=%FF").text


@pytest.mark.parametrize("text", ["Sønderjylland", "æøå ÆØÅ", "Łódź", "日本", "🐟", "a+b & c%"])
def test_ordinary_text_passes(reader, text):
    assert reader.get("/echo", {"q": text}).status_code == 200
    assert reader.post("/echo", {"q": text}).status_code == 200
    assert reader.get(f"/{text}").status_code == 404


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "NONSENSE"])
def test_unusual_methods_are_refused(reader, method):
    assert reader.generic(method, "/echo").status_code == 405


@pytest.mark.parametrize("address", ["/lost", "/disguised"])
def test_a_lost_database_is_503_and_never_500(reader, address):
    response = reader.get(address)
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert response["Cache-Control"] == "no-store"


def test_another_error_is_500(reader):
    response = reader.get("/broken")
    assert response.status_code == 500
    assert "Retry-After" not in response


def test_the_site_uses_these_error_pages():
    site = import_module(settings.ROOT_URLCONF)
    for name in ("handler400", "handler403", "handler404", "handler500"):
        assert getattr(site, name) == getattr(Urls, name)


def test_a_strange_host_is_refused(reader):
    assert reader.get("/echo", HTTP_HOST="evil.example").status_code == 400
