"""What is kept of oneself: read, taken along, erased, and only by oneself."""

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.test import Client

from accounts.models import User
from curation.models import Draft
from mail.models import Message
from tests import factories
from tests.pages import read
from tests.people import browser, person

PASSWORD = "correct horse battery"
READ, FILE, ERASE = "/en/account/data/", "/en/account/data/download/", "/en/account/erase/"
WORDS = {"email": "anna@example.org", "password": PASSWORD}


@pytest.fixture
def anna(empty: None) -> User:
    """Somebody who belongs to an organisation and is writing a draft."""
    caches["default"].clear()
    made = person("anna@example.org", name="Anna Andersen", password=PASSWORD)
    factories.membership(made, factories.actor("Aarhus Kommune"), role="owner")
    Draft.objects.create(kind="lab", user=made, typed={"what": {"name_da": ["Et udkast"]}})
    return made


@pytest.fixture
def client(anna: User) -> Client:
    """Anna's browser."""
    return browser(anna)


def test_everything_is_read_in_words(client: Client) -> None:
    page = read(client.get(READ)).text
    assert "E-mail addresses" in page
    assert "Anna Andersen" in page
    assert "Memberships" in page
    assert "Aarhus Kommune" in page
    assert "Owner" in page
    assert "Et udkast" in page
    assert "Living lab" in page


def test_only_ones_own(client: Client) -> None:
    person("bo@example.org", name="Bo Berg")
    for path in (READ, FILE):
        answer = client.get(path)
        assert "Bo Berg" not in answer.text
        assert "no-store" in answer["Cache-Control"]


def test_the_file(client: Client) -> None:
    answer = client.get(FILE)
    assert answer["Content-Type"] == "application/json"
    assert answer["Content-Disposition"] == 'attachment; filename="stedkraft-my-data.json"'
    assert answer.json()["accounts"]["accounts.user"][0]["email"] == "anna@example.org"
    assert answer.json()["actors"]["actors.membership"][0]["role"] == "owner"


@pytest.mark.parametrize("path", [READ, FILE, ERASE])
def test_strangers_log_in_first(path: str, db: None) -> None:
    answer = Client().get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/en/account/login/")


def test_the_page_says_what_stays_before_anything_goes(client: Client, anna: User) -> None:
    page = read(client.get(ERASE)).text
    assert "former user" in page
    assert "cannot be undone" in page
    anna.refresh_from_db()
    assert anna.erased_at is None


def test_erased(client: Client, anna: User) -> None:
    answer = client.post(ERASE, WORDS, follow=True)
    assert answer.redirect_chain == [("/en/", 302)]
    assert "Your account is erased." in answer.text
    anna.refresh_from_db()
    assert anna.erased_at is not None
    assert not Draft.objects.exists()
    assert not Session.objects.exists()
    assert client.get(READ).status_code == 302
    assert not Message.objects.exclude(to="").exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"email": "bo@example.org"}, "This is not the address of your account."),
        ({"email": ""}, "This field is required."),
        ({"password": "guess"}, "The password is wrong."),
        ({"password": ""}, "This field is required."),
    ],
)
def test_nothing_goes_without_address_and_password(
    client: Client, anna: User, wrong: dict[str, str], said: str
) -> None:
    answer = client.post(ERASE, WORDS | wrong)
    assert said in answer.text
    assert "There is a problem" in answer.text
    anna.refresh_from_db()
    assert anna.erased_at is None
    assert Draft.objects.exists()


def test_the_addresss_case_does_not_matter(client: Client, anna: User) -> None:
    client.post(ERASE, WORDS | {"email": "Anna@Example.org"})
    anna.refresh_from_db()
    assert anna.erased_at is not None


def test_passwords_cannot_be_tried_without_end(client: Client, anna: User) -> None:
    for _try in range(30):
        answer = client.post(ERASE, WORDS | {"password": "guess"})
    assert answer.status_code == 429
    assert client.post(ERASE, WORDS).status_code == 429
    anna.refresh_from_db()
    assert anna.erased_at is None


def test_who_logs_in_without_a_password_is_not_asked_for_one(empty: None) -> None:
    somebody = person("code@example.org")
    client = browser(somebody)
    assert "password" not in client.get(ERASE).context["form"].fields
    client.post(ERASE, {"email": "code@example.org"})
    somebody.refresh_from_db()
    assert somebody.erased_at is not None


def test_the_erased_cannot_come_back(client: Client) -> None:
    client.post(ERASE, WORDS)
    stranger = Client()
    stranger.post("/en/account/login/", {"login": WORDS["email"], "password": PASSWORD})
    assert "_auth_user_id" not in stranger.session
    assert User.objects.filter(email="anna@example.org").count() == 0
