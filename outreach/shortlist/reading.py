"""A shortlist as it is read: what everybody may read of it now, in a fixed number of statements."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language

from curation.cards import Card, card
from curation.models import Kept, Record, Shortlist
from curation.querysets import slim
from curation.reference import Reference
from mail.links import absolute

from .actions import mark
from .facts import entries_of

BY_NAME = "name"


@dataclass(frozen=True)
class Row:
    """An entry on a list. `record` and `card` are missing while it is not public: then nothing of it shows.

    `moved`: it has become part of another one, which is shown in its place.
    """

    kept: Kept
    record: Record | None
    card: Card | None
    moved: bool

    @property
    def public_id(self) -> str:
        """By which the row is changed: the one that was kept."""
        return self.kept.record.public_id

    @property
    def url(self) -> str:
        """Where to read it, written out for what is printed."""
        return absolute(self.record.get_absolute_url()) if self.record else ""

    @property
    def mark(self) -> str:
        return mark(self.kept.note)


def read(shortlist: Shortlist, order: str = "") -> list[Row]:
    """Kept last first, or by name; what is not public any more comes last. Two statements."""
    kept = list(shortlist.kept.select_related("record").defer(*slim("record__")).order_by("-kept_at", "-pk"))
    shown = entries_of(_shown(row) for row in kept)
    reference = Reference.now()
    rows = [_row(row, shown.get(_shown(row)), reference) for row in kept]
    return sorted(rows, key=_by_name if order == BY_NAME else _public_first)


def read_shared(shortlist: Shortlist) -> list[Row]:
    """The same for those who have its link: only what is public, each entry once."""
    rows = {row.record.pk: row for row in reversed(read(shortlist)) if row.record}
    return list(reversed(rows.values()))


def kept_ids(shortlist: Shortlist | None) -> list[str]:
    """The public ids of what a list shows, by which pages mark what is kept; one statement."""
    if shortlist is None:
        return []
    ids = shortlist.kept.order_by("pk").values_list("record__public_id", "record__merged_into__public_id")
    return [into or own for own, into in ids]


def link_of(shortlist: Shortlist) -> str:
    """The address at which others read a list, if it is shared."""
    key = shortlist.share_key
    return absolute(reverse("outreach:shared", args=[key])) if key else ""


def _shown(kept: Kept) -> int:
    return kept.record.merged_into_id or kept.record_id


def _row(kept: Kept, record: Record | None, reference: Reference) -> Row:
    shown = card(record, reference) if record else None
    return Row(kept, record, shown, moved=bool(record and record.pk != kept.record_id))


def _public_first(row: Row) -> bool:
    return row.record is None


def _by_name(row: Row) -> tuple[bool, str]:
    if row.record is None:
        return True, ""
    return False, row.record.sort_en if get_language() == "en" else row.record.sort_da
