"""The four shifts as a page shows them: a sentence, a picture, numbers that lead to what they count."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curation.choices import Kind
from curation.reference import Reference
from labs.choices import TrialStage
from labs.instrument import DIMENSIONS

from ..place.entries import list_path
from .counting import IN_USE, Tally, tally_of
from .scope import Scope

# A bar's length, in units.
LONGEST = 298.4
# One block for each lab that moved: how far from the one before, and how many fit.
BLOCK, MOST = 12, 12


@dataclass(frozen=True)
class Number:
    """What is counted, how often, and where it is listed; a bar as long as it is against the others."""

    slug: str
    label: str
    number: int
    path: str
    length: float = 0
    plain: bool = False


@dataclass(frozen=True)
class Column:
    """A dimension of PULL-spejlet: how many labs moved up, moved down, stayed."""

    title: Any
    up: Number
    down: Number
    same: int

    @property
    def blocks(self) -> list[tuple[str, int]]:
        """How each lab moved, and where its block stands; past what fits the numbers alone tell it."""
        looks = ["up"] * self.up.number + ["same"] * self.same + ["down"] * self.down.number
        return [(look, BLOCK * at) for at, look in enumerate(looks[:MOST])]

    @property
    def known(self) -> bool:
        return bool(self.up.number or self.down.number or self.same)


@dataclass(frozen=True)
class Shift:
    """One of the four; `columns` for capability alone."""

    slug: str
    title: str
    finding: str
    numbers: Sequence[Number]
    columns: Sequence[Column] = ()
    missing: str = ""


@dataclass(frozen=True)
class Shifts:
    """All four, with what they are counted in."""

    scope: Scope
    tally: Tally
    balance: Shift
    capability: Shift
    operability: Shift
    effect: Shift

    @property
    def all(self) -> list[Shift]:
        return [self.balance, self.capability, self.operability, self.effect]


def shifts_of(scope: Scope, reference: Reference) -> Shifts:
    """One statement, for a place once in each version of the register."""
    counted = tally_of(scope, reference)
    return Shifts(
        scope, counted, _balance(scope), _capability(scope, counted), _operability(scope, counted),
        _effect(scope, counted),
    )  # fmt: skip


def counted_path(scope: Scope, what: str, **asked: str) -> str:
    """The page that lists what a number counts; a list of the register where it has the same."""
    if scope.place and what == "in_use":
        return list_path(Kind.SOLUTION, place=scope.place, phase=IN_USE)
    if scope.place and what == "trials":
        return list_path(Kind.TRIAL, place=scope.place, phase=["", *TrialStage.values])
    return f"{scope.path}?{urlencode({'counted': what} | asked)}"


def _balance(scope: Scope) -> Shift:
    sides = (("pull", "PULL", scope.pull), ("push", "PUSH", scope.push))
    paths = {
        side: f"{scope.sides_path}#{side}" if scope.place else counted_path(scope, side)
        for side, _label, _n in sides
    }
    if scope.pull and scope.push:
        finding = _("Both sides are named.")
    elif scope.pull or scope.push:
        finding = _("Only the %(side)s side is named.") % {"side": "PULL" if scope.pull else "PUSH"}
    else:
        finding = _("Neither side is named yet.")
    return Shift(
        "balance", _("From research alone to balance"), finding,
        [Number(side, label, n, paths[side]) for side, label, n in sides],
    )  # fmt: skip


def _capability(scope: Scope, counted: Tally) -> Shift:
    numbers = counted.numbers
    if not numbers["labs"]:
        finding = _("No living lab is known that could show what it is capable of.")
    elif not numbers["told"]:
        finding = _("No lab shows what it sees in the PULL mirror yet.")
    else:
        finding = ngettext(
            "%(n)s lab shows what it sees in the PULL mirror.",
            "%(n)s labs show what they see in the PULL mirror.", numbers["told"],
        ) % {"n": numbers["told"]}  # fmt: skip
    twice = any(moves.total for moves in counted.moves)
    return Shift(
        "capability", _("From projects to capability"), finding,
        _bars(scope, counted, [("labs", _("Labs")), ("publishing", _("Have published that they did it")),
                               ("told", _("Show the whole result"))]),
        [_column(scope, counted, at) for at in range(len(DIMENSIONS))],
        "" if twice else _("What has moved can be seen when a lab has published two runs."),
    )  # fmt: skip


def _column(scope: Scope, counted: Tally, at: int) -> Column:
    moves, dimension = counted.moves[at], DIMENSIONS[at]
    return Column(
        dimension.title,
        Number("up", _("higher"), len(moves.up), counted_path(scope, "up", dimension=dimension.slug)),
        Number("down", _("lower"), len(moves.down), counted_path(scope, "down", dimension=dimension.slug)),
        len(moves.same),
    )


def _operability(scope: Scope, counted: Tally) -> Shift:
    trials, in_use = counted.numbers["trials"], counted.numbers["in_use"]
    if not (trials or in_use):
        finding = _("The register knows of no trial under way and of no solution in operation.")
    elif not in_use:
        finding = _("What is tried here is not known to have come into operation.")
    else:
        finding = ngettext(
            "%(n)s solution is in daily operation.", "%(n)s solutions are in daily operation.", in_use
        ) % {"n": in_use}  # fmt: skip
    return Shift(
        "operability", _("From technology to operability"), finding,
        _bars(scope, counted, [("trials", _("Trials going on")), ("in_use", _("Solutions in operation"))]),
        missing="" if in_use else _("A solution counts once it is said to be in use in daily operation."),
    )  # fmt: skip


def _effect(scope: Scope, counted: Tally) -> Shift:
    documented, innovations = counted.numbers["documented"], counted.numbers["innovations"]
    if not counted.numbers["solutions"]:
        finding = _("No solution is described whose effect could be documented.")
    elif not documented:
        finding = _("No solution has documented value yet.")
    else:
        finding = ngettext(
            "The value of %(n)s solution is documented.", "The value of %(n)s solutions is documented.",
            documented,
        ) % {"n": documented}  # fmt: skip
    return Shift(
        "effect", _("From activities to effect"), finding,
        _bars(scope, counted, [("solutions", _("Solutions")), ("documented", _("With documented value")),
                               ("innovations", _("Innovations: new, in use and of documented value"))]),
        missing="" if innovations else _("Value is documented when it is counted, evaluated or compared."),
    )  # fmt: skip


def _bars(scope: Scope, counted: Tally, asked: Sequence[tuple[str, str]]) -> list[Number]:
    """Each as long as it is against the largest of them."""
    most = max((counted.numbers[slug] for slug, _label in asked), default=0) or 1
    return [
        Number(
            slug, label, counted.numbers[slug], counted_path(scope, slug),
            round(LONGEST * counted.numbers[slug] / most, 1), slug in ("labs", "solutions", "trials"),
        )
        for slug, label in asked
    ]  # fmt: skip
