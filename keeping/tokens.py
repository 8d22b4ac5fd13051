"""The tokens in the links of mails: signed, for one purpose and one person or mailbox, mostly for 120 days.

A token says nothing but numbers, and is written down nowhere but in its mail.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

LASTS = dt.timedelta(days=120)


class Unanswerable(Exception):
    """A link that asks its reader nothing; `why` is one word, and tells of nothing that is not public.

    `broken`: not one of ours, or not for this. `expired`: it was one, until 120 days after its mail. `right`:
    its reader no longer has the right. `closed`: what it asked is no longer asked.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Token:
    """What a token says: what it is about, and who got it: a person, or else a mailbox by its digest."""

    about: tuple[int, ...]
    user: int | None
    mailbox: str

    def is_for_mailbox(self, address: str) -> bool:
        """Whether the mail went to this address; no address is nobody's."""
        return bool(address and self.mailbox) and constant_time_compare(self.mailbox, _digest(address))


def make(purpose: str, about: Iterable[int], *, user: int | None, address: str) -> str:
    """A token for a person, or where there is none for a mailbox."""
    said = {"about": list(about), "user": user, "mailbox": "" if user else _digest(address)}
    return signing.dumps(said, salt=_salt(purpose))


def read(purpose: str, token: str, *, lasts: dt.timedelta = LASTS) -> Token:
    """What it says. Raises `Unanswerable`."""
    try:
        said = signing.loads(token, salt=_salt(purpose), max_age=lasts)
    except signing.SignatureExpired:
        raise Unanswerable("expired") from None
    except signing.BadSignature:
        raise Unanswerable("broken") from None
    return Token(tuple(said["about"]), said["user"], said["mailbox"])


def _salt(purpose: str) -> str:
    return f"keeping.{purpose}"


def _digest(address: str) -> str:
    digest: str = salted_hmac("keeping.mailbox", address.lower(), algorithm="sha256").hexdigest()
    return digest[:32]
