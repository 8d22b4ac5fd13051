"""Trials from the files, what was learned by them, and who takes part in trials and solutions."""

from typing import Any

from actors.loading import confirmed, party
from actors.models import Actor
from curation.entry_loading import Draft, store_entries
from curation.loading import ENTRY, Reference, entry_values
from missions.models import Need
from places.sheets import Format, Load, Lookup, Row
from places.upsert import Wanted, store

from .models import Lab, Learning, Partner, Solution, Trial

FILES = {
    "trials.csv": Format(
        (*ENTRY, "lab", "need", "solution", "owner", "place_codes", "themes", "stage", "methods", "setting",
         "where", "from", "until", "ended", "description_da", "participants"),
        ("name",),
    ),
    "learnings.csv": Format(
        ("trial", "on", "learned_da", "learned_en", "changed", "how", "source"), ("trial", "learned_da")
    ),
    "partners.csv": Format(
        ("actor", "to_type", "to_name", "direction", "role", "source"),
        ("actor", "to_type", "to_name", "role"),
    ),
}  # fmt: skip
ENDS = ("trial", "solution")


def load_trials(
    load: Load, reference: Reference, labs: Lookup[Lab], needs: Lookup[Need], actors: Lookup[Actor],
    solutions: Lookup[Solution],
) -> Lookup[Trial]:  # fmt: skip
    drafts = [_draft(row, reference, labs, needs, actors, solutions) for row in load["trials.csv"]]
    # Where its lab's own row is refused a trial has nowhere to be; that row is what its sender is told of.
    sound = [draft for draft in drafts if draft.values["lab_id"]]
    found = store_entries(Trial, sound, load, "trials.csv")
    return Lookup(found.what, found.found, (draft.name for draft in drafts))


def _draft(
    row: Row, reference: Reference, labs: Lookup[Lab], needs: Lookup[Need], actors: Lookup[Actor],
    solutions: Lookup[Solution],
) -> Draft:  # fmt: skip
    begun, until = row.month("from"), row.month("until")
    if begun and until and begun > until:
        row.refuse(f"until {row['until']} is before from {row['from']}")
    ties = {
        "lab_id": labs.get(row, row["lab"]) if row.required("lab") else None,
        "need_id": needs.get(row, row["need"]) if row["need"] else None,
        "solution_id": solutions.get(row, row["solution"]) if row["solution"] else None,
        "owner_id": actors.get(row, row["owner"]) if row["owner"] else None,
    }
    values: dict[str, Any] = entry_values(row) | {
        **{name: entry.pk if entry else None for name, entry in ties.items()},
        "stage": reference.terms.told(row, "stage"),
        "methods": reference.terms.each(row, "methods"),
        "setting": reference.terms.told(row, "setting"),
        "where": row["where"],
        "started_on": begun,
        "ends_on": until,
        "ended": row.flag("ended") or False,
        "description_da": row["description_da"],
        "participants": row["participants"],
    }
    return Draft(row, values, reference.themes_of(row), reference.places_of(row, "place_codes"))


def load_learnings(load: Load, reference: Reference, trials: Lookup[Trial]) -> None:
    wanted = [want for row in load["learnings.csv"] if (want := _learning(row, reference, trials))]
    tally = load.tally("learnings.csv")
    logs = Learning.objects.select_related("trial__record")
    held = store(logs, ("trial_id", "learned_da"), _sound(wanted), tally, keep=_claimed)
    tally.gone = Learning.objects.exclude(source="").count() - len(held)
    load.finished("learnings.csv")


def _learning(row: Row, reference: Reference, trials: Lookup[Trial]) -> Wanted | None:
    trial = trials.get(row, row["trial"])
    row.required("on")
    values = {
        "on": row.month("on"),
        "learned_en": row["learned_en"],
        "changed": reference.terms.term(row, "changed"),
        "how": row["how"],
        "source": row.required("source"),
    }
    return Wanted((trial.pk, row.required("learned_da")), values, row) if trial else None


def _claimed(held: Learning) -> bool:
    return held.trial.record.claimed_at is not None


def load_partners(
    load: Load, reference: Reference, actors: Lookup[Actor], trials: Lookup[Trial],
    solutions: Lookup[Solution],
) -> None:  # fmt: skip
    """Who takes part; they are named until they confirm it."""
    found: dict[str, Lookup[Any]] = {"trial": trials, "solution": solutions}
    wanted = [want for row in load["partners.csv"] if (want := _partner(row, reference, actors, found))]
    tally = load.tally("partners.csv")
    key = ("trial_id", "solution_id", "actor_id", "role")
    held = store(Partner.objects.all(), key, _sound(wanted), tally, keep=confirmed)
    tally.gone = Partner.objects.exclude(source="").count() - len(held)
    load.finished("partners.csv")


def _partner(
    row: Row, reference: Reference, actors: Lookup[Actor], found: dict[str, Lookup[Any]]
) -> Wanted | None:
    if row["to_type"] not in ENDS:
        row.refuse(f"an actor cannot take part in a “{row['to_type']}”")
        return None
    role, values = party(row, reference)
    actor, end = actors.get(row, row["actor"]), found[row["to_type"]].get(row, row["to_name"])
    if not actor or not end:
        return None
    ends = (end.pk, None) if row["to_type"] == "trial" else (None, end.pk)
    return Wanted((*ends, actor.pk, role["role"]), values | {"role_said": role["role_said"]}, row)


def _sound(wanted: list[Wanted]) -> list[Wanted]:
    return [want for want in wanted if want.row and not want.row.refused]
