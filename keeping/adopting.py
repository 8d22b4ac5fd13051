"""Taking a solution over: telling it, confirming, changing, ending and taking it up again.

Each is one transaction that holds the solution with all it is tied to, so of two at once one comes first.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from actors.access import standing
from actors.forms.picking import Chosen, made_of
from actors.models import Actor, Refusal
from actors.refusals import refused
from curation import actions
from curation.models import EntryPlace, Record
from labs.choices import ValueKind
from labs.forms.values import set_values
from labs.models import Adoption, Solution, Value

from .thanking import thank


class AlreadyTold(Exception):
    """The organisation is told to have taken it over; `adoption` is how it stands."""

    def __init__(self, adoption: Adoption) -> None:
        super().__init__(str(adoption))
        self.adoption = adoption


class Declined(Exception):
    """The organisation, or who has the solution, has said no to its being named by others."""


class SourceGone(Exception):
    """From whom it was taken is told no more, or took it over from here itself."""


@transaction.atomic
def tell(
    *, solution: Solution, chosen: Chosen, said: Mapping[str, Any], values: Iterable[Value], by: User
) -> Adoption:
    """Tell that an organisation has taken a solution over; a new one is made in the name of `by`.

    Confirmed, and those it came from thanked, where `by` speaks for it; else the organisation is asked by the
    next morning's mail about what names it. Raises `AlreadyTold`, `Declined`, `SourceGone` and `Overtaken`.
    """
    [(adopter, _one)] = made_of([chosen], by=by)
    actions.hold(solution.record, adopter.record)
    held = Adoption.objects.with_all().filter(solution=solution.pk, adopter=adopter.pk).first()
    if held is not None:
        raise AlreadyTold(held)
    speaks = adopter.pk in standing(by).speaks_for
    if not speaks and refused(solution.record, [adopter.pk]):
        raise Declined
    made = Adoption(solution=solution, adopter=adopter, made_by=by, **said)
    made.place = made.place or _seat_of(adopter)
    made.confirmed_at = timezone.now() if speaks else None

    def write() -> None:
        made.save()
        set_values({"adoption_id": made.pk}, values, ValueKind.values)

    with _sound(made):
        _edit(made, by=by, write=write)
    if speaks:
        thank(made)
    return made


@transaction.atomic
def change(
    adoption: Adoption, *, said: Mapping[str, Any], values: Iterable[Value], by: User, version: int
) -> None:
    """Say it otherwise. Who speaks for the organisation confirms by this what it reads.

    Raises `Overtaken` where it is no longer in the version that was changed, and `SourceGone`.
    """
    actions.hold(adoption.solution.record, adoption.adopter.record)
    for name, value in said.items():
        setattr(adoption, name, value)

    def write() -> None:
        _write(adoption, version, **said)
        set_values({"adoption_id": adoption.pk}, values, ValueKind.values)

    with _sound(adoption):
        _edit(adoption, by=by, write=write)
    if adoption.adopter_id in standing(by).speaks_for:
        confirm(adoption)


@transaction.atomic
def confirm(adoption: Adoption) -> bool:
    """It is rightly told: from now on drawn as confirmed, and those it came from are thanked, once.

    Whether this call has confirmed it. One that is gone, or was confirmed meanwhile, stays as it is.
    """
    actions.hold(adoption.solution.record)
    rows = Adoption.objects.filter(pk=adoption.pk, confirmed_at__isnull=True)
    if not rows.update(confirmed_at=timezone.now()):
        return False
    adoption.refresh_from_db(fields=["confirmed_at", "thanked_at"])
    actions.rewritten(adoption.solution.record)
    thank(adoption)
    return True


@transaction.atomic
def end(adoption: Adoption, *, on: dt.date, reason: str, by: User, version: int) -> None:
    """It is in use there no more. What was told stays readable. Raises `Overtaken`."""
    actions.hold(adoption.solution.record)
    _edit(
        adoption, by=by, reason=reason,
        write=lambda: _write(adoption, version, ended_on=on, ended_reason=reason),
    )  # fmt: skip


@transaction.atomic
def take_up(adoption: Adoption, *, by: User, version: int) -> None:
    """It is in use there again. Where `by` does not speak for the organisation it is asked anew."""
    actions.hold(adoption.solution.record)
    _edit(
        adoption, by=by,
        write=lambda: _write(
            adoption, version, ended_on=None, ended_reason="", confirmed_at=None, asked_at=None
        ),
    )  # fmt: skip
    if adoption.adopter_id in standing(by).speaks_for:
        confirm(adoption)


@transaction.atomic
def take_off(adoption: Adoption, *, by: User, reason: str = "") -> None:
    """Who has the solution knows better than who named the adopter: it is gone, and only the adopter itself
    can tell it again. Raises `Overtaken` where it was confirmed meanwhile.
    """
    record = adoption.solution.record
    actions.hold(record)

    def write() -> None:
        if not take_away(adoption):
            raise actions.Overtaken
        Refusal.objects.get_or_create(
            record=record, actor=adoption.adopter, defaults={"reason": reason, "by": by}
        )

    _edit(adoption, by=by, reason=reason, write=write)


def take_away(adoption: Adoption) -> int:
    """Remove what nobody has confirmed, with its values; those who took it over from there took it over, as
    far as is known, from where it began. How many were removed: one or none.

    To be called by what holds and edits the solution.
    """
    waiting = Adoption.objects.running().filter(pk=adoption.pk, confirmed_at__isnull=True)
    if not waiting.exists():
        return 0
    Value.objects.filter(adoption=adoption.pk).delete()
    Adoption.objects.filter(taken_from=adoption.pk).update(taken_from=None, version=F("version") + 1)
    return waiting.delete()[0]


# What they share


def _write(adoption: Adoption, version: int, **columns: Any) -> None:
    """Change the row unless somebody has changed or removed it since that version."""
    rows = Adoption.objects.filter(pk=adoption.pk, version=version)
    if not rows.update(version=F("version") + 1, **columns):
        raise actions.Overtaken


def _edit(adoption: Adoption, *, by: User, write: Callable[[], object], reason: str = "") -> None:
    """One line in the solution's log, in the name of whoever `by` speaks for; the solution is reindexed."""
    stands, solution = standing(by), adoption.solution
    record = Record.objects.shown().select_related("created_by").get(pk=solution.pk)
    speaks_for = next(
        (pk for pk in (adoption.adopter_id, solution.owner_id) if pk in stands.speaks_for), None
    )
    looks_after = speaks_for is None and stands.scope.covers(record)
    actions.edit(
        record, by=by, version=record.version, write=write, reason=reason,
        organisation=Record.objects.shown().get(pk=speaks_for) if speaks_for else None,
        reviewed=looks_after and record.reviewed_version >= record.version,
    )  # fmt: skip


