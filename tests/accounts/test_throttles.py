"""How often one may try: counted per client and per account, whichever proxies stand in between."""

from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from django.test import Client, RequestFactory
from pytest_django import Settings

from accounts.models import User
from tests.accounts.logging_in import PASSWORD, code_from_mail, log_in
from tests.pages import read
from tests.people import person
from tests.post import delivered

ANNA = "anna@example.org"
pytestmark = pytest.mark.usefixtures("empty")


@pytest.fixture
def anna(db: None) -> User:
    return person(ANNA, password=PASSWORD)


def refused(response: Any, language: str = "da") -> bool:
    """Whether it is the page for too many attempts, whole and in its language."""
    if response.status_code != 429:
        return False
    page = read(response)
    assert page.one("html").attrs["lang"] == language
    assert page.one("header")
    assert page.one("h1").text
    assert int(response["Retry-After"]) > 0
    assert "no-store" in response["Cache-Control"]
    return True


def test_an_account_rests_after_five_wrong_passwords_from_wherever_they_come(anna: User) -> None:
    for number in range(5):
        log_in(Client(REMOTE_ADDR=f"192.0.2.{number}"), ANNA, "wrong")
    client = Client(REMOTE_ADDR="192.0.2.99")
    assert "error-summary" in read(log_in(client, ANNA))
    assert "_auth_user_id" not in client.session
    assert log_in(client, "other@example.org", "wrong").status_code == 200


def test_an_address_nobody_has_rests_just_the_same(anna: User) -> None:
    said = []
    for email in (ANNA, "nobody@example.org"):
        for number in range(6):
            last = log_in(Client(REMOTE_ADDR=f"192.0.2.{number}"), email, "wrong")
        said.append(read(last).by_id("error-summary").text)
    assert said[0] == said[1]


def test_logging_in_rightly_does_not_count(client: Client, anna: User) -> None:
    for _ in range(8):
        assert log_in(client, ANNA).status_code == 302
        client.post("/account/logout/")


@pytest.mark.parametrize(("path", "rate"), [("login", 30), ("signup", 20)])
@pytest.mark.parametrize(("prefix", "language"), [("", "da"), ("/en", "en")])
def test_a_client_that_tries_without_end_gets_a_page(
    path: str, rate: int, prefix: str, language: str
) -> None:
    client = Client(REMOTE_ADDR="192.0.2.7")
    answers = [client.post(f"{prefix}/account/{path}/", {}) for _ in range(rate + 1)]
    assert [answer.status_code for answer in answers[:-1]] == [200] * rate
    assert refused(answers[-1], language)
    assert Client(REMOTE_ADDR="192.0.2.8").post(f"/account/{path}/", {}).status_code == 200
    assert client.get(f"/account/{path}/").status_code == 200


def test_few_codes_are_mailed_to_one_address(anna: User) -> None:
    for number in range(5):
        answer = Client(REMOTE_ADDR=f"192.0.2.{number}").post("/account/login/code/", {"email": ANNA})
    assert read(answer).by_id("error-summary").links == ["#id_email"]
    assert len(delivered(ANNA)) == 3


def test_few_resets_are_mailed_to_one_address(anna: User) -> None:
    for number in range(6):
        answer = Client(REMOTE_ADDR=f"192.0.2.{number}").post("/account/password/reset/", {"email": ANNA})
    assert refused(answer)
    assert len(delivered(ANNA)) == 5


def test_a_second_code_to_confirm_an_address_takes_ten_seconds(client: Client) -> None:
    client.post("/account/signup/", {"email": ANNA, "password1": PASSWORD})
    code = code_from_mail(ANNA)
    again = Client().post("/account/signup/", {"email": ANNA, "password1": PASSWORD})
    assert refused(again)
    client.post("/account/confirm-email/", {"code": code})
    assert User.objects.get().pk == int(client.session["_auth_user_id"])


# Who the client is


@pytest.mark.parametrize(
    ("proxies", "forwarded", "client"),
    [
        (0, "203.0.113.1", "192.0.2.1"),
        (1, "203.0.113.1", "203.0.113.1"),
        (1, "198.51.100.6, 203.0.113.1", "203.0.113.1"),
        (2, "198.51.100.6, 203.0.113.1, 10.0.0.1", "203.0.113.1"),
        (2, "203.0.113.1:4711, 10.0.0.1", "203.0.113.1"),
        (2, "[2001:db8::1]:4711, 10.0.0.1", "2001:db8::1"),
        (2, "10.0.0.1", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "unknown", "192.0.2.1"),
        (1, "'; DROP TABLE", "192.0.2.1"),
    ],
)
def test_the_client_is_whom_the_trusted_proxies_name(
    settings: Settings, rf: RequestFactory, proxies: int, forwarded: str, client: str
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = rf.get("/", headers={"x-forwarded-for": forwarded}, REMOTE_ADDR="192.0.2.1")
    assert get_adapter().get_client_ip(request) == client


def test_an_invented_entry_makes_nobody_a_new_client(settings: Settings, anna: User) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(31):
        answer = Client().post(
            "/account/login/", {}, headers={"x-forwarded-for": f"198.51.100.{number}, 203.0.113.1"}
        )
    assert refused(answer)


def test_too_few_entries_are_no_server_error(settings: Settings, anna: User) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 3
    client = Client(headers={"x-forwarded-for": "203.0.113.1"}, REMOTE_ADDR="192.0.2.5")
    assert log_in(client, ANNA).status_code == 302
    assert "192.0.2.5" in read(client.get("/account/sessions/")).one("main").text
