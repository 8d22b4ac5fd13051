"""What tests of the links in the mail share: a lab nobody has confirmed for long, its owner, what is sent."""

import datetime as dt
import re
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from actors.models import Actor
from curation.models import Record
from keeping import asking as keeping_asking
from labs.models import Lab
from tests import factories
from tests.post import delivered

LINK = re.compile(r"http://[^/\s]+(/(?:en/)?still-right/\S+)")


@pytest.fixture
def owner(db: None) -> User:
    return User.objects.create_user("olga@example.org", "correct horse battery", name="Olga Owner")


@pytest.fixture
def owning(owner: User) -> Actor:
    actor = factories.actor("Aarhus Kommune")
    factories.membership(owner, actor, "owner")
    return actor


@pytest.fixture
def lab(owning: Actor) -> Lab:
    long_ago = timezone.now() - dt.timedelta(days=400)
    return factories.lab(
        "Stadsgården", owner=owning, claimed_at=long_ago, confirmed_at=long_ago, phase="running",
        summary_da="Et kvarter prøver ny hjemmepleje.", website="https://stadsgaarden.dk",
    )  # fmt: skip


def links_to(address: str, record: Record) -> list[str]:
    """The three links of the mail that asks after an entry: still right, something has changed, has ended."""
    keeping_asking.ask_after(record)
    (mail,) = delivered(to=address)
    return LINK.findall(str(mail.body))


@pytest.fixture
def links(lab: Lab, owner: User) -> list[str]:
    return links_to(owner.email, lab.record)


def owner_of(lab: Lab) -> Record:
    assert lab.owner is not None
    return lab.owner.record


def fresh(lab: Lab) -> Lab:
    return Lab.objects.select_related("record").get(pk=lab.pk)


def filled(page: Any, **changes: str | list[str]) -> dict[str, Any]:
    """What a browser would send of a page's form, with some fields typed anew."""
    form = page.one("form", method="post")
    sent: dict[str, Any] = {}
    for field in form.all("input"):
        kind = field.attrs.get("type", "text")
        if kind in ("checkbox", "radio") and "checked" not in field.attrs:
            continue
        if "name" in field.attrs:
            sent.setdefault(field.attrs["name"], []).append(field.attrs.get("value", ""))
    for area in form.all("textarea"):
        sent[area.attrs["name"]] = area.text
    for select in form.all("select"):
        sent[select.attrs["name"]] = [o.attrs["value"] for o in select.all("option") if "selected" in o.attrs]
    return sent | changes
