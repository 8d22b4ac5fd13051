"""The twelve roles: the question each answers, who could fill it, and which one can ask for in public."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from curation.choices import Side

from .choices import ActorKind, Role

HOUSES = (
    ActorKind.MUNICIPALITY, ActorKind.MUNICIPAL_UNIT, ActorKind.REGION, ActorKind.HOSPITAL,
    ActorKind.GENERAL_PRACTICE, ActorKind.HOUSING_ASSOCIATION, ActorKind.UTILITY, ActorKind.SCHOOL,
)  # fmt: skip
KNOWLEDGE = (
    ActorKind.UNIVERSITY, ActorKind.UNIVERSITY_COLLEGE, ActorKind.RESEARCH_GROUP, ActorKind.GTS,
)  # fmt: skip
PEOPLE = (ActorKind.CITIZEN_GROUP, ActorKind.CIVIL_SOCIETY, ActorKind.LOCAL_COMMUNITY)


@dataclass(frozen=True)
class RoleKnown:
    """A role: where it mostly stands, its question, the kinds of organisation that fill it.

    `as_need`: it can be asked for in public as a need. The others are found in one's own house.
    """

    role: Role
    side: Side
    question: Any
    kinds: Sequence[ActorKind]
    as_need: bool = False


# The most telling first: a coalition without these is asked after them first.
ROLES = (
    RoleKnown(Role.NEED_OWNER, Side.PULL, _("Who has the problem in daily operation?"), HOUSES),
    RoleKnown(Role.RESEARCH, Side.PUSH, _("Who finds out whether it works?"), KNOWLEDGE, as_need=True),
    RoleKnown(Role.USERS, Side.PULL, _("Who is to live with the solution?"), PEOPLE, as_need=True),
    RoleKnown(
        Role.FRONTLINE, Side.PULL, _("Who is to use it every day?"),
        (ActorKind.MUNICIPAL_UNIT, ActorKind.HOSPITAL, ActorKind.GENERAL_PRACTICE, ActorKind.SCHOOL),
    ),
    RoleKnown(Role.HOST, Side.PULL, _("Where does it take place?"), HOUSES),
    RoleKnown(
        Role.SPONSOR, Side.PULL, _("Which leader or politician stands behind it?"),
        (ActorKind.MUNICIPALITY, ActorKind.REGION, ActorKind.STATE_AGENCY),
    ),
    RoleKnown(
        Role.FACILITATOR, Side.BOTH, _("Who keeps it together?"),
        (ActorKind.INNOVATION_UNIT, ActorKind.CLUSTER, ActorKind.BUSINESS_HUB, ActorKind.NETWORK,
         ActorKind.LIVING_LAB),
    ),
    RoleKnown(
        Role.COMPANY, Side.PUSH, _("Who can make and deliver it?"), (ActorKind.COMPANY, ActorKind.STARTUP),
        as_need=True,
    ),
    RoleKnown(Role.EVALUATOR, Side.PUSH, _("Who measures what it brings?"), KNOWLEDGE, as_need=True),
    RoleKnown(
        Role.FUNDER, Side.PUSH, _("Who pays for the time it takes?"),
        (ActorKind.FOUNDATION, ActorKind.PUBLIC_FUND), as_need=True,
    ),
    RoleKnown(
        Role.CIVIL_SOCIETY, Side.PULL, _("Which associations and volunteers are in it?"), PEOPLE, as_need=True
    ),
    RoleKnown(
        Role.PEER, Side.PULL, _("Who has the same need somewhere else?"),
        (ActorKind.MUNICIPALITY, ActorKind.REGION), as_need=True,
    ),
)  # fmt: skip
KNOWN = {known.role: known for known in ROLES}
