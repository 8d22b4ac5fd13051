"""A curator empties the desk: forty entries by keyboard, and some without JavaScript."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from curation.choices import State
from curation.models import Record, RecordEvent, Suggestion
from mail.models import Message
from tests import factories, people
from tests.journeys.conftest import DESKTOP, PHONE, Watched
from tests.journeys.test_axe import violations

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty", "reason_texts")]

FORTY = 40
EACH_RETURNED = 4  # every fourth is returned

type LoggedIn = Callable[..., Page]


@pytest.fixture(autouse=True)
def _rows_are_made_beside_the_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser's loop runs in this thread, and Django would refuse to ask its database here."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture
def curator() -> User:
    return people.person("curator@example.org", name="Karen Kurator", is_curator=True)


@pytest.fixture
def author() -> User:
    return people.person("anna@aarhus.dk", name="Anna Author")
