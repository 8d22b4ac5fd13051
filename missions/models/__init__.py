"""Shared directions and the coalitions that carry them; needs, and the offers that answer them."""

from .missions import CoalitionMember, Mission
from .needs import Need, Response

__all__ = ["CoalitionMember", "Mission", "Need", "Response"]
