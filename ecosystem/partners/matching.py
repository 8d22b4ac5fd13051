"""How well two parties fit: a sum of parts, the same seen from either side. Values in, values out.

A party is an entry or a question. A question is read as an offer of research, or, where somebody who brings
something is sought, as a need. What each side has by itself (openness, phase, freshness) counts half for each
of two entries, so that need and offer tell the same of each other; of a question and an entry, the entry's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log, sqrt
from typing import Any

from actors.choices import OfferKind, Role
from curation.choices import Kind, Side
from labs.choices import OpenTo
from missions.choices import NeedKind
from places.projection import from_mercator, kilometres

from ..gaps.kinds import PARTS
from .weights import (
    ANSWERS,
    CONFIRMED,
    ENOUGH_RARITY,
    FILLS,
    FULL,
    HAS_A_LAB,
    LAB_ANSWERS,
    LITTLE,
    MOST_WORDS,
    NEAR,
    NOT_TOLD,
    PHASES,
    PRACTICE,
    ROLES_FOR,
    SAME_REGION,
    SOME,
    STATUSES,
    THEMES_OF_ONE,
    WEIGHTS,
    Part,
    kinds_for,
)

NOBODY: frozenset[Any] = frozenset()
# Points for words that by themselves make two entries be about the same: one rare word, or two others.
LEAST_TEXT = 9
# Even a word nobody else says may be in common by chance.
RAREST = 0.9


@dataclass(frozen=True, kw_only=True)
class Party:
    """What scoring reads of an entry or a question.

    `themes` are exact, `above` those of the first level. `towns` and `regions` are places by id; `x` and `y`
    metres of EPSG:3857. `roles` are those a lab's coalition has filled, `pushed` whether it has anybody on
    the PUSH side. `has_lab` is of a need. `confirmed` is in days. `quality` only orders what scores the same.
    """

    kind: Kind
    id: int = 0
    type: str = ""
    sides: frozenset[str] = NOBODY
    themes: frozenset[int] = NOBODY
    above: frozenset[int] = NOBODY
    towns: frozenset[int] = NOBODY
    regions: frozenset[int] = NOBODY
    x: int | None = None
    y: int | None = None
    setting: str = ""
    methods: frozenset[str] = NOBODY
    groups: frozenset[str] = NOBODY
    phase: str = ""
    open_to: frozenset[str] = NOBODY
    roles: frozenset[str] = NOBODY
    pushed: bool = False
    has_lab: bool = False
    claimed: bool = False
    confirmed: int | None = None
    quality: int = 0

    @property
    def is_question(self) -> bool:
        return not self.id


@dataclass(frozen=True)
class Word:
    """A word both say; `rarity` is 1 for the rarest in the register and 0 for one that all have."""

    shown: str
    rarity: float


@dataclass(frozen=True)
class Common:
    """What two parties have in common that neither tells by itself."""

    words: Sequence[Word] = ()
    partners: Sequence[str] = ()
    tied: bool = False


NOTHING = Common()


@dataclass(frozen=True)
class Scored:
    """One part of a score; `facts` is what its reason tells."""

    part: Part
    points: int
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def most(self) -> int:
        return WEIGHTS[self.part].most


@dataclass(frozen=True)
class Match:
    """Two parties and the parts of their score, which sum to it."""

    one: Party
    other: Party
    common: Common
    parts: Sequence[Scored]

    @property
    def score(self) -> int:
        return sum(part.points for part in self.parts)

    def of(self, part: Part) -> Scored:
        return next(scored for scored in self.parts if scored.part == part)

    @property
    def is_about_the_same(self) -> bool:
        """Whether an exact theme or telling words are in common; without them nobody is called a partner.

        An area in common is enough where one of the two tells no exact theme.
        """
        exact = self.one.themes & self.other.themes
        told = self.one.themes and self.other.themes
        return bool(exact or (self.is_in_the_same_area and not told)) or self.tells_enough

    @property
    def tells_enough(self) -> bool:
        return self.of(Part.TEXT).points >= LEAST_TEXT

    @property
    def is_in_the_same_area(self) -> bool:
        return self.of(Part.THEME).points > 0

    @property
    def kilometres(self) -> float | None:
        return self.of(Part.DISTANCE).facts.get("km")


def rarity(entries: int, all_entries: int) -> float:
    """How much a word tells that so many of all entries have."""
    return RAREST * max(0.0, 1 - log(max(entries, 1)) / log(all_entries + 2)) ** 1.5


def match(one: Party, other: Party, common: Common = NOTHING) -> Match:
    """The parts of how well the two fit, in the order their reasons are told."""
    shares = {
        Part.THEME: _theme(one, other),
        Part.TEXT: _text(common.words),
        Part.KIND: _kind(one, other),
        Part.OPEN: _each(_openness, one, other),
        Part.DISTANCE: _distance(one, other),
        Part.SETTING: _setting(one, other),
        Part.PHASE: _each(_phase, one, other),
        Part.LINKS: (FULL if common.partners else 0.0, {"partners": tuple(common.partners)}),
        Part.FRESH: _each(_freshness, one, other),
    }
    parts = [
        Scored(part, round(share * WEIGHTS[part].most), facts) for part, (share, facts) in shares.items()
    ]
    return Match(one, other, common, parts)


type Share = tuple[float, Mapping[str, Any]]


def _theme(one: Party, other: Party) -> Share:
    exact, above = one.themes & other.themes, one.above & other.above
    share = FULL if len(exact) > 1 else 0.85 if exact else 0.4 if above else 0.0
    most = max(len(party.themes) + len(party.above) for party in (one, other))
    damped = share * min(1.0, sqrt(THEMES_OF_ONE / most)) if most else 0.0
    return damped, {"themes": tuple(sorted(exact)) or tuple(sorted(above))}


def _text(words: Sequence[Word]) -> Share:
    rarest = sorted(words, key=lambda word: (-word.rarity, word.shown))[:MOST_WORDS]
    share = min(1.0, sum(word.rarity for word in rarest) / ENOUGH_RARITY)
    return share, {"words": tuple(word.shown for word in rarest)}


# What is sought and what is given


def _kind(one: Party, other: Party) -> Share:
    by = {one.kind: one, other.kind: other}
    match frozenset(by):
        case found if found == {Kind.NEED, Kind.OFFER}:
            return _answer(by[Kind.NEED], by[Kind.OFFER])
        case found if found == {Kind.NEED, Kind.LAB}:
            return _taken_up(by[Kind.NEED])
        case found if found == {Kind.NEED, Kind.ACTOR}:
            return _answered_by(by[Kind.NEED], by[Kind.ACTOR])
        case found if found == {Kind.OFFER, Kind.LAB}:
            return _lacked(by[Kind.LAB], [FILLS[OfferKind(by[Kind.OFFER].type)]])
        case found if found == {Kind.ACTOR, Kind.LAB}:
            return _lacked(by[Kind.LAB], roles_of(by[Kind.ACTOR].type))
        case found if found == {Kind.OFFER, Kind.ACTOR}:
            return _put_to_use(by[Kind.ACTOR])
    return 0.0, {}


def _answer(need: Party, offer: Party) -> Share:
    full, partly = ANSWERS[NeedKind(need.type)]
    share = FULL if offer.type in full else SOME if offer.type in partly else LITTLE
    return share, {"need": need.type, "offer": offer.type}


def _taken_up(need: Party) -> Share:
    share = LAB_ANSWERS.get(NeedKind(need.type), LITTLE) * (HAS_A_LAB if need.has_lab else 1)
    return share, {"need": need.type, "alone": not need.has_lab}


def _answered_by(need: Party, actor: Party) -> Share:
    full, partly = ROLES_FOR[NeedKind(need.type)]
    for roles, share in ((full, FULL), (partly, SOME)):
        if any(actor.type in kinds_for(role) for role in roles):
            return share, {"need": need.type, "actor": actor.type}
    return (LITTLE if actor.sides - {Side.PULL} else 0.0), {"need": need.type, "actor": actor.type}


def _lacked(lab: Party, roles: Sequence[Role]) -> Share:
    """What a lab has nobody for; one of the four parts it cannot do without counts most."""
    needed = {role for part in PARTS.values() if not lab.roles & set(part.roles) for role in part.roles}
    if not lab.pushed and (found := [role for role in roles if role in PUSHING]):
        return FULL, {"role": found[0], "alone": True}
    if found := [role for role in roles if role in needed]:
        return FULL, {"role": found[0]}
    if found := [role for role in roles if role not in lab.roles]:
        return SOME, {"role": found[0]}
    return (LITTLE if roles else 0.0), {}


PUSHING = (Role.RESEARCH, Role.EVALUATOR, Role.COMPANY)


def _put_to_use(actor: Party) -> Share:
    if actor.type in PRACTICE:
        return FULL, {"actor": actor.type}
    return (SOME if Side.BOTH in actor.sides else LITTLE), {}


def roles_of(actor: str) -> list[Role]:
    """The roles an organisation of a kind could fill, the most telling first."""
    return [role for role in ORDER if actor in kinds_for(role)]


# Whom one looks for most: research and those who have the need, before those who can be found later.
ORDER = (
    Role.RESEARCH, Role.NEED_OWNER, Role.HOST, Role.USERS, Role.FRONTLINE, Role.FACILITATOR, Role.COMPANY,
    Role.FUNDER, Role.CIVIL_SOCIETY, Role.EVALUATOR, Role.PEER, Role.SPONSOR,
)  # fmt: skip


# What each has by itself


def _each(measure: Any, one: Party, other: Party) -> Share:
    """Half for each of two entries; of a question and an entry, the entry's; what has none leaves it out."""
    told = [
        (party, measure(party, towards)) for party, towards in ((one, other), (other, one))
        if not party.is_question
    ]  # fmt: skip
    shares = [share for _party, share in told if share is not None]
    return (sum(shares) / len(shares) if shares else 0.0), {str(party.id): share for party, share in told}


