"""What points at an entry, and what becomes of it when the entry is merged into another.

Every relation to a record or to an entry of any kind is told here, found by walking all models, so that one
nobody has thought of stops a merge instead of being forgotten (`Untold`).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.db import models

from curation.models import Entry, Record


class Fate(StrEnum):
    """What becomes of the rows."""

    MOVED = "moved"  # they point at the kept entry from now on
    STAYS = "stays"  # they tell of the merged entry: its log, its own fields, what was done to it


class Twin(StrEnum):
    """What becomes of a row the kept entry has already."""

    STAYS = "stays"  # it stays with the merged entry, where nobody sees it
    ENDS = "ends"  # it ends, and its past moves with it


@dataclass(frozen=True)
class Told:
    """What becomes of the rows of one relation."""

    fate: Fate
    twin: Twin = Twin.STAYS


MOVED, STAYS = Told(Fate.MOVED), Told(Fate.STAYS)
MOVED_OR_ENDED = Told(Fate.MOVED, Twin.ENDS)

FATES: Mapping[str, Told] = {
    # An entry's own fields are chosen one by one (`fields`).
    "curation.EntryTheme.record": STAYS,
    "curation.EntryPlace.record": STAYS,
    # What was said and done stays told of the entry it was said of.
    "curation.Draft.record": STAYS,
    "curation.RecordEvent.record": STAYS,
    "curation.RecordEvent.organisation": STAYS,
    "curation.Record.merged_into": STAYS,  # what was merged into it before follows it from there
    "desk.Bulk.owner": STAYS,
    "desk.BulkRow.record": STAYS,
    "desk.BatchRow.record": STAYS,
    "desk.Pair.left": STAYS,
    "desk.Pair.right": STAYS,
    "desk.Merge.gone": STAYS,
    "desk.Merge.kept": STAYS,
    "opendata.Delivery.record": STAYS,
    "opendata.Inside.record": STAYS,
    # What others ask, keep and look after.
    "curation.Suggestion.record": MOVED,
    "curation.Suggestion.organisation": MOVED,
    "curation.Asking.record": MOVED,
    "curation.Kept.record": MOVED,
    "curation.Stewardship.record": MOVED_OR_ENDED,
    "actors.Enquiry.record": MOVED,
    "actors.Enquiry.about": MOVED,
    "actors.Enquiry.organisation": MOVED,
    "actors.Claim.record": MOVED_OR_ENDED,
    "actors.Claim.actor": MOVED,
    "actors.Refusal.record": MOVED,
    "actors.Refusal.actor": MOVED,
    "actors.Membership.actor": MOVED_OR_ENDED,
    "actors.Invitation.actor": MOVED_OR_ENDED,
    "opendata.ForeignId.record": MOVED,
    "opendata.ForeignId.actor": MOVED,
    "opendata.Token.actor": MOVED,
    # Ties.
    "actors.Relation.subject": MOVED,
    "actors.Relation.object": MOVED,
    "missions.CoalitionMember.actor": MOVED,
    "missions.CoalitionMember.mission": MOVED,
    "missions.Response.need": MOVED,
    "missions.Response.offer": MOVED,
    "labs.Link.lab": MOVED,
    "labs.Link.actor": MOVED,
    "labs.Link.mission": MOVED,
    "labs.Link.need": MOVED,
    "labs.Link.offer": MOVED,
    "labs.Partner.actor": MOVED,
    "labs.Partner.trial": MOVED,
    "labs.Partner.solution": MOVED,
    "labs.Adoption.solution": MOVED,
    "labs.Adoption.adopter": MOVED,
    # What hangs on it.
    "labs.Learning.trial": MOVED,
    "labs.Value.solution": MOVED,
    "labs.Assessment.lab": MOVED,
    "labs.Assessment.host": MOVED,
    # What other entries say of it in a field of their own.
    "actors.Actor.heir": MOVED,
    "actors.Offer.heir": MOVED,
    "actors.Offer.owner": MOVED,
    "missions.Mission.heir": MOVED,
    "missions.Mission.owner": MOVED,
    "missions.Mission.backbone": MOVED,
    "missions.Need.heir": MOVED,
    "missions.Need.owner": MOVED,
    "missions.Need.mission": MOVED,
    "labs.Lab.heir": MOVED,
    "labs.Lab.owner": MOVED,
    "labs.Lab.backbone": MOVED,
    "labs.Trial.heir": MOVED,
    "labs.Trial.owner": MOVED,
    "labs.Trial.lab": MOVED,
    "labs.Trial.need": MOVED,
    "labs.Trial.solution": MOVED,
    "labs.Solution.heir": MOVED,
    "labs.Solution.owner": MOVED,
    "labs.Solution.lab": MOVED,
    "labs.Solution.need": MOVED,
    "labs.Solution.inspired_by": MOVED,
}


class Untold(Exception):
    """A relation nobody has said anything of."""


@dataclass(frozen=True)
class Pointing:
    """A column of a table that points at a record or at an entry of one kind."""

    model: Any
    column: str
    told: Told

    @property
    def name(self) -> str:
        return f"{self.model._meta.label}.{self.column}"

    @property
    def field(self) -> Any:
        return self.model._meta.get_field(self.column)

    @property
    def in_an_entry(self) -> bool:
        """Whether it is a field of another entry."""
        return issubclass(self.model, Entry)


def pointing_at(target: type[models.Model]) -> Iterator[Pointing]:
    """All relations to a table, but history's and an entry's own key."""
    for model in apps.get_models():
        if hasattr(model, "pgh_tracked_model"):
            continue
        for field in model._meta.local_fields:
            if field.related_model is target and not field.primary_key:
                name = f"{model._meta.label}.{field.name}"
                if name not in FATES:
                    raise Untold(name)
                yield Pointing(model, field.name, FATES[name])


def standing(field: Any, value: Any, of: Collection[int]) -> Any:
    """What a column of some rows says today that named an entry once: what that one was merged into since.

    Nothing where it was merged into the row itself.
    """
    target = field.related_model
    if value is None or not target or not (target is Record or issubclass(target, Entry)):
        return value
    while into := Record.objects.filter(pk=value).values_list("merged_into", flat=True).first():
        value = None if into in of and issubclass(field.model, Entry) else into
    return value


def moving_with(entry: Entry) -> list[Pointing]:
    """The relations whose rows follow an entry of this kind."""
    every = (*pointing_at(Record), *pointing_at(type(entry)))
    return [each for each in every if each.told.fate == Fate.MOVED]
