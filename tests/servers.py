"""Processes of the product on the test database, for tests that kill them."""

import os
import signal
import socket
import subprocess
import sys
import time
from urllib.parse import quote

import requests
from django.conf import settings
from django.db import connection

from config.processes import spawn

KEEP = {"PATH", "HOME", "LANG", "SECRET_KEY", "LD_LIBRARY_PATH"}
PATIENCE = 60  # seconds until a process has started


def database_url() -> str:
    """The address of the test database, for a process of its own."""
    told = connection.settings_dict
    host = quote(told["HOST"], safe="")
    password = f":{quote(told['PASSWORD'], safe='')}" if told["PASSWORD"] else ""
    user = quote(told["USER"], safe="")
    return f"postgresql://{user}{password}@/{told['NAME']}?host={host}&port={told['PORT']}"


def environment(**more: str) -> dict[str, str]:
    """What a process of the product is told, and nothing of the tests."""
    kept = {key: value for key, value in os.environ.items() if key in KEEP}
    told = {"DATABASE_URL": database_url(), "SECRET_KEY": settings.SECRET_KEY}
    return kept | told | {"BASE_URL": settings.BASE_URL} | more


class WebServer:
    """The production server with its workers, all in one process group."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start it; the seconds until it answers."""
        began = time.monotonic()
        options = {"interface": "wsgi", "host": "127.0.0.1", "port": self.port, "workers": 2}
        command = [sys.executable, "-m", "granian", "--no-ws", "--log-level=error"]
        command += [f"--{name}={value}" for name, value in options.items()]
        told = environment(ALLOWED_HOSTS="127.0.0.1", STEDKRAFT_WEB="1", DEBUG="1")
        self.process = spawn(
            [*command, "--blocking-threads=4", "config.wsgi:application"], env=told, cwd=settings.BASE_DIR
        )
        while not self.answers():
            assert self.process.poll() is None, "the server has ended by itself"
            assert time.monotonic() < began + PATIENCE, "the server does not answer"
            time.sleep(0.02)
        return time.monotonic() - began

    def answers(self) -> bool:
        try:
            return requests.get(f"{self.url}/livez", timeout=5).ok
        except requests.RequestException:
            return False

    def kill(self) -> None:
        """All of it at once, with no last word."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None
