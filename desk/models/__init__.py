"""What curators work with: files that were handed in, and entries that look like one."""

from .imports import Batch, BatchRow
from .merging import Merge, Pair

__all__ = ["Batch", "BatchRow", "Merge", "Pair"]
