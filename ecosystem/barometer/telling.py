"""Figures that are told alike: of so many, how many say what."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from .asked import Asked
from .counting import Counted
from .tables import ENOUGH, Cell, Column, Row, Table, share

INK = "ink"

type Options = Sequence[tuple[str, Any]]


@dataclass(frozen=True)
class Figures:
    """What the figures of a page are told from."""

    counted: Counted
    asked: Asked

    def all_of(self, what: str) -> int:
        return self.counted.n("all", what)


def nowhere(_value: str) -> str:
    """No list counts this."""
    return ""


@dataclass(frozen=True)
class Choice:
    """What `total` entries were asked, and what the `said` of them that have told it chose."""

    options: Options
    numbers: Mapping[str, int]
    said: int
    total: int

    @classmethod
    def of(cls, figures: Figures, count: str, options: Iterable[tuple[str, Any]], *, total: int,
        said: int | None = None) -> "Choice":  # fmt: skip
        """Where each chose one or nothing, how many have told follows."""
        listed = [(value, str(label)) for value, label in options]
        numbers = {value: figures.counted.n(count, value) for value, _label in listed}
        return cls(listed, numbers, sum(numbers.values()) if said is None else said, total)

    @property
    def most(self) -> tuple[str, int]:
        """What was chosen most often, the first of several."""
        value, label = max(self.options, key=lambda option: self.numbers[option[0]])
        return label, self.numbers[value]

    def columns(self, counted: str) -> list[Column]:
        columns = [Column(counted, INK)]
        if self.said >= ENOUGH:
            columns.append(Column(_("Share of %(n)s, %%") % {"n": self.said}))
        return columns

    def rows(self, path: Callable[[str], str] = nowhere, untold: str = "") -> list[Row]:
        """A line for each option, and one for those that have not told; `untold` is the list of these."""
        if not self.said:
            return []
        rows = [
            Row(label, [Cell(self.numbers[value], path(value)), *self._share(self.numbers[value])])
            for value, label in self.options
        ]
        if self.total > self.said:
            empty = [Cell(None)] if self.said >= ENOUGH else []
            rows.append(Row(_("Not told"), [Cell(self.total - self.said, untold), *empty], missing=True))
        return rows

    def _share(self, number: int) -> list[Cell]:
        return [Cell(share(number, self.said))] if self.said >= ENOUGH else []

    def table(
        self, figure: str, title: str, *, first: str, counted: str, finding: str, definition: str,
        behind: str, path: Callable[[str], str] = nowhere, untold: str = "",
    ) -> Table:  # fmt: skip
        return Table(
            id=figure,
            title=title,
            finding=finding if self.said else _("Nothing in the selection tells this yet."),
            first=first,
            columns=self.columns(counted),
            rows=self.rows(path, untold),
            definition=definition,
            behind=behind % {"n": self.said, "of": self.total},
            number=self.said,
            share=1 if self.said >= ENOUGH else None,
        )
