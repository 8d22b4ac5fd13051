"""Living labs and their links from the files, and the order in which everything is loaded."""

from collections.abc import Iterable
from typing import Any

import pghistory
from django.db import connection, transaction
from django.utils import translation

from actors import loading as actors_loading
from actors.choices import Role
from actors.loading import confirmed, links, load_actors, load_offers, load_relations, party, side
from actors.models import Actor
from curation import loading as curation_loading
from curation.choices import Side
from curation.entry_loading import Draft, store_entries
from curation.learning import learn
from curation.loading import ENTRY, POINT, Reference, entry_values, load_reference, point_values
from curation.reindexing import reindex
from missions import loading as missions_loading
from missions.loading import load_members, load_missions, load_needs
from missions.models import Mission, Need
from places import loading as places_loading
from places.sheets import Format, Load, Lookup, Row
from places.upsert import Wanted, store

from . import loading_solutions, loading_trials
from .loading_solutions import load_adoptions, load_solutions, load_values
from .loading_trials import load_learnings, load_partners, load_trials
from .models import Lab, Link

# A lab's `enoll_member` is not asked for: it says `unknown` in every row.
FILES = {
    "labs.csv": Format(
        (*ENTRY, *POINT, "status", "start_year", "end_year", "host", "partners", "municipality_codes",
         "themes", "setting"),
        ("name",),
    )
}  # fmt: skip
ALL_FILES = (
    places_loading.FILES | curation_loading.FILES | actors_loading.FILES | missions_loading.FILES | FILES
    | loading_solutions.FILES | loading_trials.FILES
)  # fmt: skip
LINKS = "links.csv, to labs"
LINKED = {("actor", "actor"), ("actor", "mission"), ("actor", "lab"), ("lab", "mission")}
ENDED = "ended"


def load_all(load: Load) -> None:
    """Load every file of the folder or, where anything is refused, nothing; raises `NotLoaded`."""
    with translation.override("en"), transaction.atomic():
        load.read(ALL_FILES)
        with pghistory.context(source="load_denmark"):
            _load(load)
        load.check()
        # Outside the context, which cannot run one statement with many rows of values.
        if load.changed:
            learn()
            reindex()
            # Until they are counted anew, the planner takes filled tables for empty ones.
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        load.finished("search index")


def _load(load: Load) -> None:
    reference = load_reference(load)
    actors = load_actors(load, reference)
    load_relations(load, reference, actors)
    offers = load_offers(load, reference, actors)
    missions = load_missions(load, reference, actors)
    needs = load_needs(load, reference, actors)
    load_members(load, reference, actors, missions)
    labs = load_labs(load, reference, actors)
    load_links(load, reference, labs, actors, missions)
    load.finished("links.csv")
    load_ends(load, "needs.csv", "need", Side.PULL, labs, needs)
    load_ends(load, "offers.csv", "offer", Side.PUSH, labs, offers)
    _load_what_came_of_it(load, reference, labs, needs, actors)


def _load_what_came_of_it(
    load: Load, reference: Reference, labs: Lookup[Lab], needs: Lookup[Need], actors: Lookup[Actor]
) -> None:
    solutions = load_solutions(load, reference, labs, needs, actors)
    trials = load_trials(load, reference, labs, needs, actors, solutions)
    load_partners(load, reference, actors, trials, solutions)
    load_learnings(load, reference, trials)
    adoptions = load_adoptions(load, reference, solutions, actors)
    load_values(load, reference, solutions, adoptions)


def load_labs(load: Load, reference: Reference, actors: Lookup[Actor]) -> Lookup[Lab]:
    drafts = [_draft(row, reference, actors) for row in load["labs.csv"]]
    return store_entries(Lab, drafts, load, "labs.csv")


def _draft(row: Row, reference: Reference, actors: Lookup[Actor]) -> Draft:
    values = entry_values(row) | point_values(row) | _life(row, reference) | _people(row, actors)
    values["setting"] = reference.terms.term(row, "setting") if row["setting"] else ""
    return Draft(
        row, values, reference.themes_of(row), reference.municipalities_of(row, "municipality_codes")
    )


