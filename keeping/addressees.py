"""Who is written to about an entry: those who answer for it, and the stewards nearest to it."""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import User
from actors.access import answers_for, standing
from actors.choices import MemberRole
from actors.models import Actor, Membership, OwnedEntry
from curation.absences import present
from curation.looking_after import Keeper, keepers
from curation.models import Record, Stewardship
from places.choices import PlaceKind

# From the nearest to the farthest.
NEARNESS = (
    PlaceKind.LOCALITY, PlaceKind.MUNICIPALITY, PlaceKind.HEALTH_COUNCIL, PlaceKind.REGION, PlaceKind.COUNTRY,
)  # fmt: skip
MAILBOX_LANGUAGE = "da"


@dataclass(frozen=True)
class Addressee:
    """Somebody to write to: a person, or a mailbox nobody logs in with. `steward`: asked as one."""

    email: str
    language: str
    user: User | None = None
    steward: bool = False

    @property
    def name(self) -> str:
        """How a mail begins; a mailbox has no name."""
        return self.user.name if self.user else ""


def responsible_for(entry: Actor | OwnedEntry) -> list[Addressee]:
    """The organisation's members; while it has none, who made the entry; else where one writes about it."""
    record = entry.record
    people = members_of(answers_for(entry), author=record.created_by_id)
    author = record.created_by
    if not people and author is not None and author.is_active and standing(author).may_edit(entry):
        people = [author]
    return [_person(user) for user in people] or _mailbox(record.contact_email)


def speaking_for(actor: Actor) -> list[Addressee]:
    """An organisation's members, else where one writes to it."""
    return [_person(user) for user in members_of(actor.pk)] or _mailbox(actor.record.contact_email)


def members_of(actor: int | None, *, author: int | None = None) -> list[User]:
    """An organisation's owners, and the author while a member; where it has no owner, all its members."""
    if actor is None:
        return []
    rows = list(Membership.objects.running().filter(actor=actor).select_related("user").order_by("pk"))
    owners = [row.user for row in rows if row.role == MemberRole.OWNER or row.user_id == author]
    owned = any(row.role == MemberRole.OWNER for row in rows)
    return owners if owned else [row.user for row in rows]


def stewards_of(record: Record) -> list[Addressee]:
    """The stewards of the entry itself; else of the nearest of its places that has any; else of its themes.

    A municipality comes before its region and the country, and then those of the country and the region are
    not asked. Of themes the first that has a steward counts, a theme before the one above it. Who is away is
    not written to, but who stands in, or else the curators.
    """
    rows = list(Stewardship.objects.of_record(record).select_related("user", "place").order_by("pk"))
    people = present([row.user for row in _nearest(rows, record)])
    return [_person(user, steward=True) for user in people]


def looking_after(record: Record) -> list[Keeper]:
    """The same stewards for a page that names them, with who is away."""
    rows = list(Stewardship.objects.of_record(record).select_related("user", "place").order_by("pk"))
    return keepers(_nearest(rows, record))


def everybody_to_ask(entry: Actor | OwnedEntry) -> list[Addressee]:
    """Those responsible and the stewards, each once."""
    return _once([*responsible_for(entry), *stewards_of(entry.record)])


def _nearest(rows: list[Stewardship], record: Record) -> list[Stewardship]:
    if own := [row for row in rows if row.record_id == record.pk]:
        return own
    for kind in NEARNESS:
        found = [row for row in rows if row.place and row.place.kind == kind]
        if found:
            return found
    for theme in record.theme_ids:
        found = [row for row in rows if row.theme_id == theme]
        if found:
            return found
    return []


def _once(addressees: Iterable[Addressee]) -> list[Addressee]:
    found: dict[str, Addressee] = {}
    for addressee in addressees:
        found.setdefault(addressee.email.lower(), addressee)
    return list(found.values())


def _person(user: User, *, steward: bool = False) -> Addressee:
    return Addressee(user.email, user.language, user, steward)


def _mailbox(address: str) -> list[Addressee]:
    return [Addressee(address, MAILBOX_LANGUAGE)] if address else []
