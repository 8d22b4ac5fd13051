"""What the picture of a family tree is made of: marks with names, lines they hang on, columns of years."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from django.utils.translation import gettext as _

from labs.choices import Reuse

from .members import Member, What, how_shortly

LINE = 16.0
# From the middle of a mark to where a line meets it, and to its name.
MARK, TO_NAME = 7.0, 12.0

SHAPES: dict[str, str] = {
    What.ORIGIN: "M-7.5 0a7.5 7.5 0 1 0 15 0a7.5 7.5 0 1 0-15 0z",
    What.INSPIRED: "M0-7.5L6.8 5.5H-6.8z",
    What.INSPIRATION: "M0-7.5L6.8 5.5H-6.8z",
    What.GAP: "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",
    Reuse.COPY: "M-5-5H5V5H-5z",
    Reuse.ADAPTED: "M0-7L7 0L0 7L-7 0z",
    Reuse.FIRST: "M-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0z",
    "": "M-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0z",
}
ENDED = "M-8 8L8-8"


@dataclass(frozen=True)
class Mark:
    """A member as drawn: its shape at a point, its name to the right; its first line ends at `beside`."""

    member: Member
    x: float
    y: float
    lines: Sequence[str]
    right: float
    beside: float
    title: str

    @property
    def looks(self) -> str:
        """What it is or, of an adoption, how it was taken over."""
        return self.member.how if self.member.is_adoption else self.member.what

    @property
    def shape(self) -> str:
        return SHAPES[self.looks]

    @property
    def css(self) -> str:
        member = self.member
        named, over = " sk-tr__m--named" * (not member.sure), " sk-tr__m--over" * bool(member.ended)
        kind = member.what if not member.is_adoption else "adoption"
        return f"sk-tr__m sk-tr__m--{kind}{named}{over}"

    @property
    def left(self) -> float:
        return self.x - MARK

    @property
    def text_x(self) -> float:
        return round(self.x + TO_NAME, 1)

    @property
    def rows(self) -> list[tuple[str, float]]:
        """The lines of its name with their baselines; a long one hangs below the first."""
        return [(line, round(self.y + 4.5 + number * LINE, 1)) for number, line in enumerate(self.lines)]


@dataclass(frozen=True)
class Wire:
    """A line: solid where what hangs on it is confirmed, dotted where it is only named."""

    path: str
    kind: str

    @property
    def css(self) -> str:
        return f"sk-tr__w sk-tr__w--{self.kind}"


@dataclass(frozen=True)
class Band:
    """A column with what stands above it; every other one is toned."""

    x: float
    width: float
    label: str
    toned: bool


@dataclass(frozen=True)
class Picture:
    """All that is drawn."""

    width: float
    height: float
    bands: Sequence[Band]
    wires: Sequence[Wire]
    marks: Sequence[Mark]

    @property
    def key(self) -> list["Key"]:
        """What marks and lines mean, in rows below a picture that stands for itself."""
        across, top = self.width / 4, self.height + 20
        return [
            replace(one, x=8 + across * (place % 4), y=top + 26 * (place // 4))
            for place, one in enumerate(legend())
        ]

    @property
    def height_with_key(self) -> float:
        return self.height + 10 + 26 * ceil(len(legend()) / 4)


@dataclass(frozen=True)
class Key:
    """A mark and what it means."""

    looks: str
    text: str
    css: str
    x: float = 0
    y: float = 0

    @property
    def shape(self) -> str:
        return SHAPES[self.looks]

    @property
    def over(self) -> bool:
        return self.css.endswith("--over")

    @property
    def text_y(self) -> float:
        return self.y + 5


def legend() -> list[Key]:
    """What every picture may hold."""
    adopted = "sk-tr__m sk-tr__m--adoption"
    return [
        Key(What.ORIGIN, _("Where it began"), "sk-tr__m sk-tr__m--origin"),
        Key(Reuse.ADAPTED, how_shortly(Reuse.ADAPTED), adopted),
        Key(Reuse.COPY, how_shortly(Reuse.COPY), adopted),
        Key("", _("How is not told"), adopted),
        Key("", _("Dotted: only named, not confirmed"), f"{adopted} sk-tr__m--named"),
        Key("", _("Crossed out: has ended"), f"{adopted} sk-tr__m--over"),
        Key(What.INSPIRED, _("A solution it inspired"), "sk-tr__m sk-tr__m--inspired"),
        Key(What.INSPIRATION, _("What it was inspired by"), "sk-tr__m sk-tr__m--inspiration"),
        Key(What.GAP, _("Somebody not in the register"), "sk-tr__m sk-tr__m--gap"),
    ]
