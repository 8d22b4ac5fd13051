"""Logging in and out, and one's own page."""

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from tests.pages import read
from tests.statements import MEMBER, statements

PASSWORD = "correct horse battery"
pytestmark = pytest.mark.usefixtures("empty")


@pytest.mark.parametrize("typed", ["member@example.org", "Member@Example.ORG"])
def test_one_logs_in_by_address_whatever_its_case(client: Client, member: User, typed: str) -> None:
    response = client.post("/account/login/", {"username": typed, "password": PASSWORD, "next": "/account/"})
    assert (response.status_code, response["Location"]) == (302, "/account/")
    page = read(client.get("/account/"))
    assert "member@example.org" in page.one("main").text
    assert "/account/" in page.one("header").links


@pytest.mark.parametrize("email", ["member@example.org", "nobody@example.org", "gone@example.org"])
def test_a_wrong_log_in_says_the_same_whoever_it_is(client: Client, member: User, email: str) -> None:
    User.objects.create_user("gone@example.org", PASSWORD, is_active=False)
    password = PASSWORD if email.startswith("gone") else "wrong"
    response = client.post("/account/login/", {"username": email, "password": password})
    assert response.status_code == 200
    page = read(response)
    summary = page.by_id("error-summary")
    assert summary.links == ["#id_username"]
    other = read(client.post("/account/login/", {"username": "x@example.org", "password": "x"}))
    assert summary.text == other.by_id("error-summary").text
    assert "_auth_user_id" not in client.session


def test_every_missing_field_is_linked_from_the_summary(client: Client) -> None:
    page = read(client.post("/account/login/", {}))
    assert page.by_id("error-summary").links == ["#id_username", "#id_password"]
    for name in ("id_username", "id_password"):
        field = page.by_id(name)
        assert field.attrs["aria-invalid"] == "true"
        assert all(described in page for described in field.attrs["aria-describedby"].split())


@pytest.mark.parametrize(
    "away", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_led_away_after_logging_in(client: Client, member: User, away: str) -> None:
    response = client.post("/account/login/", {"username": member.email, "password": PASSWORD, "next": away})
    assert (response.status_code, response["Location"]) == (302, "/")


def test_the_session_is_a_new_one(client: Client, member: User) -> None:
    client.cookies["sessionid"] = "a" * 32
    client.post("/account/login/", {"username": member.email, "password": PASSWORD})
    cookie = client.cookies["sessionid"]
    assert cookie.value != "a" * 32
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_form_without_its_token_is_refused(member: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/account/login/", {"username": member.email, "password": PASSWORD})
    assert response.status_code == 403
    assert read(response).one("h1").text


def test_logging_out_ends_it(as_member: Client) -> None:
    page = read(as_member.get("/account/"))
    (form,) = page.one("main").all("form")
    assert form.attrs["method"] == "post"
    assert as_member.post(form.attrs["action"]).status_code == 302
    assert as_member.get("/account/").status_code == 302


@pytest.mark.parametrize("who", ["member", "staff", "admin"])
def test_the_administration_is_shown_to_staff_alone(
    client: Client, request: pytest.FixtureRequest, who: str
) -> None:
    client.force_login(request.getfixturevalue(who))
    assert ("/admin/" in read(client.get("/account/")).one("main").links) == (who != "member")
    assert client.get("/admin/").status_code == (302 if who == "member" else 200)


def test_somebody_logged_in_does_not_log_in_again(as_member: Client) -> None:
    response = as_member.get("/account/login/")
    assert (response.status_code, response["Location"]) == (302, "/")


def test_ones_own_page_asks_little(as_member: Client) -> None:
    assert len(statements(as_member, "/account/")) <= MEMBER


def test_a_password_is_kept_as_a_hash_alone(member: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(u)::text FROM accounts_user u")
        assert PASSWORD not in "".join(row[0] for row in cursor.fetchall())
    assert member.check_password(PASSWORD)
