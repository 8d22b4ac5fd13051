"""What the address that begins something new says beforehand: what the form shows, and what it is tied to.

`/register/need/?theme=ageing&place=0751&lab=solbakken&role=research`. What is not known, not public or over
says nothing. It goes with the form and is kept with the draft beside what is typed; an address alone keeps
nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils import translation

from actors.choices import Role
from actors.forms.picking import PickActors, written
from curation.choices import Kind
from curation.fields import Line, Pick, PickPlaces
from curation.forms import Section, Words
from curation.models import Draft, Record
from curation.reference import Reference
from labs.models import Lab
from missions.role_needs import KIND_OF, name_for

from .kinds import Registered

# Beside the steps of a draft stands what it began with.
WITH = "with"
NAMES = ("theme", "place", "kind", "role", "lab", "mission", "need", "solution")
# What each kind can be tied to from the start, the one it is named after first.
TIED: Mapping[str, Sequence[str]] = {
    Kind.NEED: ("lab", "mission"),
    Kind.OFFER: ("need", "lab"),
    Kind.LAB: ("need", "mission"),
    Kind.TRIAL: ("lab", "need", "solution"),
    Kind.SOLUTION: ("lab", "need"),
}
# What has to succeed has to succeed where its lab or mission is; knowledge comes from anywhere.
SAME_PLACE = (Kind.NEED, Kind.LAB, Kind.TRIAL, Kind.SOLUTION)
# What comes out of a lab is mostly in the hands of whoever answers for the lab.
OF_A_LAB = (Kind.TRIAL, Kind.SOLUTION)
MOST, LONGEST = 20, 120


@dataclass
class Prefilled:
    """What was said beforehand, by the names of the address; `typed` is what has been typed since."""

    kind: Registered
    said: Words
    typed: Mapping[str, Words] = field(default_factory=dict)

    @classmethod
    def asked(cls, kind: Registered, query: QueryDict) -> "Prefilled":
        """As an address says it."""
        return cls(kind, _kept({name: query.getlist(name) for name in NAMES}))

    @classmethod
    def sent(cls, kind: Registered, data: QueryDict) -> "Prefilled":
        """As the form sends it along."""
        return cls(kind, _kept({name: data.getlist(f"{WITH}-{name}") for name in NAMES}))

    @classmethod
    def of(cls, kind: Registered, draft: Draft) -> "Prefilled":
        """As a draft keeps it."""
        return cls(kind, draft.typed.get(WITH, {}), draft.typed)

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """The fields that go with the form."""
        return [(f"{WITH}-{name}", value) for name, values in self.said.items() for value in values]

    @cached_property
    def targets(self) -> Mapping[str, Record]:
        """What it is to be tied to, as far as everybody can read it and it goes on; one statement."""
        asked = {name: self.said[name][0] for name in TIED.get(self.kind.kind, ()) if self.said.get(name)}
        if not asked:
            return {}
        which = Q(*(Q(kind=name, slug=slug) for name, slug in asked.items()), _connector=Q.OR)
        found = {record.kind: record for record in Record.objects.current().shown().filter(which)}
        return {name: found[name] for name in asked if name in found}

    @property
    def goes_with(self) -> list[Record]:
        """The same, without what its author has taken out of a field again."""
        return [record for name, record in self.targets.items() if self._stays(name, record)]

    def _stays(self, name: str, record: Record) -> bool:
        for section in self.kind.sections:
            for column in {name, f"{name}s"} & section.base_fields.keys():
                if section.slug in self.typed:
                    return record.public_id in self.typed[section.slug].get(column, ())
        return True

    def proposed(self, section: type[Section]) -> Words:
        """Of a section nobody has opened yet: what stands in its fields to begin with."""
        if not self.said:
            return {}
        form = section.of({})
        wanted = self._wanted(form.reference)
        return {
            name: fitting
            for name, asked in form.fields.items()
            if name in wanted and (fitting := _fitting(asked, wanted[name]))
        }

    def _wanted(self, reference: Reference) -> Words:
        first = next(iter(self.targets.values()), None)
        themes, places = self.said.get("theme", []), self.said.get("place", [])
        if first is not None:
            themes = themes or [theme.slug for theme in reference.themes_of(first)]
        if first is not None and self.kind.kind in SAME_PLACE:
            places = places or [place.address for place in reference.places_named(first)]
        ids = {name: [record.public_id] for name, record in self.targets.items()}
        wanted = {"themes": themes, "places": places, "type": self.said.get("kind", [])}
        wanted |= self._of_role(first) | self._of_lab() | ids
        return wanted | {f"{name}s": values for name, values in ids.items()}

    def _of_lab(self) -> Words:
        """Who answers for the lab something comes out of, and the daily life it takes place in."""
        lab = self.targets.get(Kind.LAB)
        if self.kind.kind not in OF_A_LAB or lab is None:
            return {}
        found = Lab.objects.filter(pk=lab.pk).values_list("owner__record__public_id", "setting")
        owner, setting = found.get()
        return {"owner": [owner] if owner else [], "setting": [setting] if setting else []}

    def _of_role(self, first: Record | None) -> Words:
        """A need for a role that is not filled: its kind, unless one is said, and a name in Danish."""
        role = next(iter(self.said.get("role", [])), "")
        if self.kind.kind != Kind.NEED or first is None or role not in Role.values:
            return {}
        with translation.override("da"):
            found = {"name_da": [name_for(role, first.name_da)]}
        if role in KIND_OF and not self.said.get("kind"):
            found["type"] = [KIND_OF[role].value]
        return found


def words_of(kind: Registered, draft: Draft, section: type[Section]) -> Words:
    """What stands in a step of a draft, with the window that saved it; proposed until it is opened."""
    if section.slug in draft.typed:
        return draft.typed[section.slug]
    return {} if draft.record else Prefilled.of(kind, draft).proposed(section)


def _kept(said: Mapping[str, Sequence[str]]) -> Words:
    """Without what is empty or too long to be anything."""
    few = {name: [one for one in values if 0 < len(one) <= LONGEST][:MOST] for name, values in said.items()}
    return {name: values for name, values in few.items() if values}


def _fitting(asked: Any, values: Sequence[str]) -> list[str]:
    """Those of the values the field can hold."""
    if isinstance(asked, PickActors):
        return [written({"actor": value}) for value in values if value in asked.things(values)][: asked.most]
    if isinstance(asked, Pick):
        things = asked.things(values)
        if isinstance(asked, PickPlaces):
            things = {value: place for value, place in things.items() if place.kind in asked.kinds}
        return [value for value in dict.fromkeys(values) if value in things][: asked.most]
    if isinstance(asked, forms.ChoiceField):
        return [value for value in values if asked.valid_value(value)][:1]
    return [value[: asked.most] for value in values[:1]] if isinstance(asked, Line) else []
