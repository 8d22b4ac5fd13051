"""A solution's page."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actors.coalition import Earlier, Member
from actors.members import earlier, member
from curation.access import record_to_read
from curation.caching import public_page
from curation.choices import Kind
from curation.linked_head import entry_head
from curation.models import EntryPlace, Record, Theme
from curation.months import time_between
from curation.querysets import slim
from curation.reference import Reference
from curation.similar import similar_to
from curation.sources import sources
from places.models import Place
from places.requests import HtmxRequest

from ..choices import Contributor, Obstacle
from ..gate import gate
from ..linked import solution_told
from ..models import Adoption, Partner, Solution, Trial, Value
from ..stuck import BETWEEN, Tried, stuck_since
from ..verdict import Verdict, verdict
from ..worth import worth_of
from .read_trial import sides_of

ADOPTERS = 12  # named here; the page of its spread names all


@dataclass(frozen=True)
class Stuck:
    """That it has stood between trial and operation for long, and since when."""

    since: dt.date
    time: str


@login_not_required
@require_safe
@public_page
def solution(request: HtmxRequest, slug: str) -> HttpResponse | HttpResponseRedirect:
    """All that is known of a solution, and what is not."""
    loaded = ("owner__record", "lab__record", "need__record", "inspired_by__record", "heir")
    record = record_to_read(Kind.SOLUTION, slug, *loaded)
    if record.slug != slug:
        return redirect(record, permanent=True)
    shown, reference = record.solution, Reference.now()
    partners, adoptions = list(shown.partners.with_actor().order_by("pk")), _adoptions(shown)
    running = [partner for partner in partners if partner.ended_on is None]
    context = page_of(
        shown, record, reference, themes=reference.themes_of(record),
        places=_own_places(record, reference, adoptions),
        values=list(shown.values.order_by("pk")),
        members=[member(partner) for partner in running],
        over=_over(partners), adoptions=adoptions, trials=_trials(shown),
    )  # fmt: skip
    told = solution_told(shown, record, context["themes"], context["places"], running)
    context["linked"] = entry_head(record, told, (_("Solutions"), reverse("solutions:browse")))
    return render(request, "labs/solution.html", context)


def page_of(
    shown: Solution, record: Record, reference: Reference, *, themes: Sequence[Theme],
    places: Sequence[Place], values: Sequence[Value] = (), members: Sequence[Member] = (),
    over: Sequence[Earlier] = (), adoptions: Sequence[Adoption] = (), trials: Sequence[Trial] = (),
) -> dict[str, Any]:  # fmt: skip
    """What the page shows of a solution; also of one that is being written and is nowhere yet."""
    running = [adoption for adoption in adoptions if adoption.ended_on is None]
    ended = [adoption for adoption in adoptions if adoption.ended_on]
    return {
        "solution": shown,
        "record": record,
        "themes": themes,
        "places": places,
        "verdict": _verdict(shown, values),
        "values": worth_of(values),
        "between": shown.stage in BETWEEN and not shown.ended,
        "stuck": _stuck(shown, trials),
        "waits": [Obstacle(one).label for one in shown.waiting_for],
        "to_use": _time_to_use(shown),
        "contributors": [Contributor(one).label for one in shown.contributors],
        "sides": sides_of(members),
        "trials": trials,
        "adoptions": sorted(running, key=_newest)[:ADOPTERS],
        "adopted": len(running),
        "confirmed": sum(1 for adoption in running if adoption.confirmed),
        "earlier": [*over, *map(_given_up, ended)],
        "sources": sources(record.source),
        "similar": similar_to(record, reference),
    }


def _adoptions(shown: Solution) -> list[Any]:
    """Who has taken it over, and with each row where the solution began: it spares a statement."""
    began = EntryPlace.objects.filter(record=OuterRef("solution")).order_by("order", "pk").values("place")
    rows = shown.adoptions.public().with_adopter().annotate(began=ArraySubquery(began))
    return list(rows.order_by("pk"))


def _own_places(record: Record, reference: Reference, adoptions: Sequence[Any]) -> Sequence[Place]:
    """Where it began; a record also has the places of those who have taken it over."""
    if not adoptions:
        return reference.places_named(record)
    return [reference.places[place] for place in adoptions[0].began if place in reference.places]


def _trials(shown: Solution) -> list[Trial]:
    rows = shown.trials.published().select_related("record", "lab__record")
    rows = rows.defer(*slim("record__"), *slim("lab__record__"))
    return sorted(rows.order_by("pk"), key=lambda trial: trial.started_on or dt.date.min, reverse=True)


def _verdict(shown: Solution, values: Iterable[Value]) -> Verdict:
    evidence, dated = [value.evidence for value in values], shown.in_use_since is not None
    passed = gate(new_here=shown.new_here, dated=dated, stage=shown.stage, evidence=evidence)
    return verdict(
        passed, stage=shown.stage, ended=shown.ended, new_here=shown.new_here, dated=dated, evidence=evidence
    )


def _stuck(shown: Solution, trials: Iterable[Trial]) -> Stuck | None:
    today = timezone.localdate()
    tried = [Tried(trial.started_on, trial.ended_on) for trial in trials]
    since = stuck_since(
        shown.stage, ended=shown.ended, stage_since=shown.stage_since, trials=tried, today=today
    )
    return Stuck(since, time_between(since, today)) if since else None


def _time_to_use(shown: Solution) -> str:
    if shown.idea_on is None or shown.in_use_since is None:
        return ""
    return time_between(shown.idea_on, shown.in_use_since)


def _newest(adoption: Adoption) -> tuple[int, int]:
    """The last to come into use first; those whose month nobody has told at the end."""
    used = adoption.in_use_since
    return -used.toordinal() if used else 0, adoption.pk


def _over(partners: Iterable[Partner]) -> list[Earlier]:
    return earlier((partner, partner.actor) for partner in partners if partner.ended_on)


def _given_up(adoption: Adoption) -> Earlier:
    until = adoption.ended_on.year if adoption.ended_on else ""
    return Earlier(
        adoption.adopter.name, adoption.adopter.get_absolute_url(), _("had taken it over"),
        str(adoption.get_how_display()), _("until %(year)s") % {"year": until},
    )  # fmt: skip
