"""The same counts from the files alone, in plain Python, knowing nothing of the product's code."""

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "data"
COUNTRY = "DK"
SPELT_OUT = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ö": "oe", "ä": "ae"})

type Row = Mapping[str, str]


@cache
def rows(file: str) -> Sequence[Row]:
    with (DATA / file).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def words(texts: Iterable[str]) -> list[str]:
    """The words of texts in small letters, æ, ø, å spelt out, accents gone."""
    plain = unicodedata.normalize("NFD", " ".join(texts).lower().translate(SPELT_OUT))
    return re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))


@dataclass
class Entry:
    """A row with what each filter files it under, and the texts search reads."""

    name: str
    filed: dict[str, set[str]]
    texts: list[str] = field(default_factory=list)
    placed: bool = False
    ended: bool = False

    def passes(self, chosen: Mapping[str, Collection[str]]) -> bool:
        """One of the values of every filter."""
        return all(self.filed.get(name, set()) & set(values) for name, values in chosen.items() if values)

    def has_word(self, beginning: str) -> bool:
        return any(word.startswith(beginning) for word in words(self.texts))


def names(entries: Iterable[Entry], chosen: Mapping[str, Collection[str]]) -> list[str]:
    return sorted(entry.name for entry in entries if entry.passes(chosen))


def would_leave(
    entries: Iterable[Entry], chosen: Mapping[str, Collection[str]], values: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], int]:
    """What the number beside each filter value must say: it ignores the filter's own values."""
    entries, asked = list(entries), list(values)
    left = {
        name: Counter(
            value
            for entry in entries
            if entry.passes({**chosen, name: []})
            for value in entry.filed.get(name, ())
        )
        for name in {name for name, _value in asked}
    }
    return {(name, value): left[name][value] for name, value in asked}


# Terms, themes and places


@cache
def term(file: str, column: str, value: str) -> str:
    (found,) = [
        row["term"] for row in rows("mapping.csv")
        if (row["file"], row["column"], row["value"]) == (file, column, value)
    ]  # fmt: skip
    return found


@cache
def theme_rows() -> Mapping[str, Row]:
    """Themes by the sources' word for them; those of the first level also by slug."""
    top = {row["slug"].replace("-", "_"): row for row in rows("themes.csv") if not row["parent"]}
    return top | {row["tag"]: row for row in rows("themes.csv") if row["tag"]}


def themes(tags: Iterable[str]) -> set[str]:
    """The themes and the ones above them."""
    own = [theme_rows()[tag] for tag in tags]
    return {row["slug"] for row in own} | {row["parent"] for row in own if row["parent"]}


def theme_texts(tags: Iterable[str]) -> list[str]:
    columns = ("name_da", "name_en", "synonyms_da", "synonyms_en")
    return [theme_rows()[tag][column] for tag in tags for column in columns]


@cache
def above(code: str) -> frozenset[str]:
    """A municipality with all it belongs, belonged or will belong to."""
    (row,) = [row for row in rows("municipalities.csv") if row["code"] == code]
    found = {code, COUNTRY, row["region_code"]}
    found |= {r["id"] for r in rows("health_councils.csv") if code in listed(r["municipality_codes"])}
    (east,) = rows("regions_future.csv")
    if row["region_code"] in listed(east["predecessors"]):
        found.add("oestdanmark")
    return frozenset(found)


def places(codes: Iterable[str]) -> set[str]:
    return set().union(*(above(code) for code in codes))


def scope(row: Row) -> set[str]:
    """A mission without municipalities is filed under the region or country its scope names."""
    if codes := listed(row["municipality_codes"]):
        return places(codes)
    if row["geographic_scope"] in ("Danmark", "Alle kommuner"):
        return {COUNTRY}
    named = [r["code"] for r in rows("regions.csv") if r["name"] == row["geographic_scope"]]
    return {named[0], COUNTRY} if named else set()


# Entries


def parties(kind: str, name: str) -> list[Row]:
    return [
        r for r in rows("links.csv") if (r["from_type"], r["to_type"], r["to_name"]) == ("actor", kind, name)
    ]


def sides(links: Iterable[Row]) -> set[str]:
    directions = [row["direction"] for row in links]
    pull, push = {"pull", "both"} & set(directions), {"push", "both"} & set(directions)
    found = {"pull" if pull else "no_pull", "push" if push else "no_push"}
    return found | ({"both"} if pull and push else set())


def said(row: Row) -> list[str]:
    return [row[column] for column in ("name", "name_en", "summary_da", "summary_en")]


def phase(file: str, row: Row) -> str:
    return term(file, "status", row["status"]) or "unknown"


@cache
def labs() -> list[Entry]:
    return [_lab(row) for row in rows("labs.csv")]


def _lab(row: Row) -> Entry:
    tags, links = listed(row["themes"]), parties("lab", row["name"])
    # Those who only pay or permit are no partners.
    partners = [r["from_name"] for r in links if r["role"] not in ("funder", "authority")]
    return Entry(
        row["name"],
        {
            "theme": themes(tags),
            "side": sides(links),
            "phase": {phase("labs.csv", row)},
            "setting": {term("labs.csv", "setting", row["setting"])} if row["setting"] else {""},
            "place": places(listed(row["municipality_codes"])),
        },
        [*said(row), row["host"], row["partners"], *partners, *theme_texts(tags)],
        placed=bool(row["latitude"]),
        ended=row["status"] == "ended",
    )


@cache
def missions() -> list[Entry]:
    return [_mission(row) for row in rows("missions.csv")]


def _mission(row: Row) -> Entry:
    tags, links = listed(row["themes"]), parties("mission", row["name"])
    return Entry(
        row["name"],
        {
            "theme": themes(tags),
            "side": sides(links),
            "phase": {phase("missions.csv", row)},
            "kind": {term("missions.csv", "level", row["level"])},
            "place": scope(row),
        },
        [*said(row), *(r["from_name"] for r in links), *theme_texts(tags)],
        placed=bool(row["municipality_codes"]),
        ended=row["status"] == "ended",
    )


@cache
def actors() -> list[Entry]:
    tags = {row["name"]: listed(row["themes"]) for row in (*rows("labs.csv"), *rows("missions.csv"))}
    return [_actor(row, tags) for row in rows("actors.csv")]


def _actor(row: Row, tags: Mapping[str, list[str]]) -> Entry:
    parts = [
        r["to_name"] for r in rows("links.csv")
        if r["from_type"] == "actor" and r["from_name"] == row["name"] and r["to_type"] != "actor"
    ]  # fmt: skip
    return Entry(
        row["name"],
        {
            "side": {term("actors.csv", "side", row["side"])},
            "kind": {term("actors.csv", "kind", row["kind"])},
            "theme": themes(tag for part in parts for tag in tags[part]),
            "place": places(listed(row["municipality_code"])),
        },
        said(row),
        placed=bool(row["latitude"]),
    )
