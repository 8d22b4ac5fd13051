"""What the entries of a comparison are tied to, read for all of them at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from actors.choices import Role
from actors.models import Actor
from curation.choices import Kind, State
from curation.models import Record
from labs.models import Adoption, Learning, Link, Partner, Value
from missions.models import CoalitionMember


@dataclass
class Around:
    """Hosts of labs, how many organisations take part in each, and what came of trials and solutions."""

    hosts: Mapping[int, Actor] = field(default_factory=dict)
    sizes: Mapping[int, int] = field(default_factory=dict)
    learned: Mapping[int, int] = field(default_factory=dict)
    adopted: Mapping[int, int] = field(default_factory=dict)
    values: Mapping[int, Sequence[Value]] = field(default_factory=dict)


def around(records: Iterable[Record]) -> Around:
    """Three statements, two more where there are trials, and three more where there are solutions."""
    ids: dict[str, list[int]] = defaultdict(list)
    for record in records:
        ids[record.kind].append(record.pk)
    trials, solutions = ids[Kind.TRIAL], ids[Kind.SOLUTION]
    links = Link.objects.running().filter(lab__in=ids[Kind.LAB])
    hosts = links.filter(role=Role.HOST).with_actor().order_by("pk")
    members = CoalitionMember.objects.running().filter(mission__in=ids[Kind.MISSION])
    return Around(
        {link.lab_id: link.actor for link in hosts if link.actor},
        _sizes(links, "lab") | _sizes(members, "mission") | _partners("trial", trials)
        | _partners("solution", solutions),
        _learned(trials),
        _adopted(solutions),
        _values(solutions),
    )  # fmt: skip


def _sizes(rows: Any, of: str) -> dict[int, int]:
    """How many organisations everybody may read of."""
    named = rows.filter(actor__record__state=State.PUBLISHED).order_by()
    return {row[of]: row["n"] for row in named.values(of).annotate(n=Count("actor", distinct=True))}


def _partners(of: str, ids: Sequence[int]) -> dict[int, int]:
    return _sizes(Partner.objects.running().filter((f"{of}__in", ids)), of) if ids else {}


def _learned(trials: Sequence[int]) -> dict[int, int]:
    if not trials:
        return {}
    log = Learning.objects.filter(trial__in=trials).order_by()
    return {row["trial"]: row["n"] for row in log.values("trial").annotate(n=Count("pk"))}


def _adopted(solutions: Sequence[int]) -> dict[int, int]:
    if not solutions:
        return {}
    rows = Adoption.objects.public().running().filter(solution__in=solutions).order_by()
    return {row["solution"]: row["n"] for row in rows.values("solution").annotate(n=Count("pk"))}


def _values(solutions: Sequence[int]) -> dict[int, list[Value]]:
    if not solutions:
        return {}
    found: dict[int, list[Value]] = defaultdict(list)
    for value in Value.objects.filter(solution__in=solutions).order_by("pk"):
        found[value.solution_id or 0].append(value)
    return found
