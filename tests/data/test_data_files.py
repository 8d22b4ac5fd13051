"""The files the register starts from: every value has a term, every tag a theme, every name a row."""

import csv
import re
from collections import Counter
from functools import cache
from typing import Any

import pytest
from django.conf import settings

type Row = dict[str, str]

LEVEL_1 = [
    "ageing", "health-close", "mental-health", "hospital", "children", "school-youth", "disability", "social",
    "work", "integration", "place", "climate", "culture", "digital-admin",
]  # fmt: skip

# The list the labs' sources were tagged from.
TAGS = [
    "energi", "klima", "klimatilpasning", "vand", "mobilitet", "smart by", "lys", "data og AI", "sundhed",
    "velfærdsteknologi", "ældre", "handicap", "psykiatri og social", "landbrug", "fødevarer",
    "natur og arealer", "cirkulær økonomi", "byggeri", "bolig", "uddannelse", "kultur og events",
    "droner og robotter", "borgerinddragelse", "luftkvalitet", "indeklima",
]  # fmt: skip

# The examples of the vocabulary, each of which is a theme's name or another word for one.
EXAMPLES = [
    "hjemmepleje", "plejehjem", "demens", "rehabilitering", "ensomhed", "velfærdsteknologi",
    "kronisk sygdom", "forebyggelse", "hjemmebehandling", "sektorovergange", "multisygdom",
    "børn og unge i mistrivsel", "psykiatri", "recovery", "stress", "patientforløb", "diagnostik",
    "arbejdsgange", "patientsikkerhed", "børns sprog", "tidlig indsats", "forældresamarbejde", "fravær",
    "inklusion", "ungdomsuddannelse", "trivsel", "botilbud", "hjælpemidler", "kommunikation",
    "specialundervisning", "hjemløshed", "misbrug", "vold i nære relationer", "kriminalitetsforebyggelse",
    "sygedagpenge", "unge uden for job", "rekruttering", "arbejdsmiljø", "deltagelse", "dansk sprog",
    "lokaldemokrati", "frivillighed", "boligområder", "landsbyer", "øer", "byudvikling", "transport",
    "klimatilpasning", "energi", "affald", "natur og arealer", "vand", "cirkulær økonomi", "bevægelse",
    "biblioteker", "foreninger", "kulturarv", "kunstig intelligens", "data og ai", "digital inklusion",
    "sagsbehandling", "indkøb",
]  # fmt: skip

# How many of the 55 labs each theme has; the list of labs shows these numbers beside the filter.
LABS_PER_THEME = {
    "ageing": 12, "health-close": 8, "school-youth": 5, "disability": 2, "social": 1, "integration": 10,
    "place": 18, "climate": 32, "culture": 2, "digital-admin": 12,
}  # fmt: skip

SETTINGS = {
    "home", "care_home", "hospital_ward", "school_daycare", "campus", "street_public_space", "building",
    "farm_nature", "harbour_industry", "island", "village", "coast", "wetland", "air_space", "festival",
    "test_centre", "energy_system", "whole_municipality", "digital",
}  # fmt: skip
ROLES = {
    "need_owner", "sponsor", "host", "facilitator", "users", "frontline", "research", "company",
    "civil_society", "funder", "evaluator", "peer",
}  # fmt: skip

MAPPED = [
    ("actors.csv", "kind"),
    ("actors.csv", "side"),
    ("actors_more.csv", "kind"),
    ("actors_more.csv", "side"),
    ("labs.csv", "status"),
    ("labs.csv", "setting"),
    ("missions.csv", "level"),
    ("missions.csv", "status"),
    ("links.csv", "direction"),
    ("links.csv", "role"),
    ("needs.csv", "kind"),
    ("needs.csv", "status"),
    ("offers.csv", "kind"),
    ("offers.csv", "status"),
    ("trials.csv", "stage"),
    ("trials.csv", "methods"),
    ("trials.csv", "setting"),
    ("solutions.csv", "stage"),
    ("solutions.csv", "types"),
    ("solutions.csv", "reuse"),
    ("solutions.csv", "contributors"),
    ("solutions.csv", "operable"),
    ("solutions.csv", "waiting_for"),
    ("values.csv", "kind"),
    ("values.csv", "evidence"),
    ("learnings.csv", "changed"),
    ("adoptions.csv", "how"),
    ("partners.csv", "direction"),
    ("partners.csv", "role"),
]
# What these files do not tell is left empty; their lists hold several words.
MAY_BE_EMPTY = ("trials.csv", "solutions.csv", "adoptions.csv")  # fmt: skip


