"""Writing verbs of needs: an offer answers one, and the need's owner goes into it."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from actors.models import Offer
from actors.refusals import refused
from curation import actions
from curation.models import Record

from .choices import NeedStatus
from .models import Need, Response

# Once somebody is talked with, a need is in dialogue; one that says more already stays as it is.
NOT_TALKED_ABOUT = ("", NeedStatus.OPEN)


class NotToBeAnswered(Exception):
    """`why`: the `need` or the `offer` is over, or no longer public, or the answer was `declined`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@transaction.atomic
def respond(*, need: Need, offer: Offer, by: User, organisation: Record | None = None) -> Response:
    """Make an offer in answer to a need: one row, one line in the offer's log, however often it is said.

    Nobody is written to here: the need's owner is asked to confirm it by the next morning's mail about what
    names it. Raises `NotToBeAnswered`.
    """
    actions.hold(need.record, offer.record)
    record = Record.objects.shown().get(pk=offer.pk)
    held = Response.objects.filter(need=need.pk, offer=offer.pk).first()
    if why := _hindrance(need, offer, held):
        raise NotToBeAnswered(why)
    if held is not None:
        return held
    made: list[Response] = []
    actions.edit(
        record, by=by, version=record.version, organisation=organisation,
        write=lambda: made.append(Response.objects.create(need=need, offer=offer)),
    )  # fmt: skip
    return made[0]


def _hindrance(need: Need, offer: Offer, held: Response | None) -> str:
    """Why an answer cannot be given, in one word; nothing where it can."""
    if not Need.objects.current().filter(pk=need.pk).exists():
        return "need"
    if not Offer.objects.current().filter(pk=offer.pk).exists():
        return "offer"
    if held is not None:
        return "declined" if held.ended_on else ""
    return "declined" if need.owner_id and refused(offer.record, [need.owner_id]) else ""


@transaction.atomic
def confirm_response(response: Response, *, by: User | None) -> None:
    """The need's owner goes into an answer; one that was confirmed or has ended meanwhile stays as it is.

    A need that was open, or of which nothing was known, is in dialogue from now on: one line in its log.
    Nobody is written to.
    """
    need, offer = response.need, response.offer
    actions.hold(need.record, offer.record)
    rows = Response.objects.running().filter(pk=response.pk, confirmed_at__isnull=True)
    if not rows.update(confirmed_at=timezone.now()):
        return
    talked_about = Need.objects.published().filter(pk=need.pk, ended=False, status__in=NOT_TALKED_ABOUT)
    if not talked_about.exists():
        actions.rewritten(need.record)
        return
    record = Record.objects.shown().get(pk=need.pk)
    actions.edit(
        record, by=by, version=record.version, organisation=need.owner.record if need.owner else None,
        write=lambda: talked_about.update(status=NeedStatus.IN_DIALOGUE),
        reviewed=record.reviewed_version >= record.version,
    )  # fmt: skip
