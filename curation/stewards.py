"""Looking after a place, a theme or an entry: given, handed over, ended. The rows are the log."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from mail import links, outbox
from places.models import Place

from .actions import Overtaken
from .choices import Verb
from .models import Record, RecordEvent, Stewardship, Theme

ENOUGH = 2  # one person's holiday must not leave a place or a theme alone


class AlreadySteward(Exception):
    """The person looks after it already."""


@transaction.atomic
def give(user: User, scope: Place | Theme | Record, *, by: User, tell: bool = True) -> Stewardship:
    """Have somebody look after a place, a theme or an entry; they are told by mail.

    Without `tell` the caller writes to them: who is given many things gets one mail.
    """
    try:
        with transaction.atomic():
            made = Stewardship.objects.create(user=user, given_by=by, **_of(scope))
    except IntegrityError:
        raise AlreadySteward from None
    if tell:
        _tell(made)
    return made


@transaction.atomic
def give_entry(user: User, record: Record, *, by: User) -> Stewardship:
    """The same of one entry, with a line in its log."""
    made = give(user, record, by=by)
    RecordEvent.objects.create(record=record, verb=Verb.STEWARD_GIVEN, by=by, version=record.version)
    return made


@transaction.atomic
def hand_over(stewardship: Stewardship, heir: User, *, by: User, tell: bool = True) -> Stewardship:
    """End one's stewardship in favour of somebody else, in one step; the heir is told by mail."""
    end(stewardship)
    rows = Stewardship.objects.running().filter(user=heir, **_of(stewardship.scope))
    following = rows.first() or give(heir, stewardship.scope, by=by, tell=tell)
    Stewardship.objects.filter(pk=stewardship.pk).update(handed_to=following)
    return following


@transaction.atomic
def hand_over_all(user: User, heir: User, *, by: User) -> int:
    """Hand over all somebody looks after, in one mail; how many. Raises `Overtaken` where one has ended."""
    held = list(Stewardship.objects.running().filter(user=user).with_scope().order_by("since", "pk"))
    for stewardship in held:
        hand_over(stewardship, heir, by=by, tell=False)
    if held:
        _tell_of_all(user, heir, held)
    return len(held)


@transaction.atomic
def end(stewardship: Stewardship) -> None:
    """End a stewardship. Raises `Overtaken` where it has ended already."""
    running = Stewardship.objects.filter(pk=stewardship.pk, until__isnull=True)
    if not running.update(until=timezone.now()):
        raise Overtaken


def _of(scope: Place | Theme | Record) -> dict[str, Place | Theme | Record]:
    return {type(scope).__name__.lower(): scope}


def _tell_of_all(user: User, heir: User, held: Sequence[Stewardship]) -> None:
    with translation.override(heir.language):
        scopes = [str(stewardship.scope) for stewardship in held]
        context = {"who": user, "scopes": scopes, "link": links.absolute(reverse("desk:desk"))}
        outbox.send("curation/steward_of_all", to=heir.email, language=heir.language, context=context)


def _tell(made: Stewardship) -> None:
    with translation.override(made.user.language):
        context = {"scope": made.scope, "link": links.absolute(reverse("desk:desk"))}
        outbox.send("curation/steward", to=made.user.email, language=made.user.language, context=context)
