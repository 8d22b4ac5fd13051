"""Log-in through one's own organisation, over real HTTP; nobody gets another's account."""

from collections.abc import Iterator

import pytest
import requests
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from environ import Env
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from accounts.social import vouched_for
from config import oidc
from tests.accounts.oidc import log_in, use
from tests.oidc_provider import Provider
from tests.people import person

ANNA = "anna@kommune.example"


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    cache.clear()
    with Provider() as started:
        use(settings, started)
        yield started


real = pytest.mark.django_db(transaction=True)


@real
@pytest.mark.parametrize(("prefix", "language"), [("", "da"), ("/en", "en")])
def test_somebody_new_gets_an_account_in_the_language_of_the_page(
    live_server: LiveServer, provider: Provider, prefix: str, language: str
) -> None:
    provider.person["email_verified"] = True
    _browser, url = log_in(live_server, f"{prefix}/account/oidc/kommunen/login/")
    user = User.objects.get(email=ANNA)
    assert (user.name, user.language, user.has_usable_password()) == ("Anna And", language, False)
    assert url == f"{live_server.url}{prefix}/account/"
    assert SocialAccount.objects.get(user=user).uid == "anna-1"
    asked = provider.asked[0]
    assert asked["redirect_uri"] == f"{live_server.url}{prefix}/account/oidc/kommunen/login/callback/"
    assert set(asked["scope"].split()) == {"openid", "profile", "email"}
    assert asked["code_challenge_method"] == "S256"


@real
def test_one_comes_back_to_the_same_account(live_server: LiveServer, provider: Provider) -> None:
    provider.person["email_verified"] = True
    log_in(live_server)
    provider.person |= {"email": "anna.and@kommune.example"}  # married
    _browser, url = log_in(live_server)
    assert url == f"{live_server.url}/account/"
    assert User.objects.count() == 1


@real
def test_a_confirmed_address_leads_to_the_account_that_has_it(
    live_server: LiveServer, provider: Provider
) -> None:
    anna = person(ANNA, password="correct horse battery")
    provider.person["email_verified"] = True
    _browser, url = log_in(live_server)
    assert url == f"{live_server.url}/account/"
    assert SocialAccount.objects.get().user == anna


@real
@pytest.mark.parametrize("claim", [None, False, "false", "true", 1])
def test_an_address_nobody_vouches_for_leads_to_nobodys_account(
    live_server: LiveServer, provider: Provider, claim: object
) -> None:
    person(ANNA, password="correct horse battery")
    if claim is not None:
        provider.person["email_verified"] = claim
    browser, _url = log_in(live_server)
    assert not SocialAccount.objects.exists()
    assert User.objects.count() == 1
    closed = f"{live_server.url}/account/settings/"
    assert browser.get(closed).url != closed


@real
def test_a_second_factor_is_asked_for_here_too(live_server: LiveServer, provider: Provider) -> None:
    anna = person(ANNA)
    TOTP.activate(anna, generate_totp_secret())
    provider.person["email_verified"] = True
    _browser, url = log_in(live_server)
    assert url.startswith(f"{live_server.url}/account/2fa/authenticate/")


@real
def test_where_one_was_going_is_kept(live_server: LiveServer, provider: Provider) -> None:
    provider.person["email_verified"] = True
    _browser, url = log_in(live_server, "/account/oidc/kommunen/login/?next=/account/settings/")
    assert url == f"{live_server.url}/account/settings/"


@real
def test_nobody_is_led_away(live_server: LiveServer, provider: Provider) -> None:
    provider.person["email_verified"] = True
    _browser, url = log_in(live_server, "/account/oidc/kommunen/login/?next=https://evil.example/")
    assert url == f"{live_server.url}/account/"


@real
def test_a_forged_way_back_logs_nobody_in(live_server: LiveServer, provider: Provider) -> None:
    provider.person["email_verified"] = True
    back = f"{live_server.url}/account/oidc/kommunen/login/callback/?code=code-1&state=forged"
    assert requests.get(back, timeout=10).status_code == 401
    assert not User.objects.exists()


@real
def test_a_link_alone_starts_nothing(live_server: LiveServer, provider: Provider) -> None:
    """Otherwise a picture on another page could log its reader in."""
    requests.get(f"{live_server.url}/account/oidc/kommunen/login/", timeout=10)
    assert provider.asked == []


@pytest.mark.parametrize(
    ("email", "claim", "domains", "expected"),
    [
        ("a@x.dk", True, [], True),
        ("a@x.dk", None, [], False),
        ("a@x.dk", "false", [], False),
        ("a@x.dk", None, ["x.dk"], True),
        ("a@X.dk", True, ["x.dk"], True),
        ("a@x.dk", False, ["x.dk"], False),
        ("a@y.dk", True, ["x.dk"], False),
        ("a@evil-x.dk", True, ["x.dk"], False),
        ("a@x.dk@y.dk", True, ["x.dk"], False),
    ],
)
def test_whose_word_counts(email: str, claim: object, domains: list[str], expected: bool) -> None:
    assert vouched_for(email, claim=claim, domains=domains) is expected


def env(monkeypatch: pytest.MonkeyPatch, **values: str) -> Env:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return Env()


def test_one_provider_from_plain_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    said = env(
        monkeypatch, OIDC_NAME="Kommunen", OIDC_CLIENT_ID="a", OIDC_CLIENT_SECRET="b",
        OIDC_SERVER_URL="https://login.example.dk/realms/x", OIDC_DOMAINS="Kommune.dk",
        OIDC_ORIGINS="https://adfs.kommune.dk/start",
    )  # fmt: skip
    listed = oidc.providers(said)
    (app,) = oidc.apps(listed)
    assert (app["provider_id"], app["secret"]) == ("oidc", "b")
    assert app["settings"]["domains"] == ["kommune.dk"]
    assert oidc.origins(listed) == ["https://login.example.dk", "https://adfs.kommune.dk"]


def test_none_unless_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    assert oidc.providers(env(monkeypatch)) == []


def test_a_provider_that_lacks_something_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImproperlyConfigured, match="client_secret"):
        oidc.providers(env(monkeypatch, OIDC_NAME="x", OIDC_CLIENT_ID="a", OIDC_SERVER_URL="https://x"))
