"""Looking after a place, a theme or an entry: given, handed over, ended. The rows are the log."""

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from mail import links, outbox
from places.models import Place

from .actions import Overtaken
from .models import Record, Stewardship, Theme

ENOUGH = 2  # one person's holiday must not leave a place or a theme alone


class AlreadySteward(Exception):
    """The person looks after it already."""


@transaction.atomic
def give(user: User, scope: Place | Theme | Record, *, by: User) -> Stewardship:
    """Have somebody look after a place, a theme or an entry; they are told by mail."""
    try:
        with transaction.atomic():
            made = Stewardship.objects.create(user=user, given_by=by, **_of(scope))
    except IntegrityError:
        raise AlreadySteward from None
    _tell(made)
    return made


@transaction.atomic
def hand_over(stewardship: Stewardship, heir: User, *, by: User) -> Stewardship:
    """End one's stewardship in favour of somebody else, in one step; the heir is told by mail."""
    end(stewardship)
    rows = Stewardship.objects.running().filter(user=heir, **_of(stewardship.scope))
    following = rows.first() or give(heir, stewardship.scope, by=by)
    Stewardship.objects.filter(pk=stewardship.pk).update(handed_to=following)
    return following


@transaction.atomic
def end(stewardship: Stewardship) -> None:
    """End a stewardship. Raises `Overtaken` where it has ended already."""
    running = Stewardship.objects.filter(pk=stewardship.pk, until__isnull=True)
    if not running.update(until=timezone.now()):
        raise Overtaken


def _of(scope: Place | Theme | Record) -> dict[str, Place | Theme | Record]:
    return {type(scope).__name__.lower(): scope}


def _tell(made: Stewardship) -> None:
    with translation.override(made.user.language):
        context = {"scope": made.scope, "link": links.absolute(reverse("desk:desk"))}
        outbox.send("curation/steward", to=made.user.email, language=made.user.language, context=context)
