"""Accounts nobody uses: warned once after 24 months, erased at 27, kept by logging in."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from accounts import idle
from accounts.models import User
from accounts.tasks import idle_accounts
from tests.people import person
from tests.post import delivered

NOW = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)


def somebody(months: float, **said: Any) -> User:
    """Somebody who last logged in this many months ago."""
    made = person(**said)
    used = timezone.now() - dt.timedelta(days=months * 30.44)
    User.objects.filter(pk=made.pk).update(last_login=used, date_joined=used - dt.timedelta(days=30))
    made.refresh_from_db()
    return made


def erased(user: User) -> bool:
    user.refresh_from_db()
    return user.erased_at is not None


@pytest.fixture(autouse=True)
def _no_others(db: None) -> None:
    User.objects.update(last_login=timezone.now())


def test_warned_once_in_their_language() -> None:
    user = somebody(24.5, email="anna@example.org", language="en")
    with time_machine.travel(NOW):
        User.objects.filter(pk=user.pk).update(last_login=NOW - dt.timedelta(days=731))
        idle_accounts(timestamp=0)
        idle_accounts(timestamp=0)
        [mail] = delivered(to="anna@example.org")
    assert mail.subject == "Your account in Stedkraft is about to be erased"
    assert "31 May 2027" in mail.body
    assert "/en/account/login/" in mail.body
    assert not erased(user)


def test_not_warned_before_24_months() -> None:
    user = somebody(23.5)
    assert idle.warn() == 0
    user.refresh_from_db()
    assert user.idle_warned_at is None


def test_who_never_logged_in_counts_from_joining() -> None:
    user = somebody(0)
    User.objects.filter(pk=user.pk).update(
        last_login=None, date_joined=timezone.now() - dt.timedelta(days=731)
    )
    assert idle.warn() == 1


def test_erased_three_months_after_the_warning() -> None:
    user = somebody(24.5)
    idle.warn()
    assert idle.erase() == 0
    with time_machine.travel(timezone.now() + dt.timedelta(days=90)):
        assert idle.erase() == 0
    with time_machine.travel(timezone.now() + dt.timedelta(days=92)):
        assert idle.erase() == 1
    assert erased(user)


def test_never_erased_without_a_warning() -> None:
    """Whoever was forgotten while no worker ran has three months as everybody."""
    user = somebody(40)
    assert idle.erase() == 0
    assert idle.warn() == 1
    assert idle.erase() == 0
    assert not erased(user)


def test_logging_in_keeps_the_account_and_begins_anew() -> None:
    user = somebody(24.5)
    idle.warn()
    User.objects.filter(pk=user.pk).update(last_login=timezone.now())
    later = timezone.now() + dt.timedelta(days=731)
    with time_machine.travel(later):
        assert idle.erase() == 0
        assert idle.warn() == 1
    with time_machine.travel(later + dt.timedelta(days=92)):
        assert idle.erase() == 1
    assert erased(user)


def test_a_closed_account_is_erased_without_a_mail() -> None:
    user = somebody(27.5, email="closed@example.org", is_active=False)
    assert idle.warn() == 0
    assert idle.erase() == 1
    assert erased(user)
    assert delivered() == []


def test_administrators_and_the_erased_are_left_alone() -> None:
    somebody(40, is_superuser=True)
    gone = somebody(40, is_active=False)
    assert idle.erase() == 1
    at = User.objects.get(pk=gone.pk).erased_at
    assert (idle.warn(), idle.erase()) == (0, 0)
    assert User.objects.get(pk=gone.pk).erased_at == at
