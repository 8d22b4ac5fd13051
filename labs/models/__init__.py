"""Labs, their links, what is tried in them, what comes out of it, who takes it over, and PULL-spejlet."""

from .adoptions import Adoption
from .assessments import Assessment, Sheet, StatementAnswer
from .labs import Lab
from .links import Link
from .solutions import Solution
from .taking_part import Partner
from .trials import Learning, Trial
from .values import Value

__all__ = [
    "Adoption",
    "Assessment",
    "Lab",
    "Learning",
    "Link",
    "Partner",
    "Sheet",
    "Solution",
    "StatementAnswer",
    "Trial",
    "Value",
]
