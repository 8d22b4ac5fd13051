"""A place's numbers as its pages show them, each with what it counts and where that is listed."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from ninja import Query, Schema
from pydantic import Field

from curation.models import Theme
from curation.reference import Reference
from ecosystem.balance import PULLING, PUSHING, Evidence, EvidenceKind, country_of
from ecosystem.balance.counted import Counted, read
from ecosystem.gaps import GapKind, counts_of, path_of
from ecosystem.gaps.worklist import Question
from ecosystem.shifts import of_place, shifts_of
from mail.links import absolute
from places.models import Place

from .asking import LANGUAGE, Unknown
from .barometer import THEME
from .definitions import definitions
from .entries import Of, place_named, theme_named
from .reference import place_at
from .site import api


class PlaceAsked(Schema):
    """What of a place's numbers."""

    theme: str = THEME
    language: str = LANGUAGE


class NumberOut(Schema):
    """A number with what it counts and where that is listed."""

    id: str
    label: str
    number: int
    definition: str
    url: str = Field(description="The page that lists what is counted.")


class EvidenceOut(NumberOut):
    """One kind of evidence, on the PULL side or on the PUSH side."""

    side: str


class Sides(Schema):
    """The two numbers under a theme."""

    theme: Of
    pull: int
    push: int
    evidence: dict[str, int] = Field(description="By the kinds of evidence.")


class BalanceOut(Schema):
    """PULL and PUSH of a place as counts, never a score; places are not ranked."""

    place: Of
    theme: Of | None
    unknown: list[Unknown]
    pull: int
    push: int
    definition: str
    evidence: list[EvidenceOut]
    by_theme: list[Sides] = Field(
        description="Each theme of the first level that has any, whatever was asked."
    )
    url: str


class GroupOut(Schema):
    """Numbers that belong together."""

    id: str
    title: str
    finding: str
    numbers: list[NumberOut]


class FiguresOut(Schema):
    """A place's other numbers: its missing links and the four shifts."""

    place: Of
    theme: Of | None = Field(description="Only missing links are counted under a theme.")
    unknown: list[Unknown]
    groups: list[GroupOut]


@api.get(
    "/places/{slug:code}/balance", response={200: BalanceOut}, operation_id="balance", url_name="balance",
    tags=["figures"], summary="A place's balance",
    description="What speaks for PULL and for PUSH in a place, as its page counts it, or under a theme.",
)  # fmt: skip
def _balance(request: HttpRequest, response: HttpResponse, code: str, asked: Query[PlaceAsked]) -> Any:
    place, reference = place_at(code), Reference.now()
    response["Content-Language"] = asked.language
    with translation.override(asked.language):
        counted, said = read(place, {"theme": asked.theme}, reference), definitions()
        by_theme = country_of(reference).by_theme(place.pk)
        page = absolute(reverse("places:counted", args=[place.address]))
        return {
            **_about(place, counted.theme, asked),
            "pull": counted.evidence.pull,
            "push": counted.evidence.push,
            "definition": f"{said['pull']} {said['push']}",
            "evidence": [_evidence(kind, counted, said, page) for kind in (*PULLING, *PUSHING)],
            "by_theme": [
                _under(theme, by_theme[theme.pk]) for theme in reference.top_themes() if theme.pk in by_theme
            ],
            "url": page + (counted.address() if counted.theme else ""),
        }


def _about(place: Place, theme: Theme | None, asked: PlaceAsked) -> dict[str, Any]:
    unknown = [{"filter": "theme", "value": asked.theme}] if asked.theme and not theme else []
    return {
        "place": place_named(place), "theme": theme_named(theme) if theme else None, "unknown": unknown,
    }  # fmt: skip


def _evidence(kind: EvidenceKind, counted: Counted, said: dict[str, str], page: str) -> dict[str, Any]:
    return {
        "id": kind.value, "side": kind.side.value, "label": str(kind.label),
        "number": counted.evidence.of(kind), "definition": said[kind],
        "url": page + counted.address(kind=kind),
    }  # fmt: skip


def _under(theme: Theme, evidence: Evidence) -> dict[str, Any]:
    return {
        "theme": theme_named(theme), "pull": evidence.pull, "push": evidence.push,
        "evidence": {kind.value: evidence.of(kind) for kind in EvidenceKind},
    }  # fmt: skip


@api.get(
    "/places/{slug:code}/figures", response={200: FiguresOut}, operation_id="figures", url_name="figures",
    tags=["figures"], summary="A place's other numbers",
    description="How many missing links of each kind, and the numbers of the four shifts, as its pages show.",
)  # fmt: skip
def _figures(request: HttpRequest, response: HttpResponse, code: str, asked: Query[PlaceAsked]) -> Any:
    place, reference = place_at(code), Reference.now()
    theme = reference.theme_at.get(asked.theme)
    theme = theme if theme and theme.parent_id is None else None
    response["Content-Language"] = asked.language
    with translation.override(asked.language):
        about = _about(place, theme, asked)
        return about | {"groups": [_missing(place, theme, reference), *_shifts(place, reference)]}


def _missing(place: Place, theme: Theme | None, reference: Reference) -> dict[str, Any]:
    counts = counts_of(place, reference, theme.pk if theme else 0)
    question = Question(theme=theme)
    return {
        "id": "missing", "title": _("Missing links"), "finding": "",
        "numbers": [
            {
                "id": kind.value, "label": str(kind.label), "number": counts.get(kind, 0),
                "definition": kind.meaning,
                "url": absolute(path_of(place)) + question.address(kind=kind.value),
            }
            for kind in GapKind
        ],
    }  # fmt: skip


def _shifts(place: Place, reference: Reference) -> Iterator[dict[str, Any]]:
    said = definitions()
    for shift in shifts_of(of_place(place, country_of(reference).of(place.pk)), reference).all:
        yield {
            "id": shift.slug, "title": shift.title, "finding": shift.finding,
            "numbers": [
                {
                    "id": one.slug, "label": one.label, "number": one.number, "definition": said[one.slug],
                    "url": absolute(one.path),
                }
                for one in shift.numbers
            ],
        }  # fmt: skip
