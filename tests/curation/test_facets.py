"""The statements behind the facets against a naive recount of random records."""

import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import EmptyResultSet
from django.db.models import Q

from curation.facets import Also, Column, Counts, count, count_once
from curation.models import Record
from tests import factories

pytestmark = pytest.mark.usefixtures("empty")

SCALARS = ("type", "setting", "phase")
ARRAYS = ("theme_ids", "place_ids")
VALUES: dict[str, list[Any]] = {
    "type": ["", "platform", "network"],
    "setting": ["", "home", "coast", "campus"],
    "phase": ["", "running", "ended"],
    "theme_ids": [1, 2, 3, 4, 5],
    "place_ids": [10, 20, 30],
}


def fill(dice: random.Random) -> list[dict[str, Any]]:
    rows = []
    for _number in range(40):
        row: dict[str, Any] = {name: dice.choice(VALUES[name]) for name in SCALARS}
        row |= {name: dice.sample(VALUES[name], dice.randint(0, len(VALUES[name]))) for name in ARRAYS}
        factories.record(**row)
        rows.append(row)
    return rows


def has(row: dict[str, Any], name: str, wanted: list[Any]) -> bool:
    held = row[name] if name in ARRAYS else [row[name]]
    return not wanted or bool(set(held) & set(wanted))


def naively(rows: list[dict[str, Any]], chosen: dict[str, list[Any]]) -> tuple[int, dict[str, Counter[str]]]:
    total = sum(all(has(row, name, wanted) for name, wanted in chosen.items()) for row in rows)
    by = {}
    for name in VALUES:
        others = {other: wanted for other, wanted in chosen.items() if other != name}
        left = [row for row in rows if all(has(row, other, wanted) for other, wanted in others.items())]
        held = (row[name] if name in ARRAYS else [row[name]] for row in left)
        by[name] = Counter(str(value) for values in held for value in values)
    return total, by


def columns(chosen: dict[str, list[Any]]) -> list[Column]:
    return [
        Column(
            name,
            name in ARRAYS,
            Q(**{f"{name}__{'overlap' if name in ARRAYS else 'in'}": chosen[name]})
            if chosen.get(name)
            else None,
        )
        for name in VALUES
    ]


@pytest.mark.parametrize("seed", range(12))
def test_random_records_and_filters(seed: int) -> None:
    dice = random.Random(seed)
    rows = fill(dice)
    for _turn in range(4):
        asked = dice.sample(sorted(VALUES), dice.randint(0, 4))
        chosen = {name: dice.sample(VALUES[name], dice.randint(1, 2)) for name in asked}
        total, by = naively(rows, chosen)
        for way in (count, count_once):
            counts = way(Record.objects.published(), columns(chosen))
            assert counts.total == total
            assert {name: dict(counts.by.get(name, {})) for name in VALUES} == by


@pytest.mark.parametrize("way", [count, count_once])
def test_nothing_found_is_zero(way: Callable[..., Counts]) -> None:
    counts = way(Record.objects.published(), columns({"type": ["platform"]}))
    assert counts.total == 0
    assert not any(counts.by.values())


@pytest.mark.parametrize("way", [count, count_once])
def test_nothing_can_be_found_is_zero_too(way: Callable[..., Counts]) -> None:
    factories.record()
    with pytest.raises(EmptyResultSet):
        Record.objects.none().query.sql_with_params()
    assert way(Record.objects.none(), columns({})).total == 0


def test_what_else_is_asked_is_of_what_all_filters_leave() -> None:
    for quality, kind in ((3, "platform"), (9, "network"), (5, "platform")):
        factories.record(quality=quality, type=kind)
    best = Also("best", ["quality"], "SELECT quality::text AS value, 1 AS number FROM kept ORDER BY quality")
    chosen = columns({"type": ["platform"]})
    counts = count_once(Record.objects.published(), chosen, [best])
    assert list(counts.also["best"]) == ["3", "5"]
    assert counts.by["type"] == {"platform": 2, "network": 1}
