"""The register: records and their life, themes, what an entry says, who looks after it."""

from .entries import Entry, EntryPlace, EntryTheme
from .history import tracked
from .keeping import Asking, Draft, Suggestion
from .readers import Kept, SavedSearch, Shortlist
from .records import PUBLIC_ID_LETTERS, Record, RegisterVersion, make_public_id
from .review import Absence, ReasonText, RecordEvent, Stewardship, WeeklyLetter
from .themes import Theme
from .words import SearchMiss, Synonyms, Word

__all__ = [
    "PUBLIC_ID_LETTERS", "Absence", "Asking", "Draft", "Entry", "EntryPlace", "EntryTheme", "Kept",
    "ReasonText", "Record", "RecordEvent", "RegisterVersion", "SavedSearch", "SearchMiss", "Shortlist",
    "Stewardship", "Suggestion", "Synonyms", "Theme", "WeeklyLetter", "Word", "make_public_id", "tracked",
]  # fmt: skip
