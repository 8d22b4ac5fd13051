"""How often somebody may send something: counted for an hour, not for the cache's usual five minutes."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.test import RequestFactory

from keeping.throttle import allowed

pytestmark = pytest.mark.django_db

BEGIN = dt.datetime(2026, 11, 22, 12, 1, tzinfo=dt.UTC)


def asks(**client: Any) -> bool:
    return allowed("trial", RequestFactory().get("/", **client), each=2, together=3)


def test_what_was_counted_holds_until_the_hour_is_over() -> None:
    caches["default"].clear()
    with time_machine.travel(BEGIN, tick=False) as clock:
        assert [asks(), asks(), asks()] == [True, True, False]
        clock.shift(dt.timedelta(minutes=20))
        assert not asks()
        assert asks(REMOTE_ADDR="192.0.2.7")
        assert not asks(REMOTE_ADDR="192.0.2.8")  # all together
        clock.shift(dt.timedelta(minutes=45))
        assert asks()
