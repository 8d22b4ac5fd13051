"""Organisations as two registers tell of them in files of their own, as rows about actors.

ROR's data file (schema 2, packed or not) and a table with CVR numbers. Each is matched to the actors that are
known by number, website or name before it is added, and of those only what they do not say yet is filled in.
"""

from .matching import COLUMNS, Organisation
from .registers import DENMARK, ON_DISK_BYTES, REGISTERS, SENT_BYTES, Found, read

__all__ = [
    "COLUMNS", "DENMARK", "ON_DISK_BYTES", "REGISTERS", "SENT_BYTES", "Found", "Organisation", "read",
]  # fmt: skip
