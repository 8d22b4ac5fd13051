"""What a number of the shifts counts, to be read page by page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from curation.choices import Side
from curation.models import Record
from labs.instrument import DIMENSIONS, Dimension
from missions.models import CoalitionMember

from .counting import COUNTED
from .telling import Shifts

PAGE = 50


@dataclass(frozen=True)
class Row:
    """An entry, and in which role where it is counted for that."""

    name: str
    path: str
    note: str = ""


@dataclass(frozen=True)
class Listing:
    """One number with its rows."""

    title: str
    total: int
    rows: Sequence[Row]
    page: int
    query: str

    @property
    def pages(self) -> int:
        return max(ceil(self.total / PAGE), 1)

    @property
    def first_number(self) -> int:
        return (self.page - 1) * PAGE + 1

    @property
    def before(self) -> str:
        return self._address(self.page - 1) if self.page > 1 else ""

    @property
    def after(self) -> str:
        return self._address(self.page + 1) if self.page < self.pages else ""

    def _address(self, page: int) -> str:
        return f"?{self.query}" + (f"&page={page}" if page > 1 else "")


def listing(shifts: Shifts, asked: Mapping[str, str]) -> Listing | None:
    """What an address asks to see counted; None where it asks for nothing that is counted."""
    what = asked.get("counted", "")
    dimension = next((one for one in DIMENSIONS if one.slug == asked.get("dimension", "")), None)
    if what in ("pull", "push") and shifts.scope.mission:
        members = shifts.scope.mission.members.running().with_actor()
        members = members.filter(side__in=[what, Side.BOTH]).order_by("pk")
        return _listing(Side(what).label, members, asked, {"counted": what})
    if what in ("up", "down") and dimension:
        query = {"counted": what, "dimension": dimension.slug}
        return _listing(_moved(what, dimension), _of_moves(shifts, what, dimension), asked, query)
    if what not in COUNTED:
        return None
    records = _ordered(shifts.scope.records.filter(COUNTED[what]))
    return _listing(_titles()[what], records, asked, {"counted": what})


def _titles() -> dict[str, str]:
    return {
        "labs": _("Labs"), "publishing": _("Labs that have published that they held up the PULL mirror"),
        "told": _("Labs that show what they see in the PULL mirror"), "trials": _("Trials going on"),
        "solutions": _("Solutions"), "in_use": _("Solutions in operation"),
        "documented": _("Solutions with documented value"),
        "innovations": _("Innovations: new, in use and of documented value"),
    }  # fmt: skip


def _moved(what: str, dimension: Dimension) -> str:
    said = {"dimension": dimension.title}
    if what == "up":
        return _("Labs that stand higher in “%(dimension)s” than the time before") % said
    return _("Labs that stand lower in “%(dimension)s” than the time before") % said


def _of_moves(shifts: Shifts, what: str, dimension: Dimension) -> Any:
    moves = shifts.tally.moves[DIMENSIONS.index(dimension)]
    return _ordered(Record.objects.current().filter(pk__in=moves.up if what == "up" else moves.down))


def _ordered(records: Any) -> Any:
    return records.shown().order_by(f"sort_{'en' if get_language() == 'en' else 'da'}", "pk")


def _listing(title: Any, found: Any, asked: Mapping[str, str], query: Mapping[str, str]) -> Listing:
    """Two statements."""
    total = found.count()
    page = asked.get("page", "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 10 else 1
    number = min(max(number, 1), max(ceil(total / PAGE), 1))
    rows = [_row(one) for one in found[(number - 1) * PAGE : number * PAGE]]
    return Listing(str(title), total, rows, number, urlencode(query))


def _row(one: Record | CoalitionMember) -> Row:
    if isinstance(one, CoalitionMember):
        return Row(one.actor.name, one.actor.get_absolute_url(), one.get_role_display() if one.role else "")
    return Row(one.name, one.get_absolute_url())
