"""The register's version: one number that tells whether anything public has changed."""

from typing import Any

import pgtrigger
from django.db import InterfaceError, OperationalError, connection

RAISE = """
IF ({when}) AND current_setting('stedkraft.raised', true) IS DISTINCT FROM txid_current()::text THEN
    PERFORM set_config('stedkraft.raised', txid_current()::text, true);
    INSERT INTO curation_registerversion (id, number) VALUES (1, 2)
    ON CONFLICT (id) DO UPDATE SET number = curation_registerversion.number + 1;
END IF;
RETURN NULL;
"""


def published(*columns: str) -> str:
    """That a record one of the columns names is published, so that drafts leave readers' pages alone."""
    ids = ", ".join(f"NEW.{column}, OLD.{column}" for column in columns)
    return f"EXISTS (SELECT FROM curation_record r WHERE r.id IN ({ids}) AND r.state = 'published')"


class RaisesVersion(pgtrigger.Trigger):
    """Raises the number once per transaction, when it commits.

    Deferred, because raising it early would make every other writer wait for this transaction.
    """

    def __init__(self, *, when: str = "true", **fields: Any) -> None:
        super().__init__(
            name="raise_version",
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            when=pgtrigger.After,
            timing=pgtrigger.Deferred,
            func=RAISE.format(when=when),
            **fields,
        )


def register_version() -> int:
    """The number; asked for every reader's page, so without a model, which would cost three times as much.

    It comes before all else that is asked, so it is also how a connection shows that it still works.
    """
    connection.health_check_done = True  # type: ignore[attr-defined]
    try:
        return _asked()
    except (InterfaceError, OperationalError):
        if connection.connection is None or connection.in_atomic_block or connection.is_usable():
            raise
        connection.close()
        return _asked()


def _asked() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM curation_registerversion")
        row = cursor.fetchone()
    return int(row[0]) if row else 0
