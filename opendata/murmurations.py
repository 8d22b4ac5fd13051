"""Labs and organisations as Murmurations profiles (organizations_schema-v1.0.0), and the list of them.

The register contacts nobody: an index learns of a profile when somebody tells it where it is
(docs/opendata.md).
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.http import Http404
from django.urls import reverse

from actors.choices import Role
from curation.choices import Kind, Phase
from curation.linked import address_of, tidy
from curation.models import Entry, Record, Theme
from curation.reference import Reference
from mail.links import absolute
from places.choices import PlaceKind

from .linked import with_named

SCHEMAS = ("organizations_schema-v1.0.0",)
KINDS = (Kind.LAB, Kind.ACTOR)
PER_PART = 1000
TEXT, URL, TAG = 200, 2000, 100  # the longest name, address and tag the schema takes
TAGS = 100
SCOPES: Mapping[str, str] = {
    PlaceKind.LOCALITY: "local",
    PlaceKind.MUNICIPALITY: "local",
    PlaceKind.HEALTH_COUNCIL: "regional",
    PlaceKind.REGION: "regional",
    PlaceKind.COUNTRY: "national",
}
STATUSES: Mapping[str, str] = {
    Phase.IDEA: "in_planning",
    Phase.FORMING: "in_planning",
    Phase.SETUP: "in_planning",
    Phase.RUNNING: "active",
    Phase.EMBEDDED: "active",
    Phase.SCALING: "active",
    Phase.DORMANT: "on_hold",
}


def profile_of(record: Record) -> dict[str, Any]:
    """The profile of a lab or an organisation; other kinds have none."""
    if record.kind not in KINDS:
        raise Http404
    found, reference = with_named(record), Reference.now()
    entry: Any = getattr(found, found.kind)
    places, themes = reference.places_named(found), reference.themes_of(found)
    return {"linked_schemas": list(SCHEMAS)} | tidy({
        "name": entry.name_da[:TEXT],
        "primary_url": primary_url(entry, found),
        "description": entry.summary_en or entry.summary_da,
        "mission": getattr(entry, "purpose_en", "") or getattr(entry, "purpose_da", ""),
        "status": "completed" if entry.ended else STATUSES.get(found.phase, ""),
        "country_iso_3166": "DK",
        "geolocation": _geolocation(entry),
        "geographic_scope": SCOPES[places[0].kind] if places else "",
        "starts_at": _year(getattr(entry, "start_year", None)),
        "ends_at": _end(entry),
        "contact_details": {"contact_form": _form(found)},
        "unique_id": found.public_id,
    }) | {
        "tags": _tags(found, themes),
        "urls": [{"name": "Stedkraft", "url": absolute(found.get_absolute_url())}],
        "relationships": _relationships(entry),
    }  # fmt: skip


def primary_url(entry: Entry, record: Record) -> str:
    """Its own website; where it has none, the address that leads to its page here for ever."""
    own = entry.website
    return own if own.startswith(("https://", "http://")) and len(own) <= URL else address_of(record)


def _form(record: Record) -> str:
    """Where one writes to those behind it; the register passes it on."""
    return absolute(reverse("outreach:write", args=[record.kind, record.slug]))


def _tags(record: Record, themes: Any) -> list[str]:
    """What it is and what it is about, in both languages, each once."""
    words = ["living lab" if record.kind == Kind.LAB else record.type.replace("_", " ")]
    words += [name for theme in themes for name in _names(theme)]
    return list(dict.fromkeys(word[:TAG] for word in words if word))[:TAGS]


def _names(theme: Theme) -> tuple[str, str]:
    return theme.name_da, theme.name_en


def _geolocation(entry: Entry) -> dict[str, float] | None:
    if entry.latitude is None or entry.longitude is None:
        return None
    return {"lat": entry.latitude, "lon": entry.longitude}


def _relationships(entry: Any) -> list[dict[str, str]]:
    """The host of a lab, as what it is part of."""
    if entry.kind != Kind.LAB:
        return []
    links = entry.links.public().filter(role=Role.HOST, ended_on__isnull=True, actor__isnull=False)
    return [
        {
            "predicate_url": "https://schema.org/parentOrganization",
            "object_url": primary_url(link.actor, link.actor.record),
        }
        for link in links
    ]


def _year(year: int | None) -> int | None:
    """The first second of a year, as the schema wants it where only the year is known."""
    return int(dt.datetime(year, 1, 1, tzinfo=dt.UTC).timestamp()) if year else None


def _end(entry: Any) -> int | None:
    if entry.ended_on:
        return int(dt.datetime.combine(entry.ended_on, dt.time(), dt.UTC).timestamp())
    return _year(getattr(entry, "end_year", None))


def nodes(page: int) -> dict[str, Any]:
    """A part of the list of all profiles, in the order they came into the register; one statement."""
    records = Record.objects.published().filter(kind__in=KINDS).order_by("pk")
    start = (page - 1) * PER_PART
    rows = list(records.values_list("public_id", "updated_at")[start : start + PER_PART + 1])
    if page > 1 and not rows:
        raise Http404
    here = absolute(reverse("opendata:murmurations_index"))
    return {
        "data": [
            {
                "profile_url": absolute(reverse("opendata:murmurations", args=[public_id])),
                "linked_schemas": list(SCHEMAS),
                "last_updated": int(changed.timestamp()),
            }
            for public_id, changed in rows[:PER_PART]
        ],
        "links": {
            "self": f"{here}?page={page}",
            "next": f"{here}?page={page + 1}" if len(rows) > PER_PART else None,
        },
    }  # fmt: skip
