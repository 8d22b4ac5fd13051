"""Behind `make run`: owns PostgreSQL, the web server and the worker, restarts what dies, ends with Ctrl-C.

`run -- COMMAND` gives any other command a database in the same way.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType
from typing import NoReturn
from urllib.error import URLError
from urllib.request import urlopen

from config.database import FOLDER, Server, Unavailable, check_reachable, embedded_postgres, url
from config.processes import spawn, stop

BASE = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
WORKERS = 2  # one process per core of a small machine
THREADS = 4  # a slow reader occupies a thread, not a process
WATCH_SECONDS = 0.5
START_SECONDS = 30
WORKER_PAUSE_SECONDS = 5  # between two starts of a worker that cannot live, because its database is away


class Stopped(BaseException):
    """Somebody asked us to end; passes every `except Exception` on its way to the clean-up."""


def main() -> None:
    arguments = _arguments()
    for word in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(word, _stop)
    try:
        sys.exit(_run(arguments.command, arguments.data) if arguments.action == "run" else _serve())
    except Stopped:
        print("\nStopped.", flush=True)
    except Unavailable as problem:
        sys.exit(str(problem))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m config.supervisor", description=__doc__)
    actions = parser.add_subparsers(dest="action")
    actions.add_parser("serve", help="serve on PORT, 8000 unless set (what happens without an action)")
    run = actions.add_parser("run", help="run a command with a database at DATABASE_URL")
    run.add_argument("--data", type=Path, default=FOLDER, help="folder of the embedded database")
    run.add_argument("command", nargs="+")
    return parser.parse_args()


def _stop(word: int, frame: FrameType | None) -> NoReturn:
    for heard in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(heard, signal.SIG_IGN)  # the clean-up is not to be interrupted
    raise Stopped


# The two actions


def _serve() -> NoReturn:
    port = _port()
    with _database(FOLDER, share=False) as database:
        environment = os.environ | {
            "BASE_URL": os.environ.get("BASE_URL", f"http://localhost:{port}"),
            "ALLOWED_HOSTS": os.environ.get("ALLOWED_HOSTS", f"localhost,{HOST}"),
        }
        _prepare(environment, own=database is not None)
        with _web(port, environment) as web, _worker(environment) as worker:
            print(
                f"\nStedkraft is served at http://localhost:{port}/, a worker beside it (Ctrl-C stops both).",
                flush=True,
            )
            _watch(web, worker, database)


def _run(command: list[str], data: Path) -> int:
    with _database(data.resolve(), share=True):
        child = subprocess.Popen(command)
        try:
            return child.wait()
        finally:
            stop(child)


# Their parts


def _port() -> int:
    """The web server would share a port silently, and two of them would answer in turn."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise Unavailable(f"PORT is {text!r}, but must be a number from 1 to 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(text)))
        except OSError as problem:
            reason = (problem.strerror or str(problem)).lower()
            raise Unavailable(
                f"Port {text} cannot be used ({reason}); try `make run PORT={int(text) % 65535 + 1}`."
            ) from None
    return int(text)


@contextmanager
def _database(folder: Path, *, share: bool) -> Iterator[Server | None]:
    """The server at DATABASE_URL, not ours to start or stop, or an embedded one put there."""
    with ExitStack() as stack:
        if os.environ.get("DATABASE_URL"):
            check_reachable()
            yield None
        else:
            server = stack.enter_context(embedded_postgres(folder, share=share))
            os.environ["DATABASE_URL"] = url(folder)
            yield server


def _prepare(environment: dict[str, str], *, own: bool) -> None:
    """`own`: the database is the embedded one, so accounts to try are made."""
    accounts = ["--accounts"] if own else []
    child = spawn([sys.executable, "-m", "config.prepare", *accounts], env=environment, cwd=BASE)
    try:
        if child.wait() != 0:
            raise Unavailable("The database could not be prepared; the reason stands above.")
    finally:
        stop(child)


@contextmanager
def _web(port: int, environment: dict[str, str]) -> Iterator["Web"]:
    web = Web(port, environment)
    try:
        web.start()
        web.wait_until_it_answers()
        yield web
    finally:
        web.stop()


class Web:
    """The production server; it restarts its own workers, we restart it."""

    def __init__(self, port: int, environment: dict[str, str]) -> None:
        self.port = port
        self.environment = environment | {"STEDKRAFT_WEB": "1"}
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        options = {
            "interface": "wsgi",
            "host": HOST,
            "port": self.port,
            "workers": WORKERS,
            "blocking-threads": THREADS,
            "workers-kill-timeout": 5,
            "log-level": "warning",
        }
        command = [sys.executable, "-m", "granian", "--respawn-failed-workers", "--no-ws"]
        command += [f"--{name}={value}" for name, value in options.items()]
        self.process = spawn([*command, "config.wsgi:application"], env=self.environment, cwd=BASE)

    def stop(self) -> None:
        if self.process is not None:
            stop(self.process)

    def wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while self.running and time.monotonic() < deadline:
            try:
                urlopen(f"http://{HOST}:{self.port}/livez", timeout=START_SECONDS).close()
            except URLError:
                time.sleep(0.1)
            else:
                return
        raise Unavailable("The web server did not start; the reason stands above.")


@contextmanager
def _worker(environment: dict[str, str]) -> Iterator["Worker"]:
    worker = Worker(environment)
    try:
        worker.start()
        yield worker
    finally:
        worker.stop()


class Worker:
    """The process that does the jobs: mail, reminders, tidying."""

    def __init__(self, environment: dict[str, str]) -> None:
        # Its statements may take longer than those of a page.
        self.environment = {key: value for key, value in environment.items() if key != "STEDKRAFT_WEB"}
        self.process: subprocess.Popen[bytes] | None = None
        self.started = 0.0

    @property
    def missing(self) -> bool:
        """Whether it is dead, and has been started long enough ago to be started again."""
        alive = self.process is not None and self.process.poll() is None
        return not alive and time.monotonic() > self.started + WORKER_PAUSE_SECONDS

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = spawn(
            [sys.executable, "manage.py", "procrastinate", "worker"], env=self.environment, cwd=BASE
        )

    def stop(self) -> None:
        if self.process is not None:
            stop(self.process)


def _watch(web: Web, worker: Worker, database: Server | None) -> NoReturn:
    while True:
        time.sleep(WATCH_SECONDS)
        if database is not None and not database.running:
            print("PostgreSQL has died; starting it again.", file=sys.stderr, flush=True)
            database.start()
        if not web.running:
            print("The web server has died; starting it again.", file=sys.stderr, flush=True)
            web.stop()  # its workers outlive it and would go on answering
            web.start()
        if worker.missing:
            print("The worker has died; starting it again.", file=sys.stderr, flush=True)
            worker.stop()
            worker.start()


if __name__ == "__main__":
    main()
