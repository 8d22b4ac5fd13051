"""Solutions from the files, what they are worth, and who took them over."""

from typing import Any

from actors.models import Actor
from curation.entry_loading import Draft, store_entries
from curation.loading import ENTRY, Reference, entry_values
from missions.models import Need
from places.sheets import Format, Load, Lookup, Row, Tally
from places.upsert import Wanted, store

from .models import Adoption, Lab, Solution, Value

# What a solution says in words, with the column of the same name.
SAID = (
    "funding", "run_by", "run_needs", "replaced", "waiting_said", "effect_da", "effect_en", "promoted",
    "inhibited", "failed", "conditions_da", "conditions_en", "to_adapt",
)  # fmt: skip
FILES = {
    "solutions.csv": Format(
        (*ENTRY, *SAID, "owner", "lab", "need", "place_codes", "themes", "stage", "stage_since", "idea_on",
         "new_here", "in_use_since", "types", "novelty", "reuse", "inspired_by", "contributors", "operable",
         "waiting_for", "ended", "ended_reason"),
        ("name",),
    ),
    "adoptions.csv": Format(
        ("solution", "adopter", "place_code", "taken_from", "how", "heard_through", "heard_named", "idea_on",
         "in_use_since", "effect", "bent", "source"),
        ("solution", "adopter"),
    ),
    "values.csv": Format(
        ("solution", "adopter", "kind", "evidence", "said", "year", "source"),
        ("solution", "adopter", "kind"),
    ),
}  # fmt: skip

type Adoptions = dict[tuple[str, str], Adoption]


def load_solutions(
    load: Load, reference: Reference, labs: Lookup[Lab], needs: Lookup[Need], actors: Lookup[Actor]
) -> Lookup[Solution]:
    drafts = [_draft(row, reference, labs, needs, actors) for row in load["solutions.csv"]]
    return store_entries(Solution, drafts, load, "solutions.csv")


def _draft(
    row: Row, reference: Reference, labs: Lookup[Lab], needs: Lookup[Need], actors: Lookup[Actor]
) -> Draft:
    values = entry_values(row) | _ties(row, labs, needs, actors) | _life(row, reference) | _ended(row)
    values |= {name: row[name] for name in SAID}
    values |= {
        "types": reference.terms.each(row, "types"),
        "novelty": reference.terms.told(row, "novelty"),
        "reuse": reference.terms.told(row, "reuse"),
        "inspired_by_named": row["inspired_by"],
        "contributors": reference.terms.each(row, "contributors"),
        "operable": reference.terms.told(row, "operable"),
        "waiting_for": reference.terms.each(row, "waiting_for"),
    }
    return Draft(row, values, reference.themes_of(row), reference.places_of(row, "place_codes"))


def _ties(row: Row, labs: Lookup[Lab], needs: Lookup[Need], actors: Lookup[Actor]) -> dict[str, Any]:
    owner = actors.get(row, row["owner"]) if row["owner"] else None
    lab = labs.get(row, row["lab"]) if row["lab"] else None
    need = needs.get(row, row["need"]) if row["need"] else None
    return {
        "owner_id": owner.pk if owner else None,
        "lab_id": lab.pk if lab else None,
        "need_id": need.pk if need else None,
    }


def _life(row: Row, reference: Reference) -> dict[str, Any]:
    stage = reference.terms.told(row, "stage")
    idea, in_use = row.month("idea_on"), row.month("in_use_since")
    if in_use and stage != "in_use":
        row.refuse(f"in_use_since {row['in_use_since']}, but the stage is “{row['stage']}”")
    _refuse_backwards(row)
    return {
        "stage": stage,
        "stage_since": row.month("stage_since"),
        "idea_on": idea,
        "new_here": row.flag("new_here"),
        "in_use_since": in_use,
    }


def _ended(row: Row) -> dict[str, Any]:
    ended = row.flag("ended") or False
    if row["ended_reason"] and not ended:
        row.refuse("ended_reason, but the solution has not ended")
    return {"ended": ended, "ended_reason": row["ended_reason"]}


def _refuse_backwards(row: Row) -> None:
    idea, in_use = row.month("idea_on"), row.month("in_use_since")
    if idea and in_use and idea > in_use:
        row.refuse(f"in_use_since {row['in_use_since']} is before idea_on {row['idea_on']}")


