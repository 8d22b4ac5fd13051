"""The four shifts of a place or a mission: to balance, to capability, to operability, to effect.

Every number is counted from the records and leads to exactly what it counts; missing is drawn.
"""

from .scope import Scope, of_mission, of_place
from .telling import Shifts, shifts_of

__all__ = ["Scope", "Shifts", "of_mission", "of_place", "shifts_of"]
