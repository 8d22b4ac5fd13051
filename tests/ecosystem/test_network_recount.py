"""Networks of Denmark's data against a recount in plain Python over the rows."""

from collections import defaultdict

import pytest

from actors.models import Actor, Offer, Relation
from curation.models import Record
from ecosystem.network.graph import Network
from ecosystem.network.reading import network_in, network_of
from labs.models import Adoption, Lab, Link, Partner, Solution, Trial
from missions.models import CoalitionMember, Mission, Need, Response
from places.models import Place

pytestmark = pytest.mark.usefixtures("denmark")


def all_pairs() -> dict[int, set[int]]:
    """What every current entry is tied to."""
    current = set(Record.objects.current().values_list("pk", flat=True))
    pairs = [(link.lab_id, link.end.pk) for link in Link.objects.all() if not link.ended_on]
    pairs += [(row.mission_id, row.actor_id) for row in CoalitionMember.objects.all() if not row.ended_on]
    pairs += [(row.subject_id, row.object_id) for row in Relation.objects.all()]
    pairs += [(row.need_id, row.offer_id) for row in Response.objects.all() if not row.ended_on]
    pairs += [(need.pk, need.mission_id) for need in Need.objects.all()]
    owned = (Lab, Mission, Need, Offer, Trial, Solution)
    pairs += [(row.pk, row.owner_id) for model in owned for row in model.objects.all()]
    pairs += [
        (row.pk, end)
        for model, ends in ((Trial, "lab need solution"), (Solution, "lab need inspired_by"))
        for row in model.objects.all()
        for end in (getattr(row, f"{name}_id") for name in ends.split())
    ]
    pairs += [(row.end.pk, row.actor_id) for row in Partner.objects.all() if not row.ended_on]
    for row in Adoption.objects.select_related("taken_from", "solution__record"):
        if not row.ended_on:
            pairs += [(row.adopter_id, row.solution_id)]
            if row.taken_from and row.solution.is_public:
                pairs += [(row.adopter_id, row.taken_from.adopter_id)]
    found: dict[int, set[int]] = defaultdict(set)
    for one, other in pairs:
        if one in current and other in current:
            found[one].add(other)
            found[other].add(one)
    return found


def told(network: Network) -> tuple[set[int], set[frozenset[int]]]:
    return {node.id for node in network.nodes}, {frozenset(edge.ends) for edge in network.edges}


def between(nodes: set[int], pairs: dict[int, set[int]]) -> set[frozenset[int]]:
    return {frozenset((one, other)) for one in nodes for other in pairs[one] & nodes}


@pytest.mark.parametrize("code", ["0751", "0461", "0851", "1081", "1084"])
def test_places(code: str) -> None:
    place = Place.objects.get(code=code)
    pairs = all_pairs()
    own = {record.pk for record in Record.objects.current() if place.pk in record.place_ids}
    nodes = own | {other for one in own for other in pairs[one]}
    network = network_in(place)
    assert not network.left_out
    assert told(network) == (nodes, between(nodes, pairs))
    assert {node.id for node in network.nodes if node.here} == own


def test_every_lab_and_some_actors() -> None:
    pairs = all_pairs()
    some = [*Lab.objects.current().order_by("pk"), *Actor.objects.current().order_by("pk")[:40]]
    for entry in some:
        nodes = {entry.pk} | pairs[entry.pk] | {far for near in pairs[entry.pk] for far in pairs[near]}
        network = network_of(entry.record)
        assert not network.left_out
        assert told(network) == (nodes, between(nodes, pairs)), entry
