"""What was measured, as tables: every question, then every target with whether it was met."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from . import sqlite
from .clock import p95
from .measuring import RIVALS, Measured, Timed

LIST_PAGE = "list page beside the raw SQL of its answer"


@dataclass(frozen=True)
class Target:
    """A promise of the design; `at_least` where more is better."""

    what: str
    limit: float
    measured: float | None
    at_least: bool = False
    unit: str = "×"

    @property
    def met(self) -> str:
        if self.measured is None:
            return "not measured"
        good = self.measured >= self.limit if self.at_least else self.measured <= self.limit
        return "yes" if good else "NO"

    def cells(self) -> tuple[str, ...]:
        sign = "≥" if self.at_least else "≤"
        measured = "–" if self.measured is None else _number(self.measured) + self._unit
        return self.what, f"{sign} {_number(self.limit)}{self._unit}", measured, self.met

    @property
    def _unit(self) -> str:
        return f" {self.unit}"


def show(measured: Measured) -> None:
    """One row for each question."""
    print(f"\n{measured.size} labs; milliseconds of {measured.clock}")
    header = ("question", "found", "page", "p95", "floor", "page/floor", *RIVALS)
    _table([header, *(_row(timed) for timed in measured.questions), _overall(measured.questions)])
    print()
    _table([("partner finder", "page", "floor", "page/floor"), *_rows_of(measured.partners)])
    print()
    _table([("list of the API", "page", "floor", "page/floor"), *_rows_of(measured.api)])


def show_targets(small: Measured, large: Measured) -> list[Target]:
    """Print which targets were met at the larger size, and how the rivals do against SQL alone."""
    targets = _show(large, _targets(small, large))
    print("\nRivals make no page. Beside our SQL alone, for the same answer, they take:")
    _table([("rival", "times"), *_beside_sql(large.questions)])
    return targets


def show_report(small: Measured, large: Measured, largest: Measured) -> list[Target]:
    """Print the same for a register that is only reported: what may grow a little beyond the others'."""
    return _show(largest, _reported(small, large, largest))


def _show(measured: Measured, targets: Iterable[Target]) -> list[Target]:
    shown = list(targets)
    print(f"\nTargets at {measured.size} labs")
    _table([("target", "wanted", "measured", "met"), *(target.cells() for target in shown)])
    return shown


def _row(timed: Timed) -> tuple[str, ...]:
    rivals = (f"{timed.rivals[name]:.0f}" if name in timed.rivals else "" for name in RIVALS)
    numbers = (median(timed.page), p95(timed.page), median(timed.floor), timed.ratio)
    return timed.query.name, str(timed.total), *(f"{number:.1f}" for number in numbers), *rivals


def _overall(questions: Sequence[Timed]) -> tuple[str, ...]:
    pages, floors = _medians(questions)
    numbers = (median(pages), p95(pages), median(floors), median(pages) / median(floors))
    return "median of the 20", "", *(f"{number:.1f}" for number in numbers), *("" for _rival in RIVALS)


def _rows_of(found: Mapping[str, tuple[float, float]]) -> Iterator[tuple[str, ...]]:
    for name, (page, floor) in found.items():
        yield name, f"{page:.1f}", f"{floor:.1f}", f"{page / floor:.1f}"


def _medians(questions: Sequence[Timed]) -> tuple[list[float], list[float]]:
    return [median(timed.page) for timed in questions], [median(timed.floor) for timed in questions]


def _targets(small: Measured, large: Measured) -> Iterator[Target]:
    pages, floors = _medians(large.questions)
    yield Target(LIST_PAGE, 1.5, median(pages) / median(floors))
    yield Target("API list of 25 beside the raw SQL of its answer", 1.5, large.api_ratio)
    yield Target("list page: p95 beside the median", 2.5, p95(pages) / median(pages))
    limits = {"datasette": 3, "textbook": 10, "icontains": 150}
    names = {"datasette": sqlite.name(), "textbook": "the textbook design", "icontains": "icontains"}
    for rival, limit in limits.items():
        yield Target(f"faster than {names[rival]}", limit, _times(large.questions, rival), at_least=True)
    yield from _steady(small, large, 1.5)
    yield Target("partner finder beside its SQL floor", 3, large.partner_page / large.partner_floor)
    yield from _kept(large)
    yield from _weight(large)


def _reported(small: Measured, large: Measured, largest: Measured) -> Iterator[Target]:
    pages, floors = _medians(largest.questions)
    yield Target(LIST_PAGE, 1.3, median(pages) / median(floors))
    yield Target(f"faster than {sqlite.name()}", 5, _times(largest.questions, "datasette"), at_least=True)
    yield from _steady(small, largest, 2)
    what = f"partner finder beside {large.size} labs"
    yield Target(what, 6, largest.partner_page / large.partner_page)
    yield from _kept(largest)


def _steady(small: Measured, large: Measured, limit: float) -> Iterator[Target]:
    for name, taken in large.steady.items():
        yield Target(f"{name} beside {small.size} labs", limit, taken / small.steady[name])


def _kept(large: Measured) -> Iterator[Target]:
    for name, limit, what in (("304", 85, "304"), ("kept", 75, "kept page")):
        share = 100 * large.rates[name] / large.rates["empty"]
        yield Target(f"{what}: requests beside an empty view", limit, share, at_least=True, unit="%")


def _weight(large: Measured) -> Iterator[Target]:
    first = large.first_load_bytes
    yield Target("list page as sent", 12, large.page_bytes / 1024, unit="KB")
    yield Target("first load as sent", 250, first / 1024 if first else None, unit="KB")


def _beside_sql(questions: Sequence[Timed]) -> Iterator[tuple[str, str]]:
    for rival in RIVALS:
        if found := _times(questions, rival, sql=True):
            yield rival, _number(found)


def _times(questions: Sequence[Timed], rival: str, *, sql: bool = False) -> float | None:
    """How many times the page's median (or our SQL's) the rival's is, over the questions it was asked."""
    asked = [timed for timed in questions if rival in timed.rivals]
    if not asked:
        return None
    ours = [median(timed.floor if sql else timed.page) for timed in asked]
    return median(timed.rivals[rival] for timed in asked) / median(ours)


def _table(rows: Sequence[Sequence[str]]) -> None:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for number, row in enumerate(rows):
        first, *others = zip(row, widths, strict=True)
        print("  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]).rstrip())
        if number == 0:
            print("  ".join("-" * width for width in widths))


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 20 or value == int(value) else f"{value:.1f}"
