"""The learning loop's layout: what stands where, what leads where, the same for one event and for sixty."""

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest

from labs.loop import (
    LANES,
    LEARNING,
    MARK,
    NAMES,
    NEED,
    RIGHT,
    SOLUTION,
    TRIAL,
    WIDTH,
    Event,
    Loop,
    Mark,
    loop_of,
)

TODAY = dt.date(2026, 11, 22)


def event(what: str, number: int = 1, on: str = "", **said: Any) -> Event:
    day = dt.date.fromisoformat(f"{on}-01") if on else None
    values = {"name": f"{what} {number}", "path": f"/{what}/{number}/"}
    return Event(f"{what}-{number}", what, on=day, **values | said)


def drawn(*events: Event) -> Loop:
    loop = loop_of(events, today=TODAY)
    assert loop is not None
    return loop


def at(loop: Loop, key: str) -> Mark:
    (found,) = [mark for mark in loop.marks if mark.event.key == key]
    return found


ROUND = (
    event(NEED, on="2023-01", only_year=True),
    event(SOLUTION, on="2023-09", about=["need-1"]),
    event(TRIAL, on="2024-02", until=dt.date(2024, 9, 1), over=True, about=["solution-1", "need-1"]),
    event(LEARNING, 1, "2024-04", changed="method", about=["trial-1"]),
    event(LEARNING, 2, "2024-05", changed="need", about=["trial-1"]),
    event(LEARNING, 3, "2024-06", changed="solution", about=["trial-1"]),
    event(LEARNING, 4, "2024-07", changed="nothing", about=["trial-1"]),
)


def test_where_nothing_was_tried_nothing_is_drawn() -> None:
    assert loop_of([], today=TODAY) is None
    assert loop_of([event(NEED, on="2023-01")], today=TODAY) is None
    assert loop_of([event(TRIAL)], today=TODAY) is not None


def test_marks_are_numbered_in_the_order_of_time_and_stand_in_their_lane() -> None:
    loop = drawn(*reversed(ROUND))
    assert [mark.event for mark in loop.marks] == list(ROUND)
    assert [mark.number for mark in loop.marks] == [1, 2, 3, 4, 5, 6, 7]
    assert [lane.what for lane in loop.lanes] == list(LANES)
    for above, below in pairwise(loop.lanes):
        assert above.ground == below.top
    for lane in loop.lanes:
        for mark in lane.marks:
            assert mark.event.what == lane.what
            assert lane.top < mark.y < lane.ground
    assert [mark.x for mark in loop.marks] == sorted(mark.x for mark in loop.marks)


def test_the_loop_goes_down_and_up_again_to_what_was_changed() -> None:
    loop = drawn(*ROUND)
    assert [(stroke.way, stroke.number) for stroke in loop.strokes if stroke.way == "down"] == [
        ("down", 2), ("down", 3),
    ]  # fmt: skip
    up = {stroke.number: stroke for stroke in loop.strokes if stroke.way == "up"}
    assert set(up) == {4, 5, 6}
    assert loop.changes == 3
    reached = {number: float(stroke.path.split()[-1]) - 6 for number, stroke in up.items()}
    assert reached == {
        4: at(loop, "trial-1").foot, 5: at(loop, "need-1").foot, 6: at(loop, "solution-1").foot,
    }  # fmt: skip
    assert all(stroke.tip for stroke in up.values())
    logged = [stroke.number for stroke in loop.strokes if stroke.way == "log"]
    assert logged == [4, 5, 6, 7]


def test_what_was_changed_without_a_place_in_time_is_its_lane() -> None:
    loop = drawn(
        event(NEED, 1), event(NEED, 2, "2026-09"), event(TRIAL, on="2025-01", about=["need-1"]),
        event(TRIAL, 2, "2025-02", about=["need-2"]), event(TRIAL, 3, "2025-03", about=["need-9"]),
        *(event(LEARNING, n, "2025-06", changed="need", about=[f"trial-{n}"]) for n in (1, 2, 3)),
    )  # fmt: skip
    ground = loop.lanes[0].ground
    ends = [float(stroke.path.split()[-1]) - 6 for stroke in loop.strokes if stroke.way == "up"]
    assert ends == [ground, ground, ground]
    assert not [stroke for stroke in loop.strokes if stroke.way == "down"]


