"""What is asked of a mission, and how missions are chosen elsewhere."""

from .sections import SECTIONS

__all__ = ["SECTIONS"]
