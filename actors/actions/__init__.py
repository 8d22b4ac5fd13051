"""Writing who belongs to an organisation: memberships, invitations and claims go through these alone."""

from .claims import (
    AlreadyAsked,
    NobodyToAsk,
    NotFree,
    ask_to_be_let_in,
    claim,
    decline_claim,
    grant_claim,
    take_over,
)
from .invitations import (
    A_DAY,
    AlreadyBelongs,
    AlreadyInvited,
    NotOpen,
    TooMany,
    accept,
    invite,
    withdraw_invitation,
)
from .memberships import LastOwner, NotRunning, change_role, end_membership, give

__all__ = [
    "A_DAY", "AlreadyAsked", "AlreadyBelongs", "AlreadyInvited", "LastOwner", "NobodyToAsk", "NotFree",
    "NotOpen", "NotRunning", "TooMany", "accept", "ask_to_be_let_in", "change_role", "claim",
    "decline_claim", "end_membership", "give", "grant_claim", "invite", "take_over",
    "withdraw_invitation",
]  # fmt: skip
