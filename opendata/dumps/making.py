"""Making a dump from one moment of the register, and keeping it: whole, or not at all."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import IO

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import override

from curation.register_version import register_version

from ..models import Dump, DumpPart
from .describing import data_package, paper
from .packing import HEADS, Package, as_json
from .tables import entries, tables

PART = 1024 * 1024
KEPT_DAYS = 14


def make_dump() -> Dump | None:
    """The dump of today; nothing where there is one already.

    What is read is one moment of the register. The file is stored with all its parts in one transaction, in
    which those that have had their time go.
    """
    today = timezone.localdate()
    if Dump.objects.filter(on=today).exists():
        return None
    with TemporaryFile() as file:
        with one_moment():
            version, number = register_version(), entries()
            write(file, today, version)
        return store(file, on=today, version=version, entries=number)


def make_anew() -> Dump:
    """The dump of today again, as the only one there is: what was withdrawn is in none of them then."""
    today = timezone.localdate()
    with TemporaryFile() as file:
        with one_moment():
            version, number = register_version(), entries()
            write(file, today, version)
        with transaction.atomic():
            Dump.objects.all().delete()
            return store(file, on=today, version=version, entries=number)


@contextmanager
def one_moment() -> Iterator[None]:
    """All that is read is of the same moment, whatever is committed meanwhile."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def write(file: IO[bytes], day: dt.date, version: int) -> None:
    """The register as it is now, to a file that can go back; names and labels in Danish addresses."""
    with override(settings.LANGUAGE_CODE), Package(file) as package:
        filled = [package.fill(table) for table in tables()]
        sources = package.sheet("SOURCES.csv", HEADS, package.named.rows())
        for name in ("README.txt", "LICENSE.txt"):
            package.write(name, paper(name, day, version, filled))
        package.write(
            "datapackage.json", as_json(data_package(day, version, filled, sources), indent=1) + "\n"
        )


@transaction.atomic
def store(file: IO[bytes], *, on: dt.date, version: int, entries: int) -> Dump:
    """Keep a file in parts; the digest is known at the end, and nobody sees it before."""
    dump = Dump.objects.create(on=on, of_version=version, entries=entries, size=0, digest="unknown")
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    for number, content in enumerate(iter(lambda: file.read(PART), b"")):
        DumpPart.objects.create(dump=dump, number=number, content=content)
        digest.update(content)
        size += len(content)
    dump.size, dump.digest = size, digest.hexdigest()
    dump.save(update_fields=["size", "digest"])
    forget(on)
    return dump


def forget(today: dt.date) -> None:
    """Dumps are kept for 14 days, and the first of each month for good."""
    old = Dump.objects.filter(on__lte=today - dt.timedelta(days=KEPT_DAYS))
    old.exclude(pk__in=firsts_of_months()).delete()


def firsts_of_months() -> list[int]:
    """The first dump there is of each month."""
    first: dict[tuple[int, int], int] = {}
    for pk, day in Dump.objects.order_by("on").values_list("pk", "on"):
        first.setdefault((day.year, day.month), pk)
    return list(first.values())
