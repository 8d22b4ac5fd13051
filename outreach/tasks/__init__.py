"""What the worker does by itself for readers; each file is one subject, and is imported here."""

from . import enquiries, saved, shortlists

__all__ = ["enquiries", "saved", "shortlists"]
