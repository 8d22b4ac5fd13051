"""The fields of two entries side by side: which differ, which go together, and which of two values is taken.

Whatever stands in one group of columns goes together: half a point on the map, or an end without its day,
says nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from curation.choices import Kind
from curation.differences import Stretch, words_compared
from curation.models import Entry, EntryPlace, EntryTheme, Record, Theme
from curation.ties import set_places, set_themes
from keeping.history.words import FURTHER_FIELDS, PUBLIC_FIELDS, in_words
from places.models import Place

from .steps import Steps

LEFT, RIGHT, BOTH = "left", "right", "both"
MOST_THEMES = 5
# A text of the other entry is taken by itself where it says this much more.
FULLER = 1.25

END = ("ended", "ended_on", "ended_reason", "lessons", "heir")
TOGETHER: Mapping[str, tuple[tuple[str, ...], ...]] = {
    Kind.LAB: (("latitude", "longitude", "point_basis"), (*END, "end_year")),
    Kind.ACTOR: (("latitude", "longitude", "point_basis"), END),
    Kind.MISSION: (
        ("latitude", "longitude", "point_basis"), END, ("decided_by", "decided_on", "decision_url"),
    ),
    Kind.NEED: (("latitude", "longitude", "point_basis"), (*END, "status")),
    Kind.OFFER: (("latitude", "longitude", "point_basis"), (*END, "status")),
    Kind.TRIAL: (("latitude", "longitude", "point_basis"), END, ("started_on", "ends_on")),
    Kind.SOLUTION: (
        ("latitude", "longitude", "point_basis"), END, ("stage", "stage_since", "in_use_since", "idea_on"),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A field, or fields that go together, as the two entries say it. `taken` is the side to choose."""

    name: str
    label: str
    left: Sequence[Stretch]
    right: Sequence[Stretch]
    taken: str = LEFT
    both: bool = False  # whether what the two say can be put together

    @property
    def differs(self) -> bool:
        return self.left != self.right


@dataclass
class Side:
    """One of two entries with its themes and places."""

    entry: Any
    themes: list[Theme]
    places: list[Place]

    @classmethod
    def of(cls, entry: Any) -> "Side":
        themes = EntryTheme.objects.filter(record=entry.pk).select_related("theme").order_by("order", "pk")
        places = EntryPlace.objects.filter(record=entry.pk).select_related("place").order_by("order", "pk")
        return cls(
            entry, [row.theme for row in themes], [row.place for row in places.defer("place__outline")]
        )

    def text(self, columns: Sequence[str]) -> str:
        """What it says, as people read it."""
        said = [(self.label(name), self._said(name)) for name in columns]
        told = [(label, text) for label, text in said if text]
        if len(columns) == 1:
            return told[0][1] if told else ""
        return "\n".join(f"{label}: {text}" for label, text in told)

    def says(self, columns: Sequence[str]) -> tuple[Any, ...]:
        return tuple(getattr(self.entry, self._field(name).attname) for name in columns)

    def _said(self, name: str) -> str:
        field = self._field(name)
        if isinstance(field, models.ForeignKey):
            other = getattr(self.entry, name)
            return "" if other is None else other.name
        return in_words(field, getattr(self.entry, name))

    def label(self, name: str) -> str:
        return _label_of(self.entry, name)

    def _field(self, name: str) -> Any:
        return self.entry._meta.get_field(name)


def groups_of(kind: str) -> dict[str, tuple[str, ...]]:
    """The columns that are chosen together, by the name of the first, in the order of reading."""
    together = {name: group for group in TOGETHER[kind] for name in group}
    groups = (together.get(name, (name,)) for name in (*PUBLIC_FIELDS[kind], *FURTHER_FIELDS.get(kind, ())))
    return {group[0]: group for group in groups}


def rows(left: Side, right: Side) -> list[Row]:
    """Every field one of the two says anything in."""
    found = [_row(name, columns, left, right) for name, columns in groups_of(left.entry.kind).items()]
    found.append(_of_many("themes", _("Themes"), left.themes, right.themes, MOST_THEMES))
    found.append(_of_many("places", _("Places"), left.places, right.places))
    return [row for row in found if row.left or row.right]


def taken_by_default(left: Entry, right: Entry, columns: Sequence[str]) -> str:
    """What says more; where both say as much, what was confirmed or else changed last."""
    said_left, said_right = (_filled(entry, columns) for entry in (left, right))
    if bool(said_left) != bool(said_right):
        return LEFT if said_left else RIGHT
    if columns[0] in ("name_da", "name_en"):
        return LEFT
    if said_left > said_right * FULLER or said_right > said_left * FULLER:
        return LEFT if said_left > said_right else RIGHT
    return LEFT if _last(left.record) >= _last(right.record) else RIGHT


