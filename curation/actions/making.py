"""Writing to the register: a record for something new, at an address nobody has."""

import re
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction

from places.loading import address

from ..models import Record

LONGEST_ADDRESS = 100
TRIES = 5


@transaction.atomic
def make_record(kind: str, name: str, **columns: Any) -> Record:
    """A record whose address is its name, with a number where that is taken; safe against others at once."""
    base = _base(kind, name)
    for last in range(TRIES):
        try:
            with transaction.atomic():
                return Record.objects.create(kind=kind, slug=_free(kind, base), **columns)
        except IntegrityError as problem:
            if "one_record_per_address" not in str(problem) or last == TRIES - 1:
                raise
    raise AssertionError("unreachable")


def free_addresses(kind: str, names: Sequence[str]) -> list[str]:
    """An address for each of many names, each other's ones counted as taken; one statement."""
    taken = set(Record.objects.filter(kind=kind).order_by().values_list("slug", flat=True))
    last: dict[str, int] = {}
    found = []
    for base in (_base(kind, name) for name in names):
        number, slug = last.get(base, 1), base
        while slug in taken:
            number += 1
            slug = f"{base}-{number}"
        last[base] = number
        taken.add(slug)
        found.append(slug)
    return found


def _base(kind: str, name: str) -> str:
    return address(name)[:LONGEST_ADDRESS].strip("-") or kind


def _free(kind: str, base: str) -> str:
    taken = set(
        Record.objects.filter(kind=kind, slug__regex=rf"^{re.escape(base)}(-[0-9]+)?$")
        .order_by()
        .values_list("slug", flat=True)
    )
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
