"""Writing to the register: every change of an entry or of its state goes through one of these."""

from .asking import answer, ask, ask_anew, confirm, remind
from .holding import hold
from .reviewing import (
    Overtaken,
    edit,
    end,
    publish,
    resume,
    return_to_author,
    review,
    submit,
    take_back,
    withdraw,
)
from .words import SaidElsewhere, drop_synonyms, keep_synonyms, settle_missing, tell_missing
from .writing import edited, renamed, rewritten

__all__ = [
    "Overtaken", "SaidElsewhere", "answer", "ask", "ask_anew", "confirm", "drop_synonyms", "edit", "edited",
    "end", "hold", "keep_synonyms", "publish", "remind", "renamed", "resume", "return_to_author", "review",
    "rewritten", "settle_missing", "submit", "take_back", "tell_missing", "withdraw",
]  # fmt: skip
