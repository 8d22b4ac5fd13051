"""Themes and terms from the files, and what reading every kind of entry has in common."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from places.danish import fold
from places.loading import Places, load_places
from places.sheets import Format, Load, Lookup, Row
from places.upsert import Wanted, store

from .models import Synonyms, Theme

FILES = {
    "mapping.csv": Format(("file", "column", "value", "term"), ("file", "column", "value")),
    "synonyms.csv": Format(("words", "source"), ("words",)),
    "themes.csv": Format(
        ("slug", "parent", "order", "name_da", "name_en", "synonyms_da", "synonyms_en", "tag"), ("slug",)
    ),
}
# What every file of entries has.
ENTRY = ("name", "name_en", "website", "summary_da", "summary_en", "source")
POINT = ("latitude", "longitude", "coord_basis")
MOST_THEMES = 5
LEAST_SYNONYMS = 2


class Terms:
    """The register's own words for the words of the files."""

    def __init__(self, load: Load) -> None:
        self._terms = {(row["file"], row["column"], row["value"]): row["term"] for row in load["mapping.csv"]}

    def term(self, row: Row, column: str, *, between: str = "") -> str:
        """The term for a field's word; may be empty, which means that the sources do not tell."""
        file = row.sheet.name + (f":{between}" if between else "")
        term = self._terms.get((file, column, row[column]))
        if term is None:
            row.refuse(f"{column}: mapping.csv has no term for “{row[column]}”")
        return term or ""

    def told(self, row: Row, column: str) -> str:
        """The term for a field that may be left empty."""
        return self.term(row, column) if row[column] else ""

    def each(self, row: Row, column: str) -> list[str]:
        """The terms for a field that holds several words, each once, in their order."""
        terms = []
        for word in row.listed(column):
            term = self._terms.get((row.sheet.name, column, word))
            if term is None:
                row.refuse(f"{column}: mapping.csv has no term for “{word}”")
            terms.append(term)
        return list(dict.fromkeys(filter(None, terms)))


@dataclass
class Reference:
    """What rows of entries refer to by code, tag or word."""

    places: Places
    themes: Lookup[Theme]
    terms: Terms

    def themes_of(self, row: Row, *, least: int = 1) -> list[int]:
        """The themes of a row, the main one first."""
        tags = row.listed("themes")
        if not least <= len(tags) <= MOST_THEMES:
            row.refuse(
                f"{len(tags)} themes, where there must be {'one' if least else 'none'} to {MOST_THEMES}"
            )
        return [theme.pk for theme in self.themes.each(row, tags)]

    def places_of(self, row: Row, column: str) -> list[int]:
        """Municipalities and regions by their codes."""
        return [place.pk for place in self.places.coded.each(row, row.listed(column))]

    def municipalities_of(self, row: Row, column: str) -> list[int]:
        return [place.pk for place in self.places.municipalities.each(row, row.listed(column))]


def load_reference(load: Load) -> Reference:
    """Load what everything else refers to: places and themes."""
    _load_synonyms(load)
    return Reference(load_places(load), _load_themes(load), Terms(load))


def _load_synonyms(load: Load) -> None:
    """Add the groups that are new in the file; what curators made of the others, and their own, stays.

    A group whose words stand in another by now belongs to a curator.
    """
    tally = load.tally("synonyms.csv")
    taken = {fold(word) for words in Synonyms.objects.values_list("words", flat=True) for word in words}
    new = []
    for row in load["synonyms.csv"]:
        words = list(dict.fromkeys(row.listed("words")))
        why = row.required("source")
        if len(words) < LEAST_SYNONYMS:
            row.refuse("words that mean the same are two at least")
        folded = {fold(word) for word in words}
        if folded & taken:
            tally.unchanged += 1
        else:
            new.append(Synonyms(words=words, source=f"synonyms.csv: {why}"))
        taken |= folded
    tally.added += len(Synonyms.objects.bulk_create(new))
    load.finished("synonyms.csv")


def _load_themes(load: Load) -> Lookup[Theme]:
    rows = list(load["themes.csv"])
    below = [row for row in rows if row["parent"]]
    above = _store_themes(load, [_theme(row, None) for row in rows if not row["parent"]])
    parents = Lookup("theme", above)
    themes = above | _store_themes(load, [_theme(row, parents.get(row, row["parent"])) for row in below])
    load.finished("themes.csv")
    return _by_tag(rows, above, themes)


def _store_themes(load: Load, wanted: Sequence[Wanted]) -> dict[str, Theme]:
    stored = store(Theme.objects.order_by(), ("slug",), wanted, load.tally("themes.csv"))
    return {theme.slug: theme for theme in stored.values()}


def _theme(row: Row, parent: Theme | None) -> Wanted:
    values = {
        "parent_id": parent.pk if parent else None,
        "order": row.whole("order") or 0,
        "name_da": row.required("name_da"),
        "name_en": row.required("name_en"),
        "synonyms_da": row.listed("synonyms_da"),
        "synonyms_en": row.listed("synonyms_en"),
    }
    return Wanted((row.required("slug"),), values, row)


def _by_tag(rows: Sequence[Row], above: Mapping[str, Theme], themes: Mapping[str, Theme]) -> Lookup[Theme]:
    """Themes by the sources' words for them; those of the first level also by slug, with underscores."""
    tags = {row["tag"]: themes[row["slug"]] for row in rows if row["tag"] and row["slug"] in themes}
    slugs = {slug.replace("-", "_"): theme for slug, theme in above.items()}
    return Lookup("theme", slugs | tags, {row["tag"] for row in rows})


def entry_values(row: Row) -> dict[str, Any]:
    """The fields every kind of entry has."""
    row.required("source")
    return {
        "name_da": row.required("name"),
        "name_en": row["name_en"],
        "summary_da": row["summary_da"],
        "summary_en": row["summary_en"],
        "website": row["website"],
    }


def point_values(row: Row) -> dict[str, Any]:
    """Where an entry is, and what that rests on."""
    latitude, longitude = row.point()
    return {"latitude": latitude, "longitude": longitude, "point_basis": row["coord_basis"]}
