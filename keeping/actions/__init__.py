"""Writing what is being registered."""

from .drafts import Elsewhere, adopt, begin, save
from .sending import Unfinished, send

__all__ = ["Elsewhere", "Unfinished", "adopt", "begin", "save", "send"]
