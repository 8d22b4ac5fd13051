"""A strict world for every test, the people in it, and Denmark's data or an empty register."""

import gc
import random
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection, connections, transaction
from django.db.models import QuerySet
from django.template import engines
from django.test import Client, TransactionTestCase
from django.test.client import ClientHandler
from pytest_django import DjangoDbBlocker

from accounts.models import User
from curation.models import Record, Theme
from places.models import Place
from tests.live import Site
from tests.loading import denmark, django_db_setup, is_superuser, tables
from tests.people import person

__all__ = ["denmark", "django_db_setup"]

AT_HOME = ("127.0.0.1", "::1", "localhost")
WRITING = ("INSERT", "UPDATE", "DELETE", "TRUNCATE")


# What a test finds in the database, in the order in which the tests run: what is lost comes back for those
# alone that ask for `denmark`.
NO_DATABASE, DENMARK, NOTHING, WHAT_IT_COMMITS = range(4)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests without a database, then those that see Denmark, an empty register, and real transactions.

    Among the last the long ones come first, so that no process waits long for another. pytest-django sees to
    part of it, but tests with a browser are then gathered around the first of them.

    While the first test has the database filled, other processes run those that need none.
    """
    items.sort(key=lambda item: (finds := _finds(item), finds == WHAT_IT_COMMITS and not _is_long(item)))
    first = next((item for item in items if _finds(item) is not NO_DATABASE), None)
    if first:
        items.remove(first)
        items.insert(0, first)


def pytest_collection_finish() -> None:
    """What is there when the tests begin stays; looking through it for garbage again and again finds none."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def _finds(item: pytest.Item) -> int:
    marker = item.get_closest_marker("django_db")
    fixtures = getattr(item, "fixturenames", ())
    if (marker and marker.kwargs.get("transaction")) or {"transactional_db", "live_server"} & set(fixtures):
        return WHAT_IT_COMMITS
    if not (marker or {"db", "django_db_setup"} & set(fixtures)):
        return NO_DATABASE
    return NOTHING if "empty" in fixtures else DENMARK


def _is_long(item: pytest.Item) -> bool:
    return bool({"journeys", "drills"} & set(item.path.parts))


# The strict world


@pytest.fixture(scope="session", autouse=True)
def _nobody_else_is_contacted() -> Iterator[None]:
    """Python may speak to this machine only."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _at_home_only(getattr(socket.socket, name)))
        yield


def _at_home_only(speak: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family != socket.AF_UNIX and address[0] not in AT_HOME:
            raise AssertionError(f"A test wants to contact {address[0]}.")
        return speak(self, address)

    return guarded


@pytest.fixture(scope="session", autouse=True)
def _reading_writes_nothing() -> Iterator[None]:
    """A GET or HEAD of the test client that writes to the database fails."""
    answer = ClientHandler.__call__

    def watched(self: ClientHandler, environ: Any) -> Any:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return answer(self, environ)
        with connection.execute_wrapper(_refuse_writing):
            return answer(self, environ)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ClientHandler, "__call__", watched)
        yield


SPARED: set[str] = set()  # tables that opening a page may write to, in the test that runs


@pytest.fixture
def opening_keeps_sessions() -> Iterator[None]:
    """allauth keeps a challenge as a page about a second step is opened, and that codes were seen."""
    SPARED.update(["django_session", "mfa_authenticator"])
    yield
    SPARED.clear()


@pytest.fixture
def tokens_note_use() -> Iterator[None]:
    """Once a day a token notes that it was used, also where it only reads."""
    SPARED.update(["opendata_token"])
    yield
    SPARED.clear()


@pytest.fixture
def fetching_is_counted() -> Iterator[None]:
    """How many large files a client has fetched stands in the cache all processes share."""
    SPARED.add("config_cache")
    yield
    SPARED.clear()


@pytest.fixture
def requests_are_counted() -> Iterator[None]:
    """The API counts who asks, and notes once a day that a token was used."""
    SPARED.update(["opendata_asking", "opendata_token"])
    yield
    SPARED.clear()


def _refuse_writing(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    text = str(sql).lstrip()
    if text.upper().startswith(WRITING) and not any(f'"{table}"' in text for table in SPARED):
        raise AssertionError(f"A GET writes: {sql}")
    return execute(sql, params, many, context)


class NotGiven(str):
    """Stands for a variable nobody has given: empty for filters like `default`, but not to be printed."""

    __slots__ = ()

    def __html__(self) -> str:
        raise AssertionError("A template prints a variable that nobody has given.")


class NotGivenToMail(NotGiven):
    """The same where nothing is escaped."""

    __slots__ = ()

    def __str__(self) -> str:
        return self.__html__()


@pytest.fixture(scope="session", autouse=True)
def _templates_get_what_they_print() -> Iterator[None]:
    """pytest-django's own check also fails `{{ missing|default:0 }}`, so ours is set in its place."""
    pages: Any = engines["django"]
    mails: Any = engines["mail"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages.engine, "string_if_invalid", NotGiven())
        patch.setattr(mails.engine, "string_if_invalid", NotGivenToMail())
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_order_without_asking() -> Iterator[None]:
    """Rows asked for in no order come in another one than the database happens to keep."""
    fetch, dice = QuerySet._fetch_all, random.Random(2027)

    def fetch_shuffled(self: QuerySet[Any]) -> None:
        fresh = self._result_cache is None
        fetch(self)
        if fresh and isinstance(self._result_cache, list) and not self.ordered:
            dice.shuffle(self._result_cache)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QuerySet, "_fetch_all", fetch_shuffled)
        yield


