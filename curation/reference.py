"""Themes and places: what filters offer and cards name."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

from django.conf import settings

from places.choices import PlaceKind
from places.models import Place

from .models import Record, Theme
from .register_version import register_version

CARD_THEMES = 4
PLACE_COLUMNS = (
    "kind", "code", "slug", "name_da", "name_en", "sort_key", "latitude", "longitude", "valid_from",
    "valid_until", "further_names",
)  # fmt: skip


class Reference:
    """All themes and places, by id and by the address filters use; read when first asked for."""

    def __init__(self, **given: Any) -> None:
        """`themes` or `places` may be given where they are at hand."""
        self.answers: dict[str, Any] = {}
        self.__dict__ |= given

    @cached_property
    def themes(self) -> dict[int, Theme]:
        return Theme.objects.in_bulk()

    @cached_property
    def places(self) -> dict[int, Place]:
        return Place.objects.only(*PLACE_COLUMNS).in_bulk()

    @classmethod
    def now(cls) -> "Reference":
        """The one of this version of the register, kept until it changes; one statement then."""
        if not settings.KEEP_REFERENCE:
            return cls()
        version = register_version()
        kept = _kept.get(version)
        if kept is None:
            # Another thread may put its version here at any moment, so what is answered is never read back.
            kept = cls()
            _kept.clear()
            _kept[version] = kept
        return kept

    def keep[T](self, name: str, make: Callable[[], T]) -> T:
        """An answer that holds for as long as this version of the register does."""
        if name not in self.answers:
            self.answers[name] = make()
        found: T = self.answers[name]
        return found

    @cached_property
    def theme_at(self) -> dict[str, Theme]:
        return {theme.slug: theme for theme in self.themes.values()}

    @cached_property
    def place_at(self) -> dict[str, Place]:
        """Places by code and, where no code says otherwise, by slug."""
        found = {place.slug: place for place in self.places.values()}
        return found | {place.code: place for place in self.places.values() if place.code}

    def top_themes(self) -> Sequence[Theme]:
        """The first level, in its fixed order."""
        return sorted((t for t in self.themes.values() if t.parent_id is None), key=lambda t: (t.order, t.pk))

    def themes_below(self, parent: Theme) -> Sequence[Theme]:
        below = (theme for theme in self.themes.values() if theme.parent_id == parent.pk)
        return sorted(below, key=lambda theme: (theme.order, theme.pk))

    def themes_in_order(self) -> Sequence[Theme]:
        """All of them, each under the one above it."""
        return [theme for top in self.top_themes() for theme in (top, *self.themes_below(top))]

    def places_of(self, *kinds: str) -> Sequence[Place]:
        return sorted((p for p in self.places.values() if p.kind in kinds), key=lambda place: place.sort_key)

    def places_in_order(self) -> Sequence[Place]:
        """All of them, from the country down to villages, each kind by name."""
        return [place for kind in PlaceKind for place in self.places_of(kind)]

    def themes_of(self, record: Record) -> Sequence[Theme]:
        """The few themes a card names: the entry's own, most telling first, not those above them."""
        own = self._known_themes(record.theme_ids)
        above = {theme.parent_id for theme in own}
        return [theme for theme in own if theme.pk not in above][:CARD_THEMES]

    def places_named(self, record: Record) -> Sequence[Place]:
        """The most exact places a card names: municipalities, else region, else country."""
        places = [self.places[place] for place in record.place_ids if place in self.places]
        for kinds in (
            (PlaceKind.LOCALITY, PlaceKind.MUNICIPALITY),
            (PlaceKind.REGION,),
            (PlaceKind.COUNTRY,),
        ):
            if named := [place for place in places if place.kind in kinds]:
                return named
        return []

    def _known_themes(self, ids: Iterable[int]) -> list[Theme]:
        return [self.themes[theme] for theme in ids if theme in self.themes]


_kept: dict[int, Reference] = {}
