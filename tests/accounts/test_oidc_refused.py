"""A provider's answer that is not for us, not from it, or too late logs nobody in."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import jwt
import pytest
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from environ import Env
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from config import oidc
from tests.accounts.oidc import log_in, use
from tests.oidc_provider import CLIENT, KID, Provider

BACK = "/account/oidc/kommunen/login/callback/"

real = pytest.mark.django_db(transaction=True)


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    """One that says yes to everybody."""
    cache.clear()
    with Provider() as started:
        started.person["email_verified"] = True
        use(settings, started)
        yield started


def answer_with(provider: Provider, monkeypatch: pytest.MonkeyPatch, **claims: Any) -> None:
    """Its token says something else than it should."""
    now = int(time.time())
    right = provider.person | {"iss": provider.url, "aud": CLIENT[0], "iat": now, "exp": now + 300}
    token = jwt.encode(right | claims, provider.key, algorithm="RS256", headers={"kid": KID})
    answer = {"access_token": "open sesame", "token_type": "Bearer", "id_token": token}
    monkeypatch.setattr(provider, "token", lambda asked: answer)


@real
@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://login.evil.example"},
        {"aud": "another-register"},
        {"exp": 1_600_000_000, "iat": 1_599_999_000},
        {"sub": "somebody-else"},
    ],
    ids=["another issuer", "for another client", "run out", "another person than userinfo"],
)
def test_a_token_that_says_something_wrong(
    live_server: LiveServer, provider: Provider, monkeypatch: pytest.MonkeyPatch, claims: dict[str, Any]
) -> None:
    answer_with(provider, monkeypatch, **claims)
    browser, url = log_in(live_server)
    assert url.startswith(f"{live_server.url}{BACK}")
    assert browser.get(url).status_code == 401
    assert not User.objects.exists()


@real
def test_a_token_the_provider_answers_right_is_taken(
    live_server: LiveServer, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same without anything wrong, so that the refusals above are for their reasons."""
    answer_with(provider, monkeypatch)
    log_in(live_server)
    assert User.objects.count() == 1


@real
def test_a_code_is_good_once(live_server: LiveServer, provider: Provider) -> None:
    """Somebody who reads the address in a log afterwards gets in nowhere."""
    used: list[str] = []
    authorize: Callable[[dict[str, str]], str] = provider.authorize
    provider.authorize = lambda asked: used.append(authorize(asked)) or used[-1]  # type: ignore
    log_in(live_server)
    assert User.objects.count() == 1
    browser, _url = log_in(live_server)
    again = browser.get(used[0])
    assert again.status_code == 401


@pytest.mark.parametrize("url", ["http://login.example.dk", "ftp://login.example.dk", "login.example.dk"])
def test_a_provider_is_asked_over_an_encrypted_line(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    for name, value in {"NAME": "x", "CLIENT_ID": "a", "CLIENT_SECRET": "b", "SERVER_URL": url}.items():
        monkeypatch.setenv(f"OIDC_{name}", value)
    with pytest.raises(ImproperlyConfigured, match="https"):
        oidc.providers(Env())


def test_on_this_machine_it_may_be_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {
        "NAME": "x",
        "CLIENT_ID": "a",
        "CLIENT_SECRET": "b",
        "SERVER_URL": "http://localhost:8080/realms/x",
    }
    for name, value in said.items():
        monkeypatch.setenv(f"OIDC_{name}", value)
    assert oidc.origins(oidc.providers(Env())) == ["http://localhost:8080"]
