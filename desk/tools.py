"""The desk's tools: what curators and stewards do besides deciding on what waits."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from curation.access import Visitor, can_curate


@dataclass(frozen=True)
class Tool:
    """A page with work of its own."""

    path: str
    label: str


def tools_of(user: Visitor) -> Sequence[Tool]:
    """What somebody may use, in the order of the desk."""
    return [*(_of_curators() if can_curate(user) else ()), *_of_all()]


def _of_curators() -> Sequence[Tool]:
    return [
        Tool(reverse("desk:imports"), _("Import")),
        Tool(reverse("desk:merges"), _("What was merged")),
        Tool(reverse("desk:texts"), _("Texts to answer with")),
        Tool(reverse("desk:words"), _("Words that mean the same")),
    ]


def _of_all() -> Sequence[Tool]:
    return [
        Tool(reverse("desk:bulks"), _("Work on many entries")),
        Tool(reverse("desk:quality"), _("How good the entries are")),
        Tool(reverse("desk:workload"), _("Workload and answer times")),
        Tool(reverse("desk:stewards"), _("Who looks after what")),
    ]
