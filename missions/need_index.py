"""What lists and search read of a need."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from curation.choices import Level, Side, State
from curation.facts import Facts, labels
from curation.levels import Check, Met
from curation.points import Point, points_of_places

from .choices import NeedKind, NeedStatus
from .models import Need

# What stands open is what readers look for; what may be gone comes after it.
WEIGHT: Mapping[str, int] = {NeedStatus.OPEN: 300, NeedStatus.IN_DIALOGUE: 250, NeedStatus.MATCHED: 150}
WEIGHT_UNKNOWN = 100


def facts(needs: Sequence[Need]) -> Mapping[int, Facts]:
    """The facts of many needs in a constant number of queries."""
    ids = [need.pk for need in needs]
    owners = Actor.objects.published().in_bulk({need.owner_id for need in needs if need.owner_id})
    ties, points = _ties_of(ids), points_of_places(ids)
    return {
        need.pk: _facts(need, owners.get(need.owner_id or 0), ties[need.pk], points.get(need.pk))
        for need in needs
    }


def linked(need: int) -> Iterable[int]:
    """Who has it, its mission, the labs it is tied to and the offers that answer it."""
    for path in ("owner_id", "mission_id", "links__lab_id", "responses__offer_id"):
        rows = Need.objects.filter(pk=need, **{f"{path.removesuffix('_id')}__isnull": False})
        yield from rows.order_by().values_list(path, flat=True)


def _facts(need: Need, owner: Actor | None, ties: int, town: Point | None) -> Facts:
    own = (
        (need.latitude, need.longitude) if need.latitude is not None and need.longitude is not None else None
    )
    danish, english = labels(NeedKind(need.type))
    card = (
        need.may_touch, need.window, need.cooperation, need.hours, need.data_ethics, need.gives_back,
        need.results_owner,
    )  # fmt: skip
    return Facts(
        type=need.type,
        phase=need.status,
        over=need.status,
        weight=WEIGHT.get(need.status, WEIGHT_UNKNOWN),
        sides=[Side.PULL],
        links=ties,
        partners=[owner.name_da] if owner else [],
        texts_da=[need.tried_da, need.success_da, need.asks_for_da, *card, danish],
        texts_en=[need.tried_en, need.success_en, need.asks_for_en, english],
        point=own or town,
        completeness=_completeness(need) + min(ties, 20),
        checks=_checks(need),
    )


TRIED = Check("tried", Level.GOOD, _("What has been tried"), "tried_da")
SUCCESS = Check("success", Level.GOOD, _("What would be success"), "success_da")
ASKS_FOR = Check("asks_for", Level.GOOD, _("What it asks for"), "asks_for_da")
WHEN = Check("when", Level.GOOD, _("A deadline, or when it can take place"), "deadline")
MAY_TOUCH = Check("may_touch", Level.EXCELLENT, _("What a partner may touch"), "may_touch")
SIGNED_BY = Check("signed_by", Level.EXCELLENT, _("Who signs"), "signed_by")
COOPERATION = Check("cooperation", Level.EXCELLENT, _("The form of cooperation"), "cooperation")
HOURS = Check("hours", Level.EXCELLENT, _("Hours asked of daily operation"), "hours")
DATA_ETHICS = Check("data_ethics", Level.EXCELLENT, _("Data and ethics"), "data_ethics")
GIVES_BACK = Check("gives_back", Level.EXCELLENT, _("What comes back"), "gives_back")
RESULTS_OWNER = Check("results_owner", Level.EXCELLENT, _("Who owns the results"), "results_owner")


def _checks(need: Need) -> Met:
    return {
        TRIED: bool(need.tried_da),
        SUCCESS: bool(need.success_da),
        ASKS_FOR: bool(need.asks_for_da),
        WHEN: bool(need.deadline or need.window),
        MAY_TOUCH: bool(need.may_touch),
        SIGNED_BY: bool(need.signed_by),
        COOPERATION: bool(need.cooperation),
        HOURS: bool(need.hours),
        DATA_ETHICS: bool(need.data_ethics),
        GIVES_BACK: bool(need.gives_back),
        RESULTS_OWNER: bool(need.results_owner),
    }


def _ties_of(ids: Sequence[int]) -> Counter[int]:
    """How many published labs and offers each need is tied to."""
    count: Counter[int] = Counter()
    for reverse, end in (("links", "lab"), ("responses", "offer")):
        told = {f"{reverse}__{end}__record__state": State.PUBLISHED, f"{reverse}__ended_on__isnull": True}
        count.update(Need.objects.filter(pk__in=ids, **told).order_by().values_list("pk", flat=True))
    return count


def _completeness(need: Need) -> int:
    said = (
        need.summary_da, need.summary_en, need.tried_da, need.success_da, need.asks_for_da, need.may_touch,
        need.owner_id, need.deadline or need.window, need.signed_by,
    )  # fmt: skip
    return 7 * sum(1 for value in said if value)
