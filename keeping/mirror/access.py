"""Who keeps PULL-spejlet of a lab, who answers which half, who reads the result; from the rows as they are.

A run is nobody's business but theirs: for everybody else it does not exist, curators and stewards included,
unless no organisation answers for the lab.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from accounts.models import User
from actors.access import Standing, entry_of, standing
from actors.models import Membership
from curation.access import Scope
from curation.choices import Kind, State
from curation.models import Record
from curation.querysets import slim
from labs.choices import Half
from labs.models import Assessment, Lab, Sheet
from labs.querysets import AssessmentQuerySet

from .. import tokens
from ..tokens import Unanswerable

PURPOSE = "mirror"
OF_RUN = ("lab__record", "lab__owner__record", "host__record")


@dataclass
class Seat:
    """A sheet, and who sits before it: somebody with an account, or whoever holds its link.

    `keeps`: they look after the lab as well.
    """

    sheet: Sheet
    user: User | None
    keeps: bool = False

    @property
    def run(self) -> Assessment:
        return self.sheet.assessment


def keeps(stands: Standing, lab: Lab) -> bool:
    """The members of the organisation that answers for the lab, and a colleague there who has made it.

    Looking after the register gives no right to look into a lab's mirror, but where nobody answers for it.
    """
    if lab.owner_id is not None:
        stands = replace(stands, scope=Scope())
    return stands.may_edit(lab)


def lab_to_mirror(user: User, public_id: str) -> Lab:
    """A published lab whose mirror one keeps. Others get 403, and 404 for what is not published."""
    records = Record.objects.shown().published().select_related("lab__owner__record")
    record = records.filter(kind=Kind.LAB, public_id=public_id).first()
    if record is None:
        raise Http404
    lab: Lab = entry_of(record)
    if not keeps(standing(user), lab):
        raise PermissionDenied
    return lab


def runs() -> AssessmentQuerySet:
    """Those of published labs, with the lab, who answers for it, and the host."""
    rows = Assessment.objects.filter(lab__record__state=State.PUBLISHED).select_related(*OF_RUN)
    return rows.defer(*(column for record in OF_RUN for column in slim(f"{record}__")))


def run_kept(user: User, number: int) -> tuple[Assessment, Standing]:
    """A run of a lab whose mirror one keeps; any other does not exist."""
    run, stands = runs().filter(pk=number).first(), standing(user)
    if run is None or not keeps(stands, run.lab):
        raise Http404
    return run, stands


def run_to_read(user: User, number: int) -> tuple[Assessment, Standing, bool]:
    """The same, and a finished one for whoever has answered the host's half; whether one keeps it."""
    run, stands = runs().filter(pk=number).first(), standing(user)
    if run is None:
        raise Http404
    kept = keeps(stands, run.lab)
    if not kept and not (run.finished_on and _has_answered(stands, run)):
        raise Http404
    return run, stands, kept


def _has_answered(stands: Standing, run: Assessment) -> bool:
    if _houses(run).isdisjoint(stands.memberships):
        return False
    return run.sheets.filter(by=stands.user.pk, finished_at__isnull=False).exists()


def sheet_to_answer(user: User, number: int) -> Seat:
    """A sheet one may answer, or has answered; any other does not exist."""
    sheet, stands = _sheet(number), standing(user)
    if sheet is None or not _answers(stands, sheet):
        raise Http404
    return Seat(sheet, user, keeps(stands, sheet.assessment.lab))


def sheet_by_link(token: str) -> Seat:
    """The sheet a link is for. Raises `Unanswerable`: once it was given to somebody, the link is closed."""
    told = tokens.read(PURPOSE, token)
    sheet = _sheet(told.about[0])
    if sheet is None:
        raise Unanswerable("closed")
    if sheet.by_id is not None:
        raise Unanswerable("right")
    return Seat(sheet, None)


def link_to(sheet: Sheet) -> str:
    """The token for whoever answers without an account; it says nothing but which sheet."""
    return tokens.make(PURPOSE, [sheet.pk], user=None, address="")


def _sheet(number: int) -> Sheet | None:
    run = tuple(f"assessment__{path}" for path in OF_RUN)
    rows = Sheet.objects.filter(pk=number, assessment__lab__record__state=State.PUBLISHED)
    return rows.select_related(*run).defer(*(column for path in run for column in slim(f"{path}__"))).first()


def _answers(stands: Standing, sheet: Sheet) -> bool:
    """Whoever answers one half does not see the other.

    The lab's is for those who keep it. The host's is for whom it was given to, as long as they belong to the
    host or the lab's organisation; else for members of the host who do not keep the lab.
    """
    run = sheet.assessment
    if run.sheets.filter(by=stands.user.pk).exclude(pk=sheet.pk).exists():
        return False
    if sheet.half == Half.LAB:
        return keeps(stands, run.lab)
    if sheet.by_id is not None:
        return sheet.by_id == stands.user.pk and not _houses(run).isdisjoint(stands.memberships)
    return run.host_id in stands.memberships and not keeps(stands, run.lab)


def colleagues(stands: Standing, run: Assessment) -> QuerySet[User]:
    """Whom the host's half can be given to: fellow members of the host or of the lab's organisation.

    Only of organisations one belongs to oneself: whose people others are is not told.
    """
    shared = _houses(run) & stands.memberships.keys()
    members = Membership.objects.running().filter(actor__in=shared).order_by().values("user")
    taken = Sheet.objects.filter(assessment=run, half=Half.LAB, by__isnull=False).order_by().values("by")
    me: Any = stands.user.pk
    people = User.objects.filter(Q(pk__in=members) & ~Q(pk__in=taken)).exclude(pk=me)
    return people.order_by("name", "email")


def _houses(run: Assessment) -> set[int]:
    """The organisations whose members may be given the host's half."""
    return {house for house in (run.host_id, run.lab.owner_id) if house is not None}
