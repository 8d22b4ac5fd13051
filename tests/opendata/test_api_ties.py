"""What ties entries together is told where everybody may read both ends, flat and for each entry."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as site
from django.db import models
from django.test import Client

from actors.models import Actor, Offer
from curation.choices import Kind, State
from keeping.history.events import ROWS as OWN_ROWS
from keeping.history.events import TIES
from labs.models import Lab, Solution, Trial
from missions.models import Mission, Need
from opendata.api.rows import ROWS
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty")]


def asked(client: Client, path: str) -> Any:
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 200, response.text
    return response.json()


class Whole:
    """One entry of each kind, tied to each other in every way; `hide` takes one back."""

    def __init__(self) -> None:
        self.actor: Actor = factories.actor("Kommunen")
        self.other: Actor = factories.actor("Naboen")
        self.lab: Lab = factories.lab("Lab", owner=self.actor)
        self.mission: Mission = factories.mission("Mission", owner=self.actor)
        self.need: Need = factories.need("Behov", owner=self.actor, mission=self.mission)
        self.offer: Offer = factories.offer("Tilbud", owner=self.other)
        self.solution: Solution = factories.solution(
            "Løsning", lab=self.lab, owner=self.actor, values={"quality": "felt"}
        )
        self.trial: Trial = factories.trial(self.lab, "Afprøvning", solution=self.solution)
        self.link = factories.link(
            self.lab,
            self.other,
            "push",
            role="research",
            since=2020,
            until=2024,
            ended_on=dt.date(2024, 5, 1),
        )
        factories.link(self.lab, self.mission)
        factories.link(self.lab, self.need)
        factories.link(self.lab, self.offer, "push")
        factories.member(self.mission, self.other)
        factories.relation(self.actor, self.other)
        factories.response(self.need, self.offer)
        factories.partner(self.trial, self.other)
        self.adoption = factories.adoption(
            self.solution, self.other, how="copy", in_use_since=dt.date(2023, 4, 1)
        )
        self.adoption.values.create(kind="efficiency", evidence="felt")
        factories.learning(self.trial, "Det virker om natten.")
        for shown, on in (
            ("all", dt.date(2025, 1, 1)),
            ("done", dt.date(2025, 2, 1)),
            ("", dt.date(2025, 3, 1)),
        ):
            factories.assessment(self.lab, on=on, shown=shown, scores={"lab": {1: 3, 2: 1, 3: 2}})


NUMBERS = {
    "links": 4, "members": 1, "relations": 1, "responses": 1, "partners": 1, "adoptions": 1, "values": 2,
    "learnings": 1, "assessments": 2,
}  # fmt: skip


def test_every_row_is_told_and_of_each_entry_its_own(client: Client) -> None:
    whole = Whole()
    told = {name: asked(client, name) for name in NUMBERS}
    assert {name: part["count"] for name, part in told.items()} == NUMBERS
    assert {name: len(part["results"]) for name, part in told.items()} == NUMBERS
    link = next(row for row in told["links"]["results"] if row["actor"])
    assert (link["lab"]["name"], link["actor"]["name"], link["mission"]) == ("Lab", "Naboen", None)
    assert (link["side"], link["role"], link["since"], link["until"]) == ("push", "research", 2020, 2024)
    assert (link["ended_on"], link["confirmed_on"]) == ("2024-05-01", None)
    assert link["lab"]["url"] == site.BASE_URL + "/labs/lab/"
    whole.link.confirmed_at = dt.datetime(2025, 1, 2, 12, tzinfo=dt.UTC)
    whole.link.save()
    related = asked(client, f"labs/{whole.lab.record.public_id}/related")
    assert {row["confirmed_on"] for row in related["links"]["results"]} == {None, "2025-01-02"}
    assert [row["shown"] for row in related["assessments"]["results"]] == ["all", "done"]
    assert [one["field"] for one in related["named_by"]] == ["lab", "lab"]
    solution = asked(client, f"solutions/{whole.solution.record.public_id}/related")
    assert {row["kind"]: row["adoption"] for row in solution["values"]["results"]} == {
        "quality": None, "efficiency": whole.adoption.pk,
    }  # fmt: skip
    assert solution["adoptions"]["results"][0]["in_use_since"] == "2023-04-01"
    learned = asked(client, f"trials/{whole.trial.record.public_id}/related")["learnings"]["results"]
    assert [row["learned_da"] for row in learned] == ["Det virker om natten."]


def test_a_mirror_tells_its_dimensions_and_no_evidence(client: Client) -> None:
    Whole()
    response = client.get("/api/v1/assessments")
    whole, done = response.json()["results"]
    assert (whole["dimensions"][0]["id"], whole["dimensions"][0]["mean"]) == ("mission", 2.0)
    assert whole["answers"][0] == {"number": 1, "lab": 3, "host": None}
    assert (done["dimensions"], done["answers"]) == ([], [])
    assert "referatet" not in response.text


HIDDEN: dict[str, Callable[[Whole], Any]] = {
    "lab": lambda w: w.lab, "actor": lambda w: w.actor, "other": lambda w: w.other,
    "mission": lambda w: w.mission, "need": lambda w: w.need, "offer": lambda w: w.offer,
    "solution": lambda w: w.solution, "trial": lambda w: w.trial,
}  # fmt: skip


@pytest.mark.parametrize("which", list(HIDDEN))
def test_a_row_with_a_hidden_end_is_nowhere(client: Client, which: str) -> None:
    """Neither the row nor its number, nor the name; and what is hidden has no rows of its own to ask for."""
    whole = Whole()
    hidden = HIDDEN[which](whole).record
    hidden.state, hidden.name_da = State.WITHDRAWN, "Kanariefugl"
    hidden.save()
    for name in NUMBERS:
        response = client.get(f"/api/v1/{name}")
        part = response.json()
        assert "Kanariefugl" not in response.text
        assert hidden.public_id not in response.text
        assert part["count"] == len(part["results"])
    assert client.get(f"/api/v1/links?of={hidden.public_id}").status_code == 404
    assert client.get(f"/api/v1/{hidden.kind}s/{hidden.public_id}/related").status_code == 404
    for kind in Kind:
        entry = getattr(whole, kind)
        if entry.record.pk != hidden.pk:
            text = client.get(f"/api/v1/{kind}s/{entry.record.public_id}/related").text
            assert hidden.public_id not in text


def test_rows_follow_one_another_and_those_of_one_entry_are_its_own(client: Client) -> None:
    whole = Whole()
    first = client.get("/api/v1/links?per_page=3")
    assert '; rel="next"' in first["Link"]
    rest = client.get(first.json()["next"].removeprefix(site.BASE_URL)).json()
    ids = [row["id"] for row in [*first.json()["results"], *rest["results"]]]
    assert len(ids) == len(set(ids)) == 4
    assert rest["next"] is None
    of_need = asked(client, f"links?of={whole.need.record.public_id}")
    assert [row["need"]["name"] for row in of_need["results"]] == ["Behov"]
    assert of_need["count"] == 1


def test_no_table_that_ties_entries_is_forgotten() -> None:
    """Whoever adds a table to the histories of entries adds it here."""
    told = {rows.model for rows in ROWS.values()}
    kept: set[type[models.Model]] = {model for ties in TIES.values() for model, _columns in ties}
    assert told == kept | {model for model, _column in OWN_ROWS.values()}
    for kind, ties in TIES.items():
        for model, columns in ties:
            (rows,) = (one for one in ROWS.values() if one.model is model)
            ends = {f"{end}_id" for end, of in rows.of.items() if of == kind}
            assert set(columns) <= ends, (kind, model)
