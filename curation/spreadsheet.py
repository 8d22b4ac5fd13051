"""Tables to take away as files that Danish Excel opens, and calculates nothing of."""

import csv
import io
from collections.abc import Iterable, Sequence

# A cell that begins like this would be a formula, or be read as one after white space.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BOM = "\ufeff"


def sheet(rows: Iterable[Sequence[str]]) -> str:
    """The rows as a file parted by semicolons; every cell is safe."""
    out = io.StringIO()
    out.write(BOM)
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([safe(cell) for cell in row])
    return out.getvalue()


def safe(cell: str) -> str:
    """With an apostrophe before what a spreadsheet would calculate."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell
