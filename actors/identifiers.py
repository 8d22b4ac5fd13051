"""The numbers organisations are known by, and the check digits that tell a slip of the keyboard."""

import re

CVR = re.compile(r"[0-9]{8}")
CVR_WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)  # Erhvervsstyrelsen: the weighted sum is divisible by 11
ROR = re.compile(r"0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}")
CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"


def plain_cvr(typed: str) -> str:
    """The digits of a CVR number, however they are parted: `DK 29 18 98 46`."""
    return re.sub(r"[\s.-]", "", typed).upper().removeprefix("DK")


def is_cvr(number: str) -> bool:
    """Eight digits of which the last makes the weighted sum divisible by 11."""
    if not CVR.fullmatch(number):
        return False
    return sum(int(digit) * weight for digit, weight in zip(number, CVR_WEIGHTS, strict=True)) % 11 == 0


def plain_ror(typed: str) -> str:
    """The identifier in what may be its whole address: `https://ror.org/01aj84f44`."""
    return re.sub(r"^(https?://)?(www\.)?ror\.org/", "", typed.strip().lower()).rstrip("/")


def is_ror(identifier: str) -> bool:
    """A zero, six letters of Crockford's base 32, and two check digits after ISO 7064, MOD 97-10."""
    if not ROR.fullmatch(identifier):
        return False
    number = 0
    for letter in identifier[:7]:
        number = number * 32 + CROCKFORD.index(letter)
    return 98 - (number * 100) % 97 == int(identifier[7:])
