"""What can be said of entries of all kinds side by side: the same facts in the same order and words.

A fact that does not apply to a kind is not among its entry's; one that applies and is not told is empty.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.choices import Role
from actors.models import Actor
from curation.choices import Kind, State
from curation.models import Record
from curation.phases import phase_of
from curation.querysets import slim
from curation.reference import Reference
from labs.models import Link
from missions.models import CoalitionMember
from missions.readiness import readiness_of
from places.templatetags.pages import said_of

OWNED = (Kind.LAB, Kind.MISSION, Kind.NEED, Kind.OFFER)
# Each fact by its name, in the order it is shown.
LABELS: Mapping[str, Any] = {
    "kind": gettext_lazy("Kind of entry"),
    "what": gettext_lazy("What it is about"),
    "where": gettext_lazy("Where"),
    "owner": gettext_lazy("Who answers for it"),
    "phase": gettext_lazy("Phase"),
    "themes": gettext_lazy("Themes"),
    "pull": gettext_lazy("Links on the PULL side"),
    "push": gettext_lazy("Links on the PUSH side"),
    "type": gettext_lazy("More exactly"),
    "setting": gettext_lazy("Setting"),
    "open_to": gettext_lazy("Open to"),
    "asks_for": gettext_lazy("What it asks of a partner"),
    "may_touch": gettext_lazy("What a partner may touch"),
    "conditions": gettext_lazy("Conditions"),
    "methods": gettext_lazy("Methods"),
    "groups": gettext_lazy("Target groups"),
    "deadline": gettext_lazy("Deadline or period"),
    "ready": gettext_lazy("How ready it is"),
    "coalition": gettext_lazy("Organisations in the coalition"),
    "fresh": gettext_lazy("Freshness"),
}
SEVERAL = ("where", "themes", "setting", "open_to", "methods")


@dataclass(frozen=True)
class Told:
    """What is told of one fact: its parts, and their language where it is not the page's."""

    parts: Sequence[str] = ()
    lang: str = ""

    def __bool__(self) -> bool:
        return bool(self.parts)

    def __str__(self) -> str:
        return ", ".join(self.parts)


type Facts = dict[str, Told]


@dataclass
class Around:
    """What entries are tied to, read for all of them at once: hosts of labs, sizes of coalitions."""

    hosts: Mapping[int, Actor] = field(default_factory=dict)
    sizes: Mapping[int, int] = field(default_factory=dict)


def entries_of(ids: Iterable[int]) -> dict[int, Record]:
    """The published among these records with their entries and who answers for them; one statement."""
    owners = [f"{kind}__owner__record" for kind in OWNED]
    columns = (column for owner in owners for column in slim(f"{owner}__"))
    records = Record.objects.shown().published().filter(pk__in=list(ids))
    records = records.select_related(*Kind.values, *owners).defer(*slim(), *columns)
    return {record.pk: record for record in records.order_by("pk")}


def around(records: Iterable[Record]) -> Around:
    """Three statements, however many entries there are."""
    ids = [record.pk for record in records]
    links = Link.objects.running().filter(lab__in=ids)
    hosts = links.filter(role=Role.HOST).with_actor().order_by("pk")
    named = links.filter(actor__record__state=State.PUBLISHED)
    members = CoalitionMember.objects.running().filter(mission__in=ids, actor__record__state=State.PUBLISHED)
    return Around(
        {link.lab_id: link.actor for link in hosts if link.actor},
        _sizes(named, "lab") | _sizes(members, "mission"),
    )


def _sizes(rows: Any, of: str) -> dict[int, int]:
    counted = rows.order_by().values(of).annotate(n=Count("actor", distinct=True))
    return {row[of]: row["n"] for row in counted}


def facts_of(record: Record, tied: Around, reference: Reference) -> Facts:
    """All that is told of an entry, and what of its kind is not."""
    entry: Any = getattr(record, record.kind)
    phase = phase_of(record)
    common: Facts = {
        "kind": _one(record.get_kind_display()),
        "what": _text(entry, "summary"),
        "where": Told([place.name for place in reference.places_named(record)]),
        "themes": Told([theme.name for theme in reference.themes_of(record)]),
        "fresh": _one(record.freshness.label),
    }
    if phase:
        common["phase"] = _one(phase.label)
    if record.kind in OWNED:
        common["owner"] = _owner(entry, tied)
    return common | OF_KIND[record.kind](entry, record, tied)


def _lab(lab: Any, record: Record, tied: Around) -> Facts:
    return _sides(record) | {
        "setting": _one(lab.get_setting_display()),
        "open_to": Told(lab.open_to_shown),
        "methods": Told(lab.methods_shown),
        "groups": _one(lab.target_groups, "da"),
        "deadline": _one(lab.years),
        "coalition": _number(tied.sizes.get(record.pk, 0)),
    }


def _actor(actor: Any, record: Record, tied: Around) -> Facts:
    return {"type": Told([str(actor.get_type_display()), str(actor.get_side_display())])}


def _mission(mission: Any, record: Record, tied: Around) -> Facts:
    goal = _("goal %(year)s") % {"year": mission.target_year} if mission.target_year else ""
    return _sides(record) | {
        "type": _one(mission.get_level_display()),
        "deadline": _one(goal),
        "coalition": _number(tied.sizes.get(record.pk, 0)),
    }


def _need(need: Any, record: Record, tied: Around) -> Facts:
    ready = readiness_of(need)
    return {
        "type": _one(need.get_type_display()),
        "asks_for": _text(need, "asks_for"),
        "may_touch": _one(need.may_touch, "da"),
        "deadline": _one(_day(need.deadline)),
        "ready": _one(_("%(n)s of %(all)s told") % {"n": ready.met, "all": ready.all}),
    }


def _offer(offer: Any, record: Record, tied: Around) -> Facts:
    return {
        "type": _one(offer.get_type_display()),
        "conditions": _text(offer, "conditions"),
        "deadline": _one(_day(offer.open_until)),
    }


OF_KIND: Mapping[str, Callable[[Any, Record, Around], Facts]] = {
    Kind.LAB: _lab,
    Kind.ACTOR: _actor,
    Kind.MISSION: _mission,
    Kind.NEED: _need,
    Kind.OFFER: _offer,
}


def _sides(record: Record) -> Facts:
    return {"pull": _number(record.pull_total), "push": _number(record.push_total)}


def _owner(entry: Any, tied: Around) -> Told:
    """Who owns it, else who hosts it; nobody a reader may not read of."""
    if entry.owner is not None and entry.owner.is_public:
        return _one(entry.owner.name)
    host = tied.hosts.get(entry.pk)
    return _one(host.name if host else getattr(entry, "host_named", ""))


def _text(entry: Any, name: str) -> Told:
    text = said_of(entry, name)
    return _one(text.text, text.lang)


def _one(text: Any, lang: str = "") -> Told:
    return Told([str(text)], lang) if text else Told()


def _number(number: int) -> Told:
    return Told([str(number)])


def _day(day: Any) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""
