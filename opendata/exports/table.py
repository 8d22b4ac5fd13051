"""A table as CSV that Danish Excel opens, written while its rows are read."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from curation.spreadsheet import BOM, safe

MEDIA_TYPE = "text/csv; charset=utf-8"


def table(heads: Sequence[str], batches: Iterable[Iterable[Sequence[str]]]) -> Iterator[bytes]:
    """The file in pieces. One that breaks off says so, and ends within a quoted cell.

    The web server ends an answer that failed as if it were whole, and a CSV file says nothing of its end.
    """
    yield (BOM + _lines([heads])).encode()
    try:
        for rows in batches:
            if text := _lines(rows):
                yield text.encode()
    except Exception:
        said = _("This file is not whole: something went wrong while it was written. Fetch it again.")
        yield f'"{said}'.encode()
        raise


def _lines(rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue()
