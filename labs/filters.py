"""What a reader can ask of the list of labs."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from curation.choices import Kind
from curation.filters import LINK_SIDES, PHASES, FacetFilter, RecordFilterSet

from . import solution_stages, trial_stages
from .choices import Form, InnovationType, Method, Operable, Setting


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
    """Solutions by theme, stage, type, operability and place."""

    phase = FacetFilter("phase", _("Stage"), choices=solution_stages.OFFERED)
    kind = FacetFilter("solution__types", _("Type"), array=True, choices=InnovationType.choices)
    operable = FacetFilter("solution__operable", _("Operability"), choices=Operable.choices)

    record_kind = Kind.SOLUTION
    sort_labels: ClassVar = {"best": _("In use first")}
    order: ClassVar = ("theme", "phase", "kind", "operable", "place")
