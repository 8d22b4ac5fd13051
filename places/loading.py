"""Denmark's places from the files: country, regions, health councils, municipalities, what belongs where."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .choices import PlaceKind
from .danish import fold, sort_key
from .models import Place, PlaceLink
from .sheets import Format, Load, Lookup, Row
from .upsert import Wanted, store

REGION = ("code", "name", "name_en", "seat", "population", "population_year", "valid_from", "source")
FILES = {
    "regions.csv": Format((*REGION, "valid_to", "successor"), ("code",)),
    "regions_future.csv": Format((*REGION, "predecessors"), ("name",)),
    "health_councils.csv": Format(
        ("id", "name", "region_name", "municipality_codes", "population", "population_year", "source"),
        ("id",),
    ),
    "municipalities.csv": Format(
        ("code", "name", "region_code", "population", "population_year", "area_km2", "latitude", "longitude",
         "seat_town", "source"),
        ("code",),
    ),
    "place_names.csv": Format(("name", "name_en", "kind", "municipality_codes", "source"), ("name",)),
}  # fmt: skip
BELONGINGS = "what belongs where"

COUNTRY = {"name_da": "Danmark", "name_en": "Denmark", "sort_key": sort_key("Danmark")}
ENGLISH_NAMES = {"København": "Copenhagen"}


@dataclass
class Places:
    """The places that rows name: municipalities by code, regions by name, both by code, and the country."""

    municipalities: Lookup[Place]
    regions: Lookup[Place]
    coded: Lookup[Place]
    country: Place


def address(name: str) -> str:
    """A name as it stands in an address."""
    return fold(name).replace(" ", "-")


def load_places(load: Load) -> Places:
    """Load all places and their belongings."""
    country = _store([Wanted((PlaceKind.COUNTRY, "DK", "danmark"), COUNTRY)], load, "the country")["DK"]
    regions = _store(map(_region, load["regions.csv"]), load, "regions.csv")
    future = _store(map(_future_region, load["regions_future.csv"]), load, "regions_future.csv")
    councils = _store(map(_council, load["health_councils.csv"]), load, "health_councils.csv")
    named = _further_names(load)
    towns = _store(
        (_municipality(row, named) for row in load["municipalities.csv"]), load, "municipalities.csv"
    )
    by_name = {place.name_da: place for place in (*regions.values(), *future.values())}
    told = load["regions.csv"].told("name") | load["regions_future.csv"].told("name")
    places = Places(
        Lookup("municipality", towns, load["municipalities.csv"].told("code")),
        Lookup("region", by_name, told),
        Lookup(
            "municipality or region",
            {**regions, **towns},
            load["municipalities.csv"].told("code") | load["regions.csv"].told("code"),
        ),
        country,
    )
    Belongings(load, places, regions, future, councils).store()
    return places


def _store(wanted: Iterable[Wanted], load: Load, name: str) -> Mapping[str, Place]:
    """Store places of one file, found by code, else by slug; the given slug is for new ones only."""
    wanted = list(wanted)
    codes = {place.code: place.slug for place in Place.objects.exclude(code="").only("code", "slug")}
    for want in wanted:
        kind, code, slug = want.key
        want.values = {"kind": kind, "code": code, **want.values}
        want.key = (codes.get(code, slug),)
    stored = store(Place.objects.defer("outline"), ("slug",), wanted, load.tally(name))
    load.finished(name)
    return {place.address: place for place in stored.values()}


def _said(row: Row) -> dict[str, Any]:
    name = row.required("name")
    return {
        "name_da": name,
        "sort_key": sort_key(name),
        "population": row.whole("population"),
        "population_year": row.year("population_year"),
        "source": row.required("source"),
    }


def _said_of_region(row: Row) -> dict[str, Any]:
    named = {"name_en": row["name_en"], "seat": row["seat"]}
    return _said(row) | named | {"valid_from": row.date("valid_from")}


def _region(row: Row) -> Wanted:
    values = _said_of_region(row) | {"valid_until": row.date("valid_to")}
    return Wanted((PlaceKind.REGION, row.required("code"), address(row["name"])), values, row)


def _future_region(row: Row) -> Wanted:
    """A region to come has no code yet and is found by the rest of its name."""
    slug = address(row["name"]).removeprefix("region-")
    return Wanted((PlaceKind.REGION, row["code"], slug), _said_of_region(row), row)


def _council(row: Row) -> Wanted:
    name = row["name"]
    english = name.replace("Sundhedsråd", "Health Council", 1).replace(" og ", " and ")
    values = _said(row) | {"name_en": english}
    return Wanted((PlaceKind.HEALTH_COUNCIL, row.required("id"), f"sundhedsraad-{row['id']}"), values, row)


def _further_names(load: Load) -> Mapping[str, list[str]]:
    """The landscapes and old counties each municipality lies in, and short forms of its name, by its code."""
    codes = load["municipalities.csv"].told("code")
    named: dict[str, list[str]] = defaultdict(list)
    for row in load["place_names.csv"]:
        names = [name for name in (row.required("name"), row["name_en"]) if name]
        row.required("source")
        for code in row.listed("municipality_codes"):
            if code not in codes:
                row.refuse(f"there is no municipality {code}")
            named[code] += names
    load.finished("place_names.csv")
    return named


def _municipality(row: Row, named: Mapping[str, list[str]]) -> Wanted:
    latitude, longitude = row.point()
    area = row.decimal("area_km2")
    values = _said(row) | {
        "name_en": ENGLISH_NAMES.get(row["name"], ""),
        "seat": row["seat_town"],
        "further_names": list(dict.fromkeys(named.get(row["code"], ()))),
        "area_km2": None if area is None else area.quantize(Decimal("0.1")),
        "latitude": latitude,
        "longitude": longitude,
    }
    code = row.required("code")
    if not (len(code) == 4 and code.isdecimal()):
        row.refuse(f"code: “{code}” is not four digits")
    return Wanted((PlaceKind.MUNICIPALITY, code, address(row["name"])), values, row)


@dataclass
class Belongings:
    """What belongs where and when, as the files tell it."""

    load: Load
    places: Places
    regions: Mapping[str, Place]
    future: Mapping[str, Place]
    councils: Mapping[str, Place]

    def store(self) -> None:
        wanted = [*self._regions(), *self._municipalities(), *self._councils()]
        store(PlaceLink.objects.all(), ("child_id", "parent_id"), wanted, self.load.tally(BELONGINGS))

    def _regions(self) -> Iterable[Wanted]:
        """A region that goes belongs to the one that follows it, with all that was said of it as a whole."""
        heirs = self._heirs()
        for place in self.places.regions.found.values():
            yield _belongs(place, self.places.country, since=self._start(place), until=place.valid_until)
            if heir := heirs.get(place.code):
                yield _belongs(place, heir, since=heir.valid_from)

    def _municipalities(self) -> Iterable[Wanted]:
        regions = Lookup("region", self.regions, self.load["regions.csv"].told("code"))
        heirs = self._heirs()
        for row in self.load["municipalities.csv"]:
            region = regions.get(row, row.required("region_code"))
            town = self.places.municipalities.found.get(row["code"])
            if region and town:
                yield _belongs(town, region, until=region.valid_until, row=row)
                if heir := heirs.get(region.code):
                    yield _belongs(town, heir, since=heir.valid_from, row=row)

    def _heirs(self) -> Mapping[str, Place]:
        """The region that follows each region, by the code of the one that goes."""
        rows = [row for row in self.load["regions.csv"] if row["successor"]]
        heirs = {row["code"]: self.places.regions.get(row, row["successor"]) for row in rows}
        return {code: heir for code, heir in heirs.items() if heir}

    def _start(self, region: Place) -> dt.date | None:
        """When a region to come takes over; for one that has been there all along the day is not known."""
        return region.valid_from if region.address in self.future else None

    def _councils(self) -> Iterable[Wanted]:
        """From when a municipality belongs to its council the files do not say."""
        for row in self.load["health_councils.csv"]:
            council = self.councils.get(row["id"])
            region = self.places.regions.get(row, row.required("region_name"))
            towns = self.places.municipalities.each(row, row.listed("municipality_codes"))
            if council and region:
                yield _belongs(council, region, since=self._start(region), row=row)
                yield from (_belongs(town, council, row=row) for town in towns)


def _belongs(
    child: Place, parent: Place, *, since: dt.date | None = None, until: dt.date | None = None,
    row: Row | None = None,
) -> Wanted:  # fmt: skip
    return Wanted((child.pk, parent.pk), {"since": since, "until": until}, row)
