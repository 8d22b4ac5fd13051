"""`make exports`: how soon, how fast and in how much memory all of a list becomes a file.

Each form is fetched in a process of its own, first a few entries and then all of them: what the second takes
more memory than the first is what a large file costs. The dump of the whole register is made the same way.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

SIZES = (10_000, 100_000)
SEED = 1
FORMS = ("csv", "xlsx", "geojson", "dump")
FIRST_BYTE_SECONDS = 1.0
MORE_MEMORY_MIB = 32  # what a file ten times as long may take more: Python tidies up late
# A question that is answered from the cache measures nothing.
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "CACHE_PAGES": "0",
    "DEBUG": "0",
    "STEDKRAFT_WEB": "1",
}


def main() -> None:
    options = _options()
    if options.child:
        print(json.dumps(_measured(options.child, options.form)))
        return
    sys.exit(_run(sorted({*options.sizes})))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make exports", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="labs of each register")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--form", choices=FORMS, help=argparse.SUPPRESS)
    return parser.parse_args()


def _run(sizes: list[int]) -> int:
    """Both registers, each form; 1 where a target was missed."""
    found: dict[tuple[str, int], dict[str, Any]] = {}
    print(f"{'':10}{'rows':>9}{'first byte':>12}{'all':>9}{'rows/s':>9}{'size':>10}{'memory':>10}")
    for size in sizes:
        name = _prepared(size)
        for form in FORMS:
            command = [sys.executable, "-m", "benchmarks.exports", "--child", name, "--form", form]
            told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            one = found[form, size] = json.loads(told.splitlines()[-1])
            print(
                f"{form:10}{one['rows']:9,}{one['first'] * 1000:9.0f} ms{one['all']:7.1f} s"
                f"{one['rows'] / one['all']:9,.0f}{one['bytes'] / 2**20:6.1f} MiB{one['memory']:6.1f} MiB",
                flush=True,
            )
    missed = list(_missed(found, sizes))
    print("\n".join(missed) or "All targets are met.")
    return int(bool(missed))


def _missed(found: dict[tuple[str, int], dict[str, Any]], sizes: list[int]) -> Iterator[str]:
    for form in FORMS:
        small, large = found[form, sizes[0]], found[form, sizes[-1]]
        if form != "dump" and large["first"] > FIRST_BYTE_SECONDS:
            yield f"{form}: the first byte comes after {large['first']:.2f} s."
        if large["memory"] > small["memory"] + MORE_MEMORY_MIB:
            yield f"{form}: takes {large['memory']:.0f} MiB more, of few entries {small['memory']:.0f} MiB."


def _prepared(size: int) -> str:
    os.environ.pop("STEDKRAFT_WEB")  # making a register takes longer than a web request may
    import django  # noqa: PLC0415

    django.setup()
    from . import databases  # noqa: PLC0415

    name = databases.prepare(size, SEED)
    os.environ["STEDKRAFT_WEB"] = "1"
    return name


# In a process of its own


def _measured(name: str, form: str) -> dict[str, Any]:
    import django  # noqa: PLC0415

    if form == "dump":
        os.environ.pop("STEDKRAFT_WEB")
    django.setup()
    from . import databases  # noqa: PLC0415

    with databases.using(name):
        return _of_dump() if form == "dump" else _of_list(form)


def _of_list(form: str) -> dict[str, Any]:
    from django.test import Client  # noqa: PLC0415

    from curation.models import Record  # noqa: PLC0415

    client = Client(headers={"host": "localhost"})

    def fetch(query: str) -> tuple[float, int]:
        begun, first, length = time.perf_counter(), 0.0, 0
        response: Any = client.get(f"/labs/export.{form}{query}")
        for piece in response.streaming_content:
            first = first or time.perf_counter() - begun
            length += len(piece)
        return first, length

    rows = Record.objects.published().of_kind("lab").count()
    return _timed(lambda: fetch("?place=0751&setting=island"), lambda: fetch(""), rows)


def _of_dump() -> dict[str, Any]:
    from django.utils import timezone  # noqa: PLC0415

    from opendata.dumps.making import one_moment, write  # noqa: PLC0415
    from opendata.dumps.tables import entries  # noqa: PLC0415

    def make() -> tuple[float, int]:
        with TemporaryFile() as file, one_moment():
            write(file, timezone.localdate(), 1)
            return 0.0, file.tell()

    return _timed(entries, make, entries())


def _timed(small: Callable[[], object], whole: Callable[[], tuple[float, int]], rows: int) -> dict[str, Any]:
    small()
    Path("/proc/self/clear_refs").write_text("5")  # the peak is counted from here
    before, begun = _memory("VmRSS"), time.perf_counter()
    first, length = whole()
    return {
        "rows": rows, "first": first, "all": time.perf_counter() - begun, "bytes": length,
        "memory": _memory("VmHWM") - before,
    }  # fmt: skip


def _memory(what: str) -> float:
    """What this process holds (VmRSS), or the most it has held (VmHWM), in MiB."""
    (line,) = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(what)]
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
