"""Reading what is compared of entries: a few short columns, never their texts."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from actors.choices import Role
from curation.choices import Kind
from curation.models import EntryPlace, Record
from curation.ties import AT_SEAT
from labs.models import Link

from .names import words_of
from .weighing import Facts

AT_ONCE = 2_000
# What an entry belongs to: its owner, or the lab it is tried in.
BELONGS_TO: Mapping[str, str] = {
    Kind.LAB: "lab__owner", Kind.MISSION: "mission__owner", Kind.NEED: "need__owner",
    Kind.OFFER: "offer__owner", Kind.TRIAL: "trial__lab", Kind.SOLUTION: "solution__owner",
}  # fmt: skip


def facts_of(kind: str, only: Collection[int] | None = None) -> list[Facts]:
    """What is compared of every published entry of a kind, or of some."""
    records = Record.objects.published().of_kind(kind)
    places, hosts = EntryPlace.objects.filter(record__kind=kind), _hosts(kind, only)
    if only is not None:
        records, places = records.filter(pk__in=only), places.filter(record__in=only)
    lying: dict[int, set[int]] = defaultdict(set)
    for pk, place in places.order_by().values_list("record_id", "place_id").iterator(AT_ONCE):
        lying[pk].add(place)
    rows = records.order_by("pk").values_list(*_columns(kind)).iterator(AT_ONCE)
    return [_facts(kind, row, lying, hosts) for row in rows]


def _columns(kind: str) -> Iterator[str]:
    yield from ("pk", "name_da", "name_en", "type", "x", "y", f"{kind}__point_basis", f"{kind}__website")
    if kind == Kind.ACTOR:
        yield from ("actor__cvr", "actor__ror")
    else:
        yield BELONGS_TO[kind]


def _facts(
    kind: str, row: tuple[Any, ...], lying: Mapping[int, set[int]], hosts: Mapping[int, set[int]]
) -> Facts:
    pk, name_da, name_en, type_, x, y, basis, website, *more = row
    names = tuple(dict.fromkeys(words for name in (name_da, name_en) if (words := words_of(name))))
    cvr, ror = more if kind == Kind.ACTOR else ("", "")
    owner = None if kind == Kind.ACTOR else more[0]
    return Facts(
        pk=pk,
        names=names,
        cvr=cvr,
        ror=ror,
        website=site_of(website),
        places=frozenset(lying.get(pk, ())),
        point=(x, y) if x is not None and basis and basis != AT_SEAT else None,
        owners=frozenset(({owner} if owner else set()) | hosts.get(pk, set())),
        type=type_ if kind == Kind.ACTOR else "",
    )


def _hosts(kind: str, only: Collection[int] | None) -> Mapping[int, set[int]]:
    if kind != Kind.LAB:
        return {}
    rows = Link.objects.running().filter(role=Role.HOST, actor__isnull=False)
    if only is not None:
        rows = rows.filter(lab__in=only)
    hosts: dict[int, set[int]] = defaultdict(set)
    for lab, actor in rows.order_by().values_list("lab_id", "actor_id").iterator(AT_ONCE):
        hosts[lab].add(actor)
    return hosts


def site_of(website: str) -> str:
    """A website as it is compared: without what people write one way or the other."""
    try:
        parts = urlsplit(website.strip().lower())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    path = parts.path.rstrip("/").removesuffix("/en").removesuffix("/da")
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{path}{query}" if "." in host else ""
