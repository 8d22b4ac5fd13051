"""Letting everything that points at one entry point at another, and uniting what would stand twice."""

from collections.abc import Iterator, Mapping
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, UniqueConstraint
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from actors.choices import MemberRole, Role, RoleSaid
from actors.models import Claim, Invitation, Membership, Refusal
from curation.models import Entry, Stewardship
from labs.models import Adoption, Link, Value

from .pointing import Pointing, Twin, moving_with
from .steps import Steps

# Ties an organisation can say no to: the organisation's column, and what may name it.
REFUSABLE: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "labs.Link": ("actor", ("lab",)),
    "missions.CoalitionMember": ("actor", ("mission",)),
    "labs.Partner": ("actor", ("trial", "solution")),
    "labs.Adoption": ("adopter", ("solution",)),
}
# A row that names both would name the same entry twice.
OTHER_END: Mapping[str, str] = {
    "actors.Relation.subject": "object",
    "actors.Relation.object": "subject",
}
HOST = Q(role=Role.HOST, ended_on__isnull=True)


class Moving:
    """Moves what points at `gone` to `kept`, in steps that can be taken back.

    `again`: all but what came since has been moved; what was left behind then tells nothing any more.
    """

    def __init__(self, gone: Entry, kept: Entry, *, by: User, steps: Steps, again: bool = False) -> None:
        self.gone, self.kept, self.by, self.steps, self.again = gone, kept, by, steps, again

    def move(self, *, host_of: Entry | None = None) -> None:
        """All of it. `host_of` is the lab whose host stays the host where both have one."""
        if isinstance(self.kept, type(self.gone)) and self.gone.kind == "lab":
            self._one_host(host_of or self.kept)
        for pointing in moving_with(self.gone):
            if pointing.in_an_entry:
                self._in_entries(pointing)
            elif pointing.name == "labs.Adoption.solution":
                self._adoptions(pointing)
            else:
                self._rows(pointing)

    def _in_entries(self, pointing: Pointing) -> None:
        """What other entries say in a field; what would point at itself says nothing any more."""
        column = pointing.column
        rows = _of(pointing, self.gone.pk).exclude(pk=self.gone.pk)
        others = rows.exclude(pk=self.kept.pk).order_by().values_list("pk", flat=True)
        self.steps.change(pointing.model, others, {column: self.gone.pk}, {column: self.kept.pk})
        if rows.filter(pk=self.kept.pk).exists():
            self.steps.change(pointing.model, [self.kept.pk], {column: self.gone.pk}, {column: None})
            setattr(self.kept, pointing.field.attname, None)

    def _rows(self, pointing: Pointing) -> None:
        column, twins = pointing.column, _twins(pointing, self.gone.pk, self.kept.pk)
        rows = _of(pointing, self.gone.pk).exclude(pk__in=twins).exclude(self._kept_back(pointing))
        moved = list(rows.order_by().values_list("pk", flat=True))
        self.steps.change(pointing.model, moved, {column: self.gone.pk}, {column: self.kept.pk})
        for loser, winner in sorted(twins.items()):
            self._unite(pointing, loser, winner)

    def _kept_back(self, pointing: Pointing) -> Q:
        """What would name the kept entry twice, or an organisation that has said no to being named there."""
        label, kept = pointing.model._meta.label, self.kept.pk
        found = Q(pk__in=[])
        if pointing.name in OTHER_END:
            found |= Q(**{OTHER_END[pointing.name]: kept})
        if label in REFUSABLE:
            organisation, ends = REFUSABLE[label]
            if pointing.column == organisation:
                named = reduce(or_, (Q(record=OuterRef(end)) for end in ends))
                said_no = Refusal.objects.filter(named, actor=kept)
            elif pointing.column in ends:
                said_no = Refusal.objects.filter(record=kept, actor=OuterRef(organisation))
            else:
                return found
            found |= Q(Exists(said_no), confirmed_at__isnull=True)
        return found

    # What would stand twice

    def _unite(self, pointing: Pointing, loser: int, winner: int) -> None:
        """The kept entry's row stays and takes over what only the other says; the other stays behind."""
        rows = pointing.model._base_manager.in_bulk([loser, winner])
        other, row = rows[loser], rows[winner]
        if not self.again:
            _fill(self.steps, row, other)
        if isinstance(other, Adoption):
            self._hang_on(other, row)
        if pointing.told.twin == Twin.ENDS:
            self._end(other, row)
            self.steps.change_one(other, **{pointing.column: self.kept.pk})

    def _end(self, other: Any, row: Any) -> None:
        now = timezone.now()
        match other:
            case Membership():
                if other.role == MemberRole.OWNER:
                    self.steps.change_one(row, role=MemberRole.OWNER)
                self.steps.change_one(other, until=now, ended_by=self.by.pk)
            case Stewardship():
                self.steps.change_one(other, until=now)
            case Invitation():
                self.steps.change_one(other, withdrawn_at=now)
            case Claim():
                with override(other.user.language):
                    answer = _("The entry was merged with another you have asked for; that request stands.")
                self.steps.change_one(
                    other, granted=False, decided_at=now, decided_by=self.by.pk, answer=answer
                )

    def _hang_on(self, other: Adoption, row: Adoption) -> None:
        """What hangs on an adoption that stays behind hangs on the other from now on."""
        if row.taken_from_id == other.pk:
            self.steps.try_change(row, taken_from=other.taken_from_id)
        for below in Adoption.objects.filter(taken_from=other).exclude(pk=row.pk).order_by("pk"):
            self.steps.try_change(below, taken_from=row.pk)
        said = set(Value.objects.filter(adoption=row).order_by().values_list("kind", flat=True))
        values = Value.objects.filter(adoption=other).exclude(kind__in=said).order_by()
        self.steps.change(
            Value, values.values_list("pk", flat=True), {"adoption": other.pk}, {"adoption": row.pk}
        )

    # Two tables with rules of their own

    def _one_host(self, host_of: Entry) -> None:
        """A lab has one host: where both have another, one of the two is told as a partner."""
        hosts = {
            link.lab_id: link for link in Link.objects.filter(HOST, lab__in=(self.gone.pk, self.kept.pk))
        }
        if len(hosts) < 2 or hosts[self.gone.pk].actor_id == hosts[self.kept.pk].actor_id:
            return
        demoted = hosts[self.gone.pk if host_of.pk == self.kept.pk else self.kept.pk]
        if not self.steps.try_change(demoted, role="", role_said=RoleSaid.PARTNER):
            self.steps.change_one(demoted, ended_on=timezone.localdate())

    def _adoptions(self, pointing: Pointing) -> None:
        """A tree of adoptions moves whole: parted first, put together again where it has come to."""
        twins = _twins(pointing, self.gone.pk, self.kept.pk)
        rows = list(_of(pointing, self.gone.pk).order_by("pk"))
        above = {row.pk: row.taken_from_id for row in rows if row.taken_from_id}
        for row in rows:
            self.steps.change_one(row, taken_from=None)
        self._rows(pointing)
        moved = Adoption.objects.filter(solution=self.kept.pk).in_bulk()
        for child, parent in above.items():
            row = moved.get(twins.get(child, child))
            to = twins.get(parent, parent)
            if row is not None and row.taken_from_id is None and to in moved and to != row.pk:
                self.steps.try_change(row, taken_from=to)


