"""Writing down the pairs that look like one: each night all, and every few minutes what has changed."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from curation.choices import Kind, State
from curation.models import Record

from ..choices import PairOutcome
from ..models import Pair
from .candidates import commonness, pairs
from .facts import facts_of
from .weighing import THRESHOLD, Commonness, Facts, Weighed, weigh

AT_ONCE = 500
BOTH_PUBLIC = Q(left__state=State.PUBLISHED, right__state=State.PUBLISHED)
CERTAIN = Q(certainty__gte=THRESHOLD) | Q(reasons__asked=True)


def look_at_all() -> int:
    """Compare the entries of each kind with each other; how many new pairs there are."""
    return sum(look(kind) for kind in Kind.values)


def look_at_changed(since: dt.datetime) -> int:
    """The same for what has changed since a moment."""
    changed = Record.objects.published().filter(updated_at__gte=since).order_by("kind", "pk")
    by_kind: dict[str, set[int]] = {}
    for kind, pk in changed.values_list("kind", "pk"):
        by_kind.setdefault(kind, set()).add(pk)
    return sum(look(kind, frozenset(only)) for kind, only in by_kind.items())


def look(kind: str, only: frozenset[int] | None = None) -> int:
    """Compare entries of a kind, or some with all others; how many new pairs there are.

    Pairs known already are weighed anew. What was decided to be two different things stays so until an
    identifier of either has changed.
    """
    entries = facts_of(kind)
    common, by_pk = commonness(entries), {entry.pk: entry for entry in entries}
    known = _known(kind, only)
    found: list[Pair] = []
    for left, right in pairs(entries, common, only):
        if (left.pk, right.pk) in known:
            continue
        weighed = weigh(left, right, common)
        if weighed.certainty >= THRESHOLD:
            found.append(_pair(left, right, weighed))
    made = Pair.objects.bulk_create(found, batch_size=AT_ONCE, ignore_conflicts=True)
    _weigh_anew(known.values(), by_pk, common)
    return len(made)


@transaction.atomic
def ask_about(one: Record, other: Record) -> Pair:
    """Put two entries on the desk as a pair because somebody asks to; of one kind, and both published."""
    left, right = sorted((one, other), key=lambda record: record.pk)
    weighed, facts = weigh_now(left, right)
    made, _new = Pair.objects.get_or_create(left=left, right=right, defaults={"certainty": 0, "reasons": {}})
    made.certainty, made.reasons = weighed.certainty, reasons_of(weighed, *facts) | {"asked": True}
    made.outcome, made.decided_at, made.decided_by = PairOutcome.WAITING, None, None
    made.save()
    return made


def weigh_now(left: Record, right: Record) -> tuple[Weighed, tuple[Facts, Facts]]:
    """Two entries as they stand now, weighed by themselves."""
    by_pk = {entry.pk: entry for entry in facts_of(left.kind, (left.pk, right.pk))}
    facts = (by_pk[left.pk], by_pk[right.pk])
    return weigh(*facts, Commonness()), facts


def identifiers_now(left: Record, right: Record) -> list[list[str]]:
    """What the two are known by; where it changes, a decision that they differ is looked at anew."""
    by_pk = {entry.pk: entry for entry in facts_of(left.kind, (left.pk, right.pk))}
    return [by_pk[record.pk].identifiers if record.pk in by_pk else [] for record in (left, right)]


def reasons_of(weighed: Weighed, left: Facts, right: Facts) -> dict[str, Any]:
    """What a certainty rests on, as it is kept."""
    km = {} if weighed.km is None else {"km": round(weighed.km, 1)}
    return {"parts": dict(weighed.parts), **km, "ids": [left.identifiers, right.identifiers]}


def _pair(left: Facts, right: Facts, weighed: Weighed) -> Pair:
    return Pair(
        left_id=left.pk, right_id=right.pk, certainty=weighed.certainty,
        reasons=reasons_of(weighed, left, right),
    )  # fmt: skip


def _known(kind: str, only: Collection[int] | None) -> Mapping[tuple[int, int], Pair]:
    rows = Pair.objects.filter(BOTH_PUBLIC, left__kind=kind)
    if only is not None:
        rows = rows.filter(Q(left__in=only) | Q(right__in=only))
    return {(pair.left_id, pair.right_id): pair for pair in rows.order_by("pk")}


def _weigh_anew(known: Iterable[Pair], by_pk: Mapping[int, Facts], common: Commonness) -> None:
    for pair in known:
        left, right = by_pk.get(pair.left_id), by_pk.get(pair.right_id)
        if left is None or right is None:
            continue
        weighed = weigh(left, right, common)
        reasons = reasons_of(weighed, left, right)
        if pair.outcome == PairOutcome.WAITING:
            _update(pair, weighed, reasons)
        elif pair.outcome == PairOutcome.DIFFERENT and _looks_other_now(pair, weighed, reasons):
            _update(pair, weighed, reasons, outcome=PairOutcome.WAITING, decided_at=None, decided_by=None)


def _looks_other_now(pair: Pair, weighed: Weighed, reasons: Mapping[str, Any]) -> bool:
    return weighed.certainty >= THRESHOLD and pair.reasons.get("ids") != reasons["ids"]


def _update(pair: Pair, weighed: Weighed, reasons: dict[str, Any], **more: Any) -> None:
    """Unless somebody has decided it meanwhile."""
    if pair.reasons.get("asked"):
        reasons = reasons | {"asked": True}
    if (pair.certainty, pair.reasons) == (weighed.certainty, reasons) and not more:
        return
    rows = Pair.objects.filter(pk=pair.pk, outcome=pair.outcome, decided_at=pair.decided_at)
    rows.update(certainty=weighed.certainty, reasons=reasons, **more)


def decided_different(pair: Pair, *, by: Any) -> bool:
    """Note that the two are different things; False where somebody has decided already."""
    reasons = pair.reasons | {"ids": identifiers_now(pair.left, pair.right)}
    rows = Pair.objects.filter(pk=pair.pk, outcome=PairOutcome.WAITING)
    return bool(
        rows.update(outcome=PairOutcome.DIFFERENT, decided_at=timezone.now(), decided_by=by, reasons=reasons)
    )
