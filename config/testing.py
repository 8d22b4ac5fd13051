"""What every test run needs: a PostgreSQL of its own, so that it never meets `make run`, and a browser."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections

from config.database import embedded_postgres, socket_folder
from scripts.browser import find

os.environ.setdefault(
    "DJANGO_ALLOW_ASYNC_UNSAFE", "true"
)  # Playwright's loop runs in the thread of the tests


def pytest_configure(config: pytest.Config) -> None:
    """Registered this late, the fixtures below come before those of pytest-django and pytest-playwright."""
    config.pluginmanager.register(Surroundings(), "surroundings")


class Surroundings:
    """The fixtures that replace those of the libraries."""

    @pytest.fixture(scope="session")
    @classmethod
    def django_db_modify_db_settings(
        cls, django_db_modify_db_settings_parallel_suffix: None
    ) -> Iterator[None]:
        """Without DATABASE_URL: a fresh server, started for the first test that asks for the database."""
        if os.environ.get("DATABASE_URL"):
            yield
            return
        with tempfile.TemporaryDirectory(prefix="stedkraft-test-") as temporary:
            folder = Path(temporary) / "postgres"
            with embedded_postgres(folder, safe=False):
                connections["default"].settings_dict["HOST"] = str(socket_folder(folder))
                yield

    @pytest.fixture(scope="session")
    @classmethod
    def browser_type_launch_args(cls, browser_type_launch_args: dict[str, object]) -> dict[str, object]:
        """The browser that `make test` found or installed."""
        browser = find()
        return browser_type_launch_args | ({"executable_path": str(browser)} if browser else {})
