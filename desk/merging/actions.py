"""Merging one entry into another, and undoing it.

Both are one transaction in which both entries and all they are tied to are held, in one order for everybody;
of two people who merge at once one wins, and the other gets `Overtaken`.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from actors.access import entry_of
from curation import actions, search
from curation.actions import Overtaken
from curation.choices import State, Verb
from curation.models import Entry, EntryPlace, EntryTheme, Record, RecordEvent, Theme
from curation.ties import set_places, set_themes
from places.models import Place

from ..choices import PairOutcome
from ..models import Merge, Pair
from . import following, letters
from .fields import BOTH, LEFT, RIGHT, Side, problems_in_words, take
from .moving import Moving
from .steps import Stays, Steps, taken_back

CONTACT = "contact"
CLAIMED = "claimed"


@dataclass(frozen=True)
class Left:
    """Something that could not be set back, because somebody has changed it since."""

    what: str


def in_one[**P, R](act: Callable[P, R]) -> Callable[P, R]:
    """In one transaction. Where the database refuses a row, somebody else has written the same meanwhile."""

    @wraps(act)
    def done(*args: P.args, **said: P.kwargs) -> R:
        try:
            with transaction.atomic():
                return act(*args, **said)
        except IntegrityError as problem:
            raise Overtaken from problem

    return done


@in_one
def merge(
    gone: Record, into: Record, *, by: User, version: int, into_version: int, reason: str,
    taken: Collection[str] = (), together: Collection[str] = ("themes", "places"), host: bool = False,
) -> Merge:  # fmt: skip
    """Merge one published entry into another of its kind.

    `taken` names the fields in which the kept entry says from now on what the other said, `together` the
    lists that are put together; `host`: the other lab's host is the host from now on. The old address leads
    to the kept entry from now on. Raises `Overtaken` where either is no longer in that version, and
    ValidationError where what is taken does not go together.
    """
    if gone.kind != into.kind or gone.pk == into.pk:
        raise ValidationError(_("Only two entries of one kind can be merged."))
    actions.hold(gone, into)
    told = letters.people_of(gone, into)
    touched = {*search.linked_to(gone), *search.linked_to(into)}
    seen = _both_stand(gone, version, into, into_version)
    _close(gone, into, by=by, reason=reason)
    steps, made = Steps(), Merge(gone=gone, kept=into, reason=reason, by=by, taken=sorted(taken))

    def write() -> None:
        kept_side, gone_side = Side.of(entry_of(into)), Side.of(entry_of(gone))
        try:
            made.before = take(kept_side, gone_side, list(taken), list(together), steps=steps)
        except ValidationError as problem:
            raise ValidationError(problems_in_words(problem, type(kept_side.entry))) from None
        moving = Moving(gone_side.entry, kept_side.entry, by=by, steps=steps)
        moving.move(host_of=gone_side.entry if host else None)
        _look_after(gone_side.entry, kept_side.entry, made, steps)

    actions.edit(
        into, by=by, version=into_version, write=write, verb=Verb.TOOK_IN, reason=reason, reviewed=seen
    )
    made.moved = steps.done
    made.save()
    _settle(gone, into, by=by)
    following.others(made, made.moved, Verb.MERGED, by=by)
    following.rewrite(gone, into, touched)
    following.later(made)
    letters.tell_merged(told, gone, into, reason)
    return made


@in_one
def undo(merge: Merge, *, by: User, reason: str = "") -> list[Left]:
    """Take a merge back: what moved moves back where it still is as it was moved; what it could not is told.

    Raises `Overtaken` where it has been undone, or where either entry is not as the merge has left it: then
    what was merged later is to be undone first.
    """
    gone, kept = (Record.objects.shown().get(pk=pk) for pk in (merge.gone_id, merge.kept_id))
    actions.hold(gone, kept)
    rows = Merge.objects.filter(pk=merge.pk, undone_at__isnull=True)
    if not rows.update(undone_at=timezone.now(), undone_by=by):
        raise Overtaken
    merge.refresh_from_db()
    touched = {*search.linked_to(gone), *search.linked_to(kept)}
    kept.refresh_from_db(fields=["state", "version", "reviewed_version"])
    _open(gone, kept, merge, by=by, reason=reason)
    left: list[Left] = []

    def write() -> None:
        left.extend(named(taken_back(merge.moved)))
        left.extend(_lists_back(kept, merge))
        _contact_back(gone, kept, merge)

    actions.edit(
        kept, by=by, version=kept.version, write=write, verb=Verb.MERGE_UNDONE, reason=reason,
        reviewed=kept.reviewed_version >= kept.version,
    )  # fmt: skip
    _unsettle(gone, kept)
    following.others(merge, merge.moved, Verb.MERGE_UNDONE, by=by)
    following.rewrite(gone, kept, touched)
    letters.tell_undone(letters.people_of(gone, kept), gone, kept)
    return left


# The two records


def _both_stand(gone: Record, version: int, into: Record, into_version: int) -> bool:
    """Whether curators had seen all of the kept entry. Raises `Overtaken` unless both are as one saw them."""
    for record, seen in ((gone, version), (into, into_version)):
        record.refresh_from_db(fields=["state", "version", "reviewed_version", "merged_into"])
        if record.state != State.PUBLISHED or record.version != seen:
            raise Overtaken
    return into.reviewed_version >= into.version


def _close(gone: Record, into: Record, *, by: User, reason: str) -> None:
    now = timezone.now()
    rows = Record.objects.filter(pk=gone.pk, state=State.PUBLISHED)
    rows.update(state=State.MERGED, merged_into=into, version=F("version") + 1, updated_at=now)
    gone.refresh_from_db(fields=["state", "version", "merged_into", "updated_at"])
    RecordEvent.objects.create(record=gone, verb=Verb.MERGED, by=by, reason=reason, version=gone.version)


def _open(gone: Record, kept: Record, merge: Merge, *, by: User, reason: str) -> None:
    now = timezone.now()
    rows = Record.objects.filter(pk=gone.pk, state=State.MERGED, merged_into=kept)
    found = kept.state == State.PUBLISHED and rows.update(
        state=State.PUBLISHED, merged_into=None, version=F("version") + 1,
        reviewed_version=F("version") + 1, updated_at=now,
    )  # fmt: skip
    if not found:
        raise Overtaken
    gone.refresh_from_db(fields=["state", "version", "merged_into", "updated_at"])
    RecordEvent.objects.create(
        record=gone, verb=Verb.MERGE_UNDONE, by=by, reason=reason, version=gone.version
    )


def _look_after(gone: Any, kept: Any, made: Merge, steps: Steps) -> None:
    """Somebody looks after it now if somebody looked after either; where to write is told if only one said.

    The address itself is not noted: it stands with the merged entry.
    """
    owner_is_theirs = gone.kind == "actor" or (gone.owner_id is not None and gone.owner_id == kept.owner_id)
    mine, theirs = kept.record, gone.record
    if mine.claimed_at is None and theirs.claimed_at is not None and owner_is_theirs:
        steps.change(
            Record, [mine.pk], {"claimed_at": None, "confirmed_at": mine.confirmed_at},
            {"claimed_at": theirs.claimed_at, "confirmed_at": theirs.confirmed_at or mine.confirmed_at},
        )  # fmt: skip
        made.taken = [*made.taken, CLAIMED]
    if not mine.contact_email and theirs.contact_email:
        Record.objects.filter(pk=mine.pk).update(
            contact_email=theirs.contact_email, contact_confirmed_at=theirs.contact_confirmed_at
        )
        made.taken = [*made.taken, CONTACT]


def _contact_back(gone: Record, kept: Record, merge: Merge) -> None:
    if CONTACT in merge.taken:
        rows = Record.objects.filter(pk=kept.pk, contact_email=gone.contact_email)
        rows.update(contact_email="", contact_confirmed_at=None)


def _lists_back(kept: Record, merge: Merge) -> Iterable[Left]:
    """Themes and places as they were, unless somebody has chosen others since."""
    if (said := merge.before.get("themes")) is not None:
        now = EntryTheme.objects.filter(record=kept).order_by("order", "pk")
        if list(now.values_list("theme_id", flat=True)) == said["to"]:
            themes = Theme.objects.in_bulk(said["from"])
            set_themes(kept, [themes[pk] for pk in said["from"] if pk in themes])
        else:
            yield Left(_("Themes"))
    if (said := merge.before.get("places")) is not None:
        held = EntryPlace.objects.filter(record=kept).order_by("order", "pk")
        if list(held.values_list("place_id", flat=True)) == said["to"]:
            places = Place.objects.defer("outline").in_bulk(said["from"])
            set_places(kept, [places[pk] for pk in said["from"] if pk in places])
        else:
            yield Left(_("Places"))


# What follows


def _settle(gone: Record, kept: Record, *, by: User) -> None:
    """The pair the two are leaves the queue; the pairs the merged one is in with others leave it unasked."""
    left, right = sorted((gone.pk, kept.pk))
    Pair.objects.filter(left=left, right=right).update(
        outcome=PairOutcome.MERGED, decided_at=timezone.now(), decided_by=by
    )


def _unsettle(gone: Record, kept: Record) -> None:
    left, right = sorted((gone.pk, kept.pk))
    Pair.objects.filter(left=left, right=right, outcome=PairOutcome.MERGED).update(
        outcome=PairOutcome.WAITING, decided_at=None, decided_by=None
    )


def named(stays: Iterable[Stays]) -> list[Left]:
    """What stays as it is, in words: an entry's field by its name, everything else by what it is."""
    words = (_name_of(model, column) for model, column in stays)
    return [Left(name) for name in sorted(dict.fromkeys(words))]


def _name_of(model: Any, column: str) -> str:
    if issubclass(model, Entry):
        return capfirst(str(model._meta.get_field(column).verbose_name))
    return capfirst(str(model._meta.verbose_name_plural))


def chosen(keep: str, sides: dict[str, str]) -> tuple[list[str], list[str]]:
    """From which side each field is taken, told as what is taken of the other and what is put together."""
    other = RIGHT if keep == LEFT else LEFT
    return (
        [name for name, side in sides.items() if side == other],
        [name for name, side in sides.items() if side == BOTH],
    )
