"""What a page of rows sends back: the cells that were mended, and what the page showed of each row."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..models import BatchRow
from .actions import row_seal


@dataclass(frozen=True)
class Sent:
    """What a page of rows sends back: cells that say something else than the page showed, and its seals."""

    changes: Mapping[int, Mapping[str, str]]
    seals: Mapping[int, str]

    @classmethod
    def of(cls, form: Mapping[str, str], fields: Iterable[str]) -> "Sent":
        known = set(fields)
        shown = {
            int(number): _unsealed(text)
            for number, text in ((name[5:], text) for name, text in form.items() if name.startswith("seal-"))
            if is_number(number)
        }
        changes: dict[int, dict[str, str]] = {}
        for name, text in form.items():
            start, _dash, rest = name.partition("-")
            number, _dash, field = rest.partition("-")
            if start != "cell" or not is_number(number) or int(number) not in shown or field not in known:
                continue
            if _plain(text) != _plain(shown[int(number)][1].get(field, "")):
                changes.setdefault(int(number), {})[field] = _plain(text)
        return cls(changes, {number: seal for number, (seal, _cells) in shown.items()})


def is_number(text: str) -> bool:
    """Whether it can be the number of a row."""
    return text.isascii() and text.isdigit() and len(text) < 9


def sealed(row: BatchRow, cells: Mapping[str, str]) -> str:
    """What a page shows of a row, for the page to send back."""
    return json.dumps([row_seal(row), dict(cells)])


def _unsealed(text: str) -> tuple[str, Mapping[str, str]]:
    """A seal and the cells it covers; what a stranger made up covers nothing."""
    try:
        match json.loads(text):
            case [str(seal), dict(cells)]:
                return seal, {str(name): str(said) for name, said in cells.items()}
    except (ValueError, RecursionError):
        pass
    return "", {}


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
