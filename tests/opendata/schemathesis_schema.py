"""The API as schemathesis asks it: within this process, on its connection, the same each time."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings

from config.wsgi import application
from curation.models import Record
from places.models import Place

SEED = 20261122


def schema(*, coverage: bool) -> Any:
    """The description as it is; with `coverage` also what lies at the edges of each of its parts."""
    config = schemathesis.Config.from_dict(
        {
            "seed": SEED,
            "generation": {"deterministic": True, "database": "none"},
            "phases": {"coverage": {"enabled": coverage}},
        }
    )
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application, config=config)


def so_many(examples: int) -> Any:
    """The settings for so many made-up questions of each address."""
    return settings(
        max_examples=examples, derandomize=True, database=None, deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip


@contextmanager
def one_connection() -> Iterator[None]:
    """A request would close the test's own, and all it has not committed with it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def ask(case: Any) -> None:
    """All checks: status, type, headers and schema of answers; what is wrong is refused; no server error."""
    _put_right(case)
    case.call_and_validate(headers={"Accept-Encoding": "identity"})


def _put_right(case: Any) -> None:
    """Half of the ids made up, so that there is something to be read."""
    given = case.path_parameters or {}
    if not case.meta.generation.mode.is_positive:
        return
    if len(given.get("public_id", "")) % 2:
        kind = case.path.split("/")[3].removesuffix("s")
        given["public_id"] = Record.objects.published().of_kind(kind).order_by("pk")[0].public_id
    if len(given.get("code", "")) % 2:
        given["code"] = Place.objects.order_by("pk")[len(given["code"]) % 7].address
