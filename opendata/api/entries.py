"""Entries as the API tells them."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from ninja import Schema
from pydantic import Field

from curation.models import Record
from curation.querysets import slim
from curation.reference import Reference
from keeping.history.events import MODELS
from mail.links import absolute

from ..stable import stable_path
from .fields import Named, public_fields, schema_of, value_of


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
    themes: list[Of] = Field(description="The main theme first.")
    places: list[Of]
    point: Point | None
    phase: str = Field(description="How far it is, as lists file it; empty where that is not known.")
    freshness: str = Field(description="confirmed, due, unconfirmed or unclaimed.")
    published_on: dt.date
    changed_at: dt.datetime
    confirmed_on: dt.date | None
    source: str
    pull: int = Field(description="Links on the PULL side; those on both sides count on each.")
    push: int = Field(description="Links on the PUSH side; those on both sides count on each.")


SCHEMAS: Mapping[str, type[Schema]] = {kind: schema_of(kind, EntryBase) for kind in MODELS}


def with_entry(kind: str, records: Any) -> Any:
    """Records of a kind with all the API tells of them, in one statement."""
    joined = [f"{kind}__{name}" for name in _named(kind)]
    return records.select_related(kind, *joined).defer(*slim(), *_deferred(kind))


def _named(kind: str) -> Iterable[str]:
    """The other entries it names: their records come along."""
    for field in public_fields(kind):
        if isinstance(field, models.ForeignKey):
            yield field.name if field.related_model is Record else f"{field.name}__record"


def _deferred(kind: str) -> Iterable[str]:
    for path in _named(kind):
        yield from slim(f"{kind}__{path}__")


def entry_out(record: Record, reference: Reference) -> dict[str, Any]:
    """An entry as the API tells it; `record` was read by `with_entry`."""
    entry: Any = getattr(record, record.kind)
    said = {field.name: value_of(entry, field) for field in public_fields(record.kind)}
    for value in said.values():
        if isinstance(value, dict):
            value["url"] = absolute(value["url"])
    return said | {
        "id": record.public_id,
        "kind": record.kind,
        "url": absolute(record.get_absolute_url()),
        "id_url": absolute(stable_path(record)),
        "themes": [
            {"code": theme.slug, "name_da": theme.name_da, "name_en": theme.name_en}
            for theme in reference.themes_of(record)
        ],
        "places": [
            {"code": place.code or place.slug, "name_da": place.name_da, "name_en": place.name_en}
            for place in reference.places_named(record)
        ],
        "point": _point(entry),
        "phase": record.phase,
        "freshness": record.freshness,
        "published_on": _day(record.published_at),
        "changed_at": record.updated_at,
        "confirmed_on": _day(record.confirmed_at),
        "source": record.source,
        "pull": record.pull_total,
        "push": record.push_total,
    }


def _point(entry: Any) -> dict[str, Any] | None:
    if entry.latitude is None or entry.longitude is None:
        return None
    return {"longitude": entry.longitude, "latitude": entry.latitude, "basis": entry.point_basis}


def _day(moment: dt.datetime | None) -> dt.date | None:
    return moment.date() if moment else None


__all__ = ["SCHEMAS", "Named", "entry_out", "with_entry"]
