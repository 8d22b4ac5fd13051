"""The register's own figures on the home page: what is known, and what is missing."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Max, Q

from curation.choices import Kind, Phase, PhaseFound
from curation.models import Record

LAB = Q(kind=Kind.LAB)


@dataclass(frozen=True)
class Figures:
    """Counts over published entries; `read_on` is when a source was last read."""

    entries: int
    claimed: int
    labs: int
    running: int
    phase_unknown: int
    without_push: int
    read_on: dt.date | None


def figures() -> Figures:
    """All of them in one statement."""
    return Figures(
        **Record.objects.published().aggregate(
            entries=Count("pk"),
            claimed=Count("pk", filter=Q(claimed_at__isnull=False)),
            labs=Count("pk", filter=LAB),
            running=Count("pk", filter=LAB & Q(phase=Phase.RUNNING)),
            phase_unknown=Count("pk", filter=LAB & Q(phase="")),
            without_push=Count("pk", filter=LAB & Q(ended=False, sides__contains=["no_push"])),
            read_on=Max("source_read_on"),
        )
    )


# What a list of labs is asked for so that it leaves out those that have ended.
NOT_ENDED = (*Phase.values, PhaseFound.UNKNOWN.value)
