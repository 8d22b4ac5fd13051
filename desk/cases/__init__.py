"""The cases of each queue: what is shown of one, what can be decided, and deciding it."""

from collections.abc import Mapping

from django.http import Http404

from .case import Case, Decided, Decision
from .changed import Changed
from .claimed import Claimed
from .duplicates import Duplicates
from .new import New
from .suggested import Suggested
from .unconfirmed import Unconfirmed

CASES: Mapping[str, type[Case]] = {
    "new": New,
    "changed": Changed,
    "suggested": Suggested,
    "claimed": Claimed,
    "unconfirmed": Unconfirmed,
    "duplicates": Duplicates,
}


def case_of(queue: str) -> type[Case]:
    """What a case of a queue is. What is stale is settled on the entry's own page and has no case."""
    if queue not in CASES:
        raise Http404
    return CASES[queue]


__all__ = ["Case", "Decided", "Decision", "case_of"]
