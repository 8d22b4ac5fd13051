"""What can be said of entries of all kinds side by side: the same facts in the same order and words.

A fact that does not apply to a kind is not among its entry's; one that applies and is not told is empty.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curation.choices import Kind
from curation.models import Record
from curation.phases import phase_of
from curation.querysets import slim
from curation.reference import Reference
from missions.readiness import readiness_of
from places.templatetags.pages import said_of

from .around import Around

OWNED = (Kind.LAB, Kind.MISSION, Kind.NEED, Kind.OFFER, Kind.TRIAL, Kind.SOLUTION)
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
    "partners": gettext_lazy("Organisations that take part"),
    "learned": gettext_lazy("Entries in its learning log"),
    "operable": gettext_lazy("Whether daily operation can use it"),
    "values": gettext_lazy("Value, and how one knows of it"),
    "adopted": gettext_lazy("Organisations that took it over"),
    "fresh": gettext_lazy("Freshness"),
}
SEVERAL = ("where", "themes", "setting", "open_to", "methods", "values")


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


def entries_of(ids: Iterable[int]) -> dict[int, Record]:
    """The published among these records with their entries and who answers for them; one statement."""
    owners = [f"{kind}__owner__record" for kind in OWNED]
    columns = (column for owner in owners for column in slim(f"{owner}__"))
    records = Record.objects.shown().published().filter(pk__in=list(ids))
    records = records.select_related(*Kind.values, *owners).defer(*slim(), *columns)
    return {record.pk: record for record in records.order_by("pk")}


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


def _trial(trial: Any, record: Record, tied: Around) -> Facts:
    return {
        "setting": _one(trial.get_setting_display()),
        "methods": Told(trial.methods_shown),
        "deadline": _one(_months(trial.started_on, trial.ends_on)),
        "partners": _number(tied.sizes.get(record.pk, 0)),
        "learned": _number(tied.learned.get(record.pk, 0)),
    }


def _solution(solution: Any, record: Record, tied: Around) -> Facts:
    values = [f"{value.get_kind_display()}: {value.get_evidence_display()}" for value in _worth(record, tied)]
    return {
        "type": Told(solution.types_shown),
        "conditions": _text(solution, "conditions"),
        "deadline": _one(_months(solution.in_use_since, None)),
        "partners": _number(tied.sizes.get(record.pk, 0)),
        "operable": _one(solution.get_operable_display()),
        "values": Told(values),
        "adopted": _number(tied.adopted.get(record.pk, 0)),
    }


def _worth(record: Record, tied: Around) -> Sequence[Any]:
    return tied.values.get(record.pk, ())


OF_KIND: Mapping[str, Callable[[Any, Record, Around], Facts]] = {
    Kind.LAB: _lab,
    Kind.ACTOR: _actor,
    Kind.MISSION: _mission,
    Kind.NEED: _need,
    Kind.OFFER: _offer,
    Kind.TRIAL: _trial,
    Kind.SOLUTION: _solution,
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


def _months(since: Any, until: Any) -> str:
    """From a month until a month, as far as they are known."""
    if since and until:
        return f"{date_format(since, 'F Y')} – {date_format(until, 'F Y')}"
    if since:
        return _("from %(year)s") % {"year": date_format(since, "F Y")}
    return _("until %(year)s") % {"year": date_format(until, "F Y")} if until else ""
