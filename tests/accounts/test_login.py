"""Logging in and out: by password, by a code, through a reset; whoever asks learns nothing about others."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import connection
from django.test import Client

from accounts.models import User
from mail.models import Message
from tests.accounts.logging_in import PASSWORD, code_from_mail, log_in
from tests.pages import Node, read
from tests.people import person
from tests.post import delivered

ANNA, NOBODY = "anna@example.org", "nobody@example.org"
AWAY = ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
pytestmark = pytest.mark.usefixtures("empty")


@pytest.fixture
def anna(db: None) -> User:
    return person(ANNA, password=PASSWORD, name="Anna And")


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def words(response: Any) -> str:
    """What a page says, whatever was typed into it."""
    return read(response).one("main").text.replace(ANNA, "…").replace(NOBODY, "…")


def summary(response: Any) -> Node:
    return read(response).by_id("error-summary")


# By password


@pytest.mark.parametrize("typed", [ANNA, "Anna@Example.ORG"])
def test_one_logs_in_by_address_whatever_its_case(client: Client, anna: User, typed: str) -> None:
    response = log_in(client, typed)
    assert (response.status_code, response["Location"]) == (302, "/account/")
    assert client.session["_auth_user_id"] == str(anna.pk)
    assert "Anna And" in read(client.get("/account/")).one("header").text


@pytest.mark.parametrize(
    ("language", "prefix", "home"), [("da", "/en", "/account/"), ("en", "", "/en/account/")]
)
def test_the_language_follows_the_account(
    client: Client, anna: User, language: str, prefix: str, home: str
) -> None:
    User.objects.update(language=language)
    assert log_in(client, ANNA, prefix=prefix)["Location"] == home


@pytest.mark.parametrize("email", [ANNA, NOBODY, "gone@example.org"])
def test_a_wrong_log_in_says_the_same_whoever_it_is(client: Client, anna: User, email: str) -> None:
    person("gone@example.org", password=PASSWORD, is_active=False)
    response = log_in(client, email, "wrong")
    assert response.status_code == 200
    assert summary(response).text == summary(log_in(client, "other@example.org", "x")).text
    assert not is_in(client)


def test_a_closed_account_lets_nobody_in(client: Client, anna: User) -> None:
    User.objects.update(is_active=False)
    log_in(client, ANNA)
    client.post("/account/login/code/", {"email": ANNA})
    assert not is_in(client)
    assert "code" not in " ".join(str(sent.body) for sent in delivered(ANNA))


def test_every_missing_field_is_linked_from_the_summary(client: Client) -> None:
    page = read(client.post("/account/login/", {}))
    assert page.by_id("error-summary").links == ["#id_login", "#id_password"]
    for name in ("id_login", "id_password"):
        field = page.by_id(name)
        assert field.attrs["aria-invalid"] == "true"
        assert all(described in page for described in field.attrs["aria-describedby"].split())


def test_the_page_says_that_reading_needs_no_account_and_offers_the_other_ways(client: Client) -> None:
    page = read(client.get("/en/account/login/?next=/labs/")).one("main")
    assert "Reading the register needs no account." in page.text
    assert "/en/account/login/code/?next=%2Flabs%2F" in page.links
    assert "/en/account/signup/?next=%2Flabs%2F" in page.links
    assert page.by_id("passkey_login").attrs["form"] == "mfa_login"
    assert [field.attrs["value"] for field in page.all("input", name="next")] == ["/labs/", "/labs/"]


@pytest.mark.parametrize("away", AWAY)
def test_nobody_is_led_away_after_logging_in(client: Client, anna: User, away: str) -> None:
    response = log_in(client, ANNA, next=away)
    assert (response.status_code, response["Location"]) == (302, "/account/")


def test_one_comes_back_to_where_one_was_going(client: Client, anna: User) -> None:
    assert client.get("/account/settings/")["Location"] == "/account/login/?next=/account/settings/"
    assert log_in(client, ANNA, next="/account/settings/")["Location"] == "/account/settings/"


def test_the_session_is_a_new_one(client: Client, anna: User) -> None:
    client.cookies["sessionid"] = "a" * 32
    log_in(client, ANNA)
    cookie = client.cookies["sessionid"]
    assert cookie.value != "a" * 32
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_form_without_its_token_is_refused(anna: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = log_in(strict, ANNA)
    assert response.status_code == 403
    assert read(response).one("h1").text


def test_somebody_logged_in_does_not_log_in_again(as_member: Client) -> None:
    response = as_member.get("/account/login/")
    assert (response.status_code, response["Location"]) == (302, "/account/")


def test_a_password_is_kept_as_a_hash_alone(anna: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(u)::text FROM accounts_user u")
        assert PASSWORD not in "".join(row[0] for row in cursor.fetchall())
    assert anna.check_password(PASSWORD)


# By a code from a mail


def test_one_logs_in_with_a_code(client: Client, anna: User) -> None:
    response = client.post("/account/login/code/", {"email": ANNA, "next": "/account/settings/"})
    assert response["Location"] == "/account/login/code/confirm/?next=%2Faccount%2Fsettings%2F"
    assert not is_in(client)
    code = code_from_mail(ANNA)
    sent = {"code": code.lower().replace("-", " "), "next": "/account/settings/"}
    assert client.post("/account/login/code/confirm/", sent)["Location"] == "/account/settings/"
    assert is_in(client)


def test_a_code_is_good_once_and_in_its_own_browser(client: Client, anna: User) -> None:
    client.post("/account/login/code/", {"email": ANNA})
    code = code_from_mail(ANNA)
    other = Client()
    assert other.post("/account/login/code/confirm/", {"code": code})["Location"] == "/account/login/code/"
    client.post("/account/login/code/confirm/", {"code": code})
    client.post("/account/logout/")
    client.post("/account/login/code/confirm/", {"code": code})
    assert not is_in(client)
    assert not is_in(other)


def test_guessing_a_code_ends_soon(client: Client, anna: User) -> None:
    client.post("/account/login/code/", {"email": ANNA})
    code = code_from_mail(ANNA)
    guesses = [client.post("/account/login/code/confirm/", {"code": "AAAA-AAAA"}) for _ in range(3)]
    assert [guess.status_code for guess in guesses] == [200, 200, 302]
    client.post("/account/login/code/confirm/", {"code": code})
    assert not is_in(client)


def test_the_mail_with_the_code_speaks_the_language_of_the_account(client: Client, anna: User) -> None:
    User.objects.update(language="en")
    client.post("/account/login/code/", {"email": ANNA})
    (letter,) = delivered(ANNA)
    code = code_from_mail(ANNA)
    assert letter.subject == f"{code} is your code for Stedkraft"
    assert "Give it to nobody." in str(letter.body)
    assert Message.objects.get().template == "accounts/login_code"


# Signing up


def sign_up(client: Client, email: str, prefix: str = "", **more: str) -> Any:
    sent = {"name": "Anna And", "email": email, "password1": PASSWORD}
    return client.post(f"{prefix}/account/signup/", sent | more)


@pytest.mark.parametrize(("prefix", "language"), [("", "da"), ("/en", "en")])
def test_signing_up_needs_the_code_from_the_mail(client: Client, prefix: str, language: str) -> None:
    response = sign_up(client, ANNA, prefix)
    assert response["Location"] == f"{prefix}/account/confirm-email/"
    assert not is_in(client)
    assert not EmailAddress.objects.get(email=ANNA).verified
    response = client.post(f"{prefix}/account/confirm-email/", {"code": code_from_mail(ANNA)})
    assert response["Location"] == f"{prefix}/account/"
    user = User.objects.get()
    assert (user.email, user.name, user.language) == (ANNA, "Anna And", language)
    assert EmailAddress.objects.get().verified
    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.parametrize("away", AWAY)
def test_nobody_is_led_away_after_signing_up(client: Client, away: str) -> None:
    sign_up(client, ANNA, next=away)
    sent = {"code": code_from_mail(ANNA), "next": away}
    assert client.post("/account/confirm-email/", sent)["Location"] == "/account/"


def test_a_draft_waits_behind_the_code(client: Client) -> None:
    sign_up(client, ANNA, next="/register/")
    sent = {"code": code_from_mail(ANNA)}
    assert client.post("/account/confirm-email/", sent)["Location"] == "/register/"


def test_a_weak_password_and_a_broken_address_are_told_beside_their_fields(client: Client) -> None:
    page = read(sign_up(client, "anna", password1="1234"))
    assert page.by_id("error-summary").links[:2] == ["#id_email", "#id_password1"]
    assert page.by_id("id_name").attrs["value"] == "Anna And"
    assert "value" not in page.by_id("id_password1").attrs
    assert not User.objects.exists()


# Nobody learns whether somebody has an account


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/account/signup/", {"name": "A", "password1": PASSWORD}),
        ("/account/login/code/", {}),
        ("/account/password/reset/", {}),
    ],
)
def test_known_and_unknown_addresses_get_the_same_answer(anna: User, path: str, sent: dict[str, str]) -> None:
    said = []
    for email in (ANNA, NOBODY):
        client = Client()
        response = client.post(path, sent | {"email": email})
        page = client.get(response["Location"])
        guess = client.post(response["Location"], {"code": "AAAA-AAAA"})
        said.append((response["Location"], words(page), guess.status_code, words(guess)))
        assert len(delivered(email)) == 1
    assert said[0] == said[1]


def test_the_mail_tells_the_owner_of_the_address_what_the_page_does_not(client: Client, anna: User) -> None:
    Client().post("/account/login/code/", {"email": NOBODY})
    Client().post("/en/account/signup/", {"email": ANNA, "password1": PASSWORD})
    (unknown,), (known,) = delivered(NOBODY), delivered(ANNA)
    assert f"{settings.BASE_URL}/account/signup/" in str(unknown.body)
    assert f"{settings.BASE_URL}/account/login/code/" in str(known.body)
    assert User.objects.count() == 1


# A new password


def test_a_forgotten_password_is_replaced(client: Client, anna: User) -> None:
    response = client.post("/account/password/reset/", {"email": ANNA})
    assert response["Location"] == "/account/password/reset/confirm/"
    client.get("/account/password/reset/confirm/")
    response = client.post("/account/password/reset/confirm/", {"code": code_from_mail(ANNA)})
    assert response["Location"] == "/account/password/reset/complete/"
    new = {"password1": "entirely other words", "password2": "entirely other words"}
    client.post("/account/password/reset/complete/", new)
    anna.refresh_from_db()
    assert anna.check_password("entirely other words")
    assert len(delivered(ANNA)) == 2  # the code, and that it was done


def test_without_the_code_no_password_is_replaced(client: Client, anna: User) -> None:
    client.post("/account/password/reset/", {"email": ANNA})
    new = {"password1": "entirely other words", "password2": "entirely other words"}
    client.post("/account/password/reset/complete/", new)
    anna.refresh_from_db()
    assert anna.check_password(PASSWORD)


# Logging out


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_logging_out_leads_home_in_the_same_language(as_member: Client, prefix: str) -> None:
    page = read(as_member.get(f"{prefix}/account/"))
    (form,) = [f for f in page.all("form") if f.attrs.get("action") == f"{prefix}/account/logout/"]
    assert form.attrs["method"] == "post"
    response = as_member.post(form.attrs["action"])
    assert (response.status_code, response["Location"]) == (302, f"{prefix}/")
    assert as_member.get("/account/").status_code == 302
    assert not is_in(as_member)


def test_looking_at_the_page_for_logging_out_does_not(as_member: Client) -> None:
    assert as_member.get("/account/logout/").status_code == 200
    assert is_in(as_member)


def test_one_logs_out_everywhere_else(anna: User) -> None:
    here, there = Client(headers={"user-agent": "Here"}), Client(headers={"user-agent": "There"})
    for browser in (here, there):
        log_in(browser, ANNA)
    page = read(here.get("/account/sessions/")).one("main")
    assert "Here" in page.text
    assert "There" in page.text
    here.post("/account/sessions/")
    assert here.get("/account/settings/").status_code == 200
    assert there.get("/account/settings/")["Location"].startswith("/account/login/")
