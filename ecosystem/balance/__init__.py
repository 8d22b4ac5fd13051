"""The balance of places: PULL and PUSH as counts one can click through to, by place and theme.

PULL = needs, missions, labs and links on the PULL side; PUSH = offers, actors on the PUSH side and links on
the PUSH side. `country_of(reference)` is how other modules read it: `.of(place_id)`, `.by_theme(place_id)`.
"""

from .counting import country_of, of_country
from .evidence import (
    NOTHING,
    PULLING,
    PUSHING,
    Count,
    Country,
    Evidence,
    EvidenceKind,
    Median,
    medians_of,
)

__all__ = [
    "NOTHING", "PULLING", "PUSHING", "Count", "Country", "Evidence", "EvidenceKind", "Median", "country_of",
    "medians_of", "of_country",
]  # fmt: skip
