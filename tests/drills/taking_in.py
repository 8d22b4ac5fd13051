"""Reads and takes in a file in a process of its own, and says how long it took and how much memory it had.

python -m tests.drills.taking_in <number of the file> <number of the curator>
"""

import json
import os
import sys
import time
from pathlib import Path

import django


def main(batch: int, user: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from accounts.models import User  # noqa: PLC0415 - when the apps are ready
    from desk.choices import BatchState  # noqa: PLC0415 - when the apps are ready
    from desk.importing import reading, working  # noqa: PLC0415 - when the apps are ready
    from desk.models import Batch  # noqa: PLC0415 - when the apps are ready

    began = time.monotonic()
    reading.read(batch)
    read = time.monotonic()
    Batch.objects.filter(pk=batch, state=BatchState.READY).update(state=BatchState.APPLYING)
    working.apply(batch, User.objects.get(pk=user))
    told = {"read": read - began, "taken_in": time.monotonic() - read, "megabytes": megabytes()}
    sys.stdout.write(json.dumps(told))


def megabytes() -> float:
    """The most this program had; `getrusage` would count what the process was before it became this one."""
    told = Path("/proc/self/status").read_text().partition("VmHWM:")[2]
    return int(told.split()[0]) / 1024


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
