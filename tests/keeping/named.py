"""A lab that names a partner, who owns it, and who speaks for the partner, for tests of naming."""

import re

import pytest
from django.utils import timezone

from accounts.models import User
from actors.models import Actor
from keeping.tasks.naming import ask_the_named
from labs.models import Lab, Link
from tests import factories
from tests.post import delivered

LINK = re.compile(r"http://[^/\s]+(/(?:en/)?named/\S+)")


@pytest.fixture
def partner_person(db: None) -> User:
    return User.objects.create_user("paul@partner.dk", "correct horse battery", name="Paul Partner")


@pytest.fixture
def partner(partner_person: User) -> Actor:
    """An organisation somebody speaks for."""
    actor = factories.actor("Partner A/S", slug="partner")
    factories.membership(partner_person, actor, "owner")
    return actor


@pytest.fixture
def owner(db: None) -> User:
    return User.objects.create_user("olga@aarhus.dk", "correct horse battery", name="Olga Owner")


@pytest.fixture
def lab(owner: User) -> Lab:
    actor = factories.actor("Aarhus Kommune")
    factories.membership(owner, actor, "owner")
    return factories.lab("Stadsgården", owner=actor, claimed_at=timezone.now(), confirmed_at=timezone.now())


@pytest.fixture
def link(lab: Lab, partner: Actor) -> Link:
    return factories.link(lab, partner, "push", role="company")


def run() -> None:
    """What the worker does every morning."""
    ask_the_named(timestamp=0)


@pytest.fixture
def path(link: Link, partner_person: User) -> str:
    """The link in the partner's mail."""
    run()
    (mail,) = delivered(to=partner_person.email)
    return LINK.findall(str(mail.body))[0]


def field(lab: Lab) -> str:
    return f"entry-{lab.record.public_id}"
