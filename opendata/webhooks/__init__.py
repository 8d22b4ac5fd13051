"""Telling other systems of changes: signed, tried again, logged (docs/opendata.md)."""
