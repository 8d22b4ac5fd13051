"""What the worker does by itself to keep entries true; each file is one subject, and is imported here."""

from . import drafts, expiry, freshness, naming, suggestions

__all__ = ["drafts", "expiry", "freshness", "naming", "suggestions"]
