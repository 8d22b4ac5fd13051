"""What is asked of an organisation, and how organisations are chosen and named elsewhere."""

from .sections import SECTIONS

__all__ = ["SECTIONS"]
