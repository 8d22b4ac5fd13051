"""Missing links of a place, and what lives in parallel there without being coupled.

`gaps_of(place, reference)` is what the place's page shows; `counts_of` has the counts by kind.
"""

from .kinds import PARTS, Gap, GapKind
from .parallel import SideBySide, side_by_side
from .worklist import Gaps, counts_of, gaps_of, path_of

__all__ = ["PARTS", "Gap", "GapKind", "Gaps", "SideBySide", "counts_of", "gaps_of", "path_of", "side_by_side"]
