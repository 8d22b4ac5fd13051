"""What lists and search read of a lab."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from actors.choices import Role, RoleSaid
from actors.index import side_counts, sides_found
from curation.choices import Level, Side, State
from curation.facts import Facts, labelled
from curation.levels import Check, Met

from .choices import Driver, Form, Method, OpenTo, Setting
from .models import Lab, Link

# Those who pay or permit are found by their whole name only, so that a word that begins their name does not
# bring up every lab they stand behind.
BEHIND = (Role.FUNDER, RoleSaid.AUTHORITY)


def facts(labs: Sequence[Lab]) -> Mapping[int, Facts]:
    """The facts of many labs in a constant number of queries."""
    links = _links_of([lab.pk for lab in labs])
    others = _others_of([lab.pk for lab in labs])
    return {lab.pk: _facts(lab, links[lab.pk], others[lab.pk]) for lab in labs}


def linked(lab: int) -> Iterable[int]:
    """What is tied to a lab: it counts its links, and actors take its themes."""
    ends = ("actor_id", "mission_id", "need_id", "offer_id")
    for row in Link.objects.filter(lab=lab).order_by("pk").values_list(*ends):
        yield from (end for end in row if end)


def _facts(lab: Lab, links: Sequence[Link], others: Sequence[str]) -> Facts:
    """`links` are those to actors, `others` the sides of those to missions, needs and offers."""
    sides = [*(link.side for link in links), *filter(None, others)]
    behind = [link for link in links if (link.role or link.role_said) in BEHIND]
    partners = [link for link in links if link not in behind]
    danish, english = labelled(_terms(lab))
    shown = (lab.hallmark_daily, lab.hallmark_together, lab.hallmark_whole, lab.hallmark_learning)
    return Facts(
        type=lab.form,
        setting=lab.setting,
        phase=lab.phase,
        sides=sides_found(sides),
        counts=side_counts(sides),
        links=len(links) + len(others),
        partners=[lab.host_named, *lab.partners_named, *_names(partners)],
        behind=_names(behind),
        texts_da=[lab.purpose_da, lab.target_groups, *shown, *danish],
        texts_en=[lab.purpose_en, *english],
        point=(lab.latitude, lab.longitude)
        if lab.latitude is not None and lab.longitude is not None
        else None,
        completeness=_completeness(lab) + min(len(links), 20),
        checks=_checks(lab, links),
    )


def _terms(lab: Lab) -> Iterator[Any]:
    """What it says by choosing from lists; what it has not chosen from them is no word of it."""
    chosen = ((Setting, lab.setting), (Driver, lab.driver), (Form, lab.form))
    yield from (terms(value) for terms, value in chosen if value)
    yield from (Method(method) for method in lab.methods if method != Method.OTHER)
    yield from (OpenTo(openness) for openness in lab.open_to)


def _names(links: Sequence[Link]) -> list[str]:
    return [link.actor.name_da for link in links if link.actor]


def _links_of(ids: Sequence[int]) -> Mapping[int, list[Link]]:
    """With no more of the actors than their names: their texts would be most of what is read."""
    found: dict[int, list[Link]] = defaultdict(list)
    public = Link.objects.filter(lab__in=ids, actor__record__state=State.PUBLISHED).running()
    columns = ("lab", "side", "role", "role_said", "actor__name_da")
    for link in public.select_related("actor").only(*columns).order_by("pk"):
        found[link.lab_id].append(link)
    return found


def _others_of(ids: Sequence[int]) -> Mapping[int, list[str]]:
    """The side of each link to a need or an offer; of a link to a mission an empty one, for it has none."""
    found: dict[int, list[str]] = defaultdict(list)
    links = Link.objects.filter(lab__in=ids, actor__isnull=True).running().public()
    for lab, side, mission in links.values_list("lab_id", "side", "mission_id"):
        found[lab].append("" if mission else side)
    return found


DESCRIPTION = Check("description", Level.GOOD, _("More about it, in Danish"), "description_da")
PURPOSE = Check("purpose", Level.GOOD, _("Its purpose"), "purpose_da")
PHASE = Check("phase", Level.GOOD, _("How far it is"), "phase")
SETTING = Check("setting", Level.GOOD, _("The setting it works in"), "setting")
HOST = Check("host", Level.GOOD, _("Who hosts it"), "parties")
PARTNERS = Check("partners", Level.EXCELLENT, _("Parties on both sides, PUSH and PULL"), "parties")
METHODS = Check("methods", Level.EXCELLENT, _("Its methods"), "methods")
OPEN_TO = Check("open_to", Level.EXCELLENT, _("What it is open to now"), "open_to")
DAILY = Check("daily", Level.EXCELLENT, _("What shows that it works in daily operation"), "hallmark_daily")
TOGETHER = Check(
    "together", Level.EXCELLENT, _("What shows that different people work together"), "hallmark_together"
)
WHOLE = Check("whole", Level.EXCELLENT, _("What shows that it goes the whole way"), "hallmark_whole")
LEARNING = Check("learning", Level.EXCELLENT, _("What shows that learning changes it"), "hallmark_learning")


def _checks(lab: Lab, links: Sequence[Link]) -> Met:
    return {
        DESCRIPTION: bool(lab.description_da),
        PURPOSE: bool(lab.purpose_da),
        PHASE: bool(lab.phase),
        SETTING: bool(lab.setting),
        HOST: bool(lab.host_named) or any(link.role == Role.HOST for link in links),
        PARTNERS: Side.BOTH in sides_found([link.side for link in links]),
        METHODS: bool(lab.methods),
        OPEN_TO: bool(lab.open_to),
        DAILY: bool(lab.hallmark_daily),
        TOGETHER: bool(lab.hallmark_together),
        WHOLE: bool(lab.hallmark_whole),
        LEARNING: bool(lab.hallmark_learning),
    }


def _completeness(lab: Lab) -> int:
    said = (
        lab.summary_da, lab.summary_en, lab.website, lab.setting, lab.start_year, lab.latitude, lab.owner_id,
        lab.hallmark_daily, lab.hallmark_together, lab.hallmark_whole, lab.hallmark_learning,
    )  # fmt: skip
    return 7 * sum(1 for value in said if value)
