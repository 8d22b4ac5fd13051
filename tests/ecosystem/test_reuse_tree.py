"""The family tree of made-up solutions: grown, laid out and drawn, without a database."""

import datetime as dt
import random
from collections.abc import Sequence

import pytest

from ecosystem.network.lettering import width
from ecosystem.network.picture import BOLD
from ecosystem.reuse.columns import MOST, columns_of
from ecosystem.reuse.drawing import WIDTH, draw
from ecosystem.reuse.layout import lay_out
from ecosystem.reuse.members import Member, Row, Spread, What
from ecosystem.reuse.picture import LINE, TO_NAME, Mark, Picture
from ecosystem.reuse.tree import Tree, grown
from ecosystem.reuse.years import over_time

ORIGIN = Member("origin", What.ORIGIN, "Favrskov Kommune", by="Levende laboratorium for ældre")
NAMES = ("Aarhus", "Lyngby-Taarbæk Kommune", "Ærø", "Plejehjemmet Solgården ved havnen", "Region Hovedstaden")


def adopter(number: int, year: int | None = 2020, name: str = "", **said: object) -> Member:
    since = dt.date(year, 5, 1) if year else None
    return Member(f"a{number}", What.ADOPTION, name or f"Kommune {number}", since=since, **said)  # type: ignore[arg-type]


def row(number: int, taken_from: int | None = None, year: int | None = 2020) -> Row:
    return Row(number, taken_from, adopter(number, year))


def made_up(number: int, seed: int = 1, deepest: int = 6) -> Spread:
    """Adoptions over years, some without one, some of somebody not public."""
    chance = random.Random(seed)
    rows: list[Row] = []
    depths: dict[int, int] = {}
    years: dict[int, int] = {}
    for pk in range(1, number + 1):
        above = [one for one, depth in depths.items() if depth < deepest]
        parent = chance.choice(above) if above and chance.random() < 0.7 else None
        depths[pk] = depths.get(parent or 0, 0) + 1
        years[pk] = years.get(parent or 0, 2010) + chance.choice([-1, 0, 0, 1, 1, 2])
        year = None if chance.random() < 0.1 else years[pk]
        name = f"{chance.choice(NAMES)} {pk}"
        confirmed = dt.date(2026, 1, 1) if chance.random() < 0.6 else None
        shown = chance.random() > 0.04
        rows.append(Row(pk, parent, adopter(pk, year, name, confirmed=confirmed) if shown else None))
    inspired = Member("s1", What.INSPIRED, "En anden løsning", since=dt.date(2019, 1, 1))
    return Spread("Løsningen", ORIGIN, rows, [inspired], Member("i", What.INSPIRATION, "Buurtzorg"))


def drawn(spread: Spread) -> Picture:
    return draw(grown(spread), spread.inspiration)


def keys(tree: Tree) -> list[str]:
    return [member.key for member in tree.members]


def test_who_says_nothing_took_it_over_from_where_it_began() -> None:
    tree = grown(Spread("L", ORIGIN, [row(1), row(2, 1), row(3)]))
    assert tree.parents == {"a1": "origin", "a2": "a1", "a3": "origin"}
    # Those that did not pass it on come before those who did, with theirs behind them.
    assert keys(tree) == ["origin", "a3", "a1", "a2"]
    assert tree.depths == {"origin": 0, "a3": 1, "a1": 1, "a2": 2}


def test_somebody_not_public_is_a_gap_only_where_it_holds_the_tree_together() -> None:
    hidden = [row(1), Row(2, 1, None), Row(3, 2, None), row(4, 3), Row(5, 4, None)]
    tree = grown(Spread("L", ORIGIN, hidden))
    assert len(tree.members) == 4
    (between,) = [member for member in tree.members if member.what == What.GAP]
    assert (tree.parents["a4"], tree.parents[between.key]) == (between.key, "a1")
    assert (between.path, between.since, between.place) == ("", None, None)


@pytest.mark.parametrize(
    "rows",
    [
        [row(1, 2), row(2, 1), row(3)],
        [row(1, 1)],
        [Row(1, 2, None), Row(2, 1, None), row(3, 1)],
        [row(1, 99)],
    ],
)
def test_rows_that_lead_in_a_circle_end_and_show_everybody_once(rows: Sequence[Row]) -> None:
    tree = grown(Spread("L", ORIGIN, rows))
    told = {found.member.key for found in rows if found.member}
    assert told <= set(keys(tree))
    assert len(keys(tree)) == len(set(keys(tree)))
    assert set(tree.depths) == set(keys(tree))
    draw(tree)


def test_time_runs_to_the_right_and_nobody_stands_left_of_whom_they_had_it_from() -> None:
    spread = Spread("L", ORIGIN, [row(1, year=2018), row(2, 1, 2016), row(3, 1, 2021), row(4, 3, None)])
    tree = grown(spread)
    columns = columns_of(tree)
    assert [column.label for column in columns.columns][1:3] == ["2018", "2021"]
    assert columns.of["origin"] < columns.of["a1"] == columns.of["a2"] < columns.of["a3"] < columns.of["a4"]
    assert columns.displaced == {"a2"}
    texts = {mark.member.key: " ".join(mark.lines) for mark in draw(tree).marks}
    assert texts["a2"] == "’16: Kommune 2"


