"""Organisations and their offers in the words of schema.org."""

from collections.abc import Mapping, Sequence
from typing import Any

from curation.linked import Node, entry_told, identifier, named, topics, where
from curation.models import Record, Theme
from places.models import Place

from .choices import ActorKind
from .models import Actor, Offer

# Only where the definition fits every organisation of the kind; any other is plainly an Organization.
TYPES: Mapping[str, str] = {
    ActorKind.MUNICIPALITY: "GovernmentOrganization",
    ActorKind.MUNICIPAL_UNIT: "GovernmentOrganization",
    ActorKind.REGION: "GovernmentOrganization",
    ActorKind.STATE_AGENCY: "GovernmentOrganization",
    ActorKind.INNOVATION_UNIT: "GovernmentOrganization",
    ActorKind.PUBLIC_FUND: "GovernmentOrganization",
    ActorKind.HOSPITAL: "MedicalOrganization",
    ActorKind.GENERAL_PRACTICE: "MedicalOrganization",
    ActorKind.SCHOOL: "EducationalOrganization",
    ActorKind.UNIVERSITY: "CollegeOrUniversity",
    ActorKind.UNIVERSITY_COLLEGE: "CollegeOrUniversity",
    ActorKind.RESEARCH_GROUP: "ResearchOrganization",
    ActorKind.GTS: "ResearchOrganization",
    ActorKind.COMPANY: "Corporation",
    ActorKind.STARTUP: "Corporation",
    ActorKind.CIVIL_SOCIETY: "NGO",
}


def type_of(actor: Actor) -> str:
    return TYPES.get(actor.type, "Organization")


def organisation(actor: Actor | None) -> Node | None:
    """An organisation another entry names, where everybody may read it."""
    return named(actor, type_of(actor)) if actor else None


def actor_told(actor: Actor, record: Record, themes: Sequence[Theme], places: Sequence[Place]) -> Node:
    """An organisation with the numbers other registers know it by."""
    known = [identifier("CVR", actor.cvr)] if actor.cvr else []
    known += [identifier("ROR", actor.ror_url)] if actor.ror else []
    return entry_told(
        actor, record, type_of(actor), identifiers=known, sameAs=actor.ror_url,
        location=where(actor, places), keywords=topics(themes), **dissolved(actor),
    )  # fmt: skip


def offer_told(offer: Offer, record: Record, themes: Sequence[Theme], places: Sequence[Place]) -> Node:
    """An offer, and as what is offered a service: capacity, a method, a panel, a site."""
    service = {
        "@type": "Service", "serviceType": str(offer.get_type_display()), "category": topics(themes),
        "areaServed": where(offer, places),
    }  # fmt: skip
    return entry_told(
        offer, record, "Offer", offeredBy=organisation(offer.owner), validThrough=day(offer.open_until),
        itemOffered={name: value for name, value in service.items() if value},
    )  # fmt: skip


def dissolved(entry: Any) -> Node:
    """When something that was has ended, where that is known."""
    return {"dissolutionDate": day(entry.ended_on)}


def day(date: Any) -> str | None:
    return date.isoformat() if date else None
