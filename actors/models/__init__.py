"""Organisations, their part in labs and missions, and the people who belong to them."""

from .organisations import Actor, OwnedEntry, Relation
from .parties import Party, Refusal
from .people import Claim, Invitation, Membership

__all__ = ["Actor", "Claim", "Invitation", "Membership", "OwnedEntry", "Party", "Refusal", "Relation"]
