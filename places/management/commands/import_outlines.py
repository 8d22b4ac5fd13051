"""`manage.py import_outlines FILE`: give the municipalities their outlines, all of them or none."""

from argparse import ArgumentParser
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from places.models import Place
from places.outlines import NotGeoJSON, Outline, Refused, features, read


@dataclass
class Plan:
    """What a file would do: places by what happens to them, and the reasons for what cannot happen."""

    added: list[Place] = field(default_factory=list)
    changed: list[Place] = field(default_factory=list)
    unchanged: list[Place] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{len(self.added)} added, {len(self.changed)} changed, "
            f"{len(self.unchanged)} unchanged, {len(self.refused)} refused"
        )


class Command(BaseCommand):
    """Loads a GeoJSON file twice as well as once; a file with one refused feature changes nothing."""

    help = (
        "Reads municipality outlines from a GeoJSON FeatureCollection (properties code and name, "
        "Polygon or MultiPolygon, longitude and latitude in WGS 84) and stores them with the places."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the GeoJSON file, UTF-8")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            found = features(file.read_bytes())
        except (OSError, NotGeoJSON) as error:
            raise CommandError(f"{file.name}: {error}. Nothing was loaded.") from error
        with transaction.atomic():
            plan = self._plan(found)
            if plan.refused:
                reasons = "\n".join(f"  {reason}" for reason in plan.refused)
                count = f"{len(plan.refused)} of {len(found)} features refused"
                raise CommandError(f"{file.name}: {count}. Nothing was loaded.\n{reasons}")
            for place in plan.added + plan.changed:
                place.save(update_fields=["outline"])
        self.stdout.write(f"{file.name}: {plan}.")

    def _plan(self, found: Iterable[Any]) -> Plan:
        plan = Plan()
        # Locked, so that two imports at once take turns.
        places = {place.code: place for place in Place.objects.municipalities().select_for_update()}
        read_before: set[str] = set()
        for number, feature in enumerate(found, start=1):
            try:
                outline = read(feature)
                _sort_in(plan, _place(places, read_before, outline), outline)
            except Refused as refusal:
                plan.refused.append(f"feature {number}: {refusal}")
        return plan


def _place(places: Mapping[str, Place], read_before: set[str], outline: Outline) -> Place:
    """The municipality an outline belongs to; raises `Refused`."""
    if outline.code not in places:
        raise Refused(f"{outline.code} {outline.name}: no municipality has this code")
    if outline.code in read_before:
        raise Refused(f"{outline.code} {outline.name}: the file has this code twice")
    read_before.add(outline.code)
    return places[outline.code]


def _sort_in(plan: Plan, place: Place, outline: Outline) -> None:
    """Set the place's outline and note what that means."""
    if place.outline == outline.geometry:
        plan.unchanged.append(place)
        return
    (plan.changed if place.outline else plan.added).append(place)
    place.outline = outline.geometry
