"""What is asked of a living lab."""

from .sections import SECTIONS

__all__ = ["SECTIONS"]
