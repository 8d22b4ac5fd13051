"""Where the bars and the letters of a chart stand. Numbers in, numbers out."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

# Letters are 14 px; a line of this many reads beside the margins of a phone that is 320 px wide.
LETTERS = 36
LINE, BAR, GAP, TITLE = 18, 14, 12, 26
# A bar as long as can be leaves room for what is written at its end.
LONGEST = 70
FILLS = {"ink": "#14252b", "pull": "#00565e", "push": "#b84a00"}


@dataclass(frozen=True)
class Line:
    """A number to draw, and what is written at its bar; `missing`: what nobody has told is only outlined."""

    label: str
    number: float
    text: str
    missing: bool = False


@dataclass(frozen=True)
class Series:
    """Lines that are counted alike; `look` is ink, or the side they stand for: pull or push."""

    title: str
    look: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class Bar:
    """A bar as it is drawn: its label's lines with their height, then the bar and what is written there."""

    label: Sequence[tuple[str, int]]
    y: int
    width: float
    text: str
    text_y: int
    missing: bool


@dataclass(frozen=True)
class Panel:
    """One series; `top` is where it begins in a file that holds all of them."""

    title: str
    look: str
    bars: Sequence[Bar]
    height: int
    top: int

    @property
    def fill(self) -> str:
        return FILLS[self.look]

    @property
    def said(self) -> str:
        """The same in words, for whoever does not see it."""
        return "; ".join(f"{' '.join(line for line, _y in bar.label)}: {bar.text}" for bar in self.bars)


@dataclass(frozen=True)
class Chart:
    """Panels with one scale."""

    panels: Sequence[Panel]

    @property
    def height(self) -> int:
        last = self.panels[-1]
        return last.top + last.height


def draw(series: Sequence[Series]) -> Chart | None:
    """The bars of one or several series under their titles; nothing where there is nothing to draw."""
    most = max((line.number for one in series for line in one.lines), default=0)
    if not most:
        return None
    panels: list[Panel] = []
    top = 0
    for one in series:
        panel = _panel(one, most, top, titled=len(series) > 1)
        panels.append(panel)
        top += panel.height + GAP
    return Chart(panels)


def _panel(series: Series, most: float, top: int, *, titled: bool) -> Panel:
    bars: list[Bar] = []
    y = TITLE if titled else 0
    for line in series.lines:
        bar = _bar(line, most, y)
        bars.append(bar)
        y = bar.y + BAR + GAP
    return Panel(series.title if titled else "", series.look, bars, y, top)


def _bar(line: Line, most: float, y: int) -> Bar:
    words = textwrap.wrap(line.label, LETTERS) or [""]
    label = [(text, y + LINE * number - 4) for number, text in enumerate(words, start=1)]
    bar_y = y + LINE * len(words) + 2
    return Bar(label, bar_y, round(LONGEST * line.number / most, 2), line.text, bar_y + BAR - 2, line.missing)
