"""The register's own figures on the home page: what is known, and what is missing."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Max, Q

from curation.choices import Kind, Phase, PhaseFound
from curation.models import Record
from labs.choices import Reached

LAB, NEED, OFFER = Q(kind=Kind.LAB), Q(kind=Kind.NEED), Q(kind=Kind.OFFER)
TRIAL, SOLUTION = Q(kind=Kind.TRIAL), Q(kind=Kind.SOLUTION)
# The status of needs and offers: `open` has the same name for both, and not known is empty.
OPEN, NOT_KNOWN, OVER = Q(phase="open"), Q(phase=""), Q(ended=True)
# The lists file a solution under the last stage it has reached; each of these is in use.
USED = Q(phase__in=(Reached.IN_USE, Reached.DOCUMENTED, Reached.SPREAD))
DOCUMENTED, SPREAD = Q(phase=Reached.DOCUMENTED), Q(phase=Reached.SPREAD)


@dataclass(frozen=True)
class Figures:
    """Counts over published entries; `read_on` is when a source was last read."""

    entries: int
    claimed: int
    labs: int
    running: int
    phase_unknown: int
    without_push: int
    missions: int
    needs: int
    needs_open: int
    needs_unknown: int
    needs_over: int
    offers: int
    offers_open: int
    offers_unknown: int
    offers_over: int
    trials: int
    trials_over: int
    solutions: int
    solutions_used: int
    solutions_documented: int
    solutions_spread: int
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
            missions=Count("pk", filter=Q(kind=Kind.MISSION)),
            needs=Count("pk", filter=NEED),
            needs_open=Count("pk", filter=NEED & OPEN),
            needs_unknown=Count("pk", filter=NEED & NOT_KNOWN),
            needs_over=Count("pk", filter=NEED & OVER),
            offers=Count("pk", filter=OFFER),
            offers_open=Count("pk", filter=OFFER & OPEN),
            offers_unknown=Count("pk", filter=OFFER & NOT_KNOWN),
            offers_over=Count("pk", filter=OFFER & OVER),
            trials=Count("pk", filter=TRIAL),
            trials_over=Count("pk", filter=TRIAL & OVER),
            solutions=Count("pk", filter=SOLUTION),
            solutions_used=Count("pk", filter=SOLUTION & USED),
            solutions_documented=Count("pk", filter=SOLUTION & DOCUMENTED),
            solutions_spread=Count("pk", filter=SOLUTION & SPREAD),
            read_on=Max("source_read_on"),
        )
    )


# What a list of labs is asked for so that it leaves out those that have ended.
NOT_ENDED = (*Phase.values, PhaseFound.UNKNOWN.value)
