"""A database with Denmark's entries and nothing else, made again when the files of `data/` change."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from benchmarks.databases import using

NAME = "stedkraft_relevance"


@contextmanager
def denmark() -> Iterator[None]:
    """Have Django talk to it; it is indexed by the code at hand."""
    files = _files()
    filled = _comment() == files
    if not filled:
        print("Making a database with Denmark's entries …", flush=True)
        _run(f'DROP DATABASE IF EXISTS "{NAME}" WITH (FORCE)', f'CREATE DATABASE "{NAME}"')
    with using(NAME):
        call_command("migrate", verbosity=0, interactive=False)
        if filled:
            call_command("learn_words", stdout=StringIO())
        else:
            call_command("load_denmark", stdout=StringIO())
            _run(f"COMMENT ON DATABASE \"{NAME}\" IS '{files}'")
        yield


def _files() -> str:
    """Tells one state of the files from another."""
    files = sorted((settings.BASE_DIR / "data").glob("*.csv"))
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _comment() -> str | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [NAME]
        )
        row = cursor.fetchone()
    return row[0] if row else None


def _run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
