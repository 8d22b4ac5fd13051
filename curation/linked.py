"""What pages tell machines about themselves: the words of schema.org, written as JSON-LD.

A thing is named by its address that never changes (`/id/<public id>`), a place or theme by its Danish page.
Texts stand in each language they are told in, with that language, so both pages of an entry say the same.
Which words are used for what, and why: docs/decisions/0027-what-schema-org-words-we-use.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mail.links import absolute
from places.choices import PlaceKind
from places.models import Place

from .models import Entry, Record, Theme

type Node = dict[str, Any]
type Crumb = tuple[str, str]

CONTEXT = "https://schema.org"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
# A health council is an area of administration, a locality only a place.
PLACES: Mapping[str, str] = {
    PlaceKind.COUNTRY: "Country",
    PlaceKind.REGION: "AdministrativeArea",
    PlaceKind.HEALTH_COUNCIL: "AdministrativeArea",
    PlaceKind.MUNICIPALITY: "AdministrativeArea",
    PlaceKind.LOCALITY: "Place",
}


def document(*nodes: Node) -> Node:
    """What stands in a page, or in a file of its own."""
    return {"@context": CONTEXT, "@graph": list(nodes)}


def tidy(node: Node) -> Node:
    """Without what is not told; what is told once is no list."""
    found = {name: _single(value) for name, value in node.items()}
    return {name: value for name, value in found.items() if value not in (None, "", [], {})}


def _single(value: Any) -> Any:
    if not isinstance(value, list | tuple):
        return value
    told = [one for one in value if one]
    return told[0] if len(told) == 1 else told


def said(entry: Any, field: str) -> list[Node]:
    """A text of an entry, a place or a theme in each language it is told in."""
    told = ((code, getattr(entry, f"{field}_{code}")) for code, _name in settings.LANGUAGES)
    return [{"@language": code, "@value": text} for code, text in told if text]


def address_of(record: Record) -> str:
    """What an entry is called for ever."""
    return absolute(reverse("opendata:stable", args=[record.public_id]))


def site() -> Node:
    """The register as a site, to be pointed at."""
    return {"@id": absolute("/#site")}


def register() -> Node:
    """The register as who tells."""
    return {"@type": "Organization", "@id": absolute("/#register"), "name": "Stedkraft", "url": absolute("/")}


# Entries


def named(entry: Any, kind: str) -> Node | None:
    """Another entry, where everybody may read it; it is told in full at its own address."""
    if entry is None or not entry.is_public:
        return None
    return tidy({"@id": address_of(entry.record), "@type": kind, "name": said(entry, "name")})


def entry_told(entry: Entry, record: Record, kind: str, **more: Any) -> Node:
    """What is told of every entry; `more` is what its kind adds."""
    return tidy({
        "@id": address_of(record),
        "@type": kind,
        "name": said(entry, "name"),
        "description": said(entry, "summary"),
        "url": entry.website,
        "identifier": [identifier("Stedkraft", record.public_id), *more.pop("identifiers", ())],
        **more,
    })  # fmt: skip


def identifier(scheme: str, value: str) -> Node:
    return {"@type": "PropertyValue", "propertyID": scheme, "value": value}


def topics(themes: Iterable[Theme]) -> list[Node]:
    """The themes of an entry."""
    return [topic(theme) for theme in themes]


def topic(theme: Theme) -> Node:
    return tidy({
        "@type": "DefinedTerm", "@id": absolute(theme.get_absolute_url(), "da"), "name": said(theme, "name"),
        "inDefinedTermSet": absolute(reverse("curation:themes"), "da"),
    })  # fmt: skip


# Places


def area(place: Place) -> Node:
    """A place of the register."""
    return tidy({
        "@type": PLACES[place.kind], "@id": absolute(place.get_absolute_url(), "da"),
        "name": said(place, "name"),
    })  # fmt: skip


def where(entry: Entry, places: Sequence[Place]) -> list[Node]:
    """Where an entry is: its point within its places, and in words what the point rests on."""
    areas = [area(place) for place in places]
    if entry.latitude is None or entry.longitude is None:
        return areas
    spot = {"@type": "Place", "geo": geo(entry), "description": entry.point_basis, "containedInPlace": areas}
    return [tidy(spot)]


def geo(point: Any) -> Node | None:
    """A point in degrees (WGS84)."""
    if point.latitude is None or point.longitude is None:
        return None
    return {"@type": "GeoCoordinates", "latitude": point.latitude, "longitude": point.longitude}


# Pages


def entry_page(record: Record, thing: Node, *crumbs: Crumb) -> Node:
    """An entry with the page that tells of it: when it changed, and under which licence it may be used."""
    page = page_told(
        record.get_absolute_url(), {"@id": thing["@id"]}, *crumbs, (record.name, record.get_absolute_url()),
        datePublished=record.published_at.date().isoformat() if record.published_at else None,
        dateModified=record.updated_at.date().isoformat(),
    )  # fmt: skip
    return document(page, thing)


def page_told(path: str, thing: Node, *crumbs: Crumb, **more: Any) -> Node:
    """A page, what it is about, and the way to it."""
    return tidy({
        "@type": "WebPage",
        "@id": absolute(path),
        "url": absolute(path),
        "inLanguage": get_language(),
        "isPartOf": site(),
        "license": LICENCE,
        "mainEntity": thing,
        "breadcrumb": way(crumbs) if crumbs else None,
        **more,
    })  # fmt: skip


def way(crumbs: Iterable[Crumb]) -> Node:
    """The crumbs of a page from the front page on."""
    steps = [(_("Front page"), reverse("ecosystem:home")), *crumbs]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": absolute(path)}
            for number, (name, path) in enumerate(steps, start=1)
        ],
    }


def in_danish(route: str, *args: Any) -> str:
    """The Danish address of a page: what has two names is known by this one."""
    with translation.override("da"):
        return absolute(reverse(route, args=args))
