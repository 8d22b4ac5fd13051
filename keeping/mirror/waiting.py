"""What waits for somebody of PULL-spejlet: a half to answer, a run to go on with, one that is a year old."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from actors.access import Standing
from curation.choices import State
from curation.querysets import slim
from labs.choices import Half
from labs.models import Assessment, Sheet

from .access import keeps

YEAR = dt.timedelta(days=365)
MOST = 50


@dataclass(frozen=True)
class Mirrors:
    """For one's own page. `again`: the last finished runs of labs that have gone a year without a new one."""

    to_answer: Sequence[Sheet]
    under_way: Sequence[Assessment]
    again: Sequence[Assessment]

    @classmethod
    def of(cls, stands: Standing) -> "Mirrors":
        """Two statements."""
        runs = _newest_of_each(stands)
        old = timezone.localdate() - YEAR
        return cls(
            _to_answer(stands),
            [run for run in runs if run.finished_on is None],
            [run for run in runs if run.finished_on and run.finished_on <= old and not run.lab.ended],
        )

    def __bool__(self) -> bool:
        return bool(self.to_answer or self.under_way or self.again)


def _to_answer(stands: Standing) -> list[Sheet]:
    """Given to one by name; or open to the members of the host, of whom who keeps the lab is none."""
    given = Q(by=stands.user.pk, assessment__host__in=list(stands.memberships)) | Q(
        by=stands.user.pk, assessment__lab__owner__in=list(stands.memberships)
    )
    open_to = Q(by__isnull=True, assessment__host__in=list(stands.memberships))
    rows = Sheet.objects.filter(
        given | open_to, half=Half.HOST, finished_at__isnull=True, assessment__finished_on__isnull=True,
        assessment__lab__record__state=State.PUBLISHED,
    )  # fmt: skip
    rows = rows.select_related("assessment__lab__record").defer(*slim("assessment__lab__record__"))
    found = list(rows.order_by("-pk")[:MOST])
    return [sheet for sheet in found if sheet.by_id or not keeps(stands, sheet.assessment.lab)]


def _newest_of_each(stands: Standing) -> list[Assessment]:
    """Of each lab that one keeps, the run under way, or else the one finished last."""
    made = Q(lab__record__created_by=stands.user.pk) & (
        Q(lab__owner__isnull=True) | Q(lab__owner__in=list(stands.colleague_of))
    )
    rows = Assessment.objects.filter(
        Q(lab__owner__in=list(stands.memberships)) | made, lab__record__state=State.PUBLISHED
    )
    rows = rows.select_related("lab__record").defer(*slim("lab__record__"))
    newest: dict[int, Assessment] = {}
    for run in rows.order_by("lab", "-finished_on", "-pk"):  # none comes before the others: it is under way
        newest.setdefault(run.lab_id, run)
    return sorted(newest.values(), key=lambda run: (run.lab.record.sort_da, run.pk))[:MOST]
