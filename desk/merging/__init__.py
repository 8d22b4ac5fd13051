"""Merging one entry into another, and undoing it: `actions` does it, `pointing` says what moves."""
