"""What a reader asks of the barometer: a theme, a place, a year. Of each what the address says, or all."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from curation.models import Theme
from curation.reference import Reference
from places.choices import PlaceKind
from places.models import Place

# Nothing in the register is older, and a year of five digits is a slip.
FIRST_YEAR = 1900


@dataclass(frozen=True)
class Asked:
    """What is counted; of what the address says and nobody knows, the filter's name and the value."""

    theme: Theme | None = None
    place: Place | None = None
    year: int | None = None
    unknown: Sequence[tuple[str, str]] = ()

    @classmethod
    def read(cls, asked: QueryDict, reference: Reference, today: dt.date) -> "Asked":
        slug, address, text = (asked.get(name, "").strip() for name in ("theme", "place", "year"))
        theme, place = reference.theme_at.get(slug), reference.place_at.get(address)
        year = _year(text, today)
        said = ((_("Theme"), slug, theme), (_("Place"), address, place), (_("Year"), text, year))
        return cls(theme, place, year, [(name, value) for name, value, found in said if value and not found])

    @property
    def everything(self) -> bool:
        return self.theme is None and self.place is None and self.year is None

    @property
    def parameters(self) -> Mapping[str, str]:
        """As addresses say it."""
        said = {
            "theme": self.theme.slug if self.theme else "",
            "place": self.place.address if self.place else "",
            "year": str(self.year or ""),
        }
        return {name: value for name, value in said.items() if value}

    @property
    def query(self) -> str:
        """The same selection of another page; nothing where all is asked for."""
        return "?" + urlencode(self.parameters) if self.parameters else ""

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """What is chosen, as readers know it, and the address without it."""
        names = {
            "theme": self.theme.name if self.theme else "",
            "place": self.place.name if self.place else "",
            "year": str(self.year or ""),
        }
        left = self.parameters
        return [
            (names[name], "?" + urlencode({key: value for key, value in left.items() if key != name}))
            for name in left
        ]

    @property
    def words(self) -> str:
        """The selection in a few words."""
        return ", ".join(name for name, _path in self.chosen)

    def within(self, path: str = "") -> Q:
        """What carries the theme and belongs to the place; `path` leads to its record."""
        found = Q()
        if self.theme:
            found &= Q((f"{path}theme_ids__contains", [self.theme.pk]))
        if self.place:
            found &= Q((f"{path}place_ids__contains", [self.place.pk]))
        return found

    def listed(self, kind: str, /, **facets: str | Sequence[str]) -> str:
        """The list that counts the same; lists know no years, so none where a year is asked for."""
        if self.year:
            return ""
        said: dict[str, str | Sequence[str]] = {**facets, **self.parameters}
        return reverse(f"{kind}s:browse") + ("?" + urlencode(said, doseq=True) if said else "")


@dataclass(frozen=True)
class Choices:
    """What the form offers."""

    themes: Sequence[Theme]
    places: Sequence[tuple[str, Sequence[Place]]]
    years: Sequence[int]


def choices(asked: Asked, reference: Reference, years: Sequence[int], today: dt.date) -> Choices:
    """The themes of the first level, regions and municipalities of today, the years anything is known of.

    What the address asks for is offered whatever it is.
    """
    themes = list(reference.top_themes())
    if asked.theme and asked.theme not in themes:
        themes.append(asked.theme)
    return Choices(
        themes,
        list(_places(asked, reference, today)),
        sorted({*years, *([asked.year] if asked.year else [])}, reverse=True),
    )


def _places(asked: Asked, reference: Reference, today: dt.date) -> Iterator[tuple[str, list[Place]]]:
    offered: list[Place] = []
    for title, kind in ((_("Regions"), PlaceKind.REGION), (_("Municipalities"), PlaceKind.MUNICIPALITY)):
        found = [place for place in reference.places_of(kind) if stands(place, today)]
        offered += found
        yield title, found
    if asked.place and asked.place not in offered:
        yield _("Other places"), [asked.place]


def stands(place: Place, day: dt.date) -> bool:
    """Whether there is such a place on a day."""
    began = place.valid_from is None or place.valid_from <= day
    return began and (place.valid_until is None or place.valid_until >= day)


def _year(text: str, today: dt.date) -> int | None:
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        return None
    return int(text) if FIRST_YEAR <= int(text) <= today.year else None
