"""The learning loop of a lab drawn over time: need, solution, test, learning, and round again.

Values in, values out. Four lanes stand against time. Down the loop a need leads to a solution and a trial;
up it goes wherever something learned has changed the need, the solution or the method. What has no date
stands in a column of its own at the left, and is never given one.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from .choices import Changed

NEED, SOLUTION, TRIAL, LEARNING = "need", "solution", "trial", "learning"
LANES = (NEED, SOLUTION, TRIAL, LEARNING)
# Which lane the loop goes up to from something learned; what has changed nothing yet leads nowhere.
UP_TO: Mapping[str, str] = {Changed.NEED: NEED, Changed.SOLUTION: SOLUTION, Changed.METHOD: TRIAL}

WIDTH, NAMES, UNDATED, RIGHT = 912.0, 104.0, 74.0, 20.0
HEAD, FOOT = 34.0, 24.0
ROW, AIR = 30.0, 17.0  # from line to line in a lane; above and below the lines
MARK = 26.0  # as wide as a mark with its number
SWING = 22.0  # how far a stroke of the loop swings out
LETTER, MOST_LETTERS, FEWEST_ROWS = 7.0, 44, 5
# Less than this is widened, so that one day does not fill the picture.
LEAST = dt.timedelta(days=240)
SHORT = dt.timedelta(days=600)  # below it the axis counts quarters, above years
MOST_TICKS = 12


@dataclass(frozen=True)
class Event:
    """Something of a lab: what it is, when it began and was over, what it is about.

    `about` are keys of the need and the solution of a trial, the need of a solution, the trial of a learning.
    `then` is the planned end of a trial that goes on, and when a solution came into use. `going`: somebody
    has told how far a trial is, so that one may believe it goes on. `from_log`: nobody has told when it
    began, only when something was first learned.
    """

    key: str
    what: str
    name: str
    path: str
    on: dt.date | None = None
    until: dt.date | None = None
    then: dt.date | None = None
    over: bool = False
    going: bool = True
    only_year: bool = False
    from_log: bool = False
    changed: str = ""
    about: Sequence[str] = ()


@dataclass(frozen=True)
class Mark:
    """An event in the picture, with the number that ties it to the table, and what it is about."""

    event: Event
    number: int
    about: Sequence[Event] = ()
    x: float = 0.0
    y: float = 0.0
    end: float = 0.0  # where its bar or its line ends
    then: float = 0.0
    name: str = ""
    name_x: float = 0.0

    @property
    def dated(self) -> bool:
        return self.event.on is not None

    @property
    def left(self) -> float:
        return self.x - MARK / 2

    @property
    def top(self) -> float:
        return self.y - 11

    @property
    def number_y(self) -> float:
        """The line a number stands on to be in the middle of its mark."""
        return self.y + 4.5

    @property
    def right(self) -> float:
        return self.x + MARK / 2

    @property
    def foot(self) -> float:
        """Where the loop reaches it from below: its bar, or its line."""
        return self.y + 11 if self.event.what == TRIAL else self.line_y

    @property
    def line_y(self) -> float:
        """The line below a need or a solution, which goes on as long as it does."""
        return self.y + 12

    @property
    def inside(self) -> bool:
        """Whether its name stands in its bar."""
        return self.name_x < self.left + self.bar

    @property
    def bar(self) -> float:
        """How long a trial's bar is; never less than its mark."""
        return max(self.end - self.left, MARK)

    @property
    def bar_end(self) -> float:
        return round(self.left + self.bar, 1)

    @property
    def plan(self) -> float:
        """How much longer it is planned to go on."""
        return round(max(self.then - self.bar_end, 0.0), 1)


@dataclass(frozen=True)
class Stroke:
    """A stroke of the loop: `down`, into the `log`, or `up` to what was changed, with the tip of an arrow."""

    path: str
    way: str
    number: int
    tip: str = ""


@dataclass(frozen=True)
class Lane:
    """A lane: what stands in it, from which height to which."""

    what: str
    top: float
    height: float
    marks: Sequence[Mark]

    @property
    def ground(self) -> float:
        return self.top + self.height

    @property
    def label_y(self) -> float:
        return self.top + self.height / 2 + 5


@dataclass(frozen=True)
class Tick:
    """A day on the axis; `month` where quarters are counted."""

    x: float
    on: dt.date
    month: bool