def take(
    kept: Side, gone: Side, names: Sequence[str], together: Sequence[str], *, steps: Steps
) -> dict[str, Any]:
    """Write on the kept entry what is taken of the other, and put together what is to be put together.

    Gives what its themes and places were and are. ValidationError where it would not be allowed.
    """
    columns = [name for group in names for name in groups_of(kept.entry.kind).get(group, ())]
    _give_up_identifiers(gone.entry, columns, steps)
    _write(kept.entry, gone.entry, columns, steps)
    lists: dict[str, Any] = {}
    for name, write in (("themes", set_themes), ("places", set_places)):
        mine, theirs = getattr(kept, name), getattr(gone, name)
        wanted = theirs if name in names else united(mine, theirs) if name in together else mine
        wanted = wanted[:MOST_THEMES] if name == "themes" else wanted
        if [each.pk for each in wanted] != [each.pk for each in mine]:
            write(kept.entry.record, wanted)
            lists[name] = {"from": [each.pk for each in mine], "to": [each.pk for each in wanted]}
    return lists


def united(mine: Sequence[Any], theirs: Sequence[Any]) -> list[Any]:
    """The kept entry's first, then what only the other has."""
    return list({each.pk: each for each in (*mine, *theirs)}.values())


def _write(kept: Any, gone: Any, columns: Sequence[str], steps: Steps) -> None:
    before = {name: getattr(kept, kept._meta.get_field(name).attname) for name in columns}
    for name in columns:
        field = kept._meta.get_field(name)
        value = getattr(gone, field.attname)
        itself = isinstance(field, models.ForeignKey) and value in (kept.pk, gone.pk)
        setattr(kept, field.attname, None if itself else value)
    others = [field.name for field in kept._meta.concrete_fields if field.name not in columns]
    if columns:
        kept.clean_fields(exclude=others)
        kept.validate_constraints(exclude=["record"])
    after = {name: getattr(kept, kept._meta.get_field(name).attname) for name in columns}
    changed = [name for name in columns if before[name] != after[name]]
    groups = [[name for name in group if name in changed] for group in groups_of(kept.kind).values()]
    if changed:
        said, says = ({name: values[name] for name in changed} for values in (before, after))
        steps.change(type(kept), [kept.pk], said, says, [group for group in groups if group])


def _give_up_identifiers(gone: Any, columns: Sequence[str], steps: Steps) -> None:
    """What only one entry may bear goes over; both would bear it for a moment otherwise."""
    if "ror" in columns and gone.ror:
        ror = gone.ror
        steps.change_one(gone, ror="")
        gone.ror = ror


def _row(name: str, columns: Sequence[str], left: Side, right: Side) -> Row:
    labels = {"latitude": _("Point on the map"), "ended": _("Its end")}
    label = labels.get(name) or left.label(name)
    said_left, said_right = left.text(columns), right.text(columns)
    taken = taken_by_default(left.entry, right.entry, columns)
    return Row(name, label, *words_compared(said_left, said_right), taken=taken)


def _of_many(
    name: str, label: str, left: Sequence[Any], right: Sequence[Any], most: int | None = None
) -> Row:
    texts = (", ".join(each.name for each in side) for side in (left, right))
    can = most is None or len(united(left, right)) <= most
    return Row(name, label, *words_compared(*texts), taken=BOTH if can else LEFT, both=can)


def _filled(entry: Any, columns: Sequence[str]) -> int:
    """How much is said: letters of texts; anything else counts as one."""
    values = [getattr(entry, entry._meta.get_field(name).attname) for name in columns]
    return sum(_weight(value) for value in values if value not in (None, "", [], False))


def _weight(value: Any) -> int:
    return len(value) if isinstance(value, str | list) else 1


def _last(record: Record) -> Any:
    return record.confirmed_at or record.updated_at


def problems_in_words(problem: ValidationError, kind_model: Any) -> list[str]:
    """What is not allowed, with the name of the field."""
    if not hasattr(problem, "error_dict"):
        return problem.messages
    return [
        message if name == "__all__" else f"{_label_of(kind_model, name)}: {message}"
        for name, messages in problem.message_dict.items()
        for message in messages
    ]


def _label_of(model: Any, name: str) -> str:
    return capfirst(str(model._meta.get_field(name).verbose_name))
