"""Actors and their relations from the files."""

import re
from collections.abc import Mapping
from typing import Any

from curation.entry_loading import Draft, store_entries
from curation.loading import ENTRY, POINT, Reference, entry_values, point_values
from places.sheets import Format, Load, Lookup, Row
from places.upsert import Wanted, store

from .choices import RelationVerb
from .models import Actor, Relation

# `actors_more.csv` belongs to the needs and offers and is loaded with them.
FILES = {
    "actors.csv": Format(
        (*ENTRY, *POINT, "kind", "side", "municipality_code", "ror_id", "cvr"),
        ("name",),
    ),
    "links.csv": Format(
        ("from_type", "from_name", "to_type", "to_name", "direction", "role", "source"),
        ("from_type", "from_name", "to_type", "to_name", "role"),
    ),
}
RELATIONS = "links.csv, actor to actor"
ROR = re.compile(r"https://ror\.org/(0[a-z0-9]{8})")


def load_actors(load: Load, reference: Reference) -> Lookup[Actor]:
    drafts = [_draft(row, reference) for row in load["actors.csv"]]
    _refuse_doubles(drafts)
    return store_entries(Actor, drafts, load, "actors.csv")


def _draft(row: Row, reference: Reference) -> Draft:
    values = entry_values(row) | point_values(row) | {
        "type": reference.terms.term(row, "kind"),
        "side": reference.terms.term(row, "side"),
        "cvr": row["cvr"],
        "ror": _ror(row),
    }  # fmt: skip
    return Draft(row, values, places=reference.municipalities_of(row, "municipality_code"))


def _ror(row: Row) -> str:
    if not row["ror_id"]:
        return ""
    match = ROR.fullmatch(row["ror_id"])
    if not match:
        row.refuse(f"ror_id: “{row['ror_id']}” is not an address like https://ror.org/035b05819")
    return match[1] if match else ""


def _refuse_doubles(drafts: list[Draft]) -> None:
    lines: dict[str, int] = {}
    for draft in drafts:
        first = lines.setdefault(draft.values["ror"] or draft.row["name"], draft.row.line)
        if first != draft.row.line:
            draft.row.refuse(f"ror_id stands in line {first} already")


def links(load: Load, source: str, target: str) -> list[Row]:
    """The lines of links.csv from one kind of entry to another."""
    return [row for row in load["links.csv"] if (row["from_type"], row["to_type"]) == (source, target)]


def party(row: Row, reference: Reference) -> tuple[Mapping[str, str], dict[str, Any]]:
    """What a line says of an actor's part: the role with its source's word, then side and source.

    The word is kept only where it tells none of the twelve roles.
    """
    role = reference.terms.term(row, "role")
    said = "" if role else row["role"]
    return {"role": role, "role_said": said}, side(row, reference)


def side(row: Row, reference: Reference) -> dict[str, Any]:
    return {"side": reference.terms.term(row, "direction"), "source": row.required("source")}


def load_relations(load: Load, reference: Reference, actors: Lookup[Actor]) -> None:
    wanted = [want for row in links(load, "actor", "actor") if (want := _relation(row, reference, actors))]
    tally = load.tally(RELATIONS)
    held = store(Relation.objects.all(), ("subject_id", "verb", "object_id"), wanted, tally, keep=confirmed)
    tally.gone = Relation.objects.exclude(source="").count() - len(held)


def confirmed(held: Any) -> bool:
    """Confirmed ties belong to those who confirmed them."""
    return held.confirmed_at is not None


def _relation(row: Row, reference: Reference, actors: Lookup[Actor]) -> Wanted | None:
    verb = reference.terms.term(row, "role", between="actor-actor")
    subject, target = actors.get(row, row["from_name"]), actors.get(row, row["to_name"])
    values = side(row, reference)
    if not subject or not target:
        return None
    if subject == target:
        row.refuse("an actor cannot be tied to itself")
    # “A owner of B” is told of B: it is part of A.
    ends = (target, subject) if verb == RelationVerb.PART_OF else (subject, target)
    return Wanted((ends[0].pk, verb, ends[1].pk), values, row)
