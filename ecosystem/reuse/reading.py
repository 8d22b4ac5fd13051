"""Reading how a solution spread: published solutions, and adopters everybody may read."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from actors.choices import ActorKind
from actors.models import Actor
from curation.choices import State
from curation.models import EntryPlace, Record
from curation.querysets import slim
from curation.reference import Reference
from labs.models import Adoption, Solution, Value
from places.models import Place

from .members import Member, Row, Spread, What

# What a solution's record is to be loaded with.
BESIDE = ("owner__record", "lab__record", "inspired_by__record")

type Worths = Mapping[int | None, Mapping[str, Value]]
type At = Callable[[Record], Place | None]


def spread_of(record: Record, reference: Reference) -> Spread:
    """Four statements; `record` is a published solution's, loaded with what is named in BESIDE."""
    solution: Solution = record.solution
    worths = _worths(solution)

    def at(found: Record) -> Place | None:
        return next(iter(reference.places_named(found)), None)

    told = reverse("keeping:adoption", args=[record.slug, 0]).removesuffix("0/")
    rows = [_row(adoption, told, worths, at) for adoption in _adoptions(solution)]
    return Spread(
        solution.name, _origin(solution, worths[None], at, reference), rows, _inspired(solution),
        _inspiration(solution),
    )  # fmt: skip


def _adoptions(solution: Solution) -> list[Adoption]:
    """All of them: who may not be read leaves a gap."""
    found = Adoption.objects.filter(solution=solution.pk).with_adopter()
    return list(found.defer("place__story_da", "place__story_en", "place__source").order_by("pk"))


def _worths(solution: Solution) -> Worths:
    """What it is worth where it began (under None) and to every adopter everybody may read."""
    of = Q(solution=solution.pk) | Q(
        adoption__solution=solution.pk, adoption__adopter__record__state=State.PUBLISHED
    )
    found: dict[int | None, dict[str, Value]] = defaultdict(dict)
    for value in Value.objects.filter(of).order_by("pk"):
        found[value.adoption_id][value.kind] = value
    return found


def _row(adoption: Adoption, told: str, worths: Worths, at: At) -> Row:
    if not adoption.adopter.is_public:
        return Row(adoption.pk, adoption.taken_from_id, None)
    return Row(adoption.pk, adoption.taken_from_id, _adopter(adoption, told, worths, at))


def _adopter(adoption: Adoption, told: str, worths: Worths, at: At) -> Member:
    actor = adoption.adopter
    confirmed = adoption.confirmed_at
    return Member(
        key=f"adoption-{adoption.pk}",
        what=What.ADOPTION,
        name=actor.name,
        short=_short(actor, at(actor.record)),
        path=actor.get_absolute_url(),
        told_path=f"{told}{adoption.pk}/",
        place=adoption.place or at(actor.record),
        how=adoption.how,
        heard=adoption.heard_through,
        heard_named=adoption.heard_named,
        since=adoption.in_use_since,
        idea=adoption.idea_on,
        confirmed=timezone.localdate(confirmed) if confirmed else None,
        ended=adoption.ended_on,
        reason=adoption.ended_reason,
        effect=adoption.effect,
        bent=adoption.bent,
        worth=worths.get(adoption.pk, {}),
    )


def _short(actor: Actor, place: Place | None) -> str:
    """A municipality by the name of its place."""
    return place.name if place and actor.type == ActorKind.MUNICIPALITY else ""


def _origin(solution: Solution, worth: Mapping[str, Value], at: At, reference: Reference) -> Member:
    """Who answers for it, else the lab it came out of, else the solution itself."""
    owner = solution.owner if solution.owner and solution.owner.is_public else None
    lab = solution.lab if solution.lab and solution.lab.is_public else None
    entry: Any = owner or lab or solution
    beside = lab if owner and lab else None
    english = get_language() == "en" and bool(solution.effect_en)
    return Member(
        key="origin",
        what=What.ORIGIN,
        name=entry.name,
        path=entry.get_absolute_url(),
        by=beside.name if beside else "",
        by_path=beside.get_absolute_url() if beside else "",
        place=_where_it_began(solution, owner, lab, at, reference),
        how=solution.reuse,
        since=solution.in_use_since,
        idea=solution.idea_on,
        ended=solution.ended_on,
        reason=solution.ended_reason,
        effect=solution.effect_en if english else solution.effect_da,
        effect_language="en" if english else "da",
        worth=worth,
    )


def _where_it_began(
    solution: Solution, owner: Any, lab: Any, at: At, reference: Reference
) -> Place | None:  # fmt: skip
    """The place it says itself; a record also belongs to where it is used, so it is not asked."""
    own = EntryPlace.objects.filter(record=solution.pk).order_by("order").values_list("place_id", flat=True)
    for place in own:
        if place in reference.places:
            return reference.places[place]
    return next((found for entry in (lab, owner) if entry and (found := at(entry.record))), None)


def _inspired(solution: Solution) -> list[Member]:
    """The published solutions that say so."""
    found = Solution.objects.published().filter(inspired_by=solution.pk)
    found = found.select_related("record", "owner__record")
    found = found.defer(*slim("record__"), *slim("owner__record__"))
    return [_solution(one, What.INSPIRED) for one in found.order_by("pk")]


def _inspiration(solution: Solution) -> Member | None:
    """The published solution it was inspired by, or what is told to have inspired it and has no entry."""
    if solution.inspired_by and solution.inspired_by.is_public:
        return _solution(solution.inspired_by, What.INSPIRATION)
    if solution.inspired_by_named:
        return Member("inspiration", What.INSPIRATION, solution.inspired_by_named)
    return None


def _solution(solution: Solution, what: What) -> Member:
    owner = solution.owner if what == What.INSPIRED and solution.owner and solution.owner.is_public else None
    return Member(
        key=f"solution-{solution.pk}",
        what=what,
        name=solution.name,
        path=solution.get_absolute_url(),
        by=owner.name if owner else "",
        by_path=owner.get_absolute_url() if owner else "",
        since=solution.in_use_since,
        idea=solution.idea_on,
        ended=solution.ended_on,
    )