@dataclass(frozen=True)
class Loop:
    """The picture, and the same events in their order for the table."""

    lanes: Sequence[Lane]
    strokes: Sequence[Stroke]
    ticks: Sequence[Tick]
    today: float
    height: float
    left: float
    marks: Sequence[Mark]
    width: float = WIDTH

    @property
    def bottom(self) -> float:
        return self.height - FOOT

    @property
    def foot(self) -> float:
        """The line on which today is written."""
        return self.height - 6

    @property
    def undated(self) -> bool:
        """Whether there is a column of what has no date."""
        return self.left > NAMES

    @property
    def right(self) -> float:
        return self.width - RIGHT

    @property
    def start(self) -> float:
        """Where words in a lane begin."""
        return self.left + 8

    @property
    def learned(self) -> bool:
        """Whether anything is written down of what was learned."""
        return bool(self.lanes[-1].marks)

    @property
    def changes(self) -> int:
        """How often something learned has gone round."""
        return sum(1 for stroke in self.strokes if stroke.way == "up")


@dataclass
class Scale:
    """Where days stand between left and right."""

    first: dt.date
    last: dt.date
    left: float

    @classmethod
    def of(cls, events: Iterable[Event], today: dt.date, left: float) -> "Scale":
        days = [day for event in events for day in (event.on, event.until, event.then) if day]
        first, last = min([*days, today]), max([*days, today])
        lacking = max(LEAST - (last - first), dt.timedelta())
        return cls(first - lacking * 0.7, last + lacking * 0.3, left + MARK)

    def x(self, day: dt.date) -> float:
        share = (day - self.first) / max(self.last - self.first, dt.timedelta(days=1))
        return round(self.left + share * (WIDTH - RIGHT - MARK - self.left), 1)

    def ticks(self) -> list[Tick]:
        """The first of January of each year, or of each quarter where all lies within two years."""
        short = self.last - self.first < SHORT
        months = (1, 4, 7, 10) if short else (1,)
        days = [
            dt.date(year, month, 1)
            for year in range(self.first.year, self.last.year + 1)
            for month in months
            if self.first <= dt.date(year, month, 1) <= self.last
        ]
        every = -(-len(days) // MOST_TICKS) or 1
        return [Tick(self.x(day), day, short) for day in days[::every]]


@dataclass
class _Rows:
    """Where the lines of a lane are taken up to."""

    ends: list[float] = field(default_factory=list)

    def put(self, start: float, end: float) -> int:
        """The first line with room from start to end."""
        for number, taken in enumerate(self.ends):
            if taken <= start:
                self.ends[number] = end
                return number
        self.ends.append(end)
        return len(self.ends) - 1


def loop_of(events: Iterable[Event], *, today: dt.date) -> Loop | None:
    """The loop of a lab's events; nothing where there is no trial and no solution to draw one of."""
    every = sorted(events, key=lambda event: (event.on is None, event.on or today, LANES.index(event.what)))
    if all(event.what == NEED for event in every):
        return None
    left = NAMES + (UNDATED if any(event.on is None for event in every) else 0.0)
    scale, numbers = Scale.of(every, today, left), count(1)
    known = {event.key: event for event in every}
    marks = [
        _placed(Mark(event, next(numbers), [known[key] for key in event.about if key in known]), scale, today)
        for event in every
    ]
    lanes: list[Lane] = []
    top = HEAD
    for what in LANES:
        lane = _lane(what, [mark for mark in marks if mark.event.what == what], top)
        lanes.append(lane)
        top += lane.height
    placed = sorted((mark for lane in lanes for mark in lane.marks), key=lambda mark: mark.number)
    strokes = [*_down(placed), *_up(placed, lanes)]
    return Loop(lanes, strokes, scale.ticks(), scale.x(today), top + FOOT, left, placed)


def _placed(mark: Mark, scale: Scale, today: dt.date) -> Mark:
    """Where it stands from left to right. What goes on reaches today."""
    event = mark.event
    if event.on is None:
        return mark
    end, then = _ends(event, event.on, today)
    return replace(mark, x=scale.x(event.on), end=scale.x(end), then=scale.x(then) if then else 0.0)


def _ends(event: Event, on: dt.date, today: dt.date) -> tuple[dt.date, dt.date | None]:
    """Until when it is known to have gone on, and until when it was meant to, or may have, gone on.

    A trial nobody tells anything more of has not been seen to go on.
    """
    if event.what == LEARNING or (event.over and event.until is None):
        return on, event.then
    if event.what != TRIAL or event.over or event.going:
        return event.until or max(today, on), event.then
    planned = event.then or on
    return max(on, min(planned, today)), max(planned, today)


def _lane(what: str, marks: Sequence[Mark], top: float) -> Lane:
    """Its marks on lines so that none covers another; with their names where those leave few lines."""
    named, lines = _lined(marks, names=what != LEARNING)
    if lines > FEWEST_ROWS:
        named, lines = _lined(marks, names=False)
    height = 2 * AIR + ROW * max(lines, 1) - (ROW - MARK)
    return Lane(what, top, height, [replace(m, y=round(top + AIR + MARK / 2 + m.y * ROW, 1)) for m in named])


def _lined(marks: Sequence[Mark], *, names: bool) -> tuple[list[Mark], int]:
    """The marks with the number of their line as `y`, and how many lines there are."""
    dated, undated, lined = _Rows(), _Rows(), []
    for mark in marks:
        if not mark.dated:
            lined.append(_without_date(mark, undated))
            continue
        shape = mark.left + mark.bar + mark.plan if mark.event.what == TRIAL else mark.right
        inside = mark.right + 6 + len(mark.event.name) * LETTER < shape
        start = (mark.right if inside else shape) + 6
        name = _fitting(mark.event.name, WIDTH - start) if names else ""
        end = max(shape, start + len(name) * LETTER) if name else shape
        lined.append(replace(mark, y=float(dated.put(mark.left, end + 4)), name=name, name_x=start))
    return lined, max(len(dated.ends), len(undated.ends))


def _without_date(mark: Mark, rows: _Rows) -> Mark:
    """Two beside each other in the column of what has no date."""
    for start in (NAMES + 4, NAMES + 4 + MARK + 6):
        line = next((n for n, taken in enumerate(rows.ends) if taken <= start), None)
        if line is not None:
            rows.ends[line] = start + MARK
            return replace(mark, x=start + MARK / 2, y=float(line))
    rows.ends.append(NAMES + 4 + MARK)
    return replace(mark, x=NAMES + 4 + MARK / 2, y=float(len(rows.ends) - 1))


def _fitting(name: str, room: float) -> str:
    """A name as far as there is room for it; nothing where there is little."""
    letters = min(int(room / LETTER), MOST_LETTERS)
    if len(name) <= letters:
        return name
    return f"{name[: letters - 1].rstrip()}…" if letters > 8 else ""


# The strokes


def _down(marks: Sequence[Mark]) -> list[Stroke]:
    """From a need to its solution, from that to its trial, else from the need; from a trial to its log."""
    at = {mark.event.key: mark for mark in marks}
    strokes = []
    for mark in marks:
        above = [at[key] for key in mark.event.about if key in at]
        nearest = max(above, key=lambda one: one.y, default=None)
        if nearest is None or not mark.dated:
            continue
        if mark.event.what == LEARNING:
            strokes.append(Stroke(f"M{mark.x} {nearest.y + 11}V{mark.y}", "log", mark.number))
        elif nearest.dated and nearest.x <= mark.x:
            start = min(max(nearest.x, mark.left - SWING), mark.left)
            strokes.append(Stroke(_falling(start, nearest.line_y, mark.left, mark.y), "down", mark.number))
    return strokes


def _up(marks: Sequence[Mark], lanes: Sequence[Lane]) -> list[Stroke]:
    """From each thing learned to what it has changed: the trial's own need or solution, else their lane."""
    at, grounds = {mark.event.key: mark for mark in marks}, {lane.what: lane.ground for lane in lanes}
    strokes = []
    for mark in marks:
        lane = UP_TO.get(mark.event.changed)
        if lane is None or mark.event.what != LEARNING:
            continue
        trial = next((at[key] for key in mark.event.about if key in at), None)
        ends = [trial, *(at.get(key) for key in trial.event.about)] if trial else []
        end = next((one for one in ends if one and one.event.what == lane), None)
        reached = end if end is not None and end.dated and end.x <= mark.x else None
        strokes.append(_rising(mark, reached.foot if reached else grounds[lane]))
    return strokes


def _falling(x: float, y: float, to_x: float, to_y: float) -> str:
    """Down, and swinging to the right into the mark."""
    bend = y + (to_y - y) * 0.55
    return f"M{x} {y}C{x} {bend:.1f} {x} {to_y} {to_x} {to_y}"


def _rising(mark: Mark, to_y: float) -> Stroke:
    """To the right, and swinging up to what was changed."""
    out, bend = round(mark.x + SWING, 1), mark.y - (mark.y - to_y) * 0.45
    path = f"M{mark.x} {mark.y}C{out} {mark.y} {out} {bend:.1f} {out} {to_y + 6}"
    return Stroke(path, "up", mark.number, f"M{out - 4.5:.1f} {to_y + 8}l4.5 -8l4.5 8z")
