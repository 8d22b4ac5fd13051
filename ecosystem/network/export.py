"""A network to take away: a picture that needs nothing else, and a list of ties that Danish Excel opens."""

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from curation.choices import Side
from curation.spreadsheet import sheet
from mail.links import absolute

from .graph import Network, Node
from .telling import Paths, TieRow, tie_rows

# What the pages' style sheet says of these classes; a part of a shape takes what is said of the whole.
INK, GREY, PULL, PUSH, PAPER = "#14252b", "#4b5a5f", "#00565e", "#b84a00", "#fff"
FONT = "IBM Plex Sans, Helvetica, Arial, sans-serif"
STYLES = {
    "sk-nw__svg": f'font-family="{FONT}" font-size="14" fill="{INK}"',
    "sk-nw__ground": f'fill="{PAPER}"',
    "sk-nw__axis": f'stroke="{INK}" stroke-opacity="0.25" fill="none"',
    "sk-nw__h": f'font-weight="600" fill="{INK}"',
    "sk-nw__h--pull": f'fill="{PULL}"',
    "sk-nw__h--push": f'fill="{PUSH}"',
    "sk-nw__e": 'fill="none" stroke-width="1.3" stroke-opacity="0.7" stroke-linecap="round"',
    "sk-nw__e--pull": f'stroke="{PULL}"',
    "sk-nw__e--push": f'stroke="{PUSH}"',
    "sk-nw__e--both": f'stroke="{INK}"',
    "sk-nw__e--named": 'stroke-dasharray="0.1 4.2" stroke-width="1.9"',
    "sk-nw__pull": f'fill="{PULL}"',
    "sk-nw__push": f'fill="{PUSH}"',
    "sk-nw__n": "",
    "sk-nw__n--lab": f'stroke="{INK}"',
    "sk-nw__n--mission": f'stroke="{INK}"',
    "sk-nw__n--trial": f'stroke="{INK}"',
    "sk-nw__n--solution": f'stroke="{INK}"',
    "sk-nw__n--need": f'stroke="{PULL}"',
    "sk-nw__n--offer": f'stroke="{PUSH}"',
    "sk-nw__n--pull": f'stroke="{PULL}"',
    "sk-nw__n--push": f'stroke="{PUSH}"',
    "sk-nw__n--both": f'stroke="{INK}"',
    "sk-nw__n--me": 'font-weight="700"',
    "sk-nw__n--out": f'font-style="italic" fill="{GREY}"',
    "sk-nw__s": f'fill="{PAPER}" stroke-width="2"',
    "sk-nw__t": 'stroke="none"',
    "sk-nw__ring": f'fill="none" stroke="{INK}" stroke-width="1.6"',
}
CLASSES = re.compile(r'class="([^"]*)"')


def styled(svg: str) -> str:
    """The picture with its look written into it, as style sheets stay behind."""
    return CLASSES.sub(lambda found: _attributes(found[1].split()), svg)


def _attributes(names: Iterable[str]) -> str:
    """The last word on each attribute wins, as in a style sheet."""
    said: dict[str, str] = {}
    for name in names:
        said |= dict(re.findall(r'([\w-]+)="([^"]*)"', STYLES[name]))
    return " ".join(f'{name}="{value}"' for name, value in said.items())


def edge_list(network: Network) -> str:
    """One row for each tie with both its ends; what is tied to nothing stands alone in its row."""
    return sheet(_rows(network, Paths()))


def _rows(network: Network, paths: Paths) -> Iterator[list[str]]:
    yield [
        _("Who"), _("Kind"), _("Address"), _("How"), _("Whom"), _("Kind"), _("Address"), _("Side"),
        _("Confirmed"), _("Since"),
    ]  # fmt: skip
    for row in tie_rows(network, paths):
        yield [*_end(row.who, row.who_path), row.tie.how, *_end(row.whom, row.whom_path), *_said(row)]
    for node in network.nodes:
        if not network.neighbours[node.id]:
            yield [*_end(node, paths.page(node)), _("tied to nothing"), *[""] * 6]


def _end(node: Node, path: str) -> list[str]:
    return [node.name, node.kind_label, absolute(path)]


def _said(row: TieRow) -> list[str]:
    tie = row.tie
    confirmed = tie.confirmed.isoformat() if tie.confirmed else _("only named")
    return [str(Side(tie.side).label), confirmed, str(tie.since or "")]
