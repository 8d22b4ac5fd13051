"""The same counts from the files alone, in plain Python, knowing nothing of the product's code."""

import csv
import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "data"
COUNTRY = "DK"
# Needs and offers name their lab themselves, on the side they stand on.
TOLD = {"needs.csv": "pull", "offers.csv": "push"}
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
    """A municipality or a region with all it belongs, belonged or will belong to."""
    if code == COUNTRY:
        return frozenset({COUNTRY})
    (region,) = [r["region_code"] for r in rows("municipalities.csv") if r["code"] == code] or [code]
    found = {code, COUNTRY, region}
    found |= {r["id"] for r in rows("health_councils.csv") if code in listed(r["municipality_codes"])}
    (east,) = rows("regions_future.csv")
    if region in listed(east["predecessors"]):
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


def named_by(kind: str, name: str) -> list[str]:
    """The directions of the links that needs and offers name themselves; only labs have any."""
    if kind != "lab":
        return []
    return [side for file, side in TOLD.items() for row in rows(file) if row["lab"] == name]


def sides(links: Iterable[Row], more: Iterable[str] = ()) -> set[str]:
    directions = [*(row["direction"] for row in links), *more]
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
            "side": sides(links, named_by("lab", row["name"])),
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
    return [_actor(row, tags) for row in (*rows("actors.csv"), *rows("actors_more.csv"))]


def _actor(row: Row, tags: Mapping[str, list[str]]) -> Entry:
    parts = [
        r["to_name"] for r in rows("links.csv")
        if r["from_type"] == "actor" and r["from_name"] == row["name"] and r["to_type"] != "actor"
    ]  # fmt: skip
    own = [r for file in TOLD for r in rows(file) if r["owner"] == row["name"]]
    about = [*(tag for part in parts for tag in tags[part]), *(t for r in own for t in listed(r["themes"]))]
    return Entry(
        row["name"],
        {
            "side": {term("actors.csv", "side", row["side"])},
            "kind": {term("actors.csv", "kind", row["kind"])},
            "theme": themes(about),
            "place": places(listed(row["municipality_code"])),
        },
        said(row),
        placed=bool(row["latitude"]),
    )


@cache
def needs() -> list[Entry]:
    return [_told("needs.csv", row, ["whose_problem_da"]) for row in rows("needs.csv")]


@cache
def offers() -> list[Entry]:
    return [_told("offers.csv", row, ["what_da"]) for row in rows("offers.csv")]


def _told(file: str, row: Row, texts: Sequence[str]) -> Entry:
    """A need or an offer; what is answered, closed or past its deadline is over."""
    status = term(file, "status", row["status"])
    if row.get("deadline") and row["deadline"] < dt.date.today().isoformat() and status != "answered":  # noqa: DTZ011
        status = "expired"
    tags = listed(row["themes"])
    return Entry(
        row["title"],
        {
            "theme": themes(tags),
            "kind": {term(file, "kind", row["kind"])},
            "phase": {status or "unknown"},
            "place": places(listed(row["place_codes"])),
        },
        [row["title"], row["title_en"], *(row[text] for text in texts), row["owner"], *theme_texts(tags)],
        placed=_in_a_town(row) or (file == "offers.csv" and _owner_stands(row)),
        ended=status in ("answered", "expired", "withdrawn", "closed"),
    )


@cache
def trials() -> list[Entry]:
    return [_trial(row) for row in rows("trials.csv")]


def _trial(row: Row) -> Entry:
    tags = listed(row["themes"])
    learned = [r["learned_da"] for r in rows("learnings.csv") if r["trial"] == row["name"]]
    return Entry(
        row["name"],
        {
            "theme": themes(tags),
            "phase": {"ended" if row["ended"] == "yes" else row["stage"] or "unknown"},
            "method": set(listed(row["methods"])),
            "setting": {row["setting"]},
            "place": places(listed(row["place_codes"])),
        },
        [
            *said(row),
            *(row[column] for column in ("description_da", "where", "participants", "owner")),
            *taking_part("trial", row["name"]),
            *learned,
            *theme_texts(tags),
        ],
        placed=_in_a_town(row),
        ended=row["ended"] == "yes",
    )


SOLUTION_TEXTS = (
    "owner", "effect_da", "effect_en", "conditions_da", "conditions_en", "run_by", "run_needs", "replaced",
    "failed", "to_adapt", "inspired_by",
)  # fmt: skip


@cache
def solutions() -> list[Entry]:
    return [_solution(row) for row in rows("solutions.csv")]


def _solution(row: Row) -> Entry:
    tags = listed(row["themes"])
    adoptions = [r for r in rows("adoptions.csv") if r["solution"] == row["name"]]
    codes = [*listed(row["place_codes"]), *(r["place_code"] for r in adoptions if r["place_code"])]
    adopters = [r["adopter"] for r in adoptions]
    return Entry(
        row["name"],
        {
            "theme": themes(tags),
            "phase": {"ended" if row["ended"] == "yes" else _reached(row)},
            "kind": {term("solutions.csv", "types", word) for word in listed(row["types"])},
            "operable": {row["operable"]},
            "stuck": {"1" if _stuck(row) else ""},
            "place": places(codes),
        },
        [
            *said(row),
            *(row[column] for column in SOLUTION_TEXTS),
            *taking_part("solution", row["name"]),
            *adopters,
            *theme_texts(tags),
        ],
        placed=_in_a_town(row),
        ended=row["ended"] == "yes",
    )


def _stuck(row: Row) -> bool:
    """Between trial and operation for eighteen months, since it came there or since it was last tried."""
    tried = [r["from"] for r in rows("trials.csv") if r["solution"] == row["name"] and r["from"]]
    since = row["stage_since"] or max(tried, default="")
    if row["stage"] not in ("proof", "trial") or row["ended"] == "yes" or not since:
        return False
    return dt.date.fromisoformat(f"{since}-01") <= dt.date.today() - dt.timedelta(days=548)  # noqa: DTZ011


def _reached(row: Row) -> str:
    """No adoption of the files is confirmed, so nothing has spread."""
    documented = any(
        r["evidence"] != "felt"
        for r in rows("values.csv")
        if r["solution"] == row["name"] and not r["adopter"]
    )
    passes = row["stage"] == "in_use" and row["new_here"] == "yes" and row["in_use_since"] and documented
    return "documented" if passes else row["stage"] or "unknown"


def taking_part(kind: str, name: str) -> list[str]:
    return [r["actor"] for r in rows("partners.csv") if (r["to_type"], r["to_name"]) == (kind, name)]


def _in_a_town(row: Row) -> bool:
    return any(r["code"] in listed(row["place_codes"]) for r in rows("municipalities.csv"))


def _owner_stands(row: Row) -> bool:
    """Where no town is told, an offer stands where who makes it stands."""
    owners = (*rows("actors.csv"), *rows("actors_more.csv"))
    return any(r["name"] == row["owner"] and r["latitude"] for r in owners)


KINDS = {
    "lab": labs, "mission": missions, "actor": actors, "need": needs, "offer": offers, "trial": trials,
    "solution": solutions,
}  # fmt: skip
