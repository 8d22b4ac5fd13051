"""Who can change the whole register logs in with a second step, wherever that is asked for."""

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import User
from tests.accounts.logging_in import PASSWORD, digits, log_in
from tests.pages import read
from tests.people import browser, person
from tests.routes import routes

pytestmark = pytest.mark.usefixtures("empty")

MIGHTY: list[dict[str, Any]] = [{"is_curator": True}, {"is_staff": True}, {"is_superuser": True}]
WAYS_OUT = ("mfa_", "account_", "usersessions_", "accounts:")
NOBODYS = ("embed:",)  # cookies are taken off, so nobody is anybody there
SET_UP = "/account/2fa/"


@pytest.fixture
def asked(settings: Settings) -> None:
    settings.REQUIRE_MFA = True


def plain_routes() -> Iterator[str]:
    """The addresses of all pages that need nothing to be named."""
    for name, route in routes():
        if "<" not in route and not name.startswith((*WAYS_OUT, *NOBODYS)):
            yield route


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("rights", MIGHTY)
def test_every_page_leads_the_mighty_to_setting_it_up(rights: dict[str, Any]) -> None:
    client = browser(person(**rights))
    paths = [*plain_routes(), "/admin/", "/admin/accounts/user/", "/desk/", "/labs/some-lab/"]
    assert len(paths) > 20
    for path in paths:
        if path not in ("/livez", "/readyz"):
            assert client.get(path).headers.get("Location") == SET_UP, path
            assert client.post(path).headers.get("Location") == SET_UP, path


@pytest.mark.usefixtures("asked")
def test_a_part_of_a_page_leads_there_too() -> None:
    client = browser(person(is_curator=True))
    response = client.get("/en/desk/", headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert response["HX-Redirect"] == "/en/account/2fa/"
    assert not response.content


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize(
    "name", ["mfa_index", "usersessions_list", "account_logout", "account_reauthenticate", "accounts:data"]
)
def test_the_way_to_it_and_the_way_out_are_open(name: str) -> None:
    client = browser(person(is_curator=True, password=PASSWORD))
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.usefixtures("asked")
def test_the_page_one_is_led_to_says_why() -> None:
    client = browser(person(is_curator=True))
    page = read(client.get("/en/desk/", follow=True))
    assert "your rights ask for it" in page.one("main").text


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("rights", MIGHTY)
def test_with_a_second_step_one_passes(rights: dict[str, Any]) -> None:
    user = person(**rights)
    client = browser(user)
    TOTP.activate(user, generate_totp_secret())
    assert client.get("/").status_code == 200


@pytest.mark.usefixtures("asked")
def test_recovery_codes_alone_are_no_second_step() -> None:
    user = person(is_curator=True)
    RecoveryCodes.activate(user)
    assert browser(user).get("/")["Location"] == SET_UP


@pytest.mark.usefixtures("asked")
def test_members_and_readers_are_not_asked(client: Client) -> None:
    assert client.get("/").status_code == 200
    assert browser(person()).get("/account/").status_code == 200


def test_nobody_is_asked_where_it_is_off(settings: Settings) -> None:
    settings.REQUIRE_MFA = False
    assert browser(person(is_curator=True)).get("/").status_code == 200


# Logging in with it


@pytest.fixture
def cur(db: None) -> User:
    return person("cur@example.org", password=PASSWORD, is_staff=True, is_superuser=True)


def test_a_password_alone_does_not_log_in_whoever_has_a_second_step(client: Client, cur: User) -> None:
    secret = generate_totp_secret()
    TOTP.activate(cur, secret)
    response = log_in(client, cur.email, next="/account/settings/")
    assert response["Location"].startswith("/account/2fa/authenticate/")
    assert client.get("/account/settings/")["Location"].startswith("/account/login/")
    assert "error-summary" in read(client.post("/account/2fa/authenticate/", {"code": "000000"}))
    response = client.post("/account/2fa/authenticate/", {"code": digits(secret)})
    assert response["Location"] == "/account/settings/"
    assert client.session["_auth_user_id"] == str(cur.pk)


def test_a_recovery_code_is_good_once(cur: User) -> None:
    TOTP.activate(cur, generate_totp_secret())
    code = RecoveryCodes.activate(cur).get_unused_codes()[0]
    seen = []
    for _ in range(2):
        client = Client()
        log_in(client, cur.email)
        client.post("/account/2fa/authenticate/", {"code": code})
        seen.append("_auth_user_id" in client.session)
    assert seen == [True, False]


def test_setting_it_up_asks_for_the_password_again(client: Client, cur: User) -> None:
    client.force_login(cur)
    response = client.get("/account/2fa/totp/activate/")
    assert response["Location"].startswith("/account/reauthenticate/?next=")
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    page = read(client.post("/account/2fa/totp/activate/", {"code": "000000"}))
    assert page.by_id("error-summary").links == ["#id_code"]
    secret = page.by_id("authenticator_secret").attrs["value"]
    client.post("/account/2fa/totp/activate/", {"code": digits(secret)})
    assert Authenticator.objects.filter(user=cur, type="totp").exists()


def test_the_administration_is_entered_through_the_same_log_in(client: Client, cur: User) -> None:
    TOTP.activate(cur, generate_totp_secret())
    assert client.get("/admin/")["Location"] == "/admin/login/?next=/admin/"
    response = client.get("/admin/login/?next=/admin/")
    assert (response.status_code, response["Location"]) == (302, "/account/login/?next=%2Fadmin%2F")
    client.post("/admin/login/", {"username": cur.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    assert log_in(client, cur.email, next="/admin/")["Location"].startswith("/account/2fa/authenticate/")
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("who", ["member", "staff", "admin"])
def test_the_administration_is_shown_to_staff_alone(
    client: Client, request: pytest.FixtureRequest, who: str
) -> None:
    client.force_login(request.getfixturevalue(who))
    assert client.get("/admin/").status_code == (302 if who == "member" else 200)
