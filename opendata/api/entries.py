"""Entries as the API tells them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django.db import models
from ninja import Schema
from pydantic import Field

from curation.models import Record, Theme
from curation.reference import Reference
from keeping.history.events import MODELS
from mail.links import absolute
from places.models import Place

from ..stable import stable_path
from .fields import Named, named, public_fields, schema_of, value_of


class Point(Schema):
    """Where something stands, in degrees (WGS84)."""

    longitude: float
    latitude: float
    basis: str = Field(description="What the point rests on; empty where the source tells an address.")


class Of(Schema):
    """A theme or a place by its word in addresses."""

    code: str
    name_da: str
    name_en: str


class EntryBase(Schema):
    """What every entry has."""

    id: str = Field(description="Public id; it never changes.")
    kind: str
    url: str = Field(description="Its page.")
    id_url: str = Field(description="The address that leads to its page for ever.")
    themes: list[Of] = Field(description="What its card names, the main theme first.")
    places: list[Of] = Field(description="What its card names.")
    theme_codes: list[str] = Field(
        description="All it is found by in the filter `theme`: its own themes, then those above them."
    )
    place_codes: list[str] = Field(
        description="All it is found by in the filter `place`: its own places, then those they belong to or"
        " ever belonged to."
    )
    sides: list[str] = Field(
        description="Of an actor its usual side; of others what their links say, as filters know it."
    )
    point: Point | None
    filed_phase: str = Field(
        description="How far it is, as the filter `phase` finds it; empty where that is not known."
    )
    freshness: str = Field(description="confirmed, due, unconfirmed or unclaimed.")
    published_on: dt.date
    changed_at: dt.datetime
    confirmed_on: dt.date | None
    source: str
    version: int = Field(description="Raised by every change; also in the ETag, after the dot.")
    pull: int = Field(description="Links on the PULL side; those on both sides count on each.")
    push: int = Field(description="Links on the PUSH side; those on both sides count on each.")


SCHEMAS: Mapping[str, type[Schema]] = {
    kind: schema_of(kind.title(), EntryBase, public_fields(kind)) for kind in MODELS
}


# What is told of a record, and what of the record of an entry that another names.
OF_NAMED = ("public_id", "kind", "slug", "state", "name_da", "name_en")
OF_RECORD = (
    *OF_NAMED, "source", "version", "phase", "type", "ended", "sides", "place_ids", "theme_ids", "pull_count",
    "push_count", "both_count", "published_at", "updated_at", "claimed_at", "confirmed_at", "x", "y",
)  # fmt: skip


def with_entry(kind: str, records: Any) -> Any:
    """Records of a kind with all the API tells of themselves and nothing else, in one statement."""
    of_entry = [f"{kind}__{field.name}" for field in MODELS[kind]._meta.fields]  # noqa: SLF001
    return records.select_related(kind).only(*OF_RECORD, *of_entry)


def tell(records: Sequence[Record], reference: Reference) -> list[dict[str, Any]]:
    """Entries as the API tells them, read by `with_entry`; those they name are read in one statement.

    Joining these costs more: five tables more to plan, and an object for each row of each.
    """
    named_ids = {getattr(_entry(record), column) for record in records for column in _naming(record.kind)}
    others = Record.objects.only(*OF_NAMED).order_by().in_bulk(named_ids - {None})
    return [_told(record, others, reference) for record in records]


def _entry(record: Record) -> Any:
    return getattr(record, record.kind)


@cache
def _naming(kind: str) -> Sequence[str]:
    """The columns that name another entry, each by the number of its record."""
    return [field.attname for field in public_fields(kind) if isinstance(field, models.ForeignKey)]


def _told(record: Record, others: Mapping[int, Record], reference: Reference) -> dict[str, Any]:
    entry = _entry(record)
    said = {
        field.name: named(others.get(getattr(entry, field.attname)))
        if isinstance(field, models.ForeignKey)
        else value_of(entry, field)
        for field in public_fields(record.kind)
    }
    return said | {
        "id": record.public_id,
        "kind": record.kind,
        "url": absolute(record.get_absolute_url()),
        "id_url": absolute(stable_path(record)),
        "themes": [theme_named(theme) for theme in reference.themes_of(record)],
        "places": [place_named(place) for place in reference.places_named(record)],
        "theme_codes": [reference.themes[pk].slug for pk in record.theme_ids if pk in reference.themes],
        "place_codes": [reference.places[pk].address for pk in record.place_ids if pk in reference.places],
        "sides": list(record.sides),
        "point": _point(entry),
        "filed_phase": record.phase,
        "freshness": record.freshness,
        "published_on": _day(record.published_at),
        "changed_at": record.updated_at,
        "confirmed_on": _day(record.confirmed_at),
        "source": record.source,
        "version": record.version,
        "pull": record.pull_total,
        "push": record.push_total,
    }


def theme_named(theme: Theme) -> dict[str, str]:
    return {"code": theme.slug, "name_da": theme.name_da, "name_en": theme.name_en}


def place_named(place: Place) -> dict[str, str]:
    return {"code": place.address, "name_da": place.name_da, "name_en": place.name_en}


def _point(entry: Any) -> dict[str, Any] | None:
    if entry.latitude is None or entry.longitude is None:
        return None
    return {"longitude": entry.longitude, "latitude": entry.latitude, "basis": entry.point_basis}


def _day(moment: dt.datetime | None) -> dt.date | None:
    return moment.date() if moment else None


__all__ = ["SCHEMAS", "Named", "Of", "place_named", "tell", "theme_named", "with_entry"]
