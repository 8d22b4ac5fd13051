"""What tests of enquiries share: who looks after a lab, what is typed, links in mails, days that pass."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.core.mail import EmailMessage
from django.db.models import F
from django.test import Client
from django.utils import timezone

from accounts.models import User
from actors.models import Actor, Enquiry
from labs.models import Lab
from outreach.tasks.enquiries import see_to_enquiries
from tests import factories
from tests.keeping.forms import form_of
from tests.pages import read
from tests.people import person
from tests.post import delivered

WRITE = "/write/labs/byens-lab/"
STRANGER = "ida@universitet.example"
MOMENTS = ("made_at", "sent_at", "answered_at", "reminded_at", "asked_at", "closed_at")
TYPED: dict[str, Any] = {
    "project": "Vi vil vide, om sensorer giver ro om natten.",
    "asks": ["data", "staff"],
    "asks_more": "To afsnit i tre måneder.",
    "gets": "I beholder sensorerne.",
    "when": "Fra marts 2027",
    "funding": "applied",
    "name": "Ida Forsker",
    "organisation": "Universitetet",
}


@dataclass(frozen=True)
class Cast:
    """A lab, the organisation that answers for it, one of its owners, and a steward of its place."""

    lab: Lab
    actor: Actor
    owner: User
    steward: User


def cast(**said: Any) -> Cast:
    """`said` goes to the lab."""
    town = factories.place("Byen")
    actor = factories.actor("Byens Kommune", type="municipality", side="pull")
    owner, steward = person("olga@byen.example", name="Olga"), person("stella@region.example", name="Stella")
    factories.membership(owner, actor, "owner")
    factories.stewardship(steward, town)
    values = {"owner": actor, "places": [town], "claimed_at": timezone.now()}
    return Cast(factories.lab("Byens lab", **values | said), actor, owner, steward)


def typed(client: Client, path: str = WRITE, **more: Any) -> dict[str, Any]:
    """What a browser would send of the form, filled in."""
    page = form_of(read(client.get(path)))
    email = {"email": STRANGER} if "email" in page else {}
    return page | TYPED | email | more


def writes(client: Client, path: str = WRITE, **more: Any) -> Any:
    """Open the form, fill it in and send it."""
    return client.post(path, typed(client, path, **more))


def confirms(client: Client, to: str = STRANGER) -> Any:
    """Press the link in the last mail to an address, and the button behind it."""
    return client.post(link_in(delivered(to)[-1], "confirm"))


def an_enquiry(client: Client, **more: Any) -> Enquiry:
    """Written and confirmed by a stranger."""
    assert writes(client, **more).status_code == 302
    assert confirms(client, more.get("email", STRANGER)).status_code == 302
    return Enquiry.objects.latest("pk")


def link_in(mail: EmailMessage, *words: str) -> str:
    """The path of the link in a mail whose address begins with these words, the last where there are more."""
    start = "/".join(words)
    found = re.findall(rf"https?://[^/\s]+((?:/en)?/enquiries/{start}/[^\s]+)", str(mail.body))
    assert found, f"no link to {start} in {mail.body}"
    first: str = found[0]
    return first


def html_of(mail: Any) -> str:
    """The part of a mail that most programs show."""
    return str(mail.alternatives[0].content)


def answers(client: Client, path: str, text: str) -> Any:
    """Open an enquiry, write and send."""
    return client.post(path, form_with_text(client, path) | {"text": text})


def form_with_text(client: Client, path: str) -> dict[str, Any]:
    """What a browser would send of the form one answers in, which need not be the last on the page."""
    for form in read(client.get(path)).all("form"):
        if form.all("textarea"):
            return {
                node.attrs["name"]: node.attrs.get("value", "")
                for node in form.all("input")
                if "name" in node.attrs
            }
    raise AssertionError("Nothing can be written here.")


def passes(days: int) -> None:
    """Everything happened so many days earlier than it did."""
    span = dt.timedelta(days=days)
    Enquiry.objects.update(answer_by=F("answer_by") - span, **{name: F(name) - span for name in MOMENTS})


def a_day_of_work() -> int:
    """The worker does what the day asks for, twice; how many mails that were."""
    before = len(delivered())
    for _time in range(2):
        see_to_enquiries(timestamp=0)
    return len(delivered()) - before
