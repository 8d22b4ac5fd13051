"""A figure of the barometer: a table with bars in its own rows, so that picture and table are one."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import localize

# Of enquiries nothing is shown of fewer, in all, of a year, a theme or a region: those who wrote, and those
# who did not answer, could be recognised by who knows of one.
ENOUGH = 5
WIDTH = 100  # of a bar that is as long as can be


@dataclass(frozen=True)
class Column:
    """What is counted; with a `look` its numbers are drawn as bars: ink, pull or push."""

    label: str
    look: str = ""


@dataclass(frozen=True)
class Cell:
    """A number, none where it is not known, and the page that lists what was counted."""

    number: float | None
    path: str = ""

    @property
    def text(self) -> str:
        """As it is written in the reader's language; nothing where it is not known."""
        if self.number is None:
            return ""
        whole = float(self.number).is_integer()
        return str(localize(int(self.number) if whole else round(self.number, 1)))


@dataclass(frozen=True)
class Row:
    """One line: what it is about and its numbers."""

    label: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Drawn:
    """A cell as it is shown: `width` of its bar, in hundredths of the longest."""

    cell: Cell
    column: Column
    width: float


@dataclass(frozen=True)
class Table:
    """A figure: what it finds in a sentence, its rows, how it is counted and of how many (`behind`)."""

    id: str
    title: str
    finding: str
    first: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    definition: str
    behind: str
    hidden: str = ""

    @property
    def lines(self) -> list[tuple[str, list[Drawn]]]:
        """The rows as they are drawn; all bars of a table have one scale."""
        drawn = [place for place, column in enumerate(self.columns) if column.look]
        most = max((row.cells[place].number or 0 for row in self.rows for place in drawn), default=0)
        return [
            (row.label, [_drawn(*pair, most) for pair in zip(row.cells, self.columns, strict=True)])
            for row in self.rows
        ]


@dataclass(frozen=True)
class Section:
    """Figures that belong together, or in a sentence why there are none."""

    id: str
    title: str
    tables: Sequence[Table]
    nothing: str = ""


def _drawn(cell: Cell, column: Column, most: float) -> Drawn:
    width = round(WIDTH * (cell.number or 0) / most, 1) if column.look and most else 0
    return Drawn(cell, column, width)


def showable[Key](counted: dict[Key, int]) -> list[Key]:
    """The groups that are large enough to show, in their order.

    If those left out make up less than that together, the smallest of the others is left out with them: what
    is missing from the whole would tell of them.
    """
    hidden = {key for key, number in counted.items() if number < ENOUGH}
    left = sorted((key for key in counted if key not in hidden), key=lambda key: counted[key])
    while 0 < sum(counted[key] for key in hidden) < ENOUGH and left:
        hidden.add(left.pop(0))
    return [key for key in counted if key not in hidden]
