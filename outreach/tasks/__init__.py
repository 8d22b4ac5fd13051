"""What the worker does by itself for readers; each file is one subject, and is imported here."""

__all__: list[str] = []