def _openness(party: Party, towards: Party) -> float | None:
    match party.kind:
        case Kind.NEED | Kind.OFFER:
            return STATUSES.get(party.phase, NOT_TOLD)
        case Kind.LAB:
            if not party.open_to:
                return NOT_TOLD
            return FULL if wished(party.open_to, towards) else 0.0
        case Kind.ACTOR:
            return FULL if party.claimed else NOT_TOLD
    return None


def wished(open_to: frozenset[str], towards: Party) -> list[OpenTo]:
    """What a lab is open to that the other side is."""
    return [one for one in WELCOME.get(_comes_as(towards), ()) if one in open_to]


def _comes_as(party: Party) -> str:
    if party.kind == Kind.OFFER:
        return FILLS[OfferKind(party.type)]
    if party.kind == Kind.ACTOR:
        return next(iter(roles_of(party.type)), "")
    return Role.PEER if party.kind == Kind.NEED else ""


WELCOME: Mapping[str, Sequence[OpenTo]] = {
    Role.RESEARCH: (OpenTo.RESEARCH, OpenTo.STUDENTS),
    Role.EVALUATOR: (OpenTo.RESEARCH,),
    Role.COMPANY: (OpenTo.COMPANIES,),
    Role.PEER: (OpenTo.PEERS, OpenTo.VISITS),
    Role.NEED_OWNER: (OpenTo.PEERS,),
    Role.HOST: (OpenTo.PEERS,),
    Role.USERS: (OpenTo.CITIZENS,),
    Role.CIVIL_SOCIETY: (OpenTo.CITIZENS,),
    Role.FACILITATOR: (OpenTo.PEERS, OpenTo.VISITS),
    Role.FUNDER: (OpenTo.VISITS,),
}


