"""What lists and search read of an actor."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from curation.choices import Level, Side
from curation.facts import Facts, SideCounts, labels
from curation.levels import Check, Met
from curation.models import EntryTheme

from .choices import ActorKind
from .models import Actor, Relation

# What an actor has of its own that tells what it is about, by the name of the reverse relation.
OWNED = ("owned_needs", "owned_offers")
# The tables that tie an actor to something else, by the name of the reverse relation: an actor stands for
# the themes of the labs and missions it takes part in, and its page counts those parts.
PARTS = (("coalitions", "mission"), ("links", "lab"))


def facts(actors: Sequence[Actor]) -> Mapping[int, Facts]:
    """The facts of many actors in a constant number of queries."""
    ids = [actor.pk for actor in actors]
    entries, owned = _entries_of(ids), _owned_by(ids)
    themes = _themes_of({entry for found in (*entries.values(), *owned.values()) for entry in found})
    relations = _relations_of(ids)
    return {
        actor.pk: Facts(
            type=actor.type,
            texts_da=_kind(actor)[:1],
            texts_en=_kind(actor)[1:],
            sides=[actor.side],
            links=len(entries[actor.pk]) + relations[actor.pk],
            further_themes=sorted(
                {theme for entry in (*entries[actor.pk], *owned[actor.pk]) for theme in themes[entry]}
            ),
            point=_point(actor),
            completeness=_completeness(actor) + min(len(entries[actor.pk]), 20),
            checks=_checks(actor, bool(entries[actor.pk] or owned[actor.pk])),
        )
        for actor in actors
    }


def _kind(actor: Actor) -> Sequence[str]:
    """What it is, in Danish and in English."""
    return labels(ActorKind(actor.type)) if actor.type != ActorKind.OTHER else ()


def linked(actor: int) -> Iterable[int]:
    """The labs and missions an actor takes part in, its needs and offers, and the actors it is tied to."""
    for reverse, entry in PARTS:
        parts = Actor.objects.filter(pk=actor, **{f"{reverse}__isnull": False})
        yield from parts.order_by().values_list(f"{reverse}__{entry}_id", flat=True)
    for reverse in OWNED:
        owners = Actor.objects.filter(pk=actor, **{f"{reverse}__isnull": False})
        yield from owners.order_by().values_list(f"{reverse}__pk", flat=True)
    ties = Relation.objects.filter(Q(subject=actor) | Q(object=actor)).order_by("pk")
    for pair in ties.values_list("subject_id", "object_id"):
        yield from (end for end in pair if end != actor)


def _entries_of(ids: Sequence[int]) -> Mapping[int, list[int]]:
    """The published labs and missions each actor takes part in, one for each link."""
    found: dict[int, list[int]] = defaultdict(list)
    for reverse, entry in PARTS:
        public = {f"{reverse}__{entry}__record__state": "published", f"{reverse}__ended_on__isnull": True}
        pairs = Actor.objects.filter(pk__in=ids, **public).values_list("pk", f"{reverse}__{entry}_id")
        for actor, part in pairs:
            found[actor].append(part)
    return found


def _owned_by(ids: Sequence[int]) -> Mapping[int, list[int]]:
    """The published needs and offers each actor has."""
    found: dict[int, list[int]] = defaultdict(list)
    for reverse in OWNED:
        public = {f"{reverse}__record__state": "published"}
        pairs = Actor.objects.filter(pk__in=ids, **public).values_list("pk", f"{reverse}__pk")
        for actor, entry in pairs:
            found[actor].append(entry)
    return found


def _themes_of(records: set[int]) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    pairs = EntryTheme.objects.filter(record__in=records).values_list("record_id", "theme_id")
    for record, theme in pairs:
        found[record].append(theme)
    return found


def _relations_of(ids: Sequence[int]) -> Mapping[int, int]:
    count: dict[int, int] = defaultdict(int)
    wanted = set(ids)
    for pair in Relation.objects.public().values_list("subject_id", "object_id"):
        for actor in wanted.intersection(pair):
            count[actor] += 1
    return count


def _point(actor: Actor) -> tuple[float, float] | None:
    if actor.latitude is None or actor.longitude is None:
        return None
    return actor.latitude, actor.longitude


WEBSITE = Check("website", Level.GOOD, _("A website"), "website")
NUMBER = Check("number", Level.GOOD, _("A CVR number or a ROR identifier"), "cvr")
DESCRIPTION = Check("description", Level.EXCELLENT, _("More about it, in Danish"), "description_da")
DOMAIN = Check("domain", Level.EXCELLENT, _("Its e-mail domain, so that colleagues come in"), "email_domain")
PART = Check("part", Level.EXCELLENT, _("A part in a lab or a mission, or a need or an offer of its own"))


def _checks(actor: Actor, takes_part: bool) -> Met:
    return {
        WEBSITE: bool(actor.website),
        NUMBER: bool(actor.cvr or actor.ror),
        DESCRIPTION: bool(actor.description_da),
        DOMAIN: bool(actor.email_domain),
        PART: takes_part,
    }


def _completeness(actor: Actor) -> int:
    said = (actor.summary_da, actor.summary_en, actor.website, actor.cvr or actor.ror, actor.latitude)
    return 10 * sum(1 for value in said if value)


def side_counts(sides: Sequence[str]) -> SideCounts:
    """Count the links on each side."""
    return SideCounts(sides.count(Side.PULL), sides.count(Side.PUSH), sides.count(Side.BOTH))


def sides_found(sides: Sequence[str]) -> list[str]:
    """What a lab or mission is filed under: the sides it has, or lacks."""
    pull = any(side != Side.PUSH for side in sides)
    push = any(side != Side.PULL for side in sides)
    found = [Side.PULL if pull else "no_pull", Side.PUSH if push else "no_push"]
    return [*found, Side.BOTH] if pull and push else list(found)
