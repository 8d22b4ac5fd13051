"""The spread of a solution to take away: the tree as a picture, and all it says as a list."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from curation.spreadsheet import sheet
from labs.choices import ValueKind
from labs.models import Value
from mail.links import absolute

from ..network.export import FONT, GREY, INK, PAPER
from .members import Member, What
from .tree import Tree

CHALK = "#f4f1eb"
# What the pages' style sheet says of these classes.
STYLES = {
    "sk-tr__svg": f'font-family="{FONT}" font-size="14" fill="{INK}"',
    "sk-tr__ground": f'fill="{PAPER}"',
    "sk-tr__band": f'fill="{CHALK}"',
    "sk-tr__h": f'font-weight="600" fill="{INK}"',
    "sk-tr__w": f'fill="none" stroke="{INK}" stroke-width="1.4" stroke-linecap="round"',
    "sk-tr__w--sure": "",
    "sk-tr__w--named": 'stroke-dasharray="0.1 4.2" stroke-width="1.9"',
    "sk-tr__w--inspired": 'stroke-dasharray="7 4"',
    "sk-tr__m": f'stroke="{INK}"',
    "sk-tr__m--origin": f'fill="{INK}" font-weight="700"',
    "sk-tr__m--adoption": f'fill="{INK}"',
    "sk-tr__m--named": f'fill="{PAPER}" stroke-dasharray="1.5 2.2"',
    "sk-tr__m--over": f'fill="{PAPER}"',
    "sk-tr__m--gap": f'fill="{PAPER}" stroke="{GREY}" font-style="italic"',
    "sk-tr__m--inspired": f'fill="{PAPER}"',
    "sk-tr__m--inspiration": f'fill="{PAPER}"',
    "sk-tr__s": 'stroke-width="1.8"',
    "sk-tr__x": 'stroke-width="1.8" stroke-dasharray="none"',
    "sk-tr__t": f'stroke="none" stroke-dasharray="none" fill="{INK}"',
}
CLASSES = re.compile(r'class="([^"]*)"')


def styled(svg: str) -> str:
    """The picture with its look written into it, as style sheets stay behind."""
    return CLASSES.sub(lambda found: _attributes(found[1]), svg)


def _attributes(names: str) -> str:
    """The last word on each attribute wins, as in a style sheet."""
    said: dict[str, str] = {}
    for name in names.split():
        said |= dict(re.findall(r'([\w-]+)="([^"]*)"', STYLES[name]))
    return " ".join(f'{name}="{value}"' for name, value in said.items())


def listed(tree: Tree, inspiration: Member | None) -> str:
    """One row for everybody in the tree, in its order; formulas are text."""
    return sheet(_rows(tree, inspiration))


def _rows(tree: Tree, inspiration: Member | None) -> Iterator[list[str]]:
    kinds = [str(kind.label) for kind in ValueKind]
    yield [
        _("Step"), _("Who"), _("Address"), _("What"), _("Where"), _("From whom"), _("How"),
        _("Heard of it through"), _("Idea from"), _("In use since"), _("Months from idea to use"),
        _("Confirmed"), _("Ended"), _("Why it ended"), _("Value there"), _("What had to be bent"), *kinds,
    ]  # fmt: skip
    if inspiration:
        yield ["", inspiration.name, _address(inspiration), said_what(inspiration), *[""] * (12 + len(kinds))]
    for member in tree.members:
        yield _row(member, tree)


def _row(member: Member, tree: Tree) -> list[str]:
    parent = tree.parent(member)
    return [
        str(tree.depths[member.key]), member.name, _address(member),
        said_what(member), member.place.name if member.place else "",
        parent.name if parent and member.what != What.INSPIRED else "", member.how_label, member.heard_label,
        _month(member.idea), _month(member.since), "" if member.months is None else str(member.months),
        _confirmed(member), member.ended.isoformat() if member.ended else "", member.reason, member.effect,
        member.bent, *(_worth(member.worth, kind) for kind in ValueKind.values),
    ]  # fmt: skip


def _address(member: Member) -> str:
    return absolute(member.path) if member.path else ""


def said_what(member: Member) -> str:
    """What somebody is in the tree, in words."""
    return {
        What.ORIGIN: _("where it began"),
        What.ADOPTION: _("took it over"),
        What.GAP: _("not in the register"),
        What.INSPIRED: _("a solution inspired by this one"),
        What.INSPIRATION: _("the solution this one was inspired by"),
    }[What(member.what)]


def _month(day: dt.date | None) -> str:
    return f"{day:%Y-%m}" if day else ""


def _confirmed(member: Member) -> str:
    if not member.is_adoption:
        return ""
    return member.confirmed.isoformat() if member.confirmed else _("only named")


def _worth(worth: Mapping[str, Value], kind: str) -> str:
    found = worth.get(kind)
    if found is None:
        return ""
    said = ": ".join(part for part in (str(found.get_evidence_display()), found.said) if part)
    return f"{said} ({found.year})" if found.year else said
