"""Charts as SVG drawn by the server: bars, and small multiples of bars on one scale.

On a page the widths are shares of whatever room there is, and letters keep their size, so that a chart reads
on a phone as on a wall. Every label stands at its bar; whoever shows a chart shows an equal table beside it.
"""

from .bars import Bar, Chart, Line, Panel, Series, draw

__all__ = ["Bar", "Chart", "Line", "Panel", "Series", "draw"]