def _life(row: Row, reference: Reference) -> dict[str, Any]:
    status = reference.terms.term(row, "status")
    start, end = row.year("start_year"), row.year("end_year")
    if end and status != ENDED:
        row.refuse(f"end_year {end}, but the status is “{row['status']}”")
    if start and end and start > end:
        row.refuse(f"end_year {end} is before start_year {start}")
    return {
        "phase": "" if status == ENDED else status,
        "ended": status == ENDED,
        "start_year": start,
        "end_year": end,
    }


def _people(row: Row, actors: Lookup[Actor]) -> dict[str, Any]:
    """The host and the partners: those without an entry of their own are kept by name."""
    known = actors.told
    host = actors.found.get(row["host"])
    return {
        "owner_id": host.pk if host else None,
        "host_named": "" if row["host"] in known else row["host"],
        "partners_named": [name for name in row.listed("partners") if name not in known],
    }


def load_links(
    load: Load, reference: Reference, labs: Lookup[Lab], actors: Lookup[Actor], missions: Lookup[Mission]
) -> None:
    for row in load["links.csv"]:
        if (row["from_type"], row["to_type"]) not in LINKED:
            row.refuse(f"a link cannot go from “{row['from_type']}” to “{row['to_type']}”")
    hosted = [want for row in links(load, "actor", "lab") if (want := _link(row, reference, labs, actors))]
    _refuse_second_hosts(hosted)
    rows = links(load, "lab", "mission")
    wanted = hosted + [want for row in rows if (want := _mission_link(row, reference, labs, missions))]
    key = ("lab_id", "actor_id", "mission_id", "role", "role_said")
    tally = load.tally(LINKS)
    told = Link.objects.filter(need__isnull=True, offer__isnull=True)
    held = store(told, key, _sound(wanted), tally, keep=confirmed)
    tally.gone = told.exclude(source="").count() - len(held)


def load_ends(load: Load, file: str, end: str, side: str, labs: Lookup[Lab], entries: Lookup[Any]) -> None:
    """The links to labs that needs and offers name themselves, each on the side it stands on."""
    wanted = [
        Wanted((lab.pk, entry.pk), {"side": side, "source": row["source"]}, row)
        for row in load[file]
        if row["lab"] and (lab := labs.get(row, row["lab"])) and (entry := entries.get(row, row["title"]))
    ]
    told = Link.objects.filter((f"{end}__isnull", False))
    tally = load.tally(f"{file}, to labs")
    held = store(told, ("lab_id", f"{end}_id"), _sound(wanted), tally, keep=confirmed)
    tally.gone = told.exclude(source="").count() - len(held)


def _sound(wanted: Iterable[Wanted]) -> list[Wanted]:
    return [want for want in wanted if want.row and not want.row.refused]


def _link(row: Row, reference: Reference, labs: Lookup[Lab], actors: Lookup[Actor]) -> Wanted | None:
    role, values = party(row, reference)
    actor, lab = actors.get(row, row["from_name"]), labs.get(row, row["to_name"])
    return Wanted((lab.pk, actor.pk, None, *role.values()), values, row) if actor and lab else None


def _mission_link(
    row: Row, reference: Reference, labs: Lookup[Lab], missions: Lookup[Mission]
) -> Wanted | None:
    reference.terms.term(row, "role")  # known or refused; what a lab gives a mission needs no role
    lab, mission = labs.get(row, row["from_name"]), missions.get(row, row["to_name"])
    values = side(row, reference)
    return Wanted((lab.pk, None, mission.pk, "", ""), values, row) if lab and mission else None


def _refuse_second_hosts(wanted: Iterable[Wanted]) -> None:
    """A lab has one host, be it told by the file or by what the register holds."""
    hosts = dict(Link.objects.filter(role=Role.HOST).values_list("lab_id", "actor__name_da"))
    for want in wanted:
        lab, role = want.key[0], want.key[3]
        if role == Role.HOST and want.row:
            name = want.row["from_name"]
            if hosts.setdefault(lab, name) != name:
                want.row.refuse(f"the lab has another host: {hosts[lab]}")
