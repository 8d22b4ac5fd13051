"""Entries as rows of a table: what stands in which column, for files that go out and files that come in.

What a section holds is a column. What ties an entry to others is not: who takes part, and the missions, needs
and offers of a lab, are told where the other party is asked; a trial's learnings are a log of their own.

A row that goes out and comes back unchanged says the same: a cell that reads as the entry's own does never
changes it.
"""

from .column import ID, Column, Look, column_for, columns_of
from .reading import Cells
from .saying import Told, cells_of, told_of, words_of

__all__ = [
    "ID", "Cells", "Column", "Look", "Told", "cells_of", "column_for", "columns_of", "told_of", "words_of",
]  # fmt: skip
