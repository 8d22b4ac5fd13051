"""PULL-spejlet's results and pictures: values in, values out; and the lab's public page."""

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone, translation

from accounts.models import User
from labs.choices import Half
from labs.instrument import CAPACITIES, DIMENSIONS, STATEMENTS, Level
from labs.mirror.bars import bars_of, moved
from labs.mirror.drawing import BAR, MIDDLE, RADIUS, radar, small, wrapped
from labs.mirror.results import Answered, Given, Result, result_from
from labs.models import Assessment, Lab, Sheet
from tests import factories
from tests.pages import read
from tests.statements import READER, statements

SECRET = "KANARIEFUGL"


def result(lab: dict[int, int | None] | None = None, host: dict[int, int | None] | None = None) -> Result:
    halves = {Half.LAB: lab, Half.HOST: host}
    answered = {half: told for half, told in halves.items() if told is not None}
    return result_from(
        {half: {n: Given(score) for n, score in told.items()} for half, told in answered.items()}
    )


def every(score: int | None) -> dict[int, int | None]:
    return dict.fromkeys(STATEMENTS, score)


# The core


def test_the_instrument_asks_21_statements_in_seven_dimensions_fifteen_about_the_lab() -> None:
    assert [len(one.statements) for one in DIMENSIONS] == [3] * 7
    assert sorted(STATEMENTS) == list(range(1, 22))
    assert [n for n, one in STATEMENTS.items() if one.half == Half.HOST] == [13, 14, 15, 16, 17, 18]
    assert [(one.slug, tuple(one.statements)) for one in CAPACITIES] == [
        ("see", (1, 2, 10)), ("relations", (4, 5, 6)), ("across", (14, 15, 6)), ("together", (1, 3, 4)),
        ("leadership", (8, 17)), ("integrate", (7, 16, 17, 18)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("scores", "mean", "level"),
    [
        ((0, 0, 0), 0, Level.EMERGING),
        ((0, 1, 1), 2 / 3, Level.EMERGING),
        ((1, 1, 1), 1, Level.STARTED),
        ((2, 2, 1), 5 / 3, Level.STARTED),
        ((2, 2, 2), 2, Level.ESTABLISHED),
        ((3, 3, 3), 3, Level.MATURE),
        ((3, 4, None), 3.5, Level.MATURE),
        ((4, 4, 3), 11 / 3, Level.CARRYING),
        ((4, 4, 4), 4, Level.CARRYING),
        ((4, None, None), None, None),
        ((None, None, None), None, None),
    ],
)  # fmt: skip
def test_a_dimension_is_the_mean_of_what_is_answered_if_two_are(
    scores: tuple[int | None, ...], mean: float | None, level: Level | None
) -> None:
    first = result(dict(zip((1, 2, 3), scores, strict=True))).dimensions[0]
    assert first.mean == (None if mean is None else pytest.approx(mean))
    assert first.level == level
    assert first.answered == sum(score is not None for score in scores)


@pytest.mark.parametrize(
    ("number", "lab", "host", "counts", "difference"),
    [
        (1, Given(1), Given(4), 1, 3),
        (12, Given(0), Given(0), 0, 0),
        (13, Given(1), Given(4), 4, 3),
        (18, Given(4), Given(2), 2, 2),
        (19, Given(3), Given(2), 3, 1),
        (13, Given(2), None, 2, None),
        (13, Given(2), Given(None), 2, None),
        (1, Given(None), Given(3), 3, None),
        (1, Given(None), None, None, None),
        (1, None, None, None, None),
    ],
)
def test_the_labs_answer_counts_for_the_lab_and_the_hosts_for_the_host(
    number: int, lab: Given | None, host: Given | None, counts: int | None, difference: int | None
) -> None:
    answer = Answered(STATEMENTS[number], lab, host)
    assert (answer.score, answer.difference) == (counts, difference)


def test_the_weakest_are_all_that_are_lowest_and_none_where_all_is_best() -> None:
    low = every(3) | dict.fromkeys((4, 5, 6, 19, 20, 21), 1)
    assert [one.dimension.slug for one in result(low).weakest] == ["coalition", "value"]
    assert result(every(4)).weakest == []
    assert result(every(None)).weakest == []
    assert len(result(every(2)).weakest) == 7
    assert [one.mean for one in result(low).capacities] == [
        3,
        1,
        pytest.approx(7 / 3),
        pytest.approx(7 / 3),
        3,
        3,
    ]


def test_where_the_two_differ_most_stands_first() -> None:
    two = result(every(1), every(1) | {5: 4, 13: 3, 20: 2})
    assert [answer.statement.number for answer in two.apart] == [5, 13]
    assert two.both
    assert not result(every(1)).both


def test_no_total_is_made_of_the_seven() -> None:
    assert not {"mean", "total", "score", "level"} & set(dir(result(every(2))))


# The pictures


def test_the_radar_reaches_as_far_as_the_means_and_breaks_off_where_there_is_none() -> None:
    whole = radar(result(every(4)), result(every(2)))
    assert whole.closed
    assert len(whole.lines) == len(whole.earlier_lines) == 1
    for axis in whole.axes:
        assert axis.point == axis.end
        assert axis.earlier is not None
        far = ((axis.earlier[0] - MIDDLE[0]) ** 2 + (axis.earlier[1] - MIDDLE[1]) ** 2) ** 0.5
        assert far == pytest.approx(RADIUS / 2, abs=0.2)
    assert whole.axes[0].end == (MIDDLE[0], MIDDLE[1] - RADIUS)
    broken = radar(result(every(3) | dict.fromkeys((4, 5, 6, 13, 14, 15))))
    assert [axis.mean is None for axis in broken.axes] == [False, True, False, False, True, False, False]
    assert not broken.closed
    assert sorted(line.count("L") for line in broken.lines) == [1, 2]
    assert not any("Z" in line for line in broken.lines)
    assert radar(result(every(None))).lines == []


def test_words_of_the_radar_stay_in_the_frame_and_off_each_other() -> None:
    for language in ("da", "en"):
        with translation.override(language):
            drawn = radar(result(every(2)))
            boxes = []
            for axis in drawn.axes:
                width = max(len(text) for _y, text in axis.words) * 8.6  # as phones set them
                left = axis.x - {"start": 0, "middle": width / 2, "end": width}[axis.anchor]
                boxes.append((left, axis.words[0][0] - 15, left + width, axis.y + 4))
            for left, top, right, bottom in boxes:
                assert left >= -2
                assert top >= -2
                assert right <= drawn.width + 2
                assert bottom <= drawn.height + 2
            for one in boxes:
                for other in boxes:
                    if one is not other:
                        apart = (
                            one[2] <= other[0]
                            or other[2] <= one[0]
                            or one[3] <= other[1]
                            or other[3] <= one[1]
                        )
                        assert apart, (one, other)


def test_words_break_between_words_only() -> None:
    assert wrapped("Absorption: finde og forstå", 12) == ["Absorption:", "finde og", "forstå"]
    assert wrapped("Mission", 12) == ["Mission"]


def test_bars_are_as_long_as_the_means_and_say_what_moved() -> None:
    now = result(every(3) | {1: 4, 4: None, 5: None})
    bars = bars_of(now, result(every(2)))
    assert bars[0].length == pytest.approx(BAR * (10 / 3) / 4, abs=0.1)
    assert bars[0].moved == moved(1.3)
    assert (bars[1].mean, bars[1].change, bars[1].earlier_length) == (None, None, BAR / 2)
    with translation.override("da"):
        assert "1,3" in moved(1.3)
        assert "0,3" in moved(-0.3)
        assert "-" not in moved(-0.3)
    assert moved(0.0)


def test_a_small_chart_is_to_the_calendar_and_never_joins_what_is_not_told_to_a_value() -> None:
    day = dt.date
    drawn = small("x", [(day(2020, 1, 1), 1.0), (day(2021, 1, 1), None), (day(2024, 1, 1), 3.0)])
    (left, low), (right, high) = drawn.dots
    assert left < drawn.silent[0] < right
    assert (drawn.silent[0] - left) / (right - left) == pytest.approx(366 / 1461, abs=0.01)
    assert low > high
    assert drawn.change == 2.0
    alone = small("x", [(day(2020, 1, 1), 2.0)])
    assert (alone.line, alone.change, len(alone.dots)) == ("", None, 1)
    assert small("x", [(day(2020, 1, 1), None)]).dots == []
    assert all(a[0] < b[0] for a, b in pairwise(drawn.dots))


# The public page


@pytest.fixture
def lab(empty: None) -> Lab:
    return factories.lab("Plejelab", places=[factories.place("Byen", code="0001")])


def settle() -> None:
    """What waits for the end of the transaction happens now, and the next change counts as another's."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SELECT set_config('stedkraft.raised', '', true)")


def run(
    lab: Lab, on: dt.date, shown: str, score: int = 2, halves: tuple[str, ...] = ("lab", "host")
) -> Assessment:
    scores = {half: dict.fromkeys(STATEMENTS, score) for half in halves}
    return factories.assessment(lab, on=on, shown=shown, scores=scores)


def test_everything_that_is_published_is_on_the_page_and_its_pictures_equal_its_tables(
    client: Client, lab: Lab
) -> None:
    run(lab, dt.date(2025, 5, 1), "all", 1)
    run(lab, dt.date(2026, 5, 4), "all", 3)
    page = read(client.get(f"/en{lab.get_absolute_url()}mirror/"))
    bars = page.by_id("dimensions").all("li", "sk-mbar")
    assert [bar.one("b").text for bar in bars] == ["3.0"] * 7
    assert all("Mature" in bar.text and "up 2.0" in bar.text for bar in bars)
    tables = page.by_id("dimensions").all("table")
    assert [len(table.all("tbody")[0].all("tr")) for table in tables] == [7, 6]
    assert [cell.text for cell in tables[0].all("tbody")[0].all("tr")[0].all("td")] == [
        "1, 2, 3", "3", "3.0", "Mature", "1.0",
    ]  # fmt: skip
    radar_box = page.one("figure", "sk-radar").one("svg")
    assert radar_box.attrs["role"] == "img"
    assert page.by_id("radar-d").text.count("3.0") == 7
    assert len(radar_box.all("path", "sk-radar__was")) == 1
    assert len(page.by_id("capacities").all("li", "sk-mbar")) == 6
    rows = page.by_id("statements").all("tr")
    assert sum(row.attrs.get("id", "").startswith("statement-") for row in rows) == 21
    assert page.by_id("statements").text.count("Ses i referatet") == 42
    charts = page.by_id("runs").all("li", "sk-msmall")
    assert len(charts) == 7
    assert all(len(chart.all("circle")) == 2 for chart in charts)
    assert [row.one("a").text for row in page.by_id("runs").one("tbody").all("tr")] == [
        "4 May 2026",
        "1 May 2025",
    ]
    assert "not a certification" in page.text
    assert "not validated" in page.text
    older = read(client.get(f"/en{lab.get_absolute_url()}mirror/2025-05-01/"))
    assert [bar.one("b").text for bar in older.by_id("dimensions").all("li", "sk-mbar")] == ["1.0"] * 7
    assert not older.all("path", "sk-radar__was")


@pytest.mark.parametrize("halves", [("lab",), ("host",)])
def test_where_one_has_answered_alone_nothing_is_compared(
    client: Client, lab: Lab, halves: tuple[str]
) -> None:
    run(lab, dt.date(2026, 5, 4), "all", 4, halves)
    page = read(client.get(f"/en{lab.get_absolute_url()}mirror/"))
    assert len(page.by_id("statements").one("thead").all("th")) == 2
    assert f"Answered for the {halves[0]}." in page.text
    assert "fully in daily practice" in page.by_id("next").text


def test_only_that_it_was_done_shows_the_date_and_nothing_else(client: Client, lab: Lab) -> None:
    run(lab, dt.date(2026, 5, 4), "done", 3)
    page = read(client.get(f"/en{lab.get_absolute_url()}mirror/"))
    assert "4 May 2026" in page.text
    for part in ("dimensions", "statements", "capacities", "next"):
        assert part not in page
    assert "Ses i referatet" not in page.text
    assert "3.0" not in page.text
    assert client.get(f"{lab.get_absolute_url()}mirror/2026-05-04/").status_code == 404


def test_persons_and_posts_are_nowhere(client: Client, lab: Lab, django_user_model: type[User]) -> None:
    who = django_user_model.objects.create_user(email=f"{SECRET}@example.org", name=SECRET)
    made = Assessment.objects.create(lab=lab, begun_by=who)
    sheet = Sheet.objects.create(assessment=made, half="lab", by=who, post=SECRET)
    for number in STATEMENTS:
        sheet.answers.create(statement=number, score=2)
    sheet.finished_at = timezone.now()
    sheet.save()
    made.finished_on, made.shown = dt.date(2026, 5, 4), "all"
    made.save()
    assert SECRET not in client.get(f"{lab.get_absolute_url()}mirror/").text


def test_a_published_run_changes_kept_pages_at_once_and_a_withdrawn_one_too(
    client: Client, lab: Lab, settings: Any
) -> None:
    """Read twice each time, so that what is kept would be answered."""
    settings.KEEP_REFERENCE = settings.CACHE_PAGES = True
    made = run(lab, dt.date(2026, 5, 4), "", 3)
    mirror, page, place = f"{lab.get_absolute_url()}mirror/", lab.get_absolute_url(), "/places/0001/"
    for _twice in range(2):
        assert client.get(mirror).status_code == 404
    assert "sk-msmall" not in client.get(place).text
    for shown, status, charts in (("all", 200, True), ("done", 200, False), ("", 404, False)):
        made.shown = shown
        made.save()
        settle()
        for _twice in range(2):
            assert client.get(mirror).status_code == status
            assert ("sk-msmall" in client.get(place).text) == charts
            assert client.get(page).status_code == 200


def test_what_is_not_an_address_does_not_exist(client: Client, lab: Lab) -> None:
    run(lab, dt.date(2026, 5, 4), "all")
    for day in ("2026-05-05", "20260504", "2026-13-01", "nothing"):
        assert client.get(f"{lab.get_absolute_url()}mirror/{day}/").status_code == 404
    hidden = factories.lab("Kladde", state="draft")
    run(hidden, dt.date(2026, 5, 4), "all")
    assert client.get(f"/labs/{hidden.record.slug}/mirror/").status_code == 404


def test_more_runs_ask_no_more_of_the_database(client: Client, lab: Lab) -> None:
    path = f"{lab.get_absolute_url()}mirror/"
    run(lab, dt.date(2022, 5, 4), "all")
    run(lab, dt.date(2023, 5, 4), "all")
    few = len(statements(client, path))
    run(lab, dt.date(2024, 5, 4), "all")
    run(lab, dt.date(2025, 5, 4), "all")
    settle()
    assert len(statements(client, path)) == few <= READER
