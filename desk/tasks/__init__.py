"""What the worker does for the desk; each file is one subject, and is imported here."""

from . import bulk, duplicates, imports, weekly

__all__ = ["bulk", "duplicates", "imports", "weekly"]