@pytest.fixture(autouse=True)
def _nothing_is_kept() -> None:
    """The other cache is a table, which is rolled back with everything else."""
    caches["pages"].clear()


# The register


@pytest.fixture(scope="session")
def _denmark_is_gone(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Emptied once, before the first test that wants it so: emptying costs more than many a test."""
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute(
                "TRUNCATE places_place, curation_theme, curation_record, curation_synonyms, curation_word"
                " CASCADE"
            )
        connections.close_all()


@pytest.fixture
def empty(_denmark_is_gone: None, db: None) -> None:
    """A register without entries, themes and places."""
    left = [model.__name__ for model in (Place, Record, Theme) if model.objects.exists()]
    assert left == [], "an earlier test has left something"


@pytest.fixture(scope="session", autouse=True)
def _what_was_committed_is_removed() -> Iterator[None]:
    """After a test on real transactions, and nothing else: Django would empty and fill every table."""
    name = "_fixture_teardown"
    flush = getattr(TransactionTestCase, name)

    def remove(self: TransactionTestCase) -> None:
        if is_superuser():
            _remove_what_was_committed()
        else:
            flush(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, name, remove)
        yield


def _remove_what_was_committed() -> None:
    """Without asking triggers and keys that point from one table to the next."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for table in tables())  # noqa: S608
        )
        filled = [table for (table,) in cursor.fetchall()]
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in filled:
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608


@pytest.fixture(scope="session")
def live_server() -> Iterator[Site]:
    """A served site on what a test commits; it replaces pytest-django's."""
    server = Site()
    yield server
    server.stop()


# The cast: a reader needs no account


@pytest.fixture
def member(db: None) -> User:
    """Somebody with an account and no rights."""
    return User.objects.create_user("member@example.org", "correct horse battery", name="Mia Member")


@pytest.fixture
def staff(db: None) -> User:
    """Somebody who may open the administration, but has been given nothing in it."""
    return User.objects.create_user("staff@example.org", "correct horse battery", is_staff=True)


@pytest.fixture
def admin(db: None) -> User:
    """Somebody who may do everything."""
    return User.objects.create_superuser("admin@example.org", "correct horse battery")


@pytest.fixture
def as_member(member: User) -> Client:
    """The member's browser."""
    client = Client()
    client.force_login(member)
    return client


@pytest.fixture
def owner(db: None) -> User:
    """Somebody with a confirmed address; what is owned, the test says."""
    return person("owner@aarhus.example", name="Olga Owner")


@pytest.fixture
def colleague(db: None) -> User:
    """Somebody with an address of the same organisation."""
    return person("colleague@aarhus.example", name="Carl Colleague")


@pytest.fixture
def stranger(db: None) -> User:
    """Somebody of another organisation."""
    return person("stranger@odense.example", name="Stine Stranger")


@pytest.fixture
def researcher(db: None) -> User:
    """Somebody of a university."""
    return person("researcher@university.example", name="Rasmus Researcher")


@pytest.fixture
def steward(db: None) -> User:
    """Somebody with a confirmed address; what is looked after, the test says."""
    return person("steward@region.example", name="Stella Steward")


@pytest.fixture
def curator(db: None) -> User:
    """Somebody who decides what is published."""
    return person("curator@example.org", name="Connie Curator", is_curator=True)
