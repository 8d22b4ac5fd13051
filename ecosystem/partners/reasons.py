"""Why somebody could be a partner: a score's parts as one sentence in the reader's language."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from actors.choices import ActorKind, OfferKind, Role
from curation.choices import Kind, Phase
from curation.models import Record, Theme
from curation.reference import Reference
from labs.choices import Method, OpenTo, Setting
from missions.choices import NeedKind, NeedStatus

from ..gaps.distance import distance_told
from ..gaps.telling import listed
from .matching import Match, Scored, wished
from .weights import GOOD, Part

MOST_BUT = 2  # what is not known is long; the table of points has all of it
NAMED = 3  # words, themes or partners one reason names


@dataclass(frozen=True)
class Told:
    """The reasons for a match, and what speaks against it or is not known, which comes last."""

    why: Sequence[str]
    but: Sequence[str]

    @property
    def sentence(self) -> str:
        return capfirst(" · ".join([*self.why, *self.but]))


@dataclass(frozen=True)
class Teller:
    """Tells the reasons of matches; `origin` is the place distances are measured from, if one is known."""

    reference: Reference
    origin: bool

    def tell(self, match: Match, record: Record) -> Told:
        why: list[str] = []
        but: list[str] = []
        for scored in match.parts:
            for reason, speaks_for in TELL[scored.part](self, match, scored, record):
                (why if speaks_for else but).append(reason)
        return Told(why, but[:MOST_BUT])

    def themes(self, ids: Sequence[int]) -> list[Theme]:
        return [self.reference.themes[pk] for pk in ids if pk in self.reference.themes][:NAMED]


type Reasons = Iterator[tuple[str, bool]]
type Tell = Callable[[Teller, Match, Scored, Record], Reasons]


def _theme(teller: Teller, match: Match, scored: Scored, record: Record) -> Reasons:
    themes = teller.themes(scored.facts["themes"])
    if not themes:
        yield _("no theme in common"), False
        return
    names = ", ".join(theme.name for theme in themes)
    if themes[0].parent_id:
        yield _("same theme: %(themes)s") % {"themes": names}, True
    else:
        yield _("same area: %(themes)s") % {"themes": names}, True


def _text(teller: Teller, match: Match, scored: Scored, record: Record) -> Reasons:
    if words := scored.facts["words"][:NAMED]:
        said = {"words": listed([_("“%(word)s”") % {"word": word} for word in words])}
        yield (_("mentions %(words)s") if match.one.is_question else _("both mention %(words)s")) % said, True


def _kind(teller: Teller, match: Match, scored: Scored, record: Record) -> Reasons:
    facts = scored.facts
    kinds = {match.one.kind, match.other.kind}
    good = scored.points >= GOOD * scored.most - 1
    if kinds == {Kind.NEED, Kind.OFFER} and good:
        yield _meeting(match, facts), True
    elif kinds == {Kind.NEED, Kind.LAB}:
        if good:
            yield _("labs can do it: %(need)s") % {"need": _need(facts)}, True
        if match.other.kind == Kind.NEED and facts["alone"]:
            yield _("no lab works on it yet"), True
    elif kinds == {Kind.NEED, Kind.ACTOR} and good:
        yield _("of a kind that answers “%(need)s”") % {"need": _need(facts)}, True
    elif Kind.LAB in kinds and facts.get("role"):
        yield _lacking(match, facts), True
    elif kinds == {Kind.OFFER, Kind.ACTOR} and not facts.get("beside"):
        yield _("has the daily life to try it in"), True


def _meeting(match: Match, facts: Mapping[str, Any]) -> str:
    if match.one.is_question and match.other.kind == Kind.NEED:
        return _("asks for what you can bring: %(need)s") % {"need": _need(facts)}
    said = {"need": _need(facts), "offer": OfferKind(facts["offer"]).label}
    return _("“%(need)s” is answered by “%(offer)s”") % said


def _need(facts: Mapping[str, Any]) -> str:
    return str(NeedKind(facts["need"]).label)


def _lacking(match: Match, facts: Mapping[str, Any]) -> str:
    role = {"role": Role(facts["role"]).label}
    if match.one.kind == Kind.LAB:
        return _("could fill a role the lab has nobody for: %(role)s") % role
    if match.one.is_question and facts.get("alone"):
        return _("nobody named who brings knowledge: room for you")
    return _("nobody named as %(role)s: room for one") % role


def _open(teller: Teller, match: Match, scored: Scored, record: Record) -> Reasons:
    other = match.other
    if other.kind == Kind.LAB:
        if found := wished(other.open_to, match.one):
            yield _("open to: %(whom)s") % {"whom": listed([str(OpenTo(one).label) for one in found])}, True
        elif other.open_to:
            yield (
                _("open to others: %(whom)s")
                % {"whom": listed([str(OpenTo(one).label) for one in sorted(other.open_to)])},
                False,
            )
        else:
            yield _("does not tell whom it is open to"), False
    elif other.kind in (Kind.NEED, Kind.OFFER):
        yield from _status(other.phase)


def _status(status: str) -> Reasons:
    match status:
        case NeedStatus.OPEN:
            yield _("open now"), True
        case NeedStatus.IN_DIALOGUE:
            yield _("in dialogue with somebody already"), False
        case NeedStatus.MATCHED:
            yield _("has a partner already"), False
        case _:
            yield _("does not tell whether it is still open"), False


def _distance(teller: Teller, match: Match, scored: Scored, record: Record) -> Reasons:
    km = scored.facts["km"]
    if scored.facts.get("same"):
        shared = [teller.reference.places[pk].name for pk in sorted(match.one.towns & match.other.towns)]
        yield _("in the same place: %(place)s") % {"place": listed(shared)}, True
    elif km is not None:
        yield distance_told(km), scored.points > 0
    elif scored.facts.get("region"):
        yield _("in the same region"), True
    elif teller.origin:
        yield _("distance not known"), False


def _setting(teller: Teller, match: Match, scored: Scored, record: Record) -> Reasons:
    if setting := scored.facts["setting"]:
        yield _("same setting: %(setting)s") % {"setting": Setting(setting).label}, True
    if methods := scored.facts["methods"]:
        yield (
            _("same method: %(methods)s") % {"methods": listed([str(Method(one).label) for one in methods])},
            True,
        )
    if groups := scored.facts["groups"]:
        yield _("same target group: %(groups)s") % {"groups": listed(groups)}, True


def _phase(teller: Teller, match: Match, scored: Scored, record: Record) -> Reasons:
    if match.other.kind != Kind.LAB:
        return
    if not match.other.phase:
        yield _("not known whether it still runs"), False
    elif match.other.phase == Phase.DORMANT:
        yield str(Phase.DORMANT.label).lower(), False
    else:
        yield str(Phase(match.other.phase).label).lower(), True


def _links(teller: Teller, match: Match, scored: Scored, record: Record) -> Reasons:
    if names := scored.facts["partners"]:
        yield _("both work with %(names)s") % {"names": listed(names[:NAMED])}, True


def _fresh(teller: Teller, match: Match, scored: Scored, record: Record) -> Reasons:
    days = match.other.confirmed
    if days is None:
        yield _("not confirmed by its owner yet"), False
    elif days == 0:
        yield _("confirmed today"), True
    else:
        now = timezone.now()
        ago = timesince(now - dt.timedelta(days=days), now, depth=1)
        yield _("confirmed %(time)s ago") % {"time": ago}, days <= YEAR


YEAR = 365
TELL: Mapping[Part, Tell] = {
    Part.THEME: _theme,
    Part.TEXT: _text,
    Part.KIND: _kind,
    Part.OPEN: _open,
    Part.DISTANCE: _distance,
    Part.SETTING: _setting,
    Part.PHASE: _phase,
    Part.LINKS: _links,
    Part.FRESH: _fresh,
}


def kind_told(record: Record) -> str:
    """What a hit is: an organisation's kind, what a need asks for, what an offer brings."""
    label = str(Kind(record.kind).label)
    more = {Kind.ACTOR: ActorKind, Kind.NEED: NeedKind, Kind.OFFER: OfferKind}.get(Kind(record.kind))
    if more is None or not record.type:
        return label
    exact = str(more(record.type).label)
    return exact if record.kind == Kind.ACTOR else f"{label}: {exact}"
