"""What lists and search read of a mission."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from actors.index import side_counts, sides_found
from curation.choices import Level as Quality
from curation.choices import Side
from curation.facts import Facts, labels
from curation.levels import Check, Met
from curation.points import Point, points_of_places

from .choices import Level
from .models import CoalitionMember, Mission


def facts(missions: Sequence[Mission]) -> Mapping[int, Facts]:
    """The facts of many missions in a constant number of queries."""
    ids = [mission.pk for mission in missions]
    members = _members_of(ids)
    labs = dict(
        Mission.objects.filter(
            pk__in=ids, links__lab__record__state="published", links__ended_on__isnull=True
        )
        .values_list("pk")
        .annotate(number=Count("links"))
        .order_by()
    )
    points = points_of_places(ids)
    return {
        mission.pk: _facts(mission, members[mission.pk], labs.get(mission.pk, 0), points.get(mission.pk))
        for mission in missions
    }


def linked(mission: int) -> Iterable[int]:
    """The actors in a mission's coalition, the labs that serve it and the needs it gathers."""
    yield from (
        CoalitionMember.objects.filter(mission=mission).order_by("pk").values_list("actor_id", flat=True)
    )
    for path in ("links__lab_id", "needs__pk"):
        rows = Mission.objects.filter(pk=mission, **{f"{path.split('__')[0]}__isnull": False})
        yield from rows.order_by().values_list(path, flat=True)


def _facts(mission: Mission, members: Sequence[CoalitionMember], labs: int, point: Point | None) -> Facts:
    sides = [member.side for member in members]
    danish, english = labels(Level(mission.level))
    shown = (
        mission.shows_ambition, mission.shows_coalition, mission.shows_frames, mission.shows_investment,
        mission.shows_perspective,
    )  # fmt: skip
    return Facts(
        type=mission.level,
        phase=mission.phase,
        sides=sides_found(sides),
        counts=side_counts(sides),
        links=len(sides) + labs,
        partners=[member.actor.name_da for member in members],
        texts_da=[mission.scope, mission.goal_da, *shown, danish],
        texts_en=[mission.goal_en, english],
        point=point,
        completeness=_completeness(mission) + min(len(sides), 20),
        checks=_checks(mission, sides),
    )


GOAL = Check("goal", Quality.GOOD, _("A measurable goal"), "goal_da")
PHASE = Check("phase", Quality.GOOD, _("How far it is"), "phase")
TARGET_YEAR = Check("target_year", Quality.GOOD, _("The year the goal is to be reached"), "target_year")
MEMBERS = Check("members", Quality.GOOD, _("Who carries it"), "parties")
BOTH_SIDES = Check("both_sides", Quality.EXCELLENT, _("Parties on both sides, PUSH and PULL"), "parties")
DECIDED = Check("decided", Quality.EXCELLENT, _("Who decided it, and where to read it"), "decided_by")
AMBITION = Check("ambition", Quality.EXCELLENT, _("What shows a clear ambition"), "shows_ambition")
COALITION = Check("coalition", Quality.EXCELLENT, _("What shows a coalition"), "shows_coalition")
FRAMES = Check("frames", Quality.EXCELLENT, _("What shows institutional frames"), "shows_frames")
INVESTMENT = Check(
    "investment", Quality.EXCELLENT, _("What shows an investment in absorptive capacity"), "shows_investment"
)
PERSPECTIVE = Check(
    "perspective", Quality.EXCELLENT, _("What shows a long-term perspective"), "shows_perspective"
)


def _checks(mission: Mission, sides: Sequence[str]) -> Met:
    return {
        GOAL: bool(mission.goal_da),
        PHASE: bool(mission.phase),
        TARGET_YEAR: mission.target_year is not None,
        MEMBERS: bool(sides),
        BOTH_SIDES: Side.BOTH in sides_found(sides),
        DECIDED: bool(mission.decided_by and mission.decision_url),
        AMBITION: bool(mission.shows_ambition),
        COALITION: bool(mission.shows_coalition),
        FRAMES: bool(mission.shows_frames),
        INVESTMENT: bool(mission.shows_investment),
        PERSPECTIVE: bool(mission.shows_perspective),
    }


def _members_of(ids: Sequence[int]) -> Mapping[int, list[CoalitionMember]]:
    found: dict[int, list[CoalitionMember]] = defaultdict(list)
    for member in CoalitionMember.objects.filter(mission__in=ids).running().with_actor().order_by("pk"):
        found[member.mission_id].append(member)
    return found


def _completeness(mission: Mission) -> int:
    said = (
        mission.summary_da, mission.summary_en, mission.website, mission.target_year, mission.start_year,
        mission.owner_id, mission.phase,
    )  # fmt: skip
    return 10 * sum(1 for value in said if value)
