"""What tests of PULL-spejlet share: two people who look after a lab and its host, and a filled-in sheet."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from actors.models import Actor
from keeping.mirror import actions
from keeping.mirror.words import Said, Words, words_of
from labs.choices import Half
from labs.models import Assessment, Lab, Sheet
from tests import factories
from tests.people import person


@dataclass
class House:
    """A municipality's lab in a hospital: Anna looks after the lab, Bo and Eva belong to the host."""

    owner: Actor
    host: Actor
    lab: Lab
    anna: User
    carl: User
    bo: User
    eva: User

    @property
    def page(self) -> str:
        return f"/account/mirror/{self.lab.record.public_id}/"


def house() -> House:
    owner, host = factories.actor("Aarhus Kommune"), factories.actor("Regionshospitalet")
    lab = factories.lab("Nattelab", owner=owner)
    factories.link(lab, host, role="host")
    people = {
        name: person(f"{name}@example.org", name=name.title()) for name in ("anna", "carl", "bo", "eva")
    }
    for name, actor in (("anna", owner), ("carl", owner), ("bo", host), ("eva", host)):
        factories.membership(people[name], actor, "editor")
    return House(owner, host, lab, **people)


def run_page(run: Assessment, what: str = "") -> str:
    return f"/account/mirror/runs/{run.pk}/{what}"


def sheet_page(sheet: Sheet) -> str:
    return f"/account/mirror/sheets/{sheet.pk}/"


def form(scores: Mapping[int, int | str] | int = 2, **more: Any) -> dict[str, Any]:
    """A form as a page sends it: every statement with this answer, and evidence where it is high."""
    given = dict.fromkeys(range(1, 22), scores) if isinstance(scores, int) else scores
    sent: dict[str, Any] = {f"evidence-{number}": "" for number in range(1, 22)}
    for number, score in given.items():
        sent[f"score-{number}"] = str(score)
        if score in (3, 4):
            sent[f"evidence-{number}"] = f"Ses i referat {number}"
    return {"version": "1", "window": "w1", "post": "", **sent, **more}


def fill(sheet: Sheet, score: int = 2, evidence: str = "Ses i referatet") -> Sheet:
    """Answer everything the same."""
    said = {number: Said(str(score), evidence if score >= 3 else "") for number in range(1, 22)}
    return actions.save(sheet, Words("", said), by=None, version=sheet.version, window="filled")


def finished(
    where: House, *, lab: int = 2, host: int | None = 2, evidence: str = "Ses i referatet"
) -> Assessment:
    """A run both have finished, or the lab alone."""
    run = actions.begin(where.lab, by=where.anna)
    mine = run.sheets.get(half=Half.LAB)
    if host is not None:
        theirs = actions.ask(run, of=where.bo)
        actions.finish_sheet(fill(theirs, host, evidence))
    actions.finish_sheet(fill(mine, lab, evidence))
    if host is None:
        actions.finish(run)
    run.refresh_from_db()
    return run


def answers(sheet: Sheet) -> dict[int, tuple[str, str]]:
    """What is kept of a sheet, without what is not answered."""
    fresh = Sheet.objects.get(pk=sheet.pk)
    return {
        number: (one.answer, one.evidence) for number, one in words_of(fresh).said.items() if one != Said()
    }