@contextmanager
def _sound(adoption: Adoption) -> Iterator[None]:
    """The source is one of the same tree and not below; whatever else writes there, it ends in a word."""
    if adoption.taken_from_id is not None and not _goes(adoption, adoption.taken_from_id):
        raise SourceGone
    try:
        with transaction.atomic():
            yield
    except IntegrityError as problem:
        broken: Any = problem.__cause__
        match broken.diag.constraint_name:
            case "adoption_in_its_tree":
                raise SourceGone from problem
            case "taken_over_once":
                raise actions.Overtaken from problem
            case _:
                raise


def _goes(adoption: Adoption, source: int) -> bool:
    above: Mapping[int, int | None] = dict(
        Adoption.objects.filter(solution=adoption.solution_id).order_by().values_list("pk", "taken_from")
    )
    return source in above and source not in below(adoption.pk, above)


def below(adoption: int | None, above: Mapping[int, int | None]) -> set[int]:
    """The adoption and all that took the solution over from there, near and far; `above` tells from whom."""
    found = {adoption} if adoption else set()
    while more := {pk for pk, source in above.items() if source in found} - found:
        found |= more
    return found


def _seat_of(adopter: Actor) -> Any:
    """Where it is most likely used: where the organisation is, if that is one place."""
    rows = list(EntryPlace.objects.filter(record=adopter.pk).select_related("place").order_by("order")[:2])
    return rows[0].place if len(rows) == 1 else None
