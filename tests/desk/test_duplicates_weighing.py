"""Which pairs are one: every true one is found, every false one stays below what is shown, near linear."""

import random
from collections.abc import Sequence
from typing import Any

import pytest

from desk.duplicates.candidates import commonness, pairs
from desk.duplicates.facts import site_of
from desk.duplicates.names import alike, words_of
from desk.duplicates.weighing import PARTS, SAME_NAME, THRESHOLD, Facts, weigh

AARHUS, ODENSE, SKIVE = 751, 461, 779
MUNICIPALITIES = """
    Albertslund Allerød Assens Ballerup Billund Bornholms Brøndby Brønderslev Dragør Egedal Esbjerg Fanø
    Favrskov Faxe Fredensborg Fredericia Frederiksberg Frederikshavn Frederikssund Furesø Gentofte Gladsaxe
    Glostrup Greve Gribskov Guldborgsund Haderslev Halsnæs Hedensted Helsingør Herlev Herning Hillerød
    Hjørring Holbæk Holstebro Horsens Hvidovre Hørsholm Ikast-Brande Ishøj Jammerbugt Kalundborg Kerteminde
    Kolding Køge Langeland Lejre Lemvig Lolland Læsø Mariagerfjord Middelfart Morsø Norddjurs Nordfyns Nyborg
    Næstved Odder Odense Odsherred Randers Rebild Ringkøbing-Skjern Ringsted Roskilde Rudersdal Rødovre Samsø
    Silkeborg Skanderborg Skive Slagelse Solrød Sorø Stevns Struer Svendborg Syddjurs Sønderborg Thisted
    Tønder Tårnby Vallensbæk Varde Vejen Vejle Vesthimmerlands Viborg Vordingborg Ærø
""".split()  # noqa: SIM905 - a list of words reads better as a text


def entry(pk: int, name: str, name_en: str = "", **said: Any) -> Facts:
    places = frozenset({said.pop("place")}) if "place" in said else frozenset()
    owners = frozenset({said.pop("owner")}) if "owner" in said else frozenset()
    names = tuple(words_of(each) for each in (name, name_en) if each)
    return Facts(pk, names, places=places, owners=owners, **said)


# The register they stand in: all municipalities, so that words are as common as they are.
AROUND = [
    entry(1000 + number, f"{name} Kommune", place=2000 + number, type="municipality")
    for number, name in enumerate(MUNICIPALITIES)
] + [
    entry(3000 + number, f"Velfærdslab {name}", place=2000 + number, owner=1000 + number)
    for number, name in enumerate(MUNICIPALITIES[:20])
]

ONE: dict[str, tuple[Facts, Facts]] = {
    "spelt the old way": (
        entry(1, "Aarhus Kommune", place=AARHUS, type="municipality"),
        entry(2, "Århus Kommune", type="municipality"),
    ),
    "by its initials": (
        entry(1, "OUH", cvr="29190909", type="hospital", place=ODENSE),
        entry(2, "Odense Universitetshospital", cvr="29190909", type="hospital", place=ODENSE),
    ),
    "initials without a number": (
        entry(1, "DTU", website="dtu.dk", type="university", place=1),
        entry(2, "Danmarks Tekniske Universitet", website="dtu.dk", type="university", place=1),
    ),
    "with the number alone": (
        entry(1, "Teknik og Miljø", cvr="64942212", type="municipal_unit"),
        entry(2, "TMF", cvr="64942212", type="municipal_unit"),
    ),
    "a slip of the finger": (
        entry(1, "Sundhedslaboratoriet i Skive", place=SKIVE),
        entry(2, "Sundhedslabortoriet i Skive", place=SKIVE),
    ),
    "a slip in the only word": (entry(1, "Sundhedslab", place=SKIVE), entry(2, "Sundhedslap", place=SKIVE)),
    "letters turned round": (entry(1, "Havnelab Struer", owner=7), entry(2, "Havenlab Struer", owner=7)),
    "words turned round": (entry(1, "Living Lab Strandvejen"), entry(2, "Strandvejens Living Lab", owner=7)),
    "one word or two": (entry(1, "Energi Lab Nordhavn"), entry(2, "EnergiLab Nordhavn")),
    "with its legal form": (entry(1, "Gate 21"), entry(2, "Gate 21 ApS")),
    "in another inflection": (
        entry(1, "Laboratoriet for velfærdsteknologi", place=AARHUS),
        entry(2, "Laboratorium for velfærdsteknologien", place=AARHUS),
    ),
    "by its English name": (
        entry(1, "Syddansk Universitet", "University of Southern Denmark", website="sdu.dk"),
        entry(2, "University of Southern Denmark"),
    ),
    "another name, the same house": (
        entry(1, "DokkX", website="dokkx.aarhus.dk", place=AARHUS, owner=7, point=(1_137_000, 7_600_000)),
        entry(
            2,
            "Velfærdsteknologiens Hus",
            website="dokkx.aarhus.dk",
            place=AARHUS,
            owner=7,
            point=(1_137_300, 7_600_200),
        ),
    ),
}
TWO: dict[str, tuple[Facts, Facts]] = {
    "a generic name in two towns": (
        entry(1, "Velfærdslab", place=AARHUS, owner=1),
        entry(2, "Velfærdslab", place=ODENSE, owner=2),
    ),
    "a name any lab might bear": (entry(1, "Living Lab", owner=1), entry(2, "Living Lab", owner=2)),
    "two municipalities": (
        entry(1, "Haderslev Kommune", place=510, type="municipality"),
        entry(2, "Brønderslev Kommune", place=810, type="municipality"),
    ),
    "neighbours in the alphabet": (
        entry(1, "Vejle Kommune", type="municipality"),
        entry(2, "Vejen Kommune", type="municipality"),
    ),
    "east and west": (entry(1, "Klimaråd Østsjælland", owner=1), entry(2, "Klimaråd Vestsjælland", owner=1)),
    "a first and a second": (
        entry(1, "Plejehjemslab 1", place=AARHUS, owner=1),
        entry(2, "Plejehjemslab 2", place=AARHUS, owner=1),
    ),
    "two departments of one house": (
        entry(1, "Aarhus Kommune, Sundhed og Omsorg", place=AARHUS, type="municipal_unit"),
        entry(2, "Aarhus Kommune, Børn og Unge", place=AARHUS, type="municipal_unit"),
    ),
    "a university and its hospital": (
        entry(1, "Aalborg Universitet", place=851, type="university", ror="04m5j1k67"),
        entry(2, "Aalborg Universitetshospital", place=851, type="hospital", ror="02jk5qe80"),
    ),
    "two funds of one family": (
        entry(1, "VELUX FONDEN", ror="007ww2d15", type="foundation"),
        entry(2, "VELUX FONDENE", ror="03b7k2c54", type="foundation"),
    ),
    "two labs of one host": (
        entry(1, "Velfærdslab for ældre, Aarhus", place=AARHUS, owner=1, website="aarhus.dk/a"),
        entry(2, "Velfærdslab for unge, Aarhus", place=AARHUS, owner=1, website="aarhus.dk/b"),
    ),
}


