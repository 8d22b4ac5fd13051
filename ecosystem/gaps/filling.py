"""One missing link and who could fill it, as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from curation.choices import Kind
from curation.models import Record, Theme
from curation.reference import Reference
from places.models import Place

from .distance import distance_told, point_of
from .kinds import PARTS, Part
from .nearby import Candidate, who_could
from .reading import SHOWN, parts_lacked
from .seeking import Search, search_for
from .telling import note_of, registering, who_path

SUBJECTS = (Kind.NEED, Kind.OFFER, Kind.LAB, Kind.ACTOR)


@dataclass(frozen=True)
class Row:
    """Somebody or something that could fill it: what, how far away, and the themes both are about."""

    record: Record
    note: str
    distance: str
    shared: Sequence[Theme]


class Filling:
    """What is missing of an entry, who could fill it, nearest first, and the form that asks for it."""

    def __init__(self, record: Record, place: Place, part: str, reference: Reference) -> None:
        self.record = record
        self.place = place
        self.reference = reference
        self.lacked = parts_lacked(record.pk) if record.kind == Kind.LAB else ()
        asked = part if part in self.lacked else next(iter(self.lacked), "research")
        self.part: Part | None = PARTS[asked] if record.kind == Kind.LAB else None

    @classmethod
    def named(cls, asked: QueryDict) -> bool:
        """Whether an entry is named."""
        return any(kind in asked for kind in SUBJECTS)

    @classmethod
    def subject(cls, asked: QueryDict, place: Place) -> Record | None:
        """The entry that is named, if it goes on and belongs to the place."""
        for kind in SUBJECTS:
            if kind in asked:
                here = Record.objects.current().of_kind(kind).in_place(place.pk)
                return here.only(*SHOWN).filter(slug=asked[kind]).first()
        return None

    @cached_property
    def search(self) -> Search:
        side = self.record.sides[0] if self.record.kind == Kind.ACTOR else ""
        return search_for(self.record.kind, side, self.part)

    @property
    def note(self) -> str:
        return note_of(self.record, self.reference)

    @property
    def origin_told(self) -> str:
        """From where it is measured."""
        if self.record.x is not None:
            return _("Distances are measured from here as the crow flies.")
        if self.place.latitude is not None:
            return _("Its own place is not known, so distances are measured from the main town.")
        return _("Its own place is not known, so distances cannot be told.")

    @cached_property
    def rows(self) -> list[Row]:
        origin = point_of(self.record, self.place)
        found = who_could(self.record, self.place.pk, self.search, origin, self.reference)
        return [self._row(candidate) for candidate in found]

    def _row(self, candidate: Candidate) -> Row:
        return Row(
            candidate.record, note_of(candidate.record, self.reference),
            distance_told(candidate.kilometres), candidate.shared,
        )  # fmt: skip

    @property
    def parts(self) -> list[tuple[Any, str, bool]]:
        """Of a lab: the parts nobody fills, where to look for each, and which of them this is."""
        lacked = [PARTS[name] for name in self.lacked]
        return [
            (part.lacking, who_path(self.place, self.record, part.name), part == self.part) for part in lacked
        ]

    @property
    def is_missing(self) -> bool:
        """Whether anything is missing still; a lab may have got all its parts."""
        return self.part is None or bool(self.lacked)

    @property
    def form(self) -> tuple[str, str]:
        """What else one can do, and the form where it is filled in beforehand."""
        themes = {"theme": self._main_theme, "place": self.place.address}
        match self.record.kind:
            case Kind.NEED:
                return _("Answer it with an offer"), registering(Kind.OFFER, need=self.record.slug)
            case Kind.LAB:
                role = self.part.asked if self.part else ""
                return _("Describe it as a need"), registering(Kind.NEED, lab=self.record.slug, role=role)
            case Kind.OFFER:
                return _("Describe a need it could answer"), registering(Kind.NEED, **themes)
        return _("Register a lab it could be in"), registering(Kind.LAB, **themes)

    @property
    def _main_theme(self) -> str:
        shown = self.reference.themes_of(self.record)
        return shown[0].slug if shown else ""
