"""Published entries that what is being registered may be already: by name, by website, near by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Q
from django.utils.translation import gettext as _

from curation.models import Record
from curation.query import STOP_WORDS, beginning, named
from curation.reference import Reference
from places.danish import fold
from places.projection import mercator

CANDIDATES = 40
SHOWN = 4
LEAST_LETTERS = 4
# Words most names of living labs and organisations share say nothing of which one it is.
COMMON = STOP_WORDS | {
    "living", "lab", "labs", "laboratorium", "center", "centre", "centret", "kommune", "kommunes", "danmark",
    "denmark", "dansk", "projekt",
}  # fmt: skip
ALIKE = 0.6
# Near by, fewer words in common are telling; the map's metres are about 1.8 times those on the ground.
ALIKE_NEAR = 0.34
NEAR_METRES = 9_000


@dataclass(frozen=True)
class Alike:
    """An entry, and what makes it look the same."""

    record: Record
    why: str
    places: str


def alike(kind: str, words: Mapping[str, Sequence[str]]) -> list[Alike]:
    """The few most alike, best first; two statements besides the reference."""
    name = " ".join(words.get(field, [""])[0] for field in ("name_da", "name_en") if words.get(field))
    words_of_name, host = telling(name), house_in(words)
    if not host and sum(map(len, words_of_name)) < LEAST_LETTERS:
        return []
    reference = Reference.now()
    point = point_of(words, reference)
    ranked = []
    for record in _candidates(kind, words_of_name, host):
        shared = share(words_of_name, telling(f"{record.name_da} {record.name_en}"))
        near = is_near(point, record)
        site = host and host == house_of(getattr(record, kind).website)
        if site or shared >= ALIKE or (near and shared >= ALIKE_NEAR):
            places = ", ".join(place.name for place in reference.places_named(record))
            ranked.append((-shared - bool(site), record.pk, Alike(record, _why(bool(site), near), places)))
    return [one for _rank, _pk, one in sorted(ranked, key=lambda row: row[:2])[:SHOWN]]


def _candidates(kind: str, telling: Sequence[str], host: str) -> Sequence[Record]:
    published = Record.objects.published().of_kind(kind).select_related(kind).shown()
    wanted = Q(pk__in=[])
    for word in telling:
        wanted |= (named((word,), "da") | beginning(word, only="A")).found_in("search_da")
    for before in "/." if host else "":
        wanted |= Q(**{f"{kind}__website__icontains": before + host})
    return list(published.filter(wanted).order_by("-quality", "pk")[:CANDIDATES])


def telling(name: str) -> list[str]:
    """The folded words of a name that tell which one it is."""
    words = dict.fromkeys(fold(name[:200]).split())
    return [word for word in words if word not in COMMON and len(word) > 1][:10]


def share(one: Sequence[str], other: Sequence[str]) -> float:
    """Of the words of the shorter name, how many the other has; a last word may be unfinished."""
    shorter, longer = sorted((one, other), key=len)
    if not shorter:
        return 0.0
    shared = [word for word in shorter if any(w.startswith(word) or word.startswith(w) for w in longer)]
    return len(shared) / len(shorter)


def house_in(words: Mapping[str, Sequence[str]]) -> str:
    """Whose website was typed."""
    typed = (words.get("website") or [""])[0].strip().lower()
    return house_of(typed if "//" in typed else f"//{typed}")


def house_of(website: str) -> str:
    """Whose website it is; nothing for one with a path of its own, which many may share a house with."""
    try:
        parts = urlsplit(website)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    return host if "." in host and parts.path.strip("/") == "" else ""


def point_of(words: Mapping[str, Sequence[str]], reference: Reference) -> tuple[float, float] | None:
    """Where it is on the map: the typed point, else the first municipality's main town."""
    try:
        latitude, longitude = (
            float((words.get(n) or [""])[0].replace(",", ".")) for n in ("latitude", "longitude")
        )
        return mercator(longitude=longitude, latitude=latitude)
    except (ValueError, OverflowError):
        pass
    place = next((reference.place_at[p] for p in words.get("places", []) if p in reference.place_at), None)
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return mercator(longitude=place.longitude, latitude=place.latitude)


def is_near(point: tuple[float, float] | None, record: Any) -> bool:
    """Whether what has a point of the map lies close to another."""
    if point is None or record.x is None or record.y is None:
        return False
    return hypot(point[0] - record.x, point[1] - record.y) < NEAR_METRES


def _why(site: bool, near: bool) -> str:
    if site:
        return _("The same website.")
    return _("A name with the same words, near by.") if near else _("A name with the same words.")
