"""Asking organisations whether they, or what is theirs, are rightly tied to others; their yes and no."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from actors.access import entry_of, standing
from actors.models import Actor, Refusal
from curation import actions, search
from curation.choices import Kind, State
from curation.models import Record
from labs.models import Adoption, Link, Partner
from mail import links, outbox
from missions.actions import confirm_response
from missions.models import CoalitionMember, Response

from . import adopting, tokens
from .addressees import Addressee, responsible_for, speaking_for
from .links_in_mails import in_the_name_of
from .tokens import Unanswerable

PURPOSE = "named"
# By which relation an entry of each kind names organisations.
NAMED_IN: Mapping[str, str] = {
    Kind.LAB: "links", Kind.MISSION: "members", Kind.TRIAL: "partners", Kind.SOLUTION: "partners",
}  # fmt: skip

type Part = Link | CoalitionMember | Response | Partner | Adoption


@dataclass(frozen=True)
class Naming:
    """An entry that names an organisation, and the parts it gives it that are not confirmed.

    With `about` it does not name the organisation, but ties something of its to itself: a lab that works on
    its need, an offer that answers its need. That it has taken a solution over (`uses`) is asked by itself.
    """

    record: Record
    parties: Sequence[Part]
    about: Record | None = None

    @property
    def key(self) -> str:
        """What tells it from the others in a form."""
        ids = [record.public_id for record in (self.record, self.about) if record]
        return "-".join([*ids, "use"] if self.uses else ids)

    @property
    def uses(self) -> bool:
        """Whether it is said to have taken the solution over."""
        return any(isinstance(party, Adoption) for party in self.parties)

    @property
    def roles(self) -> str:
        """The parts in words, each once; nothing where the entry tells none."""
        said = (party.role_text for party in self.parties if not isinstance(party, Response))
        return ", ".join(dict.fromkeys(text for text in said if text))


def namings_of(actor: Actor) -> list[Naming]:
    """What names an organisation in public, or ties something of its, and waits for its yes or no.

    Itself first, oldest first.
    """
    found: dict[tuple[int, int, bool], Naming] = {}
    for record, about, party in (*_naming(actor), *_tying(actor)):
        key = record.pk, about.pk if about else 0, isinstance(party, Adoption)
        before = found[key].parties if key in found else ()
        found[key] = Naming(record, [*before, party], about)
    return list(found.values())


def _naming(actor: Actor) -> list[tuple[Record, None, Part]]:
    labs = Link.objects.with_lab().filter(actor=actor)
    missions = CoalitionMember.objects.with_mission().filter(actor=actor)
    partners = Partner.objects.public().filter(actor=actor)
    adoptions = Adoption.objects.public().with_solution().filter(adopter=actor)
    return [
        *((link.lab.record, None, link) for link in _open(labs)),
        *((member.mission.record, None, member) for member in _open(missions)),
        *((partner.end.record, None, partner) for partner in _open(partners)),
        *((adoption.solution.record, None, adoption) for adoption in _open(adoptions)),
    ]


def _tying(actor: Actor) -> list[tuple[Record, Record | None, Part]]:
    links_to_its = _open(Link.objects.with_lab().shown().owned_by(actor).filter(by_other=False))
    to_its_labs = _open(Link.objects.with_lab().shown().filter(by_other=True, lab__owner=actor))
    needs = Response.objects.with_offer().filter(
        need__owner=actor, need__ended=False, need__record__state=State.PUBLISHED
    )
    return [
        *((link.lab.record, link.end.record, link) for link in links_to_its),
        *((link.end.record, link.lab.record, link) for link in to_its_labs),
        *(
            (response.offer.record, response.need.record, response)
            for response in _open(needs.select_related("need__record"))
        ),
    ]


def _open[P: Any](rows: P) -> P:
    """Those that are not over and not confirmed, in the order they were made."""
    return rows.running().filter(confirmed_at__isnull=True).order_by("pk")


# Asking


@transaction.atomic
def ask(actor: Actor) -> int:
    """One mail to each who speaks for an organisation, on all it was not asked about. How many were sent.

    The record's row is locked, so that of two workers one asks. An organisation nobody speaks for is asked
    when somebody does.
    """
    Record.objects.select_for_update(no_key=True).filter(pk=actor.pk).values_list("pk").get()
    unasked = [naming for naming in namings_of(actor) if any(p.asked_at is None for p in naming.parties)]
    addressees = speaking_for(actor)
    if not unasked or not addressees:
        return 0
    _mark_asked([party for naming in unasked for party in naming.parties])
    for addressee in addressees:
        _send(actor, unasked, addressee)
    return len(addressees)


def _mark_asked(parties: Sequence[Part]) -> None:
    for party in parties:
        _waiting(party).filter(asked_at__isnull=True).update(asked_at=timezone.now())


def _send(actor: Actor, namings: Sequence[Naming], to: Addressee) -> None:
    user = to.user.pk if to.user else None
    token = tokens.make(PURPOSE, [actor.pk], user=user, address=to.email)
    with translation.override(to.language):
        context = {
            "actor": actor,
            "to": to,
            "waiting": len(namings),
            "named": [_in_mail(naming) for naming in namings if naming.about is None and not naming.uses],
            "used": [_in_mail(naming) for naming in namings if naming.uses],
            "tied": [_in_mail(naming) for naming in namings if naming.about],
            "link": links.absolute(reverse("keeping:named", args=[token])),
        }
    outbox.send("keeping/named", to=to.email, language=to.language, context=context)


def _in_mail(naming: Naming) -> dict[str, Any]:
    return {"naming": naming, "page": links.absolute(naming.record.get_absolute_url())}


def confirm_own() -> None:
    """What an organisation says of itself on an entry it looks after counts as confirmed by it."""
    looked_after = Record.objects.published().filter(claimed_at__isnull=False)
    labs = Link.objects.filter(lab__record__in=looked_after, lab__owner__isnull=False)
    members = CoalitionMember.objects.filter(mission__record__in=looked_after, actor=F("mission__owner"))
    partners = Partner.objects.filter(
        Q(trial__record__in=looked_after, actor=F("trial__owner"))
        | Q(solution__record__in=looked_after, actor=F("solution__owner"))
    )
    for rows in (labs.filter(actor=F("lab__owner")), labs.owned_by(F("lab__owner")), members, partners):
        _open(rows).order_by().update(confirmed_at=timezone.now())
    answers = Response.objects.filter(offer__record__in=looked_after, need__owner=F("offer__owner"))
    for response in _open(answers):
        confirm_response(response, by=None)


# Answering


def actor_asked(token: str) -> tuple[Actor, User | None]:
    """Whom a link asks, and whose link it is. Raises `Unanswerable`."""
    said = tokens.read(PURPOSE, token)
    actor = Actor.objects.published().filter(pk__in=said.about).select_related("record").first()
    if actor is None:
        raise Unanswerable("closed")
    if said.user is None:
        if not said.is_for_mailbox(actor.record.contact_email):
            raise Unanswerable("right")
        return actor, None
    user = User.objects.filter(pk=said.user, is_active=True).first()
    if user is None or actor.pk not in standing(user).memberships:
        raise Unanswerable("right")
    return actor, user


@transaction.atomic
def confirm(naming: Naming, *, by: User | None) -> None:
    """It is rightly named: from now on drawn as confirmed. Nobody is written to."""
    with in_the_name_of(by):
        for party in naming.parties:
            if isinstance(party, Response):
                confirm_response(party, by=by)
            elif isinstance(party, Adoption):
                adopting.confirm(party)
            else:
                _waiting(party).update(confirmed_at=timezone.now())
    actions.rewritten(naming.record)


@transaction.atomic
def decline(actor: Actor, naming: Naming, *, by: User | None, reason: str = "") -> None:
    """It does not want the tie: that is gone, and is not made again. Who answers for the entry is told.

    The history keeps what was there.
    """
    record = _locked(naming.record)

    def write() -> None:
        if not _take_away(naming.parties):
            raise actions.Overtaken
        _remember(actor, record, naming, by=by, reason=reason)

    with in_the_name_of(by):
        actions.edit(
            record, by=by, version=record.version, write=write, reason=reason, organisation=actor.record
        )  # fmt: skip
    _tell(actor, record, naming, reason)


def _locked(record: Record) -> Record:
    """The record as it is now, held with all it is tied to, in the order in which editing holds them."""
    tied = Record.objects.select_for_update(no_key=True).filter(pk__in={record.pk, *search.linked_to(record)})
    list(tied.order_by("pk").values_list("pk"))
    return Record.objects.shown().select_related("created_by").get(pk=record.pk)


def _take_away(parties: Sequence[Part]) -> int:
    return sum(
        adopting.take_away(party) if isinstance(party, Adoption) else _waiting(party).delete()[0]
        for party in parties
    )


def _waiting(party: Part) -> QuerySet[Any]:
    """Its row, unless it was confirmed, ended or taken away meanwhile."""
    rows: Any = type(party).objects
    return rows.running().filter(pk=party.pk, confirmed_at__isnull=True)


def _remember(actor: Actor, record: Record, naming: Naming, *, by: User | None, reason: str) -> None:
    """A no to being named is forgotten where it has another part there; a no to a tie of its is not.

    An organisation stays in a coalition it has confirmed, and adds further ties of its to the lab itself.
    """
    if naming.about is None and not naming.uses:
        entry = entry_of(record)
        if getattr(entry, NAMED_IN[record.kind]).filter(actor=actor).exists():
            return
        if getattr(entry, "backbone_id", None) == actor.pk:
            entry.backbone = None
            entry.save(update_fields=["backbone"])
    Refusal.objects.get_or_create(record=record, actor=actor, defaults={"reason": reason, "by": by})


def _tell(actor: Actor, record: Record, naming: Naming, reason: str) -> None:
    for to in responsible_for(entry_of(record)):
        with translation.override(to.language):
            page = links.absolute(record.get_absolute_url())
            subject = naming.about.name if naming.about else ""
        context = {
            "actor": actor, "record": record, "about": subject, "uses": naming.uses, "to": to,
            "reason": reason, "page": page,
        }  # fmt: skip
        outbox.send("keeping/declined", to=to.email, language=to.language, context=context)
