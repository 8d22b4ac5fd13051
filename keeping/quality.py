"""What an entry lacks for the next level, told to those who can mend it, with the way to each field."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from curation.levels import CLAIMED, Check, Quality
from curation.models import Entry, Record
from curation.qualities import qualities_of

from .sections import SECTIONS


@dataclass(frozen=True)
class Lacking:
    """Something that is missing, and where it is said; no path where no form says it."""

    label: Any
    path: str


@dataclass(frozen=True)
class Told:
    """How much an entry says, and what the next level asks for besides."""

    quality: Quality
    lacks: Sequence[Lacking]


def told(entry: Entry) -> Told:
    """What is said of a published entry to those who may edit it."""
    quality = qualities_of([entry])[entry.pk]
    return Told(quality, [Lacking(check.label, _path(entry.record, check)) for check in quality.lacks])


def _path(record: Record, check: Check) -> str:
    """The field in the edit pages that says it."""
    if check == CLAIMED:
        return reverse("keeping:claim", args=[record.kind, record.slug])
    for section in SECTIONS[record.kind]:
        if check.field in section.base_fields:
            path = reverse("keeping:edit_section", args=[record.kind, record.slug, section.slug])
            return f"{path}#f-{check.field}"
    return ""
