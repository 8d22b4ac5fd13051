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
from .writing import edited, renamed, rewritten

__all__ = [
    "Overtaken", "answer", "ask", "ask_anew", "confirm", "edit", "edited", "end", "hold", "publish", "remind",
    "renamed", "resume", "return_to_author", "review", "rewritten", "submit", "take_back", "withdraw",
]  # fmt: skip