def test_what_has_no_date_is_never_given_one() -> None:
    loop = drawn(event(TRIAL, 1), event(SOLUTION, 1), event(TRIAL, 2, "2025-01"))
    for key in ("trial-1", "solution-1"):
        mark = at(loop, key)
        assert not mark.dated
        assert NAMES < mark.x < loop.left
    assert at(loop, "trial-2").x > loop.left
    assert [mark.event.key for mark in loop.marks] == ["trial-2", "solution-1", "trial-1"]
    assert not drawn(event(TRIAL, on="2025-01")).undated


def test_what_goes_on_reaches_today_and_may_be_planned_further() -> None:
    loop = drawn(
        event(TRIAL, 1, "2025-01", then=dt.date(2027, 6, 1)), event(TRIAL, 2, "2025-01", over=True),
        event(TRIAL, 3, "2027-01"), event(SOLUTION, on="2024-01", then=dt.date(2026, 1, 1)),
    )  # fmt: skip
    assert at(loop, "trial-1").end == loop.today
    assert at(loop, "trial-1").plan > 0
    assert at(loop, "trial-2").bar == MARK
    assert at(loop, "trial-3").x > loop.today
    assert at(loop, "trial-3").bar == MARK
    solution = at(loop, "solution-1")
    assert solution.x < solution.then < solution.end == loop.today


def test_a_trial_nobody_tells_more_of_has_not_been_seen_to_go_on() -> None:
    quiet = {"going": False}
    loop = drawn(
        event(TRIAL, 1, "2016-06", **quiet), event(TRIAL, 2, "2016-06", then=dt.date(2018, 1, 1), **quiet),
        event(TRIAL, 3, "2016-06", then=dt.date(2028, 1, 1), **quiet), event(TRIAL, 4, "2016-06"),
        event(TRIAL, 5, "2016-06", over=True, until=dt.date(2018, 1, 1), **quiet),
    )  # fmt: skip
    one, two, three, four, five = (at(loop, f"trial-{n}") for n in range(1, 6))
    assert (one.bar, one.left + one.bar + one.plan) == (MARK, loop.today)
    assert one.end < two.end < three.end == loop.today == two.then < three.then
    assert (four.end, four.plan) == (loop.today, 0)
    assert (five.end, five.plan) == (two.end, 0)


def test_one_event_is_drawn_in_the_middle_of_some_months() -> None:
    loop = drawn(event(TRIAL, on="2026-10"))
    assert len(loop.marks) == 1
    assert loop.left < at(loop, "trial-1").x < loop.today < WIDTH - RIGHT
    assert len(loop.ticks) >= 2
    assert all(tick.month for tick in loop.ticks)


def sixty() -> Sequence[Event]:
    made = []
    for n in range(10):
        made.append(event(NEED, n, f"{2016 + n}-01"))
        made.append(event(SOLUTION, n, f"{2016 + n}-03" if n % 3 else "", about=[f"need-{n}"]))
        made.append(event(TRIAL, n, f"{2016 + n}-05", about=[f"solution-{n}", f"need-{n}"]))
        for k, changed in enumerate(("need", "method", "solution")):
            made.append(
                event(LEARNING, 10 * n + k, f"{2016 + n}-0{6 + k}", changed=changed, about=[f"trial-{n}"])
            )
    return made


@pytest.mark.parametrize("events", [sixty(), ROUND], ids=["sixty", "one round"])
def test_no_mark_covers_another_and_all_lie_in_the_picture(events: Sequence[Event]) -> None:
    loop = drawn(*events)
    assert len(loop.marks) == len(events)
    for lane in loop.lanes:
        on_line: dict[float, list[Mark]] = {}
        for mark in lane.marks:
            on_line.setdefault(mark.y, []).append(mark)
        for marks in on_line.values():
            for left, right in pairwise(sorted(marks, key=lambda mark: mark.x)):
                wide = left.bar if lane.what == TRIAL and left.dated else MARK
                assert left.left + wide <= right.left
                assert not left.name or left.name_x < right.left
        heights = sorted(on_line)
        assert all(below - above >= MARK for above, below in pairwise(heights))
    assert all(mark.left > 0 and mark.right <= WIDTH for mark in loop.marks)
    assert loop == drawn(*events)
