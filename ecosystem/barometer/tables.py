"""A figure of the barometer: its finding, its chart, the equal table, how it is counted and of how many."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.formats import localize
from django.utils.translation import gettext as _

from ..charts import Chart, Line, Series, draw
from .national import Fact, beside

# Of enquiries nothing is shown of fewer, in all, of a year, a theme or a region: those who wrote, and those
# who did not answer, could be recognised by who knows of one. Of entries, which everybody may read, fewer are
# counted but neither drawn nor reckoned in hundredths: one entry more would move such a share by a fifth.
ENOUGH = 5
NARROW = 2


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
    """One line: what it is about and its numbers; `missing` are those of whom nobody has told it."""

    label: str
    cells: Sequence[Cell]
    missing: bool = False


@dataclass(frozen=True)
class Table:
    """A figure: what it finds in a sentence, its rows, how it is counted and of how many (`behind`).

    `number` is of how many; of fewer than enough there is no chart. `share` is the column that has the shares
    of the first, in hundredths.
    """

    id: str
    title: str
    finding: str
    first: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    definition: str
    behind: str
    number: int
    hidden: str = ""
    share: int | None = None

    @property
    def too_few(self) -> bool:
        """There is something, and too little of it to be drawn."""
        return 0 < self.number < ENOUGH

    @property
    def wide(self) -> bool:
        """More columns than there is room for beside a chart."""
        return len(self.columns) > NARROW

    @property
    def national(self) -> Sequence[Sequence[Fact]]:
        """What Innovationsbarometeret says of the same in the whole public sector."""
        return beside(self.id)

    @cached_property
    def chart(self) -> Chart | None:
        """The columns that are drawn, each as a panel; all have one scale."""
        if self.number < ENOUGH:
            return None
        return draw(
            [
                Series(column.label, column.look, [self._line(row, place) for row in self.rows])
                for place, column in enumerate(self.columns)
                if column.look
            ]
        )

    def _line(self, row: Row, place: int) -> Line:
        cell = row.cells[place]
        share = row.cells[self.share].text if self.share is not None else ""
        text = _("%(number)s · %(share)s %%") % {"number": cell.text, "share": share} if share else cell.text
        return Line(row.label, cell.number or 0, text or "–", row.missing)


@dataclass(frozen=True)
class Section:
    """Figures that belong together, or in a sentence why there are none."""

    id: str
    title: str
    tables: Sequence[Table]
    nothing: str = ""
    said: str = ""


def share(number: float, of: float) -> int:
    """In whole hundredths, a half up."""
    return int(number * 100 / of + 0.5)


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
