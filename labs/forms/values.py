"""Fields that ask what something is worth: the five kinds of value, and how one knows of each.

`ValueFields` belongs in any form, `ValuesSection` in a section of an entry. What is more than experienced
needs a source, as the database asks.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from curation.fields import Lines, Year
from curation.forms import Part, Section
from curation.models import Entry

from ..choices import Evidence, ValueKind
from ..models import Value

PARTS: Mapping[str, Any] = {
    "evidence": gettext_lazy("How one knows"),
    "said": gettext_lazy("What has changed"),
    "year": gettext_lazy("Year"),
    "source": gettext_lazy("Where one can read it"),
}
HINTS: Mapping[str, Any] = {
    ValueKind.QUALITY: gettext_lazy("What citizens get has become better."),
    ValueKind.EFFICIENCY: gettext_lazy("The same for less time or money, or more for the same."),
    ValueKind.CITIZEN_INVOLVEMENT: gettext_lazy("Citizens have more of a say, or do more themselves."),
    ValueKind.EMPLOYEE_SATISFACTION: gettext_lazy("Those who work with it have a better working day."),
    ValueKind.POLITICAL_GOALS: gettext_lazy("What politicians had decided to reach has come nearer."),
}
EVIDENCE = [("", gettext_lazy("Not known, or none")), *Evidence.choices]
VALUE_FIELDS = tuple(f"{kind.value}_{part}" for kind in ValueKind for part in PARTS)


def _label(kind: ValueKind, part: str) -> Any:
    return format_lazy("{}: {}", kind.label, PARTS[part])


def _evidence(kind: ValueKind) -> forms.Field:
    return forms.ChoiceField(label=_label(kind, "evidence"), choices=EVIDENCE, required=False)


def _said(kind: ValueKind) -> forms.Field:
    return Lines(label=_label(kind, "said"), most=600, rows=2, required=False)


def _year(kind: ValueKind) -> forms.Field:
    return Year(label=_label(kind, "year"), ahead=0)


def _source(kind: ValueKind) -> forms.Field:
    return Lines(label=_label(kind, "source"), most=1000, rows=2, required=False)


@dataclass(frozen=True)
class ValueShown:
    """The fields of one kind of value, as pages show them: in one group with its own name."""

    name: str
    label: Any
    hint: Any
    fields: Sequence[forms.BoundField]

    @property
    def evidence(self) -> forms.BoundField:
        return self.fields[0]

    @property
    def others(self) -> Sequence[forms.BoundField]:
        return self.fields[1:]


class ValueFields(forms.Form):
    """Of each kind how one knows, what has changed, in which year, and where one can read it."""

    quality_evidence = _evidence(ValueKind.QUALITY)
    quality_said = _said(ValueKind.QUALITY)
    quality_year = _year(ValueKind.QUALITY)
    quality_source = _source(ValueKind.QUALITY)
    efficiency_evidence = _evidence(ValueKind.EFFICIENCY)
    efficiency_said = _said(ValueKind.EFFICIENCY)
    efficiency_year = _year(ValueKind.EFFICIENCY)
    efficiency_source = _source(ValueKind.EFFICIENCY)
    citizen_involvement_evidence = _evidence(ValueKind.CITIZEN_INVOLVEMENT)
    citizen_involvement_said = _said(ValueKind.CITIZEN_INVOLVEMENT)
    citizen_involvement_year = _year(ValueKind.CITIZEN_INVOLVEMENT)
    citizen_involvement_source = _source(ValueKind.CITIZEN_INVOLVEMENT)
    employee_satisfaction_evidence = _evidence(ValueKind.EMPLOYEE_SATISFACTION)
    employee_satisfaction_said = _said(ValueKind.EMPLOYEE_SATISFACTION)
    employee_satisfaction_year = _year(ValueKind.EMPLOYEE_SATISFACTION)
    employee_satisfaction_source = _source(ValueKind.EMPLOYEE_SATISFACTION)
    political_goals_evidence = _evidence(ValueKind.POLITICAL_GOALS)
    political_goals_said = _said(ValueKind.POLITICAL_GOALS)
    political_goals_year = _year(ValueKind.POLITICAL_GOALS)
    political_goals_source = _source(ValueKind.POLITICAL_GOALS)

    def clean(self) -> dict[str, Any]:
        """More than experienced needs its source; and what has changed needs a word on how one knows."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for kind in self._asked:
            said = {part: cleaned.get(f"{kind.value}_{part}") for part in PARTS}
            if not said["evidence"] and any(said.values()):
                self._wrong(kind, "evidence", _("%(kind)s: say how one knows."))
            elif said["evidence"] not in ("", None, Evidence.FELT) and not said["source"]:
                self._wrong(
                    kind, "source",
                    _("%(kind)s: write where one can read it. More than experienced needs a source."),
                )  # fmt: skip
        return cleaned

    def _wrong(self, kind: ValueKind, part: str, message: str) -> None:
        name = f"{kind.value}_{part}"
        if name not in self.errors:
            self.add_error(name, message % {"kind": kind.label})

    @property
    def _asked(self) -> list[ValueKind]:
        return [kind for kind in ValueKind if f"{kind.value}_evidence" in self.fields]

    @property
    def values(self) -> list[Value]:
        """What was cleaned, as rows that belong to nothing yet."""
        return [
            Value(
                kind=kind.value,
                evidence=evidence,
                said=self.cleaned_data.get(f"{kind.value}_said", ""),
                year=self.cleaned_data.get(f"{kind.value}_year"),
                source=self.cleaned_data.get(f"{kind.value}_source", ""),
            )
            for kind in self._asked
            if (evidence := self.cleaned_data.get(f"{kind.value}_evidence"))
        ]

    @property
    def kinds(self) -> list[ValueShown]:
        """The fields of each kind, named by what they are and no more: the group says which kind."""
        return [self._shown(kind) for kind in self._asked]

    def _shown(self, kind: ValueKind) -> ValueShown:
        fields = [self[f"{kind.value}_{part}"] for part in PARTS]
        for field, label in zip(fields, PARTS.values(), strict=True):
            field.label = label
        return ValueShown(kind.value, kind.label, HINTS[kind], fields)


