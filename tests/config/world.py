"""The world the permission walk asks in: two municipalities, and the objects each route is asked with."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.utils import timezone

from accounts.models import User
from actors import actions
from actors.access import digest_of
from actors.models import Actor, Enquiry, Invitation, Membership, Offer
from curation.choices import Fact, State
from curation.models import (
    Absence,
    Asking,
    Draft,
    ReasonText,
    SavedSearch,
    SearchMiss,
    Stewardship,
    Suggestion,
    Synonyms,
)
from desk.models import Batch, Bulk, Merge
from keeping.mirror import actions as mirror
from labs.models import Adoption, Assessment, Lab, Learning
from missions.models import Mission, Need
from opendata.models import Delivery, Token, Webhook
from places.models import Place
from tests import factories
from tests.people import person


@dataclass
class Municipality:
    """One municipality's objects, one for each thing that can be asked for."""

    actor: Actor
    free: Actor
    lab: Lab
    learning: Learning
    unowned: Lab
    sent: Lab
    mission: Mission
    need: Need
    offer: Offer
    draft: Draft
    membership: Membership
    invitation: Invitation
    token: str
    boss: User
    suggestion: Suggestion
    asking: Asking
    text: ReasonText
    miss: SearchMiss
    batch: Batch
    bulk: Bulk
    merge: Merge
    words: Synonyms
    stewardship: Stewardship
    absence: Absence
    enquiry: Enquiry
    late: Enquiry
    search: SavedSearch
    under_way: Assessment
    mirrored: Assessment
    adoption: Adoption
    api_token: Token
    webhook: Webhook


@dataclass
class World:
    """Two municipalities, and a browser for each role, which belongs to the first or to none."""

    first: Municipality
    second: Municipality
    browsers: dict[str, Client]


def _merge(kept: Lab, by: User) -> Merge:
    gone = factories.lab(
        f"{kept} again", state=State.MERGED, merged_into=kept.record, published_at=timezone.now()
    )
    return Merge.objects.create(gone=gone.record, kept=kept.record, reason="Twice", by=by)


def municipality(name: str, author: User, place: Place, curator: User) -> Municipality:
    domain = f"{name.lower()}.dk"
    actor = factories.actor(name, email_domain=domain, places=[place], themes=[factories.theme()])
    boss = person(f"boss@{domain}")
    factories.membership(boss, actor, "owner")
    invitation = actions.invite(actor, email=author.email, role="editor", by=boss)
    token = f"token-{name}"
    Invitation.objects.filter(pk=invitation.pk).update(digest=digest_of(token))
    steward = person(f"steward@{domain}")
    of_it: dict[str, Any] = {"owner": actor, "places": [place], "themes": [factories.theme()]}
    lab = factories.lab(f"{name} lab", **of_it, claimed_at=actor.record.created_at)
    factories.assessment(lab, on=dt.date(2025, 3, 1), shown="all", scores={"lab": {1: 2}})
    return Municipality(
        actor=actor,
        free=factories.actor(f"{name} free", email_domain=domain, places=[place]),
        lab=lab,
        learning=factories.learning(factories.trial(lab, f"{name} trial", **of_it)),
        unowned=factories.lab(f"{name} unowned", places=[place]),
        sent=factories.lab(f"{name} sent", **of_it, state=State.SUBMITTED, created_by=author),
        mission=factories.mission(f"{name} mission", **of_it),
        need=factories.need(f"{name} need", **of_it),
        offer=factories.offer(f"{name} offer", **of_it),
        draft=Draft.objects.create(kind="lab", user=author),
        membership=factories.membership(person(f"other@{domain}"), actor, "editor"),
        invitation=invitation,
        token=token,
        boss=boss,
        suggestion=Suggestion.objects.create(record=lab.record, base_version=1, changes={}),
        asking=Asking.objects.create(record=lab.record, fact=Fact.DETAILS),
        text=ReasonText.objects.order_by("pk")[0],
        miss=SearchMiss.objects.create(words=name),
        batch=Batch.objects.create(kind="lab", file_name="a.csv", digest="0", size=1, by=boss, state="ready"),
        bulk=Bulk.objects.create(kind="lab", deed="asked", by=boss),
        merge=_merge(lab, boss),
        words=Synonyms.objects.create(words=[name, f"{name} too"]),
        stewardship=factories.stewardship(steward, place),
        absence=factories.absence(steward, curator),
        enquiry=enquiry_to(lab, person(f"asker@{domain}"), state="answered", answered_at=timezone.now()),
        late=enquiry_to(lab, person(f"waits@{domain}"), state="sent", answer_by=dt.date(2020, 1, 1)),
        search=SavedSearch.objects.create(user=author, name="Labs", path="/labs/"),
        mirrored=factories.assessment(lab, on=dt.date(2026, 3, 1), scores={"lab": {1: 2}}),
        under_way=under_way(lab, boss),
        adoption=factories.adoption(factories.solution(f"{name} uses it"), actor, confirmed_at=None),
        api_token=Token.objects.create(
            user=author, name=name, digest=name, expires_at=timezone.now() + dt.timedelta(days=30)
        ),
        webhook=webhook_of(author),
    )


def webhook_of(user: User) -> Webhook:
    """A webhook to which something was sent."""
    made = Webhook.objects.create(user=user, name="System", address="https://example.org/")
    Delivery.objects.create(webhook=made)
    return made


def under_way(lab: Lab, by: User) -> Assessment:
    """A run of PULL-spejlet with both halves open."""
    run = mirror.begin(lab, by=by)
    mirror.ask(run, of=None)
    return run


def enquiry_to(lab: Lab, sender: User, **said: Any) -> Enquiry:
    yesterday = timezone.now() - dt.timedelta(days=1)
    values: dict[str, Any] = {"sent_at": yesterday, "answer_by": timezone.localdate()}
    return Enquiry.objects.create(record=lab.record, organisation=lab.owner, sender=sender, **values | said)


def built() -> World:
    places = [factories.place("Here"), factories.place("There")]
    people = {
        "member": person("member@example.net"),
        "colleague": person("colleague@first.dk"),
        "editor": person("editor@example.net"),
        "owner": person("owner@example.net"),
        "steward": person("steward@example.net"),
        "curator": person("curator@example.net", is_curator=True),
        "admin": person("admin@example.net", is_staff=True, is_superuser=True),
    }
    first = municipality("First", people["colleague"], places[0], people["curator"])
    second = municipality("Second", person("colleague@second.dk"), places[1], people["curator"])
    factories.membership(people["editor"], first.actor, "editor")
    factories.membership(people["owner"], first.actor, "owner")
    first.stewardship = factories.stewardship(people["steward"], places[0])
    first.absence = factories.absence(people["steward"], people["curator"])
    browsers = {"stranger": Client()}
    for role, user in people.items():
        browsers[role] = Client()
        browsers[role].force_login(user)
    return World(first, second, browsers)