@cache
def rows(name: str) -> list[Row]:
    with (settings.BASE_DIR / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def listed(value: str) -> list[str]:
    return [part for part in value.split(";") if part]


@cache
def mapping() -> dict[tuple[str, str, str], Row]:
    return {(row["file"], row["column"], row["value"]): row for row in rows("mapping.csv")}


def between_actors(link: Row) -> bool:
    return link.get("from_type") == link.get("to_type") == "actor"


# mapping.csv


@pytest.mark.parametrize(("file", "column"), MAPPED)
def test_every_value_has_a_term_or_says_that_it_is_not_known(file: str, column: str) -> None:
    words = {row[column] for row in rows(file) if not (column == "role" and between_actors(row))}
    found = {word for listing in words for word in listed(listing)} if file in MAY_BE_EMPTY else words
    told = {value for file_, column_, value in mapping() if (file_, column_) == (file, column)}
    assert found <= told
    for value in found:
        row = mapping()[file, column, value]
        assert row["term"] or row["note"]


def test_the_mapping_says_each_thing_once() -> None:
    assert len(mapping()) == len(rows("mapping.csv"))


def test_each_setting_has_a_term_of_its_own() -> None:
    terms = [
        row["term"] for row in rows("mapping.csv") if row["file"] == "labs.csv" and row["column"] == "setting"
    ]
    assert len(terms) == len(set(terms)) == 17
    assert set(terms) <= SETTINGS


def test_a_role_is_one_of_the_twelve_or_not_known_and_has_a_word_in_both_languages() -> None:
    roles = [row for row in rows("mapping.csv") if (row["file"], row["column"]) == ("links.csv", "role")]
    assert {row["term"] for row in roles} <= ROLES | {""}
    for row in roles:
        word = mapping()["links.csv", "role_words", row["value"]]
        assert word["term"]
        assert word["note"]


def test_every_role_between_actors_is_a_relation() -> None:
    roles = {link["role"] for link in rows("links.csv") if between_actors(link)}
    terms = {mapping()["links.csv:actor-actor", "role", role]["term"] for role in roles}
    assert terms <= {"part_of", "supplies_knowledge", "funds", "partners_with"}


# themes.csv


@cache
def themes() -> list[Row]:
    return rows("themes.csv")


def below() -> list[Row]:
    return [theme for theme in themes() if theme["parent"]]


def test_there_are_fourteen_themes_in_their_order_and_the_others_lie_below_them() -> None:
    top = [theme for theme in themes() if not theme["parent"]]
    assert [theme["slug"] for theme in top] == LEVEL_1
    assert [int(theme["order"]) for theme in top] == list(range(1, 15))
    assert {theme["parent"] for theme in below()} == set(LEVEL_1)


def test_slugs_are_unique_and_plain() -> None:
    slugs = [theme["slug"] for theme in themes()]
    assert len(slugs) == len(set(slugs))
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", slug) for slug in slugs)


@pytest.mark.parametrize("language", ["da", "en"])
def test_names_are_unique_in_each_language(language: str) -> None:
    names = Counter(theme[f"name_{language}"].lower() for theme in themes())
    assert [name for name, count in names.items() if count > 1] == []


def test_each_tag_of_the_sources_is_one_theme() -> None:
    assert Counter(theme["tag"] for theme in themes() if theme["tag"]) == Counter(TAGS)
    assert all(theme["name_da"].lower() == theme["tag"].lower() for theme in below() if theme["tag"])


def test_the_examples_of_the_vocabulary_are_names_or_synonyms() -> None:
    words = {word.lower() for theme in below() for word in (theme["name_da"], *listed(theme["synonyms_da"]))}
    assert [example for example in EXAMPLES if example not in words] == []


@pytest.mark.parametrize(
    "file", ["labs.csv", "missions.csv", "needs.csv", "offers.csv", "trials.csv", "solutions.csv"]
)
def test_every_tag_in_the_files_is_a_theme(file: str) -> None:
    known = set(TAGS) | {slug.replace("-", "_") for slug in LEVEL_1}
    assert {tag for row in rows(file) for tag in listed(row["themes"])} <= known


def test_the_labs_per_theme() -> None:
    parents = {theme["tag"]: theme["parent"] for theme in below() if theme["tag"]}
    counts = Counter(
        parent for lab in rows("labs.csv") for parent in {parents[tag] for tag in listed(lab["themes"])}
    )
    assert counts == LABS_PER_THEME


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_theme_has_three_to_eight_synonyms_which_belong_to_it_alone(language: str) -> None:
    column = f"synonyms_{language}"
    names = {theme[f"name_{language}"].lower() for theme in themes()}
    seen = Counter(word.lower() for theme in themes() for word in listed(theme[column]))
    assert [word for word, count in seen.items() if count > 1] == []
    assert names & set(seen) == set()
    assert all(3 <= len(listed(theme[column])) <= 8 for theme in themes())


def words_of(theme: Row, *columns: str) -> set[str]:
    return {word.lower() for column in columns for word in re.findall(r"[^\W_]+", theme[column])}


def test_only_energi_answers_to_energi() -> None:
    """`q=energi` must find what is about energy and nothing else; words are matched by their beginning."""
    columns = ("name_da", "name_en", "synonyms_da", "synonyms_en")
    for theme in themes():
        own = columns if theme["parent"] else columns[2:]
        if theme["slug"] != "energy":
            assert not [word for word in words_of(theme, *own) if "energi" in word or "energy" in word]


def test_no_synonym_has_a_word_of_another_themes_tag() -> None:
    tag_words: dict[str, set[str]] = {theme["slug"]: words_of(theme, "tag") - {"og"} for theme in below()}
    for theme in themes():
        others = set[str]().union(*(words for slug, words in tag_words.items() if slug != theme["slug"]))
        assert words_of(theme, "synonyms_da") & others == set()


# Names, codes, points


@cache
def names() -> dict[str, set[str]]:
    return {
        "actor": {row["name"] for row in rows("actors.csv") + rows("actors_more.csv")},
        "lab": {row["name"] for row in rows("labs.csv")},
        "mission": {row["name"] for row in rows("missions.csv")},
    }


@pytest.mark.parametrize("end", ["from", "to"])
def test_both_ends_of_every_link_exist(end: str) -> None:
    lost = [link for link in rows("links.csv") if link[f"{end}_name"] not in names()[link[f"{end}_type"]]]
    assert lost == []


def test_nothing_is_named_twice() -> None:
    for file in ("labs.csv", "missions.csv", "municipalities.csv"):
        assert max(Counter(row["name"] for row in rows(file)).values()) == 1
    actors = Counter(row["name"] for row in rows("actors.csv") + rows("actors_more.csv"))
    assert max(actors.values()) == 1


@pytest.mark.parametrize("file", ["needs.csv", "offers.csv"])
def test_needs_and_offers_have_an_owner_and_a_lab_that_exist(file: str) -> None:
    assert {row["owner"] for row in rows(file)} <= names()["actor"]
    assert {row["lab"] for row in rows(file)} <= names()["lab"] | {""}


def test_what_trials_and_solutions_name_exists() -> None:
    told = {
        "lab": names()["lab"], "owner": names()["actor"], "need": {row["title"] for row in rows("needs.csv")},
        "solution": {row["name"] for row in rows("solutions.csv")},
    }  # fmt: skip
    for row in rows("trials.csv") + rows("solutions.csv"):
        for column, known in told.items():
            assert row.get(column, "") in known | {""}, row["name"]
    assert all(row["lab"] for row in rows("trials.csv"))
    trials = {row["name"] for row in rows("trials.csv")}
    assert {row["trial"] for row in rows("learnings.csv")} <= trials
    assert {row["solution"] for row in rows("adoptions.csv") + rows("values.csv")} <= told["solution"]
    assert {row["adopter"] for row in rows("adoptions.csv")} <= names()["actor"]
    assert {row["actor"] for row in rows("partners.csv")} <= names()["actor"]
    ends = {"trial": trials, "solution": told["solution"]}
    assert all(row["to_name"] in ends[row["to_type"]] for row in rows("partners.csv"))


@pytest.mark.parametrize(
    "file", ["trials.csv", "solutions.csv", "adoptions.csv", "learnings.csv", "values.csv"]
)
def test_every_source_of_what_came_of_it_has_an_address(file: str) -> None:
    assert [row["source"] for row in rows(file) if "http" not in row["source"]] == []


def test_a_value_that_is_more_than_experienced_can_be_read_in_its_source() -> None:
    """The gate of the word innovation opens by nothing else."""
    documented = [row for row in rows("values.csv") if row["evidence"] != "felt"]
    assert all(row["said"] and row["source"] for row in documented)


def test_an_owner_of_a_mission_exists_or_is_not_told() -> None:
    assert {row["owner"] for row in rows("missions.csv")} <= names()["actor"] | {""}


@pytest.mark.parametrize(
    ("file", "column"),
    [
        ("actors.csv", "municipality_code"),
        ("actors_more.csv", "municipality_code"),
        ("labs.csv", "municipality_codes"),
        ("missions.csv", "municipality_codes"),
        ("needs.csv", "place_codes"),
        ("offers.csv", "place_codes"),
        ("trials.csv", "place_codes"),
        ("solutions.csv", "place_codes"),
        ("adoptions.csv", "place_code"),
        ("health_councils.csv", "municipality_codes"),
        ("municipalities.csv", "region_code"),
    ],
)
def test_every_code_is_a_municipality_or_region(file: str, column: str) -> None:
    codes = {row["code"] for row in rows("municipalities.csv") + rows("regions.csv")}
    assert {code for row in rows(file) for code in listed(row[column])} <= codes


def test_a_municipality_belongs_to_one_health_council() -> None:
    members = [code for row in rows("health_councils.csv") for code in listed(row["municipality_codes"])]
    assert sorted(members) == sorted(row["code"] for row in rows("municipalities.csv"))


@pytest.mark.parametrize("file", ["municipalities.csv", "labs.csv", "actors.csv", "actors_more.csv"])
def test_a_point_is_whole_and_in_denmark_or_not_told(file: str) -> None:
    for row in rows(file):
        point: Any = (row["latitude"], row["longitude"])
        assert all(point) == any(point)
        if all(point):
            latitude, longitude = map(float, point)
            assert 54.5 < latitude < 57.8
            assert 8 < longitude < 15.2


def test_every_row_names_its_source() -> None:
    for path in sorted((settings.BASE_DIR / "data").glob("*.csv")):
        if path.name not in {"themes.csv", "mapping.csv"}:
            assert all(row["source"] for row in rows(path.name)), path.name
