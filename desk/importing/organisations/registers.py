"""Reading the file of a register, whichever it is."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import IO

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from .. import sheets
from ..limits import MOST_BYTES, MOST_ROWS, Refused, too_long
from . import cvr, ror
from .matching import Organisation, rows_of

REGISTERS = ("ror", "cvr")
DENMARK = ("DK",)
# Of a list that was sent as a file, and of one an operator has on disk, so much is read.
SENT_BYTES, ON_DISK_BYTES = 64 * 1024 * 1024, 4 * 1024 * 1024 * 1024
SOURCES = {"ror": "ROR (https://ror.org), CC0", "cvr": "CVR (https://virk.dk)"}


@dataclass(frozen=True)
class Found:
    """The rows of a register's file, and what its sender should know."""

    rows: Sequence[Sequence[str]]
    source: str
    notes: Sequence[str] = field(default_factory=list)


def read(
    register: str, file: IO[bytes], *, countries: Sequence[str] = DENMARK, most: int = SENT_BYTES
) -> Found:
    """The organisations of a file as rows about actors, the known ones beside them. Raises `Refused`."""
    found: list[Organisation] = []
    if register == "cvr":
        found = list(cvr.organisations(sheets.read(file.read(MOST_BYTES + 1))))
    else:
        for one in ror.organisations(file, countries, most):
            found.append(one)
            if len(found) > MOST_ROWS:
                raise too_long()
    if not found:
        raise Refused(_("The file has no organisation in Denmark."))
    rows = rows_of(found, get_language() or "da")
    known = sum(1 for row in rows if row[0])
    note = ngettext(
        "%(known)d organisation of %(all)d is in the register already; it is only filled in.",
        "%(known)d organisations of %(all)d are in the register already; they are only filled in.",
        known,
    ) % {"known": known, "all": len(rows)}
    return Found(rows, SOURCES[register], [note])
