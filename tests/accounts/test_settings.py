"""Name and language of an account."""

import pytest
from django.test import Client

from accounts.models import User
from tests.pages import read
from tests.people import browser, person

PATH = "/account/settings/"


@pytest.fixture
def anna(db: None) -> User:
    """Somebody who reads Danish."""
    return person("anna@example.org", name="Anna")


def test_saved_and_gone_on_in_the_language_chosen(anna: User) -> None:
    client = browser(anna)
    answer = client.post(PATH, {"name": "Anna Andersen", "language": "en"}, follow=True)
    assert answer.redirect_chain == [("/en/account/settings/", 302)]
    assert "Your settings are saved." in read(answer).text
    anna.refresh_from_db()
    assert (anna.name, anna.language) == ("Anna Andersen", "en")


def test_back_to_danish(anna: User) -> None:
    answer = browser(anna).post("/en/account/settings/", {"name": "", "language": "da"})
    assert answer["Location"] == PATH
    anna.refresh_from_db()
    assert (anna.name, anna.language) == ("", "da")


def test_a_language_nobody_speaks_here_is_refused(anna: User) -> None:
    answer = browser(anna).post("/en/account/settings/", {"name": "Bo", "language": "tlh"})
    assert "There is a problem" in answer.text
    assert 'href="#id_language"' in answer.text
    anna.refresh_from_db()
    assert (anna.name, anna.language) == ("Anna", "da")


def test_nothing_else_can_be_changed(anna: User) -> None:
    data = {
        "name": "Anna",
        "language": "da",
        "is_curator": "on",
        "is_superuser": "on",
        "email": "x@example.org",
    }
    browser(anna).post(PATH, data)
    anna.refresh_from_db()
    assert (anna.is_curator, anna.is_superuser, anna.email) == (False, False, "anna@example.org")


def test_strangers_log_in_first(db: None) -> None:
    assert Client().get(PATH)["Location"].startswith("/account/login/")
