"""What a match is worth: the parts of its score with the reason for each, and what fits what. No database.

The numbers are judgements, not measurements of quality; docs/decisions/0020 says how they were set.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from actors.choices import ActorKind, OfferKind, Role
from actors.roles import HOUSES, KNOWN, PEOPLE
from curation.choices import Phase
from missions.choices import NeedKind, NeedStatus


class Part(models.TextChoices):
    """The parts of a score, in the order their reasons are told."""

    THEME = "theme", _("Theme")
    TEXT = "text", _("Words in common")
    KIND = "kind", _("What is sought and given")
    OPEN = "open", _("Openness")
    DISTANCE = "distance", _("Distance")
    SETTING = "setting", _("Setting, methods, target group")
    PHASE = "phase", _("Phase")
    LINKS = "links", _("Partners in common")
    FRESH = "fresh", _("Freshness")


@dataclass(frozen=True)
class Weight:
    """The most points a part can give, and why so many."""

    most: int
    why: Any


WEIGHTS: Mapping[Part, Weight] = {
    Part.THEME: Weight(22, _("Entries are about few themes, chosen by people: the surest sign there is.")),
    Part.TEXT: Weight(
        30, _("Rare words tell what a project is about. They outweigh the theme where several meet.")
    ),
    Part.KIND: Weight(15, _("A partner is somebody who gives what the other one asks for or lacks.")),
    Part.OPEN: Weight(8, _("Who says that the door is open should be asked first.")),
    Part.DISTANCE: Weight(
        10, _("Working together in daily life is easier near by, but a good fit is worth a journey.")
    ),
    Part.SETTING: Weight(5, _("The same daily life makes results carry over. Few entries tell it yet.")),
    Part.PHASE: Weight(3, _("A lab that runs can begin sooner than an idea.")),
    Part.LINKS: Weight(3, _("Somebody both know makes the first talk easier.")),
    Part.FRESH: Weight(4, _("What was confirmed lately still holds; old entries rank lower.")),
}
MOST = sum(weight.most for weight in WEIGHTS.values())

# The share of the points a part gives.
FULL, GOOD, SOME, LITTLE = 1.0, 0.75, 0.5, 0.2

# What answers a need of each kind: fully, and partly. What is not named answers it a little.
ANSWERS: Mapping[NeedKind, tuple[Sequence[OfferKind], Sequence[OfferKind]]] = {
    NeedKind.UNDERSTAND: (
        (OfferKind.RESEARCH, OfferKind.ADVISORY),
        (OfferKind.EVALUATION, OfferKind.DATA_ACCESS, OfferKind.STUDENTS, OfferKind.COCREATION),
    ),
    NeedKind.EVIDENCE: (
        (OfferKind.RESEARCH, OfferKind.ADVISORY),
        (OfferKind.MENTOR, OfferKind.STUDENTS, OfferKind.DATA_ACCESS, OfferKind.EVALUATION),
    ),
    NeedKind.SOLUTION: (
        (OfferKind.LICENCE, OfferKind.COCREATION, OfferKind.MENTOR),
        (OfferKind.RESEARCH, OfferKind.ADVISORY, OfferKind.TESTING_VALIDATION, OfferKind.MARKET_SALES),
    ),
    NeedKind.CODEVELOP: (
        (OfferKind.COCREATION, OfferKind.RESEARCH),
        (OfferKind.TESTING_VALIDATION, OfferKind.LICENCE, OfferKind.PANEL, OfferKind.STUDENTS,
         OfferKind.PLANNING_MANAGEMENT),
    ),
    NeedKind.TEST: (
        (OfferKind.TESTING_VALIDATION, OfferKind.SITE),
        (OfferKind.PANEL, OfferKind.EVALUATION, OfferKind.RESEARCH, OfferKind.INFRASTRUCTURE_DATA),
    ),
    NeedKind.EVALUATE: (
        (OfferKind.EVALUATION, OfferKind.RESEARCH),
        (OfferKind.TESTING_VALIDATION, OfferKind.DATA_ACCESS, OfferKind.STUDENTS),
    ),
    NeedKind.IMPLEMENT: (
        (OfferKind.CAPACITY_BUILDING, OfferKind.ADVISORY, OfferKind.MENTOR),
        (OfferKind.PLANNING_MANAGEMENT, OfferKind.INFRASTRUCTURE_DATA, OfferKind.COCREATION),
    ),
    NeedKind.SCALE: (
        (OfferKind.MENTOR, OfferKind.COMMUNITY_NETWORK),
        (OfferKind.MARKET_SALES, OfferKind.FINANCE, OfferKind.CAPACITY_BUILDING,
         OfferKind.PLANNING_MANAGEMENT),
    ),
    NeedKind.PARTNER_RESEARCH: (
        (OfferKind.RESEARCH,), (OfferKind.EVALUATION, OfferKind.STUDENTS, OfferKind.ADVISORY),
    ),
    NeedKind.PARTNER_COMPANY: (
        (OfferKind.LICENCE,), (OfferKind.MARKET_SALES, OfferKind.COCREATION, OfferKind.TESTING_VALIDATION),
    ),
    NeedKind.PARTNER_PEER: ((OfferKind.MENTOR, OfferKind.COMMUNITY_NETWORK), (OfferKind.ADVISORY,)),
    NeedKind.CITIZENS: ((OfferKind.PANEL,), (OfferKind.COMMUNITY_NETWORK, OfferKind.COCREATION)),
    NeedKind.STUDENTS: ((OfferKind.STUDENTS,), (OfferKind.RESEARCH,)),
    NeedKind.DATA: (
        (OfferKind.DATA_ACCESS, OfferKind.INFRASTRUCTURE_DATA), (OfferKind.RESEARCH, OfferKind.EVALUATION),
    ),
    NeedKind.FUNDING: ((OfferKind.FINANCE,), (OfferKind.PLANNING_MANAGEMENT, OfferKind.ADVISORY)),
    NeedKind.SKILLS: ((OfferKind.CAPACITY_BUILDING,), (OfferKind.MENTOR, OfferKind.ADVISORY)),
    NeedKind.LAW: ((OfferKind.ADVISORY,), (OfferKind.RESEARCH, OfferKind.CAPACITY_BUILDING)),
}  # fmt: skip

# What a living lab does by itself: it tests and develops in daily life together with those concerned.
LAB_ANSWERS: Mapping[NeedKind, float] = {
    NeedKind.TEST: FULL, NeedKind.CODEVELOP: FULL, NeedKind.CITIZENS: FULL,
    NeedKind.SOLUTION: GOOD, NeedKind.IMPLEMENT: GOOD, NeedKind.EVALUATE: GOOD,
    NeedKind.UNDERSTAND: SOME, NeedKind.SCALE: SOME, NeedKind.PARTNER_PEER: SOME,
}  # fmt: skip
# A lab already works on the need: a second one is worth half.
HAS_A_LAB = 0.5

# Which role answers a need of each kind: fully, and partly; the kinds of organisation follow from the role.
ROLES_FOR: Mapping[NeedKind, tuple[Sequence[Role], Sequence[Role]]] = {
    NeedKind.UNDERSTAND: ((Role.RESEARCH,), (Role.USERS,)),
    NeedKind.EVIDENCE: ((Role.RESEARCH,), (Role.PEER,)),
    NeedKind.SOLUTION: ((Role.COMPANY,), (Role.RESEARCH, Role.PEER)),
    NeedKind.CODEVELOP: ((Role.COMPANY, Role.RESEARCH), (Role.USERS,)),
    NeedKind.TEST: ((Role.RESEARCH, Role.COMPANY), (Role.HOST,)),
    NeedKind.EVALUATE: ((Role.EVALUATOR,), (Role.COMPANY,)),
    NeedKind.IMPLEMENT: ((Role.FACILITATOR,), (Role.COMPANY, Role.PEER)),
    NeedKind.SCALE: ((Role.PEER,), (Role.FACILITATOR, Role.FUNDER)),
    NeedKind.PARTNER_RESEARCH: ((Role.RESEARCH,), (Role.FACILITATOR,)),
    NeedKind.PARTNER_COMPANY: ((Role.COMPANY,), (Role.FACILITATOR,)),
    NeedKind.PARTNER_PEER: ((Role.PEER,), (Role.FACILITATOR,)),
    NeedKind.CITIZENS: ((Role.USERS, Role.CIVIL_SOCIETY), (Role.HOST,)),
    NeedKind.STUDENTS: ((Role.RESEARCH,), ()),
    NeedKind.DATA: ((Role.RESEARCH,), (Role.COMPANY, Role.HOST)),
    NeedKind.FUNDING: ((Role.FUNDER,), (Role.FACILITATOR,)),
    NeedKind.SKILLS: ((Role.RESEARCH, Role.FACILITATOR), (Role.PEER,)),
    NeedKind.LAW: ((Role.RESEARCH,), (Role.SPONSOR,)),
}

# The role in a lab's coalition that somebody with such an offer could fill.
FILLS: Mapping[OfferKind, Role] = {
    OfferKind.RESEARCH: Role.RESEARCH, OfferKind.STUDENTS: Role.RESEARCH,
    OfferKind.DATA_ACCESS: Role.RESEARCH, OfferKind.INFRASTRUCTURE_DATA: Role.RESEARCH,
    OfferKind.TESTING_VALIDATION: Role.EVALUATOR, OfferKind.EVALUATION: Role.EVALUATOR,
    OfferKind.FINANCE: Role.FUNDER, OfferKind.LICENCE: Role.COMPANY, OfferKind.MARKET_SALES: Role.COMPANY,
    OfferKind.COMMUNITY_NETWORK: Role.FACILITATOR, OfferKind.PLANNING_MANAGEMENT: Role.FACILITATOR,
    OfferKind.COCREATION: Role.FACILITATOR, OfferKind.CAPACITY_BUILDING: Role.FACILITATOR,
    OfferKind.ADVISORY: Role.RESEARCH, OfferKind.PANEL: Role.USERS, OfferKind.SITE: Role.HOST,
    OfferKind.MENTOR: Role.PEER,
}  # fmt: skip

# Where what is offered is put to use in practice; the others stand beside practice.
PRACTICE = frozenset((*HOUSES, *PEOPLE))

PHASES: Mapping[str, float] = {
    Phase.RUNNING: FULL, Phase.EMBEDDED: FULL, Phase.SCALING: FULL, Phase.SETUP: GOOD, Phase.FORMING: GOOD,
    Phase.IDEA: SOME, Phase.DORMANT: 0.0,
}  # fmt: skip
# Not told is worth a little: it may well be so.
NOT_TOLD = LITTLE
STATUSES: Mapping[str, float] = {NeedStatus.OPEN: FULL, NeedStatus.IN_DIALOGUE: SOME, NeedStatus.MATCHED: 0.0}

# Kilometres up to which a distance gives so much.
NEAR: Sequence[tuple[float, float]] = ((10, FULL), (25, 0.8), (50, 0.6), (100, 0.4), (200, LITTLE))
SAME_REGION = 0.6
# Days since it was confirmed.
CONFIRMED: Sequence[tuple[int, float]] = ((31, FULL), (182, 0.8), (365, 0.6))
# Of words: so much rarity in common gives all points, and no more words than these count.
ENOUGH_RARITY, MOST_WORDS = 2.6, 6
# An organisation in everything is less surely a partner for this than one that is in few themes.
THEMES_OF_ONE = 10


def kinds_for(role: str) -> frozenset[ActorKind]:
    """The kinds of organisation that could fill a role."""
    return frozenset(KNOWN[Role(role)].kinds)
