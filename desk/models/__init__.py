"""What curators work with: files handed in, entries that look like one, work on many at once."""

from .bulk import Bulk, BulkRow
from .imports import Batch, BatchRow
from .merging import Merge, Pair

__all__ = ["Batch", "BatchRow", "Bulk", "BulkRow", "Merge", "Pair"]
