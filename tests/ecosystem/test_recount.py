"""Every number on the lists against a recount of the files in plain Python."""

import random
from collections.abc import Callable, Mapping

import pytest
from django.test import Client

from actors.models import Relation
from labs.models import Link
from missions.models import CoalitionMember
from tests.ecosystem import recount
from tests.ecosystem.recount import Entry
from tests.pages import ListPage, read

pytestmark = pytest.mark.usefixtures("denmark")

ENTRIES: Mapping[str, Callable[[], list[Entry]]] = {
    "labs": recount.labs,
    "actors": recount.actors,
    "missions": recount.missions,
    "needs": recount.needs,
    "offers": recount.offers,
    "trials": recount.trials,
    "solutions": recount.solutions,
}
FILTERS = {
    "labs": ("theme", "side", "phase", "setting", "place"),
    "actors": ("side", "kind", "theme", "place"),
    "missions": ("theme", "kind", "side", "phase", "place"),
    "needs": ("theme", "kind", "phase", "place"),
    "offers": ("theme", "kind", "phase", "place"),
    "trials": ("theme", "phase", "method", "setting", "place"),
    "solutions": ("theme", "phase", "kind", "operable", "place"),
}
FILES = {
    "labs": ["labs.csv"],
    "actors": ["actors.csv", "actors_more.csv"],
    "missions": ["missions.csv"],
    "needs": ["needs.csv"],
    "offers": ["offers.csv"],
    "trials": ["trials.csv"],
    "solutions": ["solutions.csv"],
}
KINDS = tuple(ENTRIES)

type Chosen = Mapping[str, list[str]]


def check(client: Client, kind: str, chosen: Chosen) -> None:
    """The count and the number beside every value offered."""
    page = ListPage.at(client, f"/{kind}/", chosen)
    entries = ENTRIES[kind]()
    found = recount.names(entries, chosen)
    assert page.total == len(found), chosen
    assert set(page.names) <= set(found), chosen
    offered = page.options
    assert offered == recount.would_leave(entries, chosen, offered), chosen


def values_of(kind: str) -> list[tuple[str, str]]:
    """Every value that any entry is filed under; for labs also every theme and place without one."""
    filed = {
        (name, v) for entry in ENTRIES[kind]() for name, values in entry.filed.items() for v in values if v
    }
    if kind != "labs":
        return sorted(filed)
    filed |= {("theme", row["slug"]) for row in recount.rows("themes.csv")}
    filed |= {("place", row["code"]) for row in recount.rows("municipalities.csv")}
    filed |= {("place", row["id"]) for row in recount.rows("health_councils.csv")}
    return sorted(filed)


def combinations(kind: str, number: int) -> list[Chosen]:
    """Two or three filters with one or two values each, taken from entries so that most find something."""
    dice = random.Random(f"{kind} 2027")
    found: list[Chosen] = []
    while len(found) < number:
        entry = dice.choice(ENTRIES[kind]())
        asked = dice.sample(FILTERS[kind], dice.choice((2, 3)))
        own = {name: sorted(entry.filed[name] - {""}) for name in asked}
        chosen = {
            name: dice.sample(values, min(len(values), dice.choice((1, 2)))) for name, values in own.items()
        }
        if all(chosen.values()):
            found.append(chosen)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_everything_is_counted(client: Client, kind: str) -> None:
    assert len(ENTRIES[kind]()) == sum(len(recount.rows(file)) for file in FILES[kind])
    check(client, kind, {})


@pytest.mark.parametrize("kind", KINDS)
def test_each_value_alone(client: Client, kind: str) -> None:
    for name, value in values_of(kind):
        check(client, kind, {name: [value]})


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("labs", 30),
        ("actors", 12),
        ("missions", 12),
        ("needs", 12),
        ("offers", 12),
        ("trials", 8),
        ("solutions", 8),
    ],
)
def test_combinations(client: Client, kind: str, number: int) -> None:
    chosen = combinations(kind, number)
    assert sum(1 for one in chosen if len(recount.names(ENTRIES[kind](), one)) > 1) > number / 3
    for one in chosen:
        check(client, kind, one)


def says_energy(entry: Entry) -> bool:
    """In a word that begins so, or in English."""
    return entry.has_word("energi") or "energy" in recount.words(entry.texts)


@pytest.mark.parametrize("kind", KINDS)
def test_combinations_with_words(client: Client, kind: str) -> None:
    """The facets respect the words too."""
    found = [entry for entry in ENTRIES[kind]() if says_energy(entry)]
    page = ListPage.at(client, f"/{kind}/", {"q": "energi"})
    assert page.total == len(found)
    assert page.options == recount.would_leave(found, {}, page.options)


@pytest.mark.parametrize("kind", KINDS)
def test_energi_finds_every_row_with_a_word_that_begins_so_and_no_other(client: Client, kind: str) -> None:
    expected = sorted(entry.name for entry in ENTRIES[kind]() if says_energy(entry))
    assert expected
    found: list[str] = []
    for number in range(1, 5):
        page = ListPage.at(client, f"/{kind}/", {"q": "energi", "page": str(number)})
        found += [name for name in page.names if name not in found]
    assert sorted(found) == expected


def test_eight_labs_have_ended(client: Client) -> None:
    page = ListPage.at(client, "/labs/", {"phase": "ended"})
    assert sorted(page.names) == sorted(entry.name for entry in recount.labs() if entry.ended)
    assert page.total == 8


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("zoom", ["", "5", "7", "12"])
@pytest.mark.parametrize("asked", [{}, {"place": "1084"}, {"theme": "climate", "place": ["1082", "1083"]}])
def test_the_map_holds_every_entry_with_a_point(
    client: Client, kind: str, zoom: str, asked: dict[str, list[str]]
) -> None:
    chosen = {name: values if isinstance(values, list) else [values] for name, values in asked.items()}
    placed = [entry for entry in ENTRIES[kind]() if entry.placed and entry.passes(chosen)]
    query = asked | ({"zoom": zoom} if zoom else {})
    data = client.get(f"/{kind}/map.geojson", query).json()
    assert data["type"] == "FeatureCollection"
    assert sum(feature["properties"]["count"] for feature in data["features"]) == len(placed)
    named = {feature["properties"].get("name") for feature in data["features"]} - {None}
    assert named <= {entry.name for entry in placed}
    if not zoom:
        assert named == {entry.name for entry in placed}


def test_places_shows_every_municipality_with_its_labs(client: Client) -> None:
    shown = {}
    for row in read(client.get("/places/")).all("tr"):
        links = [link for link in row.links if link.startswith("/places/")]
        if links:
            shown[links[0].removeprefix("/places/").strip("/")] = row.all("td")[2].text
    expected = {
        row["code"]: str(sum(1 for lab in recount.labs() if row["code"] in lab.filed["place"]))
        for row in recount.rows("municipalities.csv")
    }
    assert len(shown) == 98
    assert shown == expected


def test_all_links_are_loaded() -> None:
    links = recount.rows("links.csv")
    assert len(links) == 256
    loaded = {
        ("actor", "lab"): Link.objects.filter(actor__isnull=False).count(),
        ("lab", "mission"): Link.objects.filter(mission__isnull=False).count(),
        ("actor", "mission"): CoalitionMember.objects.count(),
        ("actor", "actor"): Relation.objects.count(),
    }
    assert loaded == {
        ends: sum(1 for row in links if (row["from_type"], row["to_type"]) == ends) for ends in loaded
    }
    assert loaded == {
        ("actor", "lab"): 135,
        ("lab", "mission"): 8,
        ("actor", "mission"): 89,
        ("actor", "actor"): 24,
    }
