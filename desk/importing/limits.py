"""How much a file may hold, and what is raised of one that is not read."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 10_000, 200, 32_000


class Refused(Exception):
    """The file is not read; the message tells its sender why and what to do."""


def too_long() -> Refused:
    """A file of more rows than are read."""
    return Refused(_("The file has more than 10,000 rows. Part it in several."))


@contextmanager
def readable(told: str) -> Iterator[None]:
    """Refuses a file at which whatever reads it breaks down: of a stranger's file it may raise anything."""
    try:
        yield
    except Refused:
        raise
    except Exception as error:
        raise Refused(told) from error
