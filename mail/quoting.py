"""What other people wrote, as it stands in our mails: quoted, and nobody is led anywhere by it."""

from itertools import groupby
from typing import NamedTuple

MARK = ">"


class Part(NamedTuple):
    """A stretch of a mail: our own words, or what is quoted, without its marks."""

    quoted: bool
    text: str


def quoted(text: str) -> str:
    """A mark before each line, as people quote; so nothing in it can pass for words of the register."""
    return "\n".join(f"{MARK} {line}".rstrip() for line in text.splitlines())


def parts(text: str) -> list[Part]:
    """A mail's text, what is quoted apart from what is not."""
    runs = groupby(text.splitlines(), key=lambda line: line.startswith(MARK))
    return [Part(is_quoted, "\n".join(map(_bare, run) if is_quoted else run)) for is_quoted, run in runs]


def _bare(line: str) -> str:
    return line.removeprefix(MARK).removeprefix(" ")
