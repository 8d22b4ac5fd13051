"""Labs, trials and solutions in the words of schema.org."""

from collections.abc import Iterable, Sequence

from actors.choices import Role
from actors.linked import day, dissolved, organisation
from curation.linked import Node, entry_told, named, topics, where
from curation.models import Entry, Record, Theme
from missions.linked import MISSION, NEED, members, year
from places.models import Place

from .choices import Form
from .models import Lab, Link, Partner, Solution, Trial

TRIAL, SOLUTION = "Project", "CreativeWork"


def type_of(lab: Lab) -> str:
    """A lab is an organisation: it has members, a host, a place, a beginning; with a fixed end, a project.

    It is no ResearchOrganization: that would call a ward or a village an institute.
    """
    return "Project" if lab.form == Form.PROJECT else "Organization"


def lab_told(
    lab: Lab, record: Record, themes: Sequence[Theme], places: Sequence[Place], parties: Iterable[Link],
    missions: Iterable[Entry],
) -> Node:  # fmt: skip
    """A lab with its host as what it is part of. Who takes part, and in what, is told where both agree."""
    running = list(parties)
    host = next((party.actor for party in running if party.role == Role.HOST), None)
    inside = [
        lab.backbone,
        *(party.actor for party in running if party.confirmed and party.role != Role.HOST),
    ]
    return entry_told(
        lab, record, type_of(lab), parentOrganization=organisation(host), member=members(inside),
        memberOf=[named(mission, MISSION) for mission in missions], location=where(lab, places),
        keywords=topics(themes), foundingDate=year(lab.start_year),
        **(dissolved(lab) if lab.ended_on else {"dissolutionDate": year(lab.end_year)}),
    )  # fmt: skip


def trial_told(
    trial: Trial,
    record: Record,
    themes: Sequence[Theme],
    places: Sequence[Place],
    partners: Iterable[Partner],
) -> Node:
    """A trial as a project of its lab."""
    lab = trial.lab if trial.lab_id else None
    inside = [trial.owner, *(partner.actor for partner in partners if partner.confirmed)]
    return entry_told(
        trial, record, TRIAL, parentOrganization=named(lab, type_of(lab)) if lab else None,
        member=members(inside), location=where(trial, places), keywords=topics(themes),
        foundingDate=day(trial.started_on), **dissolved(trial),
    )  # fmt: skip


def solution_told(
    solution: Solution, record: Record, themes: Sequence[Theme], places: Sequence[Place],
    partners: Iterable[Partner],
) -> Node:  # fmt: skip
    """A solution as a work somebody made. It is no Product: that is something on offer."""
    lab = solution.lab
    return entry_told(
        solution, record, SOLUTION, creator=organisation(solution.owner),
        sourceOrganization=named(lab, type_of(lab)) if lab else None,
        contributor=members(partner.actor for partner in partners if partner.confirmed),
        isBasedOn=named(solution.inspired_by, SOLUTION), about=named(solution.need, NEED),
        dateCreated=day(solution.idea_on), locationCreated=where(solution, places), keywords=topics(themes),
        creativeWorkStatus=str(solution.get_stage_display()),
    )  # fmt: skip
