"""What belongs to a place because it is registered for the whole of a region or health council it lies in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from curation.choices import Kind
from curation.models import Record
from curation.querysets import RecordQuerySet
from curation.reference import Reference
from places.models import Place

from .entries import Row, row

SHOWN = 12
KINDS = (Kind.MISSION, Kind.NEED, Kind.OFFER)


@dataclass(frozen=True)
class Inherited:
    """The wider place as it is today, and what is registered for the whole of it."""

    place: Place
    rows: Sequence[tuple[str, Row]]


def of_wider(place: Place, wider: Sequence[Place]) -> RecordQuerySet | None:
    """What is registered for the whole of one of the wider places; read with the place's own."""
    if not wider:
        return None
    records = (
        Record.objects.current().filter(kind__in=KINDS, entry_places__place__in=wider)
        .exclude(place_ids__contains=[place.pk]).shown().distinct().order_by("-quality", "pk")
    )  # fmt: skip
    return records[: SHOWN * len(wider)]


def inherited(wider: Sequence[Place], records: Iterable[Record], reference: Reference) -> list[Inherited]:
    """From these records, best first; none of it is counted for the place itself."""
    found: dict[int, list[Record]] = {above.pk: [] for above in wider}
    for record in records:
        home = next((pk for pk in found if pk in record.place_ids), None)
        if home:
            found[home].append(record)
    return [
        Inherited(above, [(str(Kind(r.kind).label), row(r, reference)) for r in found[above.pk][:SHOWN]])
        for above in wider
        if found[above.pk]
    ]