def load_adoptions(
    load: Load, reference: Reference, solutions: Lookup[Solution], actors: Lookup[Actor]
) -> Adoptions:
    """Those from where the solution began first, then those from somebody who took it over before."""
    rows = list(load["adoptions.csv"])
    tally = load.tally("adoptions.csv")
    held: Adoptions = {}
    while rows:
        ready = [row for row in rows if not row["taken_from"] or (row["solution"], row["taken_from"]) in held]
        if not ready:
            _refuse_lost(rows)
            break
        held |= _store_adoptions(ready, reference, solutions, actors, held, tally)
        rows = [row for row in rows if row not in ready]
    tally.gone = Adoption.objects.exclude(source="").count() - len(held)
    load.finished("adoptions.csv")
    return held


def _store_adoptions(
    rows: list[Row], reference: Reference, solutions: Lookup[Solution], actors: Lookup[Actor],
    held: Adoptions, tally: Tally,
) -> Adoptions:  # fmt: skip
    wanted = {row: want for row in rows if (want := _adoption(row, reference, solutions, actors, held))}
    sound = [want for row, want in wanted.items() if not row.refused]
    key = ("solution_id", "adopter_id")
    stored = store(Adoption.objects.all(), key, sound, tally, keep=_told_by_somebody)
    return {
        (row["solution"], row["adopter"]): stored[want.key]
        for row, want in wanted.items()
        if want.key in stored
    }


def _adoption(
    row: Row, reference: Reference, solutions: Lookup[Solution], actors: Lookup[Actor], held: Adoptions
) -> Wanted | None:
    solution, adopter = solutions.get(row, row["solution"]), actors.get(row, row["adopter"])
    places = reference.places_of(row, "place_code")
    before = held.get((row["solution"], row["taken_from"]))
    _refuse_backwards(row)
    values = {
        "place_id": places[0] if places else None,
        "taken_from_id": before.pk if before else None,
        "how": reference.terms.told(row, "how"),
        "heard_through": reference.terms.told(row, "heard_through"),
        "heard_named": row["heard_named"],
        "idea_on": row.month("idea_on"),
        "in_use_since": row.month("in_use_since"),
        "effect": row["effect"],
        "bent": row["bent"],
        "source": row.required("source"),
    }
    return Wanted((solution.pk, adopter.pk), values, row) if solution and adopter else None


def _told_by_somebody(held: Adoption) -> bool:
    """What somebody told or confirmed belongs to them."""
    return held.confirmed or held.made_by_id is not None


def _refuse_lost(rows: list[Row]) -> None:
    """Of rows that wait for each other, or for somebody whose own row was refused."""
    told = {(row["solution"], row["adopter"]) for row in rows}
    for row in rows:
        before = (row["solution"], row["taken_from"])
        if before not in told:
            row.refuse(f"{row['taken_from']} has not taken over {row['solution']}")
        elif not any(other.refused for other in rows):
            row.refuse(f"taken over from {row['taken_from']}, who took it over from here")


def load_values(load: Load, reference: Reference, solutions: Lookup[Solution], adoptions: Adoptions) -> None:
    told = {(row["solution"], row["adopter"]) for row in load["adoptions.csv"]}
    for row in load["values.csv"]:
        if row["adopter"] and (row["solution"], row["adopter"]) not in told:
            row.refuse(f"{row['adopter']} has not taken over {row['solution']}")
    wanted = [want for row in load["values.csv"] if (want := _value(row, reference, solutions, adoptions))]
    tally = load.tally("values.csv")
    key = ("solution_id", "adoption_id", "kind")
    sound = [want for want in wanted if want.row and not want.row.refused]
    held = store(Value.objects.select_related("solution__record"), key, sound, tally, keep=_claimed)
    tally.gone = Value.objects.exclude(source="").count() - len(held)
    load.finished("values.csv")


def _value(
    row: Row, reference: Reference, solutions: Lookup[Solution], adoptions: Adoptions
) -> Wanted | None:
    solution = solutions.get(row, row["solution"])
    adoption = adoptions.get((row["solution"], row["adopter"]))
    kind = reference.terms.term(row, "kind")
    values = {
        "evidence": reference.terms.term(row, "evidence"),
        "said": row["said"],
        "year": row.year("year"),
        "source": row.required("source"),
    }
    if not solution or (row["adopter"] and not adoption):
        return None
    ends = (None, adoption.pk) if adoption else (solution.pk, None)
    return Wanted((*ends, kind), values, row)


def _claimed(held: Value) -> bool:
    return bool(held.solution and held.solution.record.claimed_at)
