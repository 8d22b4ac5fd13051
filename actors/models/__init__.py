"""Organisations, what they offer, their part in labs and missions, and the people who belong to them."""

from .enquiries import Enquiry, EnquiryMessage
from .offers import Offer
from .organisations import Actor, OwnedEntry, Relation
from .parties import Party, Refusal
from .people import Claim, Invitation, Membership

__all__ = [
    "Actor", "Claim", "Enquiry", "EnquiryMessage", "Invitation", "Membership", "Offer", "OwnedEntry", "Party",
    "Refusal", "Relation",
]  # fmt: skip
