"""Accounts nobody uses: warned after two years, erased a quarter of a year later."""

import datetime as dt

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone, translation

from mail import links, outbox

from . import personal
from .models import User

WARNED_AFTER = dt.timedelta(days=730)  # 24 months
ERASED_AFTER = dt.timedelta(days=821)  # 27 months
TIME_TO_ANSWER = ERASED_AFTER - WARNED_AFTER


def warn() -> int:
    """Write to everybody who has not logged in for 24 months and has not been told; once each."""
    return sum(_warn(pk) for pk in _to_warn().values_list("pk", flat=True))


def erase() -> int:
    """Erase who has not logged in for 27 months although warned at least three months ago.

    A closed account is erased without a warning: nobody could log in to keep it.
    """
    return sum(_erase(pk) for pk in _to_erase().values_list("pk", flat=True))


def _idle(since: dt.timedelta) -> QuerySet[User]:
    """Administrators stay: an authority may need theirs after years, and the last one must not go."""
    used = User.objects.annotate(used_at=Coalesce("last_login", "date_joined"))
    old = used.filter(erased_at=None, is_superuser=False, used_at__lt=timezone.now() - since)
    return old.order_by("used_at", "pk")


def _to_warn() -> QuerySet[User]:
    never = Q(idle_warned_at=None) | Q(idle_warned_at__lt=F("used_at"))
    return _idle(WARNED_AFTER).filter(never, is_active=True)


def _to_erase() -> QuerySet[User]:
    warned = Q(idle_warned_at__gte=F("used_at"), idle_warned_at__lt=timezone.now() - TIME_TO_ANSWER)
    return _idle(ERASED_AFTER).filter(warned | Q(is_active=False))


@transaction.atomic
def _warn(pk: int) -> bool:
    person = _to_warn().select_for_update().filter(pk=pk).first()
    if person is None:
        return False
    person.idle_warned_at = timezone.now()
    person.save(update_fields=["idle_warned_at"])
    with translation.override(person.language):
        link = links.absolute(reverse("account_login"), person.language)
    context = {"email": person.email, "link": link, "day": timezone.localdate() + TIME_TO_ANSWER}
    outbox.send("accounts/idle", to=person.email, language=person.language, context=context)
    return True


@transaction.atomic
def _erase(pk: int) -> bool:
    person = _to_erase().select_for_update().filter(pk=pk).first()
    if person is None:
        return False
    personal.erase(person)
    return True
