"""Spreadsheets from outside: read with suspicion, previewed row by row, written all or not at all."""
