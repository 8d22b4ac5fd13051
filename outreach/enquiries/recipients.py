"""Whom an enquiry reaches: those who answer for the entry, else those who look after the register."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from accounts.models import User
from actors.access import answers_for
from actors.models import Actor
from curation.models import Record
from keeping.addressees import Addressee, responsible_for, stewards_of


@dataclass(frozen=True)
class Recipients:
    """Who is written to. `looked_after`: somebody answers for the entry; else it has to be passed on."""

    people: list[Addressee]
    looked_after: bool


def recipients_of(entry: Any) -> Recipients:
    """Those responsible; where there are none, the stewards nearest to it, or else the curators."""
    people = responsible_for(entry)
    return Recipients(people or keepers_of(entry.record), bool(people))


def keepers_of(record: Record) -> list[Addressee]:
    """The stewards of an entry, or else all curators, or where the register has none its administrators."""
    return stewards_of(record) or _people(is_curator=True) or _people(is_superuser=True)


def _people(**are: bool) -> list[Addressee]:
    found = User.objects.filter(Q(is_active=True), **are).order_by("pk")
    return [Addressee(user.email, user.language, user, steward=True) for user in found]


def asked_of(entry: Any) -> Actor | None:
    """The organisation that answers for an entry, where readers may know it."""
    owner = answers_for(entry)
    return Actor.objects.published().select_related("record").filter(pk=owner).first() if owner else None
