"""Several processes of our own, each with a connection to the database we use; imports no models."""

import os
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any

import django
from django.db import connection


@contextmanager
def processes() -> Iterator[Executor]:
    """As many as there are processors."""
    start, database = get_context("spawn"), connection.settings_dict
    with ProcessPoolExecutor(os.cpu_count(), start, _begin, (database,)) as executor:
        yield executor


def _begin(database: dict[str, Any]) -> None:
    django.setup()
    connection.settings_dict.update(database)
