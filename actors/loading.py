"""Actors, their relations and offers from the files."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from curation.entry_loading import Draft, store_entries
from curation.loading import ENTRY, POINT, Reference, entry_values, point_values
from places.sheets import Format, Load, Lookup, Row
from places.upsert import Wanted, store

from .choices import OFFER_OVER, RelationVerb
from .models import Actor, Offer, Relation

ACTORS = Format((*ENTRY, *POINT, "kind", "side", "municipality_code", "ror_id", "cvr"), ("name",))
FILES = {
    "actors.csv": ACTORS,
    "actors_more.csv": ACTORS,  # those only needs and offers name
    "offers.csv": Format(
        (
            "title",
            "title_en",
            "owner",
            "place_codes",
            "themes",
            "kind",
            "what_da",
            "conditions_da",
            "year",
            "status",
            "lab",
            "website",
            "source",
        ),
        ("title",),
    ),
    "links.csv": Format(
        ("from_type", "from_name", "to_type", "to_name", "direction", "role", "source"),
        ("from_type", "from_name", "to_type", "to_name", "role"),
    ),
}
RELATIONS = "links.csv, actor to actor"
ROR = re.compile(r"https://ror\.org/(0[a-z0-9]{8})")


def load_actors(load: Load, reference: Reference) -> Lookup[Actor]:
    """Those of both files, which name each of them once."""
    drafts = {
        name: [_draft(row, reference) for row in load[name]] for name in ("actors.csv", "actors_more.csv")
    }
    _refuse_doubles([draft for each in drafts.values() for draft in each])
    found, more = (store_entries(Actor, each, load, name) for name, each in drafts.items())
    return Lookup("actor", {**found.found, **more.found}, found.told | more.told)


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


def _refuse_doubles(drafts: Iterable[Draft]) -> None:
    """No two lines are of one organisation: it would be another with every loading."""
    for column, key in (("ror_id", "ror"), ("name", "name_da")):
        first: dict[str, Row] = {}
        for draft in drafts:
            row = first.setdefault(draft.values[key], draft.row)
            if draft.values[key] and row is not draft.row and row[column] == draft.row[column]:
                where = f"line {row.line}" if row.sheet is draft.row.sheet else f"{row.sheet.name}:{row.line}"
                draft.row.refuse(f"{column} stands in {where} already")


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


def load_offers(load: Load, reference: Reference, actors: Lookup[Actor]) -> Lookup[Offer]:
    drafts = [_offer(row, reference, actors) for row in load["offers.csv"]]
    return store_entries(Offer, drafts, load, "offers.csv")


def _offer(row: Row, reference: Reference, actors: Lookup[Actor]) -> Draft:
    owner = actors.get(row, row.required("owner"))
    status = reference.terms.term(row, "status")
    row.required("source")
    values = {
        "name_da": row.required("title"),
        "name_en": row["title_en"],
        "summary_da": row["what_da"],
        "website": row["website"],
        "owner_id": owner.pk if owner else None,
        "type": reference.terms.term(row, "kind"),
        "status": status,
        "ended": status in OFFER_OVER,
        "conditions_da": row["conditions_da"],
        "year": row.year("year"),
    }
    # What is told in general, such as a fund's, has no theme of its own.
    themes = reference.themes_of(row, least=0)
    return Draft(row, values, themes, reference.places_of(row, "place_codes"))
