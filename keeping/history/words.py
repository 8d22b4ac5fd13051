"""What an entry said, in words: choices by their label, others by name, and only who may be named."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.formats import date_format, localize
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curation.choices import Kind
from curation.models import Record
from curation.months import month_in_words
from curation.reference import Reference

from .events import MODELS, ROWS, State, Story, Tie

OF_EVERY_ENTRY = (
    "name_da", "name_en", "summary_da", "summary_en", "description_da", "description_en", "website",
    "latitude", "longitude", "point_basis", "ended", "ended_on", "ended_reason", "lessons", "heir",
)  # fmt: skip

# What a stranger may read of each kind; a field that is not named here is not shown.
PUBLIC_FIELDS: Mapping[str, tuple[str, ...]] = {
    Kind.LAB: (
        *OF_EVERY_ENTRY, "owner", "purpose_da", "purpose_en", "phase", "start_year", "end_year", "setting",
        "driver", "form", "disposition", "host_named", "partners_named", "backbone", "methods",
        "target_groups", "open_to", "hallmark_daily", "hallmark_together", "hallmark_whole",
        "hallmark_learning",
    ),
    Kind.ACTOR: (*OF_EVERY_ENTRY, "type", "side", "cvr", "ror"),
    Kind.MISSION: (
        *OF_EVERY_ENTRY, "owner", "level", "scope", "phase", "goal_da", "goal_en", "start_year",
        "target_year", "decided_by", "decided_on", "decision_url", "backbone", "shows_ambition",
        "shows_coalition", "shows_frames", "shows_investment", "shows_perspective",
    ),
    Kind.NEED: (
        *OF_EVERY_ENTRY, "owner", "type", "status", "mission", "tried_da", "tried_en", "success_da",
        "success_en", "asks_for_da", "asks_for_en", "may_touch", "year", "deadline", "window", "signed_by",
        "cooperation", "hours", "data_ethics", "gives_back", "results_owner",
    ),
    Kind.OFFER: (
        *OF_EVERY_ENTRY, "owner", "type", "status", "conditions_da", "conditions_en", "year", "open_until",
    ),
    Kind.TRIAL: (
        *OF_EVERY_ENTRY, "owner", "lab", "need", "solution", "stage", "methods", "setting", "where",
        "started_on", "ends_on", "participants",
    ),
    Kind.SOLUTION: (
        *OF_EVERY_ENTRY, "owner", "lab", "need", "types", "novelty", "stage", "stage_since", "new_here",
        "idea_on", "in_use_since", "waiting_for", "waiting_said", "operable", "run_by", "run_needs",
        "replaced", "effect_da", "effect_en", "contributors", "reuse", "inspired_by", "inspired_by_named",
        "funding", "promoted", "inhibited", "failed", "conditions_da", "conditions_en", "to_adapt",
    ),
}  # fmt: skip

# What a row that belongs to one entry says, in the order of reading.
ROW_COLUMNS: Mapping[str, tuple[str, ...]] = {
    Kind.TRIAL: ("on", "changed", "learned_da", "learned_en", "how", "source"),
    Kind.SOLUTION: ("kind", "evidence", "year", "said", "source"),
}

# Dates that stand for their month.
MONTHS = frozenset(("idea_on", "in_use_since"))

# What those who look after an entry read besides.
FURTHER_FIELDS: Mapping[str, tuple[str, ...]] = {Kind.ACTOR: ("email_domain",)}


# What the organisations an entry names are called.
WHO: Mapping[str, Any] = {
    Kind.ACTOR: gettext_lazy("Actors"),
    Kind.TRIAL: gettext_lazy("Partners"),
    Kind.SOLUTION: gettext_lazy("Partners"),
}


def labels_of(kind: str) -> dict[str, str]:
    """What each field of a history is called, in the order of reading."""
    model = MODELS[kind]
    names = (*PUBLIC_FIELDS[kind], *FURTHER_FIELDS.get(kind, ()))
    columns: Mapping[str, Any] = {name: model._meta.get_field(name) for name in names}
    labels = {name: capfirst(str(field.verbose_name)) for name, field in columns.items()}
    labels |= {"themes": _("Themes"), "places": _("Places")}
    if kind in ROWS:
        labels["rows"] = capfirst(str(ROWS[kind][0]._meta.verbose_name_plural))
    return labels | {
        "actor_id": str(WHO.get(kind, _("Coalition"))),
        "mission_id": _("Missions"),
        "lab_id": _("Labs"),
        "need_id": _("Needs"),
        "offer_id": _("Offers"),
        "trial_id": _("Trials"),
        "solution_id": _("Solutions"),
        "adopter_id": _("Taken over by"),
        "object_id": _("Relations to other actors"),
        "subject_id": _("Relations of other actors to it"),
    }


@dataclass
class Words:
    """Turns states into words: for all who look after the entry (`full`), or for strangers."""

    story: Story
    names: Mapping[int, Record]
    reference: Reference
    full: bool

    @classmethod
    def of(cls, story: Story, *, full: bool, also: Iterable[int] = ()) -> "Words":
        """Reads the names of everything the entry ever pointed at, and of further records."""
        ids = {end for end in _pointed_at(story) if end} | set(also)
        records = Record.objects.shown().filter(pk__in=ids).order_by("pk")
        names = {record.pk: record for record in records}
        if not full:
            story.known_from = {pk: each.published_at for pk, each in names.items() if each.published_at}
        return cls(story, names, Reference.now(), full)

    def say(self, state: State) -> dict[str, str]:
        """What each field said; nothing where it said nothing, or nothing that may be told."""
        kind = self.story.record.kind
        said = {name: self._field(kind, name, state.said) for name in PUBLIC_FIELDS[kind]}
        if self.full:
            said |= {name: self._field(kind, name, state.said) for name in FURTHER_FIELDS.get(kind, ())}
        said["themes"] = ", ".join(
            self.reference.themes[pk].name for pk in state.themes if pk in self.reference.themes
        )
        said["places"] = ", ".join(
            self.reference.places[pk].name for pk in state.places if pk in self.reference.places
        )
        if self.story.rows:
            said["rows"] = self._rows(state)
        return said | self._ties(state)

    def name(self, pk: int | None, *, own: bool = True) -> str:
        """The name of what is public; what is not is never named, and strangers do not learn of it."""
        record = self.names.get(pk) if pk else None
        if record is None:
            return ""
        if record.is_public:
            return record.name
        return _("an entry that is not public") if self.full and own else ""

    def _field(self, kind: str, name: str, event: Any) -> str:
        if event is None:
            return ""
        field = MODELS[kind]._meta.get_field(name)
        if isinstance(field, models.ForeignKey):
            return self.name(getattr(event, field.attname))
        return in_words(field, getattr(event, name))

    def _ties(self, state: State) -> dict[str, str]:
        lines: dict[str, list[str]] = {}
        for tie in state.ties.values():
            if name := self.name(tie.other, own=tie.own):
                lines.setdefault(tie.column, []).append(_tie_in_words(tie, name))
        return {column: "\n".join(sorted(said)) for column, said in lines.items()}

    def _rows(self, state: State) -> str:
        """One line for each row, in the order the rows were made."""
        kind = self.story.record.kind
        fields = [ROWS[kind][0]._meta.get_field(name) for name in ROW_COLUMNS[kind]]
        lines = (
            " · ".join(word for field in fields if (word := in_words(field, getattr(event, field.name))))
            for _number, event in sorted(state.rows.items())
        )
        return "\n".join(lines)


def in_words(field: Any, value: Any) -> str:
    """A value as pages write it; nothing for nothing."""
    if value is False and field.null:  # where nothing told would be neither
        return _("No")
    if value in (None, "", [], False):
        return ""
    if value is True:
        return _("Yes")
    if isinstance(value, list):
        return ", ".join(in_words(field.base_field, each) for each in value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, dt.date):
        return month_in_words(value) if field.name in MONTHS else date_format(value, "DATE_FORMAT")
    return str(localize(value, use_l10n=True)) if isinstance(value, float) else str(value)


def _tie_in_words(tie: Tie, name: str) -> str:
    event = tie.event
    model = event.pgh_tracked_model
    told = [(column, getattr(event, column, "")) for column in ("verb", "role", "role_said", "how", "side")]
    said = [name, *(in_words(model._meta.get_field(column), value) for column, value in told if value)]
    since, until = getattr(event, "since", None), getattr(event, "until", None)
    if since or until:
        said.append(f"{since or ''}–{until or ''}")
    if used := getattr(event, "in_use_since", None):
        said.append(_("in use since %(month)s") % {"month": month_in_words(used)})
    said.append(_("confirmed") if event.confirmed_at else _("named only"))
    if ended := getattr(event, "ended_on", None):
        said.append(_("ended %(day)s") % {"day": date_format(ended, "DATE_FORMAT")})
    return " · ".join(said)


POINTING = (
    "heir_id", "owner_id", "backbone_id", "mission_id", "lab_id", "need_id", "solution_id", "inspired_by_id",
)  # fmt: skip


def _pointed_at(story: Story) -> Iterable[int | None]:
    for event in story.own:
        for column in POINTING:
            yield getattr(event, column, None)
    for _table, event in story.ties:
        if story.names(event):
            yield story.tie(event).other
