"""Coupling labs to missions, needs and offers. Whose they are is asked by `keeping.naming`."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from accounts.models import User
from actors.access import standing
from actors.models import Offer
from actors.refusals import refused
from actors.ties import let_go, take_up
from curation import actions
from curation.choices import Kind, Side
from curation.models import Record
from missions.models import Need

from .models import Lab, Link

SIDES: Mapping[str, Side] = {Kind.MISSION: Side.PULL, Kind.NEED: Side.PULL, Kind.OFFER: Side.PUSH}


class Declined(Exception):
    """Whose need or offer it is does not want to be tied to the lab."""


@transaction.atomic
def couple(
    *, lab: Lab, entry: Need | Offer, by: User, organisation: Record | None = None, looks_after: bool = False
) -> Link:
    """Tie a need or an offer to a lab, once however often it is asked; one that had ended is taken up again.

    Somebody who speaks for whoever has it has confirmed it by this; others are asked with the next round of
    mails. `organisation` and `looks_after` say for whom `by` acts, as for every edit. Raises `Declined`, and
    `Overtaken` where the lab or the entry is no longer there to be coupled.
    """
    actions.hold(lab.record, entry.record)
    record = Record.objects.shown().select_related("created_by").get(pk=lab.pk)
    link = Link.objects.filter(lab=lab, **{entry.kind: entry}).first()
    if link is not None and link.ended_on is None:
        return link
    if not Record.objects.current().filter(pk=entry.pk).exists():
        raise actions.Overtaken
    confirmed = entry.owner_id in standing(by).speaks_for
    if not confirmed and entry.owner_id and refused(record, [entry.owner_id]):
        raise Declined
    made = link or _new(record, entry)
    actions.edit(
        record, by=by, version=record.version, write=lambda: _tie(made, confirmed=confirmed),
        organisation=organisation, reviewed=looks_after and record.reviewed_version >= record.version,
    )  # fmt: skip
    return made


def set_ties(record: Record, wanted: Mapping[str, Sequence[Any]], *, by: User | None) -> None:
    """Bring a lab's ties of each kind named to what was chosen; those left out have ended.

    To be called by what edits the lab, which counts and reindexes.
    """
    speaks_for = standing(by).speaks_for if by else frozenset()
    for kind, entries in wanted.items():
        rows = Link.objects.filter((f"{kind}__isnull", False), lab=record.pk).select_related(
            f"{kind}__record"
        )
        held = {link.end.pk: link for link in rows.order_by("pk")}
        for entry in entries:
            link = held.pop(entry.pk, None) or _new(record, entry)
            if link.pk is None or link.ended_on is not None:
                _tie(link, confirmed=entry.owner_id in speaks_for)
        let_go(held.values(), record)


def _new(record: Record, entry: Any) -> Link:
    return Link(lab_id=record.pk, side=SIDES[entry.kind], **{entry.kind: entry})


def _tie(link: Link, *, confirmed: bool) -> None:
    take_up(link, confirmed=confirmed)
    link.by_other = False
    link.save()
