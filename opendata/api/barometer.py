"""The barometer: the register's own figures as its page shows them, each with what it counts."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone, translation
from ninja import Query, Schema
from pydantic import Field

from curation.reference import Reference
from ecosystem.barometer.asked import Asked as Selection
from ecosystem.barometer.page import barometer_of
from ecosystem.barometer.tables import Cell, Section, Table
from mail.links import absolute

from .asking import LANGUAGE, LETTERS, TEXT, Unknown
from .entries import Of, place_named, theme_named
from .site import api

THEME = Field(
    "", max_length=LETTERS, pattern=TEXT, description="Only what carries this theme.", examples=["energy"]
)


class BarometerAsked(Schema):
    """What the barometer is asked for."""

    theme: str = THEME
    place: str = Field(
        "",
        max_length=LETTERS,
        pattern=TEXT,
        description="Only what belongs to this place.",
        examples=["0751"],
    )
    year: str = Field("", max_length=LETTERS, pattern=TEXT, description="Only this year.", examples=["2025"])
    language: str = LANGUAGE


class CellOut(Schema):
    """A number; null where it is not known."""

    number: float | None
    url: str | None = Field(description="The list that shows what is counted, where there is one.")


class LineOut(Schema):
    """A line of a figure."""

    label: str
    missing: bool = Field(description="Whether it counts those of whom nobody has told it.")
    cells: list[CellOut]


class FigureOut(Schema):
    """A figure: what it finds, how it is counted, of how many, and its numbers."""

    id: str
    title: str
    finding: str
    definition: str
    counted_of: str
    number: int
    first: str = Field(description="What the lines are.")
    columns: list[str]
    lines: list[LineOut]


class SectionOut(Schema):
    """Figures that belong together, or in a sentence why there are none."""

    id: str
    title: str
    nothing: str
    figures: list[FigureOut]


class BarometerOut(Schema):
    """The register's own figures. Everything but enquiries can be counted again from the API."""

    theme: Of | None
    place: Of | None
    year: int | None
    unknown: list[Unknown]
    counted_on: dt.date
    url: str
    sections: list[SectionOut]


@api.get(
    "/barometer", response={200: BarometerOut}, operation_id="barometer", url_name="barometer",
    tags=["figures"], summary="The register's own figures",
    description="All numbers of the barometer's page, each with its definition and, where a list shows what"
    " is counted, its address. Of enquiries nothing is told of fewer than five, nor of a selection.",
)  # fmt: skip
def _barometer(request: HttpRequest, response: HttpResponse, asked: Query[BarometerAsked]) -> Any:
    reference = Reference.now()
    response["Content-Language"] = asked.language
    with translation.override(asked.language):
        query = QueryDict(mutable=True)
        query.update(asked.dict(exclude={"language"}))
        shown = barometer_of(Selection.read(query, reference, timezone.localdate()), reference)
        selection = shown.asked
        return {
            "theme": theme_named(selection.theme) if selection.theme else None,
            "place": place_named(selection.place) if selection.place else None,
            "year": selection.year,
            "unknown": list(_left_out(asked, selection)),
            "counted_on": shown.day,
            "url": absolute(reverse("ecosystem:barometer") + selection.query),
            "sections": [_section(section) for section in shown.sections],
        }


def _left_out(asked: BarometerAsked, selection: Selection) -> Iterator[dict[str, str]]:
    for name, value in asked.dict(exclude={"language"}).items():
        if value.strip() and name not in selection.parameters:
            yield {"filter": name, "value": value}


def _section(section: Section) -> dict[str, Any]:
    figures = [_figure(table) for table in section.tables]
    return {"id": section.id, "title": section.title, "nothing": section.nothing, "figures": figures}


def _figure(table: Table) -> dict[str, Any]:
    return {
        "id": table.id, "title": table.title, "finding": table.finding, "definition": table.definition,
        "counted_of": table.behind, "number": table.number, "first": table.first,
        "columns": [column.label for column in table.columns],
        "lines": [
            {"label": row.label, "missing": row.missing, "cells": [_cell(cell) for cell in row.cells]}
            for row in table.rows
        ],
    }  # fmt: skip


def _cell(cell: Cell) -> dict[str, Any]:
    return {"number": cell.number, "url": absolute(cell.path) if cell.path else None}
