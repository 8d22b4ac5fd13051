"""Denmark's real data in the test database.

`tests/conftest.py` takes both fixtures over: `from tests.loading import denmark, django_db_setup`.
"""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connections
from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Load it once, before any test's transaction, so that every test sees it."""
    with django_db_blocker.unblock():
        call_command("load_denmark", stdout=StringIO())
        # Once Playwright's loop runs in this thread, tests get another connection, and this one would stay.
        connections.close_all()


@pytest.fixture
def denmark(db: None) -> None:
    """Denmark is there, also where an earlier test on real transactions has emptied the database."""
    call_command("load_denmark", "--if-empty", stdout=StringIO())