def _phase(party: Party, towards: Party) -> float | None:
    return PHASES.get(party.phase, NOT_TOLD) if party.kind == Kind.LAB else None


def _freshness(party: Party, towards: Party) -> float | None:
    """Nobody's entries are worth what was never confirmed, those long unconfirmed nothing."""
    if party.confirmed is None:
        return NOT_TOLD
    return next((share for days, share in CONFIRMED if party.confirmed <= days), 0.0)


# Where, and how


def _distance(one: Party, other: Party) -> Share:
    if one.towns & other.towns:
        return FULL, {"km": 0.0, "same": True}
    km = kilometres_between(one, other)
    share = 0.0 if km is None else next((share for limit, share in NEAR if km <= limit), 0.0)
    if (km is None or not (one.towns and other.towns)) and one.regions & other.regions:
        share = max(share, SAME_REGION)
        return share, {"km": km, "region": True}
    return share, {"km": km}


def kilometres_between(one: Party, other: Party) -> float | None:
    """Great-circle distance, or none where a point is not known."""
    if one.x is None or one.y is None or other.x is None or other.y is None:
        return None
    return kilometres(from_mercator(one.x, one.y), from_mercator(other.x, other.y))


def _setting(one: Party, other: Party) -> Share:
    same = one.setting if one.setting and one.setting == other.setting else ""
    methods, groups = one.methods & other.methods, one.groups & other.groups
    share = 0.6 * bool(same) + 0.2 * bool(methods) + 0.2 * bool(groups)
    return share, {"setting": same, "methods": tuple(sorted(methods)), "groups": tuple(sorted(groups))}
