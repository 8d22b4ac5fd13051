"""What a picture of a network is made of: shapes with names, lines with the mark of their side, headings."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from curation.choices import Kind, Side

from .graph import Edge, Node, edge_key
from .lettering import width

# From the middle of a shape to its edge, to its name, and from the name to a line.
MARK, TO_NAME, TO_LINE = 8.0, 14.0, 6.0
LINE = 16.0
ME, BOLD = 6.0, 1.07  # what the entry in the middle takes more, around it and in its name
HALF = 3.8
KEY = 26.0  # a row of the key

SHAPES: dict[str, str] = {
    Kind.LAB: "M-7 0a7 7 0 1 0 14 0a7 7 0 1 0-14 0z",
    Kind.MISSION: "M-6.5-6.5h13v13h-13z",
    Kind.NEED: "M4-8a8 8 0 0 0 0 16z",
    Kind.OFFER: "M-4-8a8 8 0 0 1 0 16z",
    Kind.TRIAL: "M-2.5-7.5h5v5h5v5h-5v5h-5v-5h-5v-5h5z",
    Kind.SOLUTION: "M0-8.5L7.5 6.5H-7.5z",
    Side.PULL: "M6-7L-8 0L6 7z",
    Side.PUSH: "M-6-7L8 0L-6 7z",
    Side.BOTH: "M0-8L8 0L0 8L-8 0z",
}


@dataclass(frozen=True)
class Spot:
    """A node as drawn: its shape at a point, its name beside it, and where lines begin on either side."""

    node: Node
    path: str
    x: float
    y: float
    lines: Sequence[str]
    leftwards: bool
    ties: int
    me: bool

    @property
    def title(self) -> str:
        """Its whole name and what the shape and the lines say."""
        ties = ngettext("%(n)s tie", "%(n)s ties", self.ties) % {"n": self.ties}
        return f"{self.node.name}, {self.node.kind_label}, {ties}"

    @property
    def looks(self) -> str:
        """Its kind or, of an actor, its side."""
        return (self.node.side or Side.BOTH) if self.node.kind == Kind.ACTOR else self.node.kind

    @property
    def shape(self) -> str:
        return SHAPES[self.looks]

    @property
    def css(self) -> str:
        """What it looks like; whether it is the one the picture is about, or from outside."""
        marks = " sk-nw__n--me" * self.me + " sk-nw__n--out" * (not self.node.here)
        return f"sk-nw__n sk-nw__n--{self.looks}{marks}"

    @property
    def text_x(self) -> float:
        away = TO_NAME + ME * self.me
        return self.x - away if self.leftwards else self.x + away

    @property
    def anchor(self) -> str:
        return "end" if self.leftwards else "start"

    @property
    def text_y(self) -> float:
        """Of the first line."""
        return round(self.y + 5 - (len(self.lines) - 1) * LINE / 2, 1)

    @property
    def rows(self) -> list[tuple[str, float]]:
        return [(line, round(self.text_y + number * LINE, 1)) for number, line in enumerate(self.lines)]

    @property
    def left(self) -> float:
        return self.text_x - self._name - TO_LINE if self.leftwards else self.x - MARK - ME * self.me

    @property
    def right(self) -> float:
        return self.x + MARK + ME * self.me if self.leftwards else self.text_x + self._name + TO_LINE

    @cached_property
    def _name(self) -> float:
        return max(width(line) for line in self.lines) * (BOLD if self.me else 1)


@dataclass(frozen=True)
class Line:
    """An edge as drawn, and where the mark of its side is."""

    edge: Edge
    one: Node
    other: Node
    path: str
    mark: tuple[float, float]

    @property
    def key(self) -> str:
        """The same whichever end stands left."""
        return edge_key(self.one, self.other)


@dataclass(frozen=True)
class Bundle:
    """The lines that look alike: on one side, and all confirmed or all only named."""

    side: str
    confirmed: bool
    lines: Sequence[Line]

    @property
    def css(self) -> str:
        return f"sk-nw__e--{self.side}" + ("" if self.confirmed else " sk-nw__e--named")

    @property
    def pulls(self) -> str:
        """The left halves of all marks as one path."""
        return "" if self.side == Side.PUSH else _halves(self.lines, 0)

    @property
    def pushes(self) -> str:
        return "" if self.side == Side.PULL else _halves(self.lines, 1)


@dataclass(frozen=True)
class Heading:
    """What stands above a column."""

    x: float
    anchor: str
    text: str
    side_label: str
    side: str


@dataclass(frozen=True)
class Key:
    """A shape and what it means."""

    looks: str
    text: str
    x: float = 0
    y: float = 0

    @property
    def shape(self) -> str:
        return SHAPES[self.looks]

    @property
    def text_y(self) -> float:
        return self.y + 5


def legend() -> list[tuple[str, str]]:
    """The shapes in the order they stand from left to right."""
    return [
        (Kind.NEED, _("Need")),
        (Side.PULL, _("Actor that usually pulls")),
        (Kind.LAB, _("Living lab")),
        (Kind.MISSION, _("Mission")),
        (Kind.TRIAL, pgettext("kind", "Trial")),
        (Kind.SOLUTION, _("Solution")),
        (Side.BOTH, _("Actor that does both")),
        (Side.PUSH, _("Actor that usually pushes")),
        (Kind.OFFER, _("Offer")),
    ]


@dataclass(frozen=True)
class Picture:
    """All that is drawn."""

    width: float
    height: float
    headings: Sequence[Heading]
    axis: tuple[float, float] | None
    bundles: Sequence[Bundle]
    spots: Sequence[Spot]
    alone: Sequence[Spot]
    alone_y: float

    @property
    def every(self) -> list[Spot]:
        return [*self.spots, *self.alone]

    @property
    def key(self) -> list["Key"]:
        """What the shapes mean, in rows below a picture that stands for itself."""
        return [
            Key(looks, text, 8 + self.width / 4 * (number % 4), self.height + 18 + KEY * (number // 4))
            for number, (looks, text) in enumerate(legend())
        ]

    @property
    def height_with_key(self) -> float:
        return self.height + 8 + KEY * ceil(len(legend()) / 4)


def _halves(lines: Sequence[Line], rightwards: int) -> str:
    """A left or a right half circle at the mark of each line."""
    aside = 0.7 if rightwards else -0.7
    return "".join(
        f"M{line.mark[0] + aside:.1f} {line.mark[1] - HALF:.1f}a{HALF} {HALF} 0 0 {rightwards} 0 {2 * HALF}z"
        for line in lines
    )