def test_without_a_year_one_stands_no_later_than_those_who_had_it_from_there() -> None:
    tree = grown(Spread("L", ORIGIN, [row(1, year=None), row(2, 1, 2019), row(3, year=None)]))
    columns = columns_of(tree)
    assert columns.of["a1"] == columns.of["a2"] < columns.of["a3"]


def test_years_that_hold_least_share_a_column() -> None:
    rows = [row(year, year=year) for year in range(2001, 2025)]
    rows += [row(3000 + number, year=2020) for number in range(20)]
    columns = columns_of(grown(Spread("L", ORIGIN, rows))).columns
    assert len(columns) == MOST
    assert "2020" in [column.label for column in columns]
    spans = [(column.first, column.last) for column in columns[1:]]
    assert spans == sorted(spans)
    assert (spans[0][0], spans[-1][1]) == (2001, 2024)


@pytest.mark.parametrize("number", [1, 9, 60, 200])
def test_the_same_tree_gives_the_same_picture_with_all_of_it(number: int) -> None:
    spread = made_up(number)
    picture = drawn(spread)
    assert picture == drawn(made_up(number))
    marks = [mark.member.key for mark in picture.marks]
    assert sorted(marks) == sorted([*keys(grown(spread)), "i"])


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("number", [9, 60, 200])
def test_names_lie_inside_the_picture_and_not_on_each_other(number: int, seed: int) -> None:
    picture = drawn(made_up(number, seed))
    assert picture.width == WIDTH
    boxes = [box(mark) for mark in picture.marks]
    for left, top, right, bottom in boxes:
        assert left >= 0
        assert right <= WIDTH
        assert top >= 30
        assert bottom <= picture.height
    ordered = sorted(boxes, key=lambda one: one[1])
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 :]:
            if other[1] >= one[3]:
                break
            assert other[0] >= one[2] or one[0] >= other[2], (one, other)


def box(mark: Mark) -> tuple[float, float, float, float]:
    """What its shape and its name cover."""
    bold = BOLD if mark.member.what == What.ORIGIN else 1
    right = mark.x + TO_NAME + max(width(line) for line in mark.lines) * bold
    return mark.x - 6, mark.y - 7, right, max(mark.y + 7, mark.y + 5 + (len(mark.lines) - 1) * LINE)


@pytest.mark.parametrize("seed", range(3))
def test_every_line_down_passes_only_those_that_hang_on_it(seed: int) -> None:
    """Two members' lines in one column either share no row or lie beside each other."""
    tree = grown(made_up(120, seed))
    columns = columns_of(tree)
    layout = lay_out(tree, columns)
    found = list(layout.spines.items())
    for place, ((one, column), spine) in enumerate(found):
        for (other, other_column), beside in found[place + 1 :]:
            meet = spine.first <= beside.last and beside.first <= spine.last
            if column == other_column and meet and max(spine.lane, beside.lane) < 5:
                assert spine.lane != beside.lane, (one, other)


def test_many_of_one_parent_stand_side_by_side() -> None:
    rows = [row(number, year=2020 + number % 2) for number in range(1, 201)]
    layout = lay_out(tree := grown(Spread("L", ORIGIN, rows)), columns_of(tree))
    assert sum(layout.slots) == 9
    assert layout.rows <= 25


def test_lines_and_marks_say_confirmation_how_and_end_by_more_than_colour() -> None:
    confirmed = adopter(1, how="copy", confirmed=dt.date(2024, 1, 1))
    named, over = adopter(2, 2021, how="adapted"), adopter(3, 2022, ended=dt.date(2023, 1, 1))
    rows = [Row(1, None, confirmed), Row(2, 1, named), Row(3, 2, over)]
    picture = draw(grown(Spread("L", ORIGIN, rows)))
    marks = {mark.member.key: mark for mark in picture.marks}
    assert len({mark.shape for mark in marks.values()}) == 4
    assert "--named" not in marks["a1"].css
    assert "--named" in marks["a2"].css
    assert "--over" in marks["a3"].css
    assert {wire.kind for wire in picture.wires} == {"sure", "named"}
    assert "ophørt 2023" in marks["a3"].title


def test_years_count_up_and_the_time_to_use_is_told_of_enough() -> None:
    adopted = [
        adopter(1, 2019, idea=dt.date(2018, 5, 1), confirmed=dt.date(2025, 1, 1)),
        adopter(2, 2021, idea=dt.date(2020, 3, 1), ended=dt.date(2023, 1, 1)),
        adopter(3, None),
    ]
    told = over_time(adopted)
    counted = [(year.year, year.new, year.total, year.confirmed, year.ended) for year in told.years]
    assert counted == [
        (2019, 1, 1, 1, 0), (2020, 0, 1, 1, 0), (2021, 1, 2, 1, 0), (2022, 0, 2, 1, 0), (2023, 0, 2, 1, 1),
    ]  # fmt: skip
    assert (told.unknown, told.months, told.said) == (1, [12, 14], "")
    enough = over_time([*adopted, adopter(4, 2021, idea=dt.date(2020, 1, 1))])
    assert (enough.months, enough.typical) == ([12, 14, 16], 14)
    assert [bar.confirmed + bar.named for bar in told.bars] == [75, 75, 150, 150, 150]
    assert all(bar.x >= 0 and bar.x + bar.width <= 100 for bar in told.bars)
