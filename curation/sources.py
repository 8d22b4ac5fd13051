"""The sources of an entry, taken apart into what they are called and where to read them."""

import re
from dataclasses import dataclass

# Sources are parted by semicolons and bars; an address stands in brackets behind its name.
PARTED = re.compile(r"\s*[;|]\s+")
NAMED = re.compile(r"^(?P<name>.*?)\s*\((?P<url>https?://[^()\s]+)\)\s*$", re.DOTALL)


@dataclass(frozen=True)
class Source:
    """A source's name, and its address where it has one."""

    name: str
    url: str = ""


def sources(text: str) -> list[Source]:
    """The sources in the order they are given."""
    return [_source(part) for part in PARTED.split(text.strip()) if part]


def _source(part: str) -> Source:
    found = NAMED.match(part)
    return Source(found["name"], found["url"]) if found else Source(part)
