"""Tying what is sent in to what it was begun for: a lab, or the need it answers."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from accounts.models import User
from actors.access import standing
from actors.refusals import refused
from curation.choices import Kind
from curation.models import Record
from labs.actions import SIDES
from labs.models import Link
from missions.models import Response


def tie(entry: Any, targets: Mapping[str, Record], *, by: User) -> None:
    """Once, when something new is sent in; missions are tied by their field.

    It counts as confirmed where the author speaks for both ends; elsewhere the other party, the lab or who
    has the need, is asked when the entry is public. Nothing is tied to a lab where the owner has declined to
    be.
    """
    lab, need = targets.get(Kind.LAB), targets.get(Kind.NEED)
    if lab is not None and entry.kind in SIDES and not _declined(lab, entry):
        end = {entry.kind: entry, "side": SIDES[entry.kind], "by_other": True}
        Link.objects.create(lab_id=lab.pk, confirmed_at=_confirmed(entry, lab, by), **end)
    if need is not None and entry.kind == Kind.OFFER:
        Response.objects.create(need_id=need.pk, offer=entry, confirmed_at=_confirmed(entry, need, by))


def _declined(lab: Record, entry: Any) -> bool:
    return bool(entry.owner_id and refused(lab, [entry.owner_id]))


def _confirmed(entry: Any, target: Record, by: User) -> Any:
    owner = getattr(target, target.kind).owner_id
    return timezone.now() if {owner, entry.owner_id} <= standing(by).speaks_for else None
