"""The tag of an entry: which version of it somebody has read, and so may change."""

import re

from curation.models import Draft, Record

# An entry's own tag; before it may stand the tag of the kept answer it was read from, and a dot. Compressing
# an answer on its way makes its tag a weak one; it names the same version.
TAG = re.compile(r'(?:W/)?"(?:[0-9a-f]{1,64}\.)?([0-9a-z]{1,10})-([0-9]{1,9})(?:-([0-9]{1,9}))?"', re.ASCII)


def tag_of(record: Record, draft: Draft | None = None) -> str:
    """A strong tag; it changes with every change of what the entry says, and of what was typed of it."""
    typed = f"-{draft.version}" if draft else ""
    return f'"{record.public_id}-{record.version}{typed}"'


def version_of(tag: str, record: Record, draft: Draft | None = None) -> int | None:
    """The version a tag names; None where it is no tag of this entry, or of something else typed of it."""
    found = TAG.fullmatch(tag.strip())
    if found is None or found[1] != record.public_id:
        return None
    typed = str(draft.version) if draft else None
    return int(found[2]) if found[3] == typed else None
