"""Child processes on a leash: each in its own session, told to end when its parent dies.

Run as a script it is the leash itself: it ties, gives up root where asked, and becomes the command.
"""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, NamedTuple

PR_SET_PDEATHSIG = 1


class Account(NamedTuple):
    """The user and group a child runs as."""

    uid: int
    gid: int


def spawn(
    command: Sequence[str | Path],
    *,
    last_word: signal.Signals = signal.SIGTERM,
    run_as: Account | None = None,
    output: IO[bytes] | None = None,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start the command; it receives `last_word` if this process dies without stopping it."""
    account = f"{run_as.uid}:{run_as.gid}" if run_as else ""
    leash = [sys.executable, "-I", "-S", __file__, str(os.getpid()), str(int(last_word)), account]
    return subprocess.Popen(
        [*leash, *map(str, command)],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        env=env,
        cwd=cwd,
        start_new_session=True,
    )


def stop(
    process: subprocess.Popen[bytes], word: signal.Signals = signal.SIGTERM, patience: float = 10
) -> None:
    """Ask the process to end; when patience runs out, kill it and everything it started."""
    with suppress(ProcessLookupError):
        process.send_signal(word)
    with suppress(subprocess.TimeoutExpired):
        process.wait(patience)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def die_with_parent(last_word: signal.Signals) -> None:
    """Have the system send the signal to this process when its parent dies, however it dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(last_word))


def _become(parent: int, last_word: signal.Signals, account: str, command: list[str]) -> None:
    if account:
        uid, gid = map(int, account.split(":"))
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    die_with_parent(last_word)  # after giving up root, which would untie it again
    if os.getppid() != parent:
        sys.exit("The process that started this one is gone.")
    os.execvp(command[0], command)  # noqa: S606 - the whole point of this script


if __name__ == "__main__":
    _become(int(sys.argv[1]), signal.Signals(int(sys.argv[2])), sys.argv[3], sys.argv[4:])