def _of(pointing: Pointing, pk: int) -> QuerySet[Any]:
    rows: QuerySet[Any] = pointing.model._base_manager.filter(**{pointing.column: pk})
    return rows


def _twins(pointing: Pointing, gone: int, kept: int) -> dict[int, int]:
    """The rows that would break a rule that says once, with the row of the kept entry they would repeat."""
    found: dict[int, int] = {}
    for names, condition in _rules(pointing):
        same = {name: OuterRef(name) for name in names if name != pointing.column}
        held = _of(pointing, kept).filter(condition, **same).order_by("pk").values("pk")[:1]
        rows = _of(pointing, gone).filter(condition).annotate(twin=Subquery(held))
        found |= dict(rows.filter(twin__isnull=False).order_by().values_list("pk", "twin"))
    return found


def _rules(pointing: Pointing) -> Iterator[tuple[list[str], Q]]:
    for constraint in pointing.model._meta.constraints:
        if isinstance(constraint, UniqueConstraint):
            expressions: Any = constraint.expressions
            names = [*constraint.fields, *(part.name for part in expressions)]
            if pointing.column in names:
                yield names, constraint.condition or Q()


def _fill(steps: Steps, row: Any, other: Any) -> None:
    """What was confirmed or asked once is so; what goes on in one of the two goes on."""
    names = {field.name for field in row._meta.concrete_fields}
    for name in ("asked_at", "confirmed_at"):
        if name in names and getattr(row, name) is None and getattr(other, name) is not None:
            steps.change_one(row, **{name: getattr(other, name)})
    if "ended_on" in names and row.ended_on and not other.ended_on:
        told = {"ended_reason": ""} if "ended_reason" in names else {}
        steps.try_change(row, ended_on=None, **told)
