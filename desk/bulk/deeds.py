"""What can be done to many entries: whether it can be done to each, and the doing of it to one.

Doing follows the same rules as elsewhere: one update that only one of two people can win, one event in the
entry's log, all in one transaction.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts.models import User
from actors.access import entry_of
from actors.models import Membership
from curation import actions, stewards
from curation.access import Scope
from curation.choices import Fact, Kind, Verb
from curation.fields import MOST_THEMES
from curation.models import Asking, EntryTheme, Record, RecordEvent, Stewardship, Theme
from curation.ties import set_themes
from keeping.asking import ask_now
from keeping.history.events import MODELS

from ..choices import BulkDeed, BulkOutcome, Hindrance
from ..models import Bulk

ASKED_LATELY = dt.timedelta(days=7)


@dataclass(frozen=True)
class Judged:
    """Whether something can be done to an entry, and if not, why not. `before`: what was there, once done."""

    outcome: str
    hindrance: str = ""
    before: Any = None


WILL, SAME, DONE = Judged(BulkOutcome.WILL), Judged(BulkOutcome.SAME), Judged(BulkOutcome.DONE)
THEMES = (BulkDeed.THEME_ADDED, BulkDeed.THEME_TAKEN, BulkDeed.THEME_MAIN)


ONLY_OF_CURATORS = frozenset((BulkDeed.STEWARD,))


def cannot(why: str) -> Judged:
    return Judged(BulkOutcome.CANNOT, why)


def may(bulk: Bulk, record: Record, scope: Scope) -> bool:
    """Whether who began it may do it to an entry, by what they look after now."""
    deed = bulk.of.deed if bulk.of else bulk.deed
    return scope.everything or (deed not in ONLY_OF_CURATORS and scope.covers(record))


type Judge = Callable[[Bulk, Sequence[Record]], Mapping[int, Judged]]
type Do = Callable[[Bulk, Record, int], Judged]


@dataclass(frozen=True)
class Deed:
    """One thing that can be done. `judge` reads of many entries at once, `do` writes one of them.

    `do` takes the version the entry was looked at in, and raises `Overtaken` where it is in another.
    """

    judge: Judge
    do: Do


# Themes


def _add(themes: list[int], theme: int) -> list[int] | Judged:
    if theme in themes:
        return SAME
    return cannot(Hindrance.FULL) if len(themes) >= MOST_THEMES else [*themes, theme]


def _take(themes: list[int], theme: int) -> list[int] | Judged:
    if theme not in themes:
        return SAME
    return cannot(Hindrance.LAST) if len(themes) == 1 else [one for one in themes if one != theme]


def _put_first(themes: list[int], theme: int) -> list[int] | Judged:
    if themes[:1] == [theme]:
        return SAME
    others = [one for one in themes if one != theme]
    return cannot(Hindrance.FULL) if len(others) >= MOST_THEMES else [theme, *others]


def _of_themes(change: Callable[[list[int], int], list[int] | Judged]) -> Deed:
    def judge(bulk: Bulk, records: Sequence[Record]) -> dict[int, Judged]:
        held = _themes(records)
        changed = {record.pk: change(held[record.pk], bulk.theme_id or 0) for record in records}
        return {pk: one if isinstance(one, Judged) else WILL for pk, one in changed.items()}

    def do(bulk: Bulk, record: Record, version: int) -> Judged:
        held = _themes([record])[record.pk]
        wanted = change(held, bulk.theme_id or 0)
        if isinstance(wanted, Judged):
            return wanted
        themes = Theme.objects.in_bulk(wanted)

        def write() -> None:
            set_themes(record, [themes[pk] for pk in wanted])

        return edit(bulk, record, version, write, before=held)

    return Deed(judge, do)


def _themes(records: Sequence[Record]) -> Mapping[int, list[int]]:
    held: dict[int, list[int]] = defaultdict(list)
    rows = EntryTheme.objects.filter(record__in=[record.pk for record in records])
    for record, theme in rows.order_by("order").values_list("record_id", "theme_id"):
        held[record].append(theme)
    return held


# Owner


def _judge_owner(bulk: Bulk, records: Sequence[Record]) -> dict[int, Judged]:
    if bulk.kind == Kind.ACTOR:
        return {record.pk: cannot(Hindrance.OWNERLESS) for record in records}
    return {pk: SAME if owner == bulk.owner_id else WILL for pk, owner in _owners(bulk, records)}


def _owners(bulk: Bulk, records: Sequence[Record]) -> Sequence[tuple[int, int | None]]:
    """The organisation that answers for each; an organisation answers for itself."""
    if bulk.kind == Kind.ACTOR:
        return [(record.pk, record.pk) for record in records]
    model: Any = MODELS[bulk.kind]
    rows = model.objects.filter(pk__in=[record.pk for record in records])
    return list(rows.order_by().values_list("pk", "owner"))


def _give(bulk: Bulk, record: Record, version: int) -> Judged:
    entry: Any = entry_of(record)
    if entry.owner_id == bulk.owner_id:
        return SAME
    if bulk.owner is None or not bulk.owner.record.is_public:
        return cannot(Hindrance.NO_TAKER)
    before = [entry.owner_id]

    def write() -> None:
        entry.owner = bulk.owner
        entry.save(update_fields=["owner"])

    return edit(bulk, record, version, write, before=before)


# Stewards


def _judge_steward(bulk: Bulk, records: Sequence[Record]) -> dict[int, Judged]:
    rows = Stewardship.objects.running().filter(user=bulk.steward, record__in=records)
    held = set(rows.order_by().values_list("record", flat=True))
    return {record.pk: SAME if record.pk in held else WILL for record in records}


def _give_steward(bulk: Bulk, record: Record, version: int) -> Judged:
    if bulk.steward is None or not bulk.steward.is_active:
        return cannot(Hindrance.NO_TAKER)
    _hold(record, version)
    try:
        given = stewards.give(bulk.steward, record, by=bulk.by, tell=False)
    except stewards.AlreadySteward:
        return SAME
    _log(bulk, record, Verb.STEWARD_GIVEN)
    return Judged(BulkOutcome.DONE, before=given.pk)


# Asking


def _judge_asking(bulk: Bulk, records: Sequence[Record]) -> dict[int, Judged]:
    rows = Asking.objects.filter(record__in=records, fact=Fact.DETAILS, asked_at__gte=_lately())
    asked, heard = set(rows.order_by().values_list("record", flat=True)), _heard(bulk, records)
    return {
        record.pk: _askable(record, asked=record.pk in asked, heard=record.pk in heard) for record in records
    }


def _askable(record: Record, *, asked: bool, heard: bool) -> Judged:
    if record.ended:
        return cannot(Hindrance.ENDED)
    if asked:
        return cannot(Hindrance.NOT_NOW)
    return WILL if heard else cannot(Hindrance.NOBODY)


def _heard(bulk: Bulk, records: Sequence[Record]) -> set[int]:
    """Where there may be somebody to ask; `keeping.addressees` says who it is when the mail is written."""
    owners = dict(_owners(bulk, records))
    rows = Membership.objects.running().filter(actor__in=set(owners.values()))
    peopled = set(rows.order_by().values_list("actor", flat=True))
    looked_after = Scope.of(Stewardship.objects.running().order_by("pk"))
    return {
        record.pk
        for record in records
        if record.contact_email
        or record.created_by_id
        or owners[record.pk] in peopled
        or looked_after.covers(record)
    }


def _ask(bulk: Bulk, record: Record, version: int) -> Judged:
    _hold(record, version)
    judged = _judge_asking(bulk, [record])[record.pk]
    if judged is not WILL:
        return judged
    if not ask_now(record, unless_asked_since=_lately()):
        return cannot(Hindrance.NOBODY)
    _log(bulk, record, Verb.ASKED)
    return DONE


def _lately() -> dt.datetime:
    return timezone.now() - ASKED_LATELY


# Withdrawing


def _judge_withdrawing(bulk: Bulk, records: Sequence[Record]) -> dict[int, Judged]:
    return {record.pk: WILL for record in records}


def _withdraw(bulk: Bulk, record: Record, version: int) -> Judged:
    actions.withdraw(record, by=bulk.by, version=version, reason=bulk.reason)
    return DONE


# What they share


def edit(
    bulk: Bulk, record: Record, version: int, write: Callable[[], object], *, before: Any = None,
    verb: Verb = Verb.EDITED,
) -> Judged:  # fmt: skip
    """Curators find no more to look at than before."""
    seen = record.reviewed_version >= record.version
    actions.edit(
        record, by=bulk.by, version=version, write=write, verb=verb, reason=bulk.reason, reviewed=seen
    )
    return Judged(BulkOutcome.DONE, before=before)


def _hold(record: Record, version: int) -> None:
    """For what raises no version: the entry is public and says what it said when it was looked at."""
    rows = Record.objects.published().select_for_update(no_key=True).filter(pk=record.pk, version=version)
    if not rows.values_list("pk").first():
        raise actions.Overtaken


def _log(bulk: Bulk, record: Record, verb: Verb) -> None:
    by: User = bulk.by
    RecordEvent.objects.create(record=record, verb=verb, by=by, reason=bulk.reason, version=record.version)


DEEDS: Mapping[str, Deed] = {
    BulkDeed.THEME_ADDED: _of_themes(_add),
    BulkDeed.THEME_TAKEN: _of_themes(_take),
    BulkDeed.THEME_MAIN: _of_themes(_put_first),
    BulkDeed.OWNER: Deed(_judge_owner, _give),
    BulkDeed.STEWARD: Deed(_judge_steward, _give_steward),
    BulkDeed.ASKED: Deed(_judge_asking, _ask),
    BulkDeed.WITHDRAWN: Deed(_judge_withdrawing, _withdraw),
}
