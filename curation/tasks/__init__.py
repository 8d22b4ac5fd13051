"""What the worker does by itself to keep search knowing; each file is one subject, and is imported here."""

from . import index, words

__all__ = ["index", "words"]
