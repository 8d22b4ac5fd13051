"""Counting what a page asks the database."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "SET ")
READER, MEMBER, PLACE = 8, 11, 15


def statements(client: Client, path: str, query: Any = None, **headers: str) -> list[str]:
    """The statements of one page; beginning and ending transactions does not count."""
    with CaptureQueriesContext(connection) as asked:
        response = client.get(path, query or {}, headers=headers)
    assert response.status_code == 200, response.status_code
    sql = [query["sql"] or "" for query in asked.captured_queries]
    return [statement for statement in sql if not statement.startswith(CONTROL)]
