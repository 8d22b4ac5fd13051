"""What became of an entry: every change of every field by any path, from the tables the database writes."""

from .changes import Change, Reader, changes_of, changes_since, difference_since
from .events import State, Story, at_moment, moment_of

__all__ = [
    "Change", "Reader", "State", "Story", "at_moment", "changes_of", "changes_since", "difference_since",
    "moment_of",
]  # fmt: skip
