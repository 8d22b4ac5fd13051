"""Missions, their coalitions and needs from the files."""

from django.utils import timezone

from actors.loading import confirmed, links, party
from actors.models import Actor
from curation.entry_loading import Draft, store_entries
from curation.loading import ENTRY, Reference, entry_values
from places.sheets import Format, Load, Lookup, Row
from places.upsert import Wanted, store

from .choices import NEED_OVER, NeedStatus
from .models import CoalitionMember, Mission, Need

FILES = {
    "missions.csv": Format(
        (*ENTRY, "owner", "level", "themes", "geographic_scope", "municipality_codes", "start_year",
         "target_year", "status"),
        ("name",),
    ),
    "needs.csv": Format(
        ("title", "title_en", "owner", "place_codes", "themes", "kind", "whose_problem_da", "tried_da",
         "success_da", "asks_for_da", "year", "deadline", "status", "lab", "source"),
        ("title",),
    ),
}  # fmt: skip
MEMBERS = "links.csv, actor to mission"
WHOLE_COUNTRY = ("Danmark", "Alle kommuner")
ENDED = "ended"


def load_missions(load: Load, reference: Reference, actors: Lookup[Actor]) -> Lookup[Mission]:
    drafts = [_draft(row, reference, actors) for row in load["missions.csv"]]
    return store_entries(Mission, drafts, load, "missions.csv")


def _draft(row: Row, reference: Reference, actors: Lookup[Actor]) -> Draft:
    status = reference.terms.term(row, "status")
    start, target = row.year("start_year"), row.year("target_year")
    owner = actors.get(row, row["owner"]) if row["owner"] else None
    if start and target and start > target:
        row.refuse(f"target_year {target} is before start_year {start}")
    values = entry_values(row) | {
        "owner_id": owner.pk if owner else None,
        "level": reference.terms.term(row, "level"),
        "scope": row["geographic_scope"],
        "phase": "" if status == ENDED else status,
        "ended": status == ENDED,
        "start_year": start,
        "target_year": target,
    }
    return Draft(row, values, reference.themes_of(row), _places(row, reference))


def _places(row: Row, reference: Reference) -> list[int]:
    """The municipalities told, else the region or the country the scope names, else none."""
    if row["municipality_codes"]:
        return reference.municipalities_of(row, "municipality_codes")
    if row["geographic_scope"] in WHOLE_COUNTRY:
        return [reference.places.country.pk]
    region = reference.places.regions.found.get(row["geographic_scope"])
    return [region.pk] if region else []


def load_members(load: Load, reference: Reference, actors: Lookup[Actor], missions: Lookup[Mission]) -> None:
    rows = links(load, "actor", "mission")
    wanted = [want for row in rows if (want := _member(row, reference, actors, missions))]
    key = ("mission_id", "actor_id", "role", "role_said")
    tally = load.tally(MEMBERS)
    held = store(CoalitionMember.objects.all(), key, wanted, tally, keep=confirmed)
    tally.gone = CoalitionMember.objects.exclude(source="").count() - len(held)


def _member(
    row: Row, reference: Reference, actors: Lookup[Actor], missions: Lookup[Mission]
) -> Wanted | None:
    role, values = party(row, reference)
    actor, mission = actors.get(row, row["from_name"]), missions.get(row, row["to_name"])
    return Wanted((mission.pk, actor.pk, *role.values()), values, row) if actor and mission else None


def load_needs(load: Load, reference: Reference, actors: Lookup[Actor]) -> Lookup[Need]:
    drafts = [_need(row, reference, actors) for row in load["needs.csv"]]
    return store_entries(Need, drafts, load, "needs.csv")


def _need(row: Row, reference: Reference, actors: Lookup[Actor]) -> Draft:
    """A deadline that has passed makes a need history, whatever else the file says of it."""
    owner = actors.get(row, row.required("owner"))
    deadline = row.date("deadline")
    status = reference.terms.term(row, "status")
    if deadline and deadline < timezone.localdate() and status not in NEED_OVER:
        status = NeedStatus.EXPIRED
    row.required("source")
    values = {
        "name_da": row.required("title"),
        "name_en": row["title_en"],
        "summary_da": row["whose_problem_da"],
        "owner_id": owner.pk if owner else None,
        "type": reference.terms.term(row, "kind"),
        "status": status,
        "ended": status in NEED_OVER,
        "ended_on": deadline if status == NeedStatus.EXPIRED else None,
        "tried_da": row["tried_da"],
        "success_da": row["success_da"],
        "asks_for_da": row["asks_for_da"],
        "year": row.year("year"),
        "deadline": deadline,
    }
    return Draft(row, values, reference.themes_of(row), reference.places_of(row, "place_codes"))