def said_values(values: Iterable[Value]) -> dict[str, Any]:
    """What rows say, as initial values of the fields."""
    return {f"{value.kind}_{part}": getattr(value, part) for value in values for part in PARTS}


def set_values(owner: Mapping[str, int], wanted: Iterable[Value], kinds: Iterable[str]) -> None:
    """Bring the values of a solution or an adoption, `{"solution_id": 7}`, to these, of the kinds asked.

    A kind that is told no more has no row; the history keeps what it said.
    """
    rows = Value.objects.filter(**owner, kind__in=list(kinds)).order_by("pk")
    held = {value.kind: value for value in rows}
    told = {value.kind: value for value in wanted}
    for kind in held.keys() - told.keys():
        held[kind].delete()
    for kind, value in told.items():
        row = held.get(kind) or Value(kind=kind, **owner)
        changed = [part for part in PARTS if getattr(row, part) != getattr(value, part)]
        for part in changed:
            setattr(row, part, getattr(value, part))
        if changed or row.pk is None:
            row.save()


class ValuesSection(ValueFields, Section):
    """A section that asks what an entry is worth."""

    value_look: ClassVar[str] = "value"

    @classmethod
    def said(cls, entry: Entry) -> dict[str, Any]:
        rows = Value.objects.filter((f"{entry.kind}_id", entry.pk)).order_by("pk")
        return super().said(entry) | said_values(rows)

    @property
    def parts(self) -> list[Part]:
        """The fields of each kind in one group."""
        plain = [part for part in super().parts if part.bound.name not in VALUE_FIELDS]
        groups: list[Any] = self.kinds
        return [*(Part(group, self.value_look, "", "") for group in groups), *plain]

    def write_ties(self, entry: Entry, *, by: User | None = None) -> None:
        super().write_ties(entry, by=by)
        set_values({f"{entry.kind}_id": entry.pk}, self.values, [kind.value for kind in self._asked])
