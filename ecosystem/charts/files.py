"""A chart to take away: a picture that needs nothing else, with its finding, its source and its date."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string

from .bars import Chart

TITLE, LINE, SMALL = 42, 20, 17
LETTERS, SMALL_LETTERS = 84, 96


@dataclass(frozen=True)
class Size:
    """Where the lines of text stand, where the chart begins, and how high the whole is."""

    finding: Sequence[tuple[str, int]]
    top: int
    notes: Sequence[tuple[str, int]]
    height: int


def picture(chart: Chart, title: str, finding: str, notes: Sequence[str]) -> str:
    """The file's text; `notes` are what is behind it, its source, where it is found."""
    context = {"chart": chart, "title": title, "finding": finding, "size": _size(chart, finding, notes)}
    return render_to_string("ecosystem/charts/file.html", context)


def _size(chart: Chart, finding: str, notes: Sequence[str]) -> Size:
    lines = textwrap.wrap(finding, LETTERS)
    top = TITLE + LINE * (len(lines) + 1)
    end = top + chart.height + LINE
    small = [line for note in notes for line in textwrap.wrap(note, SMALL_LETTERS)]
    return Size(
        [(line, TITLE + 4 + LINE * number) for number, line in enumerate(lines, start=1)],
        top,
        [(line, end + SMALL * number) for number, line in enumerate(small)],
        end + SMALL * len(small) + 8,
    )
