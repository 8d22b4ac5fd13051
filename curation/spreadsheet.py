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
    """With an apostrophe before what a spreadsheet would calculate, or would if its own were taken off."""
    return f"'{cell}" if cell.lstrip(" '").startswith(FORMULA) else cell


def unsafe(cell: str) -> str:
    """A cell of such a file as it was before `safe`; for whoever reads the file again."""
    return cell[1:] if cell.startswith("'") and safe(cell[1:]) == cell else cell
