"""Denmark's real data in the test database.

`tests/conftest.py` takes both fixtures over: `from tests.loading import denmark, django_db_setup`.
"""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from pytest_django import DjangoDbBlocker

from curation.models import Record

KEPT_IN = "denmark"  # the schema with a copy of each table
DJANGOS_OWN = {"django_content_type", "auth_permission"}  # no test changes what migrations made of them


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    filled_once: Callable[[Callable[[], None]], None],
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
) -> None:
    """Load it once, before any test's transaction, so that every test sees it."""

    def fill() -> None:
        request.getfixturevalue("django_db_setup")  # pytest-django's, which makes the tables
        with django_db_blocker.unblock():
            call_command("load_denmark", stdout=StringIO())
            if is_superuser():
                keep()
            # Once Playwright's loop runs in this thread, tests get another one, and this would stay.
            connections.close_all()

    filled_once(fill)


@pytest.fixture
def denmark(db: None) -> None:
    """Denmark is there, also where an earlier test on real transactions has emptied the database."""
    bring_back()


def is_superuser() -> bool:
    """Whether tables can be filled and emptied without asking triggers and keys."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW is_superuser")
        return bool(cursor.fetchall() == [("on",)])


def keep() -> None:
    """Copy the rows of every table: putting them back takes a tenth of the time that loading takes."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {KEPT_IN}")
        for table in tables():
            cursor.execute(f"CREATE TABLE {KEPT_IN}.{table} AS TABLE {table}")


def bring_back() -> None:
    """Denmark's rows as they were loaded, unless something is published."""
    if Record.objects.published().exists():
        return
    if not is_superuser():
        call_command("load_denmark", stdout=StringIO())
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in tables():
            cursor.execute(f"INSERT INTO {table} TABLE {KEPT_IN}.{table} ON CONFLICT DO NOTHING")
        cursor.execute("SET LOCAL session_replication_role = origin")


def tables() -> list[str]:
    """Those of the models, but for what migrations alone write."""
    return sorted(set(connection.introspection.django_table_names(only_existing=True)) - DJANGOS_OWN)
