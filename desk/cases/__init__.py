"""The cases of each queue: what is shown of one, what can be decided, and deciding it."""

from collections.abc import Mapping

from .case import Case, Decision
from .changed import Changed
from .claimed import Claimed
from .new import New
from .suggested import Suggested
from .unconfirmed import Unconfirmed

CASES: Mapping[str, type[Case]] = {
    "new": New,
    "changed": Changed,
    "suggested": Suggested,
    "claimed": Claimed,
    "unconfirmed": Unconfirmed,
}

__all__ = ["CASES", "Case", "Decision"]
