"""What a reader can ask of the list of labs."""

import datetime as dt
from typing import ClassVar

from django.db.models import Case, CharField, Max, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from curation.choices import Kind, State
from curation.facets import Counts
from curation.filters import LINK_SIDES, PHASES, FacetFilter, RecordFilterSet
from curation.querysets import RecordQuerySet

from . import solution_stages, trial_stages
from .choices import Form, InnovationType, Method, Operable, Setting
from .models import Trial
from .stuck import BETWEEN, LONG

STUCK = "1"


class LabFilterSet(RecordFilterSet):
    """Labs by theme, links, phase, setting, place and form."""

    side = FacetFilter("sides", _("Links"), array=True, choices=LINK_SIDES)
    phase = FacetFilter("phase", _("Phase"), choices=PHASES)
    setting = FacetFilter("setting", _("Setting"), choices=Setting.choices)
    kind = FacetFilter("type", _("Form"), choices=Form.choices)

    record_kind = Kind.LAB
    sort_labels: ClassVar = {"best": _("In operation first")}
    order: ClassVar = ("theme", "side", "phase", "setting", "place")


class TrialFilterSet(RecordFilterSet):
    """Trials by theme, stage, method, setting and place."""

    phase = FacetFilter("phase", _("Stage"), choices=trial_stages.OFFERED)
    method = FacetFilter("trial__methods", _("Method"), array=True, choices=Method.choices)
    setting = FacetFilter("setting", _("Setting"), choices=Setting.choices)

    record_kind = Kind.TRIAL
    sort_labels: ClassVar = {"best": _("Under way first")}
    order: ClassVar = ("theme", "phase", "method", "setting", "place")


class SolutionFilterSet(RecordFilterSet):
    """Solutions by theme, stage, type, operability and place, and those that stand between trial and use."""

    phase = FacetFilter("phase", _("Stage"), choices=solution_stages.OFFERED)
    kind = FacetFilter("solution__types", _("Type"), array=True, choices=InnovationType.choices)
    operable = FacetFilter("solution__operable", _("Operability"), choices=Operable.choices)
    stuck = FacetFilter(
        "stuck", _("Valley of death"), choices=[(STUCK, _("Between trial and operation for over 18 months"))]
    )

    record_kind = Kind.SOLUTION
    sort_labels: ClassVar = {"best": _("In use first")}
    order: ClassVar = ("theme", "phase", "stuck", "kind", "operable", "place")

    @classmethod
    def readable(cls) -> RecordQuerySet:
        return super().readable().annotate(stuck=_stuck(timezone.localdate()))

    def whole(self) -> Counts:
        """Kept for a day: tomorrow one more may have stood too long."""
        name = f"facets of {self.record_kind} on {timezone.localdate()}"
        return self.reference.keep(name, self._whole)


def _stuck(today: dt.date) -> Case:
    """What `stuck.stuck_since` says, of records in SQL."""
    trials = Trial.objects.filter(solution=OuterRef("pk"), record__state=State.PUBLISHED).order_by()
    last = trials.values("solution").annotate(last=Max(Coalesce("ended_on", "started_on"))).values("last")
    long_ago = LessThanOrEqual(Coalesce("solution__stage_since", Subquery(last)), today - LONG)
    return Case(
        When(Q(long_ago, solution__stage__in=BETWEEN, ended=False), then=Value(STUCK)),
        default=Value(""),
        output_field=CharField(),
    )
