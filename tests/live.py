"""The server that the browsers of tests ask: static files are found once, connections to the database kept.

Django's own looks for each static file anew, and opens a connection for each request.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.db import DEFAULT_DB_ALIAS, connections
from pytest_django.live_server_helper import LiveServer
from whitenoise import WhiteNoise  # type: ignore[import-untyped]

HOUR = 3600
AXE = Path(__file__).resolve().parents[1] / "node_modules" / "axe-core" / "axe.min.js"
AXE_URL = f"{settings.STATIC_URL}axe.min.js"

type Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Site(LiveServer):
    """Django's live server with what keeps it quick."""

    def __init__(self) -> None:
        super().__init__("localhost", start=False)
        setattr(self.thread, "static_handler", self._around)  # noqa: B010 - it may be any that takes one
        self.start()

    def _around(self, application: Application) -> Application:
        self.kept = KeptConnections(application)
        return with_static_files(self.kept)

    def stop(self) -> None:
        super().stop()
        self.kept.close()


def with_static_files(application: Application) -> Application:
    """A browser may keep them as long as a test takes: axe, which is large, need not be compiled anew."""
    server = WhiteNoise(application, max_age=HOUR)
    server.add_file_to_dictionary(AXE_URL, str(AXE))
    for finder in get_finders():
        for path, storage in finder.list([]):
            named = f"{storage.prefix}/{path}" if getattr(storage, "prefix", None) else path
            url = f"{settings.STATIC_URL}{named}"
            if url not in server.files:
                server.add_file_to_dictionary(url, storage.path(path))
    return server


class KeptConnections:
    """Lends each request a connection that an earlier one has used: a new one knows nothing of the tables."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.free: list[Any] = []

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        connection = self._lend()
        connections[DEFAULT_DB_ALIAS] = connection
        try:
            answer: Any = self.application(environ, start_response)
            try:
                return list(answer)
            finally:
                answer.close()
        finally:
            del connections[DEFAULT_DB_ALIAS]
            self.free.append(connection)

    def _lend(self) -> Any:
        try:
            return self.free.pop()
        except IndexError:
            made = connections.create_connection(DEFAULT_DB_ALIAS)
            made.settings_dict = made.settings_dict | {"CONN_MAX_AGE": None}
            made.inc_thread_sharing()
            return made

    def close(self) -> None:
        while self.free:
            self.free.pop().close()