def found(left: Facts, right: Facts, around: Sequence[Facts] = AROUND) -> int:
    """Their certainty where the finder compares them at all; nothing counts as 0."""
    every = [*around, left, right]
    common = commonness(every)
    for one, other in pairs(every, common):
        if (one.pk, other.pk) == (left.pk, right.pk):
            return weigh(one, other, common).certainty
    return 0


@pytest.mark.parametrize("name", ONE)
def test_a_true_pair_is_found(name: str) -> None:
    assert found(*ONE[name]) >= THRESHOLD


@pytest.mark.parametrize("name", TWO)
def test_two_different_things_are_not_shown(name: str) -> None:
    assert found(*TWO[name]) < THRESHOLD


def test_no_two_municipalities_look_like_one() -> None:
    common = commonness(AROUND)
    shown = [
        (one.names, other.names)
        for one, other in pairs(AROUND, common)
        if weigh(one, other, common).certainty >= THRESHOLD
    ]
    assert shown == []


def test_certainty_is_a_sum_of_parts_that_lies_between_0_and_100() -> None:
    common = commonness(AROUND)
    for left, right in (*ONE.values(), *TWO.values()):
        weighed = weigh(left, right, common)
        assert weighed.certainty == max(0, min(100, sum(weighed.parts.values())))
        assert weigh(right, left, common).parts == weighed.parts, "whichever is named first"
        for name, points in weighed.parts.items():
            assert points == PARTS.get(name, points)
            assert 0 < points <= SAME_NAME or name in PARTS


@pytest.mark.parametrize(
    ("one", "other"),
    [("", ""), ("—", "…"), ("a" * 5000, "b" * 5000), ("lab", ""), ("١٢٣", "123"), ("\u0000x", "x")],
    ids=["empty", "signs", "endless", "one_empty", "digits", "nul"],
)
def test_any_two_names_can_be_compared(one: str, other: str) -> None:
    assert 0 <= alike(words_of(one), words_of(other), {}) <= 1


@pytest.mark.parametrize(
    ("website", "site"),
    [
        ("https://www.dokkx.dk/", "dokkx.dk"), ("http://DokkX.dk", "dokkx.dk"), ("", ""),
        ("https://dokkx.dk/en/", "dokkx.dk"), ("https://a.dk/lab?id=7", "a.dk/lab?id=7"),
        ("https://[broken", ""), ("ikke en adresse", ""),
    ],
    ids=["www", "case", "none", "english", "query", "broken", "words"],
)  # fmt: skip
def test_a_website_is_compared_by_what_it_is(website: str, site: str) -> None:
    assert site_of(website) == site


def test_the_work_grows_with_the_number_of_entries_and_not_with_its_square() -> None:
    assert compared(4000) < compared(1000) * 4 * 2


def compared(number: int) -> int:
    chance = random.Random(number)
    words = [f"ord{each}" for each in range(number // 2)] + ["lab", "aarhus", "velfærd", "sundhed"] * 50
    made = [
        entry(
            pk, " ".join(chance.choices(words, k=3)), place=chance.randrange(98), owner=chance.randrange(98)
        )
        for pk in range(number)
    ]
    return sum(1 for _pair in pairs(made, commonness(made)))
