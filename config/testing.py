"""What every test run needs: a PostgreSQL of its own, so that it never meets `make run`, and a browser.

Filling the database takes longer than hundreds of tests. So the first process of a run that needs it does so
for all: it leaves a copy of its folder, from which the others start.
"""

import fcntl
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

from config.database import Server, embedded_postgres, socket_folder
from scripts.browser import find

os.environ.setdefault(
    "DJANGO_ALLOW_ASYNC_UNSAFE", "true"
)  # Playwright's loop runs in the thread of the tests

SHARED = pytest.StashKey[tempfile.TemporaryDirectory[str]]()
TOLD = "stedkraft_shared"  # the name under which the processes of a run are told where it is


def pytest_configure(config: pytest.Config) -> None:
    """Registered this late, the fixtures below come before those of pytest-django and pytest-playwright."""
    config.pluginmanager.register(Surroundings(), "surroundings")


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """A process of a run is told where the first to fill a database leaves it for the others."""
    stash = node.config.stash
    if SHARED not in stash:
        stash[SHARED] = tempfile.TemporaryDirectory(prefix="stedkraft-shared-")
        node.config.add_cleanup(stash[SHARED].cleanup)
    node.workerinput[TOLD] = stash[SHARED].name


class Filling:
    """Whether this process is to fill the database of all, for which the others wait, or has a filled one."""

    def __init__(self, shared: Path | None) -> None:
        self.shared = shared
        self.lock = (shared / "lock").open("ab") if shared else None
        if self.lock:
            fcntl.flock(self.lock, fcntl.LOCK_EX)
        self.is_done = bool(shared and (shared / "name").exists())
        if self.is_done:
            self.end()

    def start_from_it(self, folder: Path) -> None:
        """Take over what another process has filled."""
        if self.shared and self.is_done:
            _copy(self.shared / "postgres", folder)
            name = (self.shared / "name").read_text()
            settings.DATABASES[DEFAULT_DB_ALIAS]["NAME"] = _told()["NAME"] = name

    def share(self, server: Server) -> None:
        """Leave a copy for the others; nobody may be connected."""
        if self.shared and not self.is_done:
            server.stop()
            _copy(server.folder, self.shared / "postgres")
            (self.shared / "name").write_text(_told()["NAME"])
            server.start()
        self.end()

    def end(self) -> None:
        """Let the others go on."""
        if self.lock:
            self.lock.close()


def _told() -> dict[str, Any]:
    told: dict[str, Any] = connections[DEFAULT_DB_ALIAS].settings_dict
    return told


def _copy(source: Path, target: Path) -> None:
    """With its owner, for PostgreSQL runs as nobody else."""
    subprocess.run(["cp", "-a", source, target], check=True)


class Surroundings:
    """The fixtures that replace those of the libraries."""

    @pytest.fixture(scope="session")
    @classmethod
    def filled_once(
        cls, request: pytest.FixtureRequest, django_db_modify_db_settings_parallel_suffix: None
    ) -> Iterator[Callable[[Callable[[], None]], None]]:
        """Calls what fills the database in one process of the run; the server starts for the first that asks.

        With DATABASE_URL each process fills a database of its own there.
        """
        if os.environ.get("DATABASE_URL"):
            yield lambda fill: fill()
            return
        told = getattr(request.config, "workerinput", {}).get(TOLD)
        with tempfile.TemporaryDirectory(prefix="stedkraft-test-") as temporary:
            folder = Path(temporary) / "postgres"
            filling = Filling(Path(told) if told else None)
            filling.start_from_it(folder)
            with embedded_postgres(folder, safe=False) as server:
                _told()["HOST"] = str(socket_folder(folder))

                def filled(fill: Callable[[], None]) -> None:
                    if not filling.is_done:
                        fill()
                        filling.share(server)

                yield filled
            filling.end()

    @pytest.fixture(scope="session")
    @classmethod
    def django_db_modify_db_settings(cls, filled_once: object) -> None:
        """Before pytest-django makes its database, the server is there."""

    @pytest.fixture(scope="session")
    @classmethod
    def browser_type_launch_args(cls, browser_type_launch_args: dict[str, object]) -> dict[str, object]:
        """The browser that `make test` found or installed."""
        browser = find()
        return browser_type_launch_args | ({"executable_path": str(browser)} if browser else {})
