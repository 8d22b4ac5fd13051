"""The databases of a run, one for each size, made once and used again while seed and size are the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

from django.core.management import call_command
from django.db import Error, connection

from curation import reference

from .copies import multiply
from .textbook import build as build_textbook

BUFFERS = "1GB"
NAME = "stedkraft_bench_{size}"


def prepare(size: int, seed: int) -> str:
    """The name of a database with so many labs; says on the way what it makes."""
    name, wanted = NAME.format(size=size), _wanted(size, seed)
    if _comment(name) != wanted:
        print(f"Making {wanted} …", flush=True)
        _run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}"')
    with using(name):
        call_command("migrate", verbosity=0, interactive=False)
        if _comment(name) != wanted:
            call_command("make_entries", size, seed=seed, stdout=StringIO())
            build_textbook()
            _settle()
            _note(name, wanted)
    return name


def multiplied(size: int, seed: int, times: int) -> str:
    """The name of a database with the entries of another so many times, without the textbook's design."""
    name, wanted = NAME.format(size=size * times), f"{times} times {_wanted(size, seed)}"
    if _comment(name) != wanted:
        print(f"Making {wanted} …", flush=True)
        _run(
            f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)',
            f'CREATE DATABASE "{name}" TEMPLATE "{prepare(size, seed)}"',
        )
    with using(name):
        call_command("migrate", verbosity=0, interactive=False)
        if _comment(name) != wanted:
            _run("DROP SCHEMA textbook CASCADE")
            multiply(times)
            _run("VACUUM ANALYZE", "CHECKPOINT")
            _note(name, wanted)
    return name


def _wanted(size: int, seed: int) -> str:
    return f"{size} labs with needs, offers and the words they say from seed {seed}"


def _note(name: str, wanted: str) -> None:
    _run(f"COMMENT ON DATABASE \"{name}\" IS '{wanted}'")


@contextmanager
def using(name: str) -> Iterator[None]:
    """Have Django talk to another database of the same server."""
    usual = connection.settings_dict["NAME"]
    _turn_to(name)
    try:
        yield
    finally:
        _turn_to(usual)


def _turn_to(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
    reference._kept.clear()  # noqa: SLF001 - two registers may have the same version


def raise_buffers() -> str:
    """Ask the server for more memory than its cautious default; what came of it, as a sentence."""
    current = _setting("shared_buffers")
    if current == BUFFERS:
        return f"shared_buffers is {current}."
    try:
        _run(f"ALTER SYSTEM SET shared_buffers = '{BUFFERS}'")
    except Error:
        return f"shared_buffers is {current}; this server is not ours to give {BUFFERS}."
    return f"shared_buffers is {current}; {BUFFERS} from the server's next start: run it again for that."


def _settle() -> None:
    """What a register that grew slowly looks like: no dead rows, fresh statistics."""
    _run("VACUUM (FULL, ANALYZE) curation_record", "VACUUM ANALYZE", "CHECKPOINT")


def _run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _comment(name: str) -> str | None:
    return _value("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", name)


def _setting(name: str) -> str | None:
    return _value("SELECT current_setting(%s, true)", name)


def _value(statement: str, parameter: str) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [parameter])
        row = cursor.fetchone()
    return str(row[0]) if row and row[0] is not None else None
