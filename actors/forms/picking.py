"""Fields that choose organisations: those in the register as one types, or a new one named on the spot."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms.utils import ErrorDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from curation import query
from curation.choices import State
from curation.fields import OFFERED, Line, Pick, PickBound, Picked
from curation.forms import Section
from curation.models import Record
from curation.picking import picks
from curation.reference import Reference
from places.choices import PlaceKind
from places.danish import bare, fold

from ..access import standing
from ..choices import ActorKind
from ..models import Actor
from ..naming import Named, make_named

CANDIDATES = 30
ID = re.compile(r"[0-9a-z]{10}")
type Row = dict[str, str]


def written(row: Mapping[str, str]) -> str:
    """A row as one string; equal rows are equal strings."""
    said = {key: value for key, value in row.items() if value}
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read(value: str) -> Row:
    """The row in a string; an empty one in what is none."""
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(key): _clean(said) for key, said in found.items() if isinstance(said, str)}


def _clean(text: str) -> str:
    """Without what is no text: half characters and NUL can stand in JSON where a browser cannot send them."""
    return text.encode(errors="ignore").decode().replace("\0", "")


class OrganisationForm(forms.Form):
    """An organisation of the register, or what is asked of a new one."""

    actor = forms.CharField(required=False, widget=forms.HiddenInput)
    name = Line(
        label=gettext_lazy("Name of the organisation"), most=200,
        error_messages={"required": gettext_lazy("Write the organisation's name.")},
    )  # fmt: skip
    type = forms.ChoiceField(
        label=gettext_lazy("Kind of organisation"),
        choices=[("", gettext_lazy("Choose a kind")), *ActorKind.choices],
        error_messages={"required": gettext_lazy("Choose what kind of organisation it is.")},
    )  # fmt: skip
    place = forms.ChoiceField(label=gettext_lazy("Its municipality"), required=False)

    def __init__(
        self, *args: Any, new: bool, places: Sequence[tuple[str, str]], checked: bool = True, **options: Any
    ) -> None:
        self.checked = checked
        super().__init__(*args, **({"auto_id": "f-%s", "label_suffix": ""} | options))
        if new:
            self.fields["place"].choices = [("", _("National, or not known")), *places]  # type: ignore[attr-defined]
        else:
            for name in ("name", "type", "place"):
                del self.fields[name]

    def full_clean(self) -> None:
        """Nothing is wrong with what is not checked."""
        if self.checked:
            super().full_clean()
        else:
            self._errors, self.cleaned_data = ErrorDict(renderer=self.renderer), {}


@dataclass(frozen=True)
class RowShown:
    """A row on a page: its form, which one it is, and the organisation it is about."""

    number: int
    form: OrganisationForm
    name: str
    note: str
    new: bool
    known: bool
    actor: Actor | None

    @property
    def problems(self) -> list[tuple[str, str]]:
        if not self.known:
            return [(f"f-{self.form.prefix}-row", self.gone)]
        fields: list[Any] = [self.form[name] for name in self.form.errors]
        return [(field.error_target, str(error)) for field in fields for error in field.errors]

    @property
    def gone(self) -> str:
        return _("%(name)s is not in the register. Remove it, or choose another.") % {"name": self.name}


@dataclass(frozen=True)
class Chosen:
    """A row as cleaned: an actor of the register or a new one, and what else was said of it."""

    actor: Actor | None
    named: Named | None
    said: Mapping[str, Any]
    row: Row


class RowsBound(PickBound):
    """Rows of organisations on a page."""

    field: "PickActors"
    form: Section

    @cached_property
    def rows(self) -> Sequence[RowShown]:
        return self.field.rows(self.values, self.html_name)

    @property
    def checked(self) -> bool:
        return bool(self.form.is_bound and self.form.checked)

    @property
    def beside(self) -> Sequence[str]:
        errors = self.form.errors.get(self.name)
        found = errors.as_data() if errors else []
        return [message for error in found if error.code != "row" for message in error.messages]

    @property
    def problems(self) -> Sequence[tuple[str, str]]:
        rows = [problem for row in self.rows for problem in row.problems]
        return [*rows, *((f"{self.auto_id}-find", error) for error in self.beside)]


class PickActors(Pick):
    """Organisations. Each value is a row written as JSON: `actor` is a public id, else the row is a new one.

    A browser sends the rows in numbered fields, `<name>-0-actor`, `<name>-0-name`. Published ones can be
    chosen, and those the entry is tied to already.
    """

    look: ClassVar[str] = "organisations"
    what = "actor"
    adds: ClassVar[str] = "actor"
    row_form: ClassVar[type[OrganisationForm]] = OrganisationForm

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._seen: dict[str, Actor] = {}
        self._asked: set[str] = set()

    def __deepcopy__(self, memo: dict[int, Any]) -> "PickActors":
        """Each form reads organisations anew."""
        copied = super().__deepcopy__(memo)
        copied._seen, copied._asked = {}, set()  # noqa: SLF001 - of the same class
        return copied

    def get_bound_field(self, form: Any, field_name: str) -> RowsBound:
        return RowsBound(form, self, field_name)

    # Words

    def sent(self, data: MultiValueDict[str, str], name: str) -> list[str]:
        numbered = re.compile(rf"{re.escape(name)}-(\d{{1,3}})-([a-z]+)")
        rows: dict[int, Row] = {}
        for key in data:
            if (found := numbered.fullmatch(key)) and found[2] in self.row_form.base_fields:
                rows.setdefault(int(found[1]), {})[found[2]] = str(data[key]).strip()
        if not rows:
            return [value for value in super().sent(data, name) if read(value)]
        gone = data.getlist(f"{name}-remove")
        return [
            written(row)
            for number, row in sorted(rows.items())
            if str(number) not in gone and any(row.values())
        ]

    def words(self, data: MultiValueDict[str, str], name: str) -> dict[str, list[str]]:
        words = super().words(data, name)
        typed = str(data.get(f"{name}-find") or "").strip()
        if f"{name}-new" in data and typed:
            row = written({"name": typed[:200]})
            words = {name: [*words[name], row] if self.many else [row], f"{name}-find": []}
        return words

    def with_added(self, values: list[str], added: str) -> list[str]:
        return super().with_added(values, written({"actor": added})) if ID.fullmatch(added) else values

    # Values

    def things(self, values: Sequence[str]) -> Mapping[str, Actor]:
        """Actors by public id, in one statement for those not seen before."""
        wanted = {value for value in values if ID.fullmatch(value)} - self._asked
        if wanted:
            self._asked |= wanted
            visible = Q(record__state=State.PUBLISHED) | Q(pk__in=self.section.kept)
            found = Actor.objects.filter(visible, record__public_id__in=wanted).select_related("record")
            self._seen |= {actor.record.public_id: actor for actor in found.order_by("pk")}
        return {value: self._seen[value] for value in values if value in self._seen}

    def rows(self, values: Sequence[str], name: str = "") -> list[RowShown]:
        """The rows with their forms, bound to what was typed."""
        read_rows = [read(value) for value in values]
        actors = self.things([row.get("actor", "") for row in read_rows])
        return [self._row(number, row, actors, name) for number, row in enumerate(read_rows)]

    def _row(self, number: int, row: Row, actors: Mapping[str, Actor], name: str) -> RowShown:
        public_id = row.get("actor", "")
        actor, new = actors.get(public_id), not public_id
        data = self.filled(row, actor)
        title = actor.name if actor else row.get("name") or public_id
        prefix = f"{name}-{number}"
        form = self.row_form(
            {f"{prefix}-{key}": value for key, value in data.items()}, prefix=prefix, new=new,
            places=self._places() if new else (), checked=self.section.checked, **self.form_options(title),
        )  # fmt: skip
        note = self.shown(public_id, actor).note if actor else _("New in the register") if new else ""
        return RowShown(number, form, title, note, new, new or actor is not None, actor)

    def form_options(self, title: str) -> dict[str, Any]:
        """What else the form of a row about an organisation needs."""
        return {}

    def filled(self, row: Row, actor: Actor | None) -> Row:
        """What was typed, and what is proposed where nothing was."""
        return row

    def _places(self) -> list[tuple[str, str]]:
        places = self.section.reference.places_of(PlaceKind.MUNICIPALITY)
        return [(place.address, place.name) for place in places]

    def clean(self, value: Any) -> list[Chosen]:
        """The chosen rows; what is wrong in one is told beside it, and what is wrong with all beside them."""
        values = [one for one in value or [] if one]
        if not values and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(values) > self.most:
            raise ValidationError(_("Choose at most %(most)s.") % {"most": self.most})
        rows = self.rows(values)
        wrong = [ValidationError(error, code="row") for row in rows for _field, error in row.problems]
        wrong += [ValidationError(error) for error in self.wrong(rows)]
        if wrong:
            raise ValidationError(wrong)
        return [self._chosen(row, read(value)) for row, value in zip(rows, values, strict=True)]

    def wrong(self, rows: Sequence[RowShown]) -> list[str]:
        """What is wrong with the rows together."""
        return []

    def _chosen(self, row: RowShown, typed: Row) -> Chosen:
        said = row.form.cleaned_data
        place = self.section.reference.place_at.get(said.get("place", ""))
        named = Named(said["name"], said["type"], place) if row.new else None
        return Chosen(row.actor, named, said, typed)

    # Pages

    def picked(self, values: Sequence[str]) -> list[Picked]:
        return [Picked(str(row.number), row.name, row.note) for row in self.rows(values)]

    def shown(self, value: str, thing: Actor) -> Picked:
        places = ", ".join(place.name for place in self.section.reference.places_named(thing.record))
        return Picked(value, thing.name, " · ".join(filter(None, (str(thing.get_type_display()), places))))

    def offers(self, typed: str, chosen: Sequence[str]) -> list[Picked]:
        """Organisations whose name holds the words first; before anything is typed those one speaks for."""
        taken = [read(value).get("actor", "") for value in chosen]
        if typed.strip():
            return [self.shown(actor.record.public_id, actor) for actor in found_by(typed, taken)]
        if self.many or chosen or not isinstance(self.section.by, User):
            return []
        own = Actor.objects.published().filter(pk__in=standing(self.section.by).speaks_for)
        own = own.select_related("record").order_by("record__sort_da", "pk")[:OFFERED]
        return [self.shown(actor.record.public_id, actor) for actor in own]


def found_by(typed: str, taken: Sequence[str] = ()) -> list[Actor]:
    """Published organisations that a search for the words finds, those first whose name holds them."""
    rows = Record.objects.published().of_kind("actor").select_related("actor").shown()
    rows = rows.exclude(public_id__in=[value for value in taken if value]).order_by("-quality", "pk")
    candidates = picks(rows, typed, Reference.now(), CANDIDATES)
    words = query.read(typed).words
    candidates.sort(key=lambda record: _distance(fold(f"{record.name_da} {record.name_en}"), words))
    found = []
    for record in candidates[:OFFERED]:
        actor = record.actor
        actor.record = record
        found.append(actor)
    return found


def _distance(name: str, words: Sequence[str]) -> tuple[int, int]:
    """How many of the words the name lacks, with or without æ, ø and å; then whether it begins with them."""
    letters = bare(name)
    missing = sum(1 for word in words if bare(word) not in letters)
    return missing, not letters.startswith(bare(words[0]))


def made_of(chosen: Sequence[Chosen], *, by: User | None) -> list[tuple[Actor, Chosen]]:
    """The actor of each row, new ones made in somebody's name."""
    new = [one.named for one in chosen if one.named is not None]
    if new and by is None:
        raise ValueError("somebody must have named a new organisation")
    made = make_named(new, by=by) if by is not None else {}
    return [(actor, one) for one in chosen if (actor := one.actor or (one.named and made[one.named.key]))]
