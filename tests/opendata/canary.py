"""Entries nobody may read, full of a word that stands nowhere else, tied to everything that may be read."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db import models

from actors.models import Actor
from curation.choices import Kind, State
from curation.models import Entry
from labs.models import Lab, Solution
from missions.models import Mission
from tests import factories

WORD = "zqkanarie"
HIDDEN = tuple(state for state in State if state != State.PUBLISHED)
TODAY = dt.date(2026, 11, 22)
LONG = 200  # letters: a shorter column has no room for a sentence


class Register:
    """One published entry of each kind, and of each kind one in every state that is not published."""

    def __init__(self) -> None:
        self.theme, self.place = factories.theme("Vand"), factories.place("Byen", code="0751")
        self.shown = self._of_each_kind("Synlig", owner=factories.actor("Ejer", **self._about()))
        factories.link(self.shown[Kind.LAB], self.shown[Kind.ACTOR], "push")
        self.hidden = [entry for state in HIDDEN for entry in self._hidden(state).values()]
        for entry in self.hidden:
            self._tie(entry)

    def _about(self) -> dict[str, Any]:
        return {"themes": [self.theme], "places": [self.place], "latitude": 56.1, "longitude": 10.2}

    def _of_each_kind(self, name: str, owner: Actor, **said: Any) -> dict[str, Any]:
        """An actor, a lab and so on, each by its kind."""
        said = self._about() | said
        made: dict[str, Any] = {Kind.ACTOR: factories.actor(f"{name} aktør", **said)}
        made[Kind.LAB] = lab = factories.lab(f"{name} lab", owner=owner, **said)
        for kind in (Kind.MISSION, Kind.NEED, Kind.OFFER, Kind.SOLUTION):
            make: Any = getattr(factories, kind)
            made[kind] = make(f"{name} {kind}", owner=owner, **said)
        made[Kind.TRIAL] = factories.trial(lab, f"{name} afprøvning", owner=owner, **said)
        return made

    def _hidden(self, state: str) -> dict[str, Any]:
        """Every text of them says the word."""
        said: dict[str, Any] = {"state": state, "contact_email": f"{WORD}@example.org", "source": WORD}
        if state == State.MERGED:
            said["merged_into"] = self.shown[Kind.LAB].record
        if state == State.SUBMITTED:
            said |= {"submitted_at": dt.datetime(2026, 11, 1, tzinfo=dt.UTC), "answer_by": TODAY}
        if state == State.RETURNED:
            said["decision"] = f"Nej, {WORD}."
        owner = factories.actor(f"{WORD} ejer {state}", **said)
        made = self._of_each_kind(f"{WORD} {state}", owner=owner, **said)
        for entry in made.values():
            say_everywhere(entry)
        return made

    def _tie(self, entry: Any) -> None:
        """To what everybody may read, from both ends where there are two."""
        shown = self.shown
        lab: Lab = shown[Kind.LAB]
        match entry.kind:
            case Kind.ACTOR:
                factories.link(lab, entry)
                factories.member(shown[Kind.MISSION], entry)
                factories.relation(shown[Kind.ACTOR], entry)
                factories.relation(entry, shown[Kind.ACTOR])
                factories.partner(shown[Kind.TRIAL], entry)
                adopted = factories.adoption(shown[Kind.SOLUTION], entry, effect=WORD, bent=WORD)
                adopted.values.create(kind="quality", evidence="felt", said=WORD)
            case Kind.LAB:
                factories.link(entry, shown[Kind.ACTOR])
                factories.assessment(entry, on=TODAY, shown="all", scores={"lab": {1: 2, 2: 2}})
            case Kind.MISSION | Kind.NEED | Kind.OFFER:
                self._tie_to_lab(entry, lab)
            case Kind.SOLUTION:
                factories.adoption(entry, shown[Kind.ACTOR], effect=WORD)
                entry.values.create(kind="quality", evidence="felt", said=WORD)
            case Kind.TRIAL:
                factories.learning(entry, f"Vi lærte {WORD}.")
                factories.partner(entry, shown[Kind.ACTOR])

    def _tie_to_lab(self, entry: Any, lab: Lab) -> None:
        factories.link(lab, entry)
        if entry.kind == Kind.MISSION:
            mission: Mission = entry
            factories.member(mission, self.shown[Kind.ACTOR])
        elif entry.kind == Kind.NEED:
            factories.response(entry, self.shown[Kind.OFFER])
        else:
            factories.response(self.shown[Kind.NEED], entry)

    @property
    def asked_for(self) -> list[Any]:
        """Those that are asked for by their addresses: labs in every state, the others withdrawn."""
        return [one for one in self.hidden if one.kind == Kind.LAB or one.record.state == State.WITHDRAWN]

    def name_hidden(self) -> None:
        """What may be read names an owner, an heir and a forerunner that may not."""
        owner = next(entry for entry in self.hidden if entry.kind == Kind.ACTOR)
        solution: Solution = self.shown[Kind.SOLUTION]
        solution.inspired_by = next(entry for entry in self.hidden if entry.kind == Kind.SOLUTION)
        for kind in (Kind.LAB, Kind.NEED, Kind.SOLUTION):
            self.shown[kind].owner = owner
        self.shown[Kind.OFFER].end(on=TODAY, reason="Slut", heir=owner.record)
        for kind in (Kind.LAB, Kind.NEED, Kind.OFFER, Kind.SOLUTION):
            self.shown[kind].save()
            factories.reindex(self.shown[kind])


def say_everywhere(entry: Entry) -> None:
    """The word in every text of an entry that may hold any."""
    for field in texts_of(entry):
        setattr(entry, field.name, f"{getattr(entry, field.name)} {WORD}".strip())
    entry.save()
    factories.reindex(entry)


def texts_of(entry: Entry) -> Iterator[Any]:
    """The columns that hold free text; an end is told where something has ended."""
    for field in entry._meta.fields:
        long = isinstance(field, models.CharField) and (field.max_length or 0) >= LONG
        free = (isinstance(field, models.TextField) or long) and not isinstance(field, models.URLField)
        if free and not field.choices and field.name not in ("ended_reason", "lessons"):
            yield field
