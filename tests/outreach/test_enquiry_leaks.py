"""No address of either side is on any page, in any mail to the other, or in what readers take along."""

import datetime as dt

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from actors.models import Enquiry
from outreach.enquiries import forms
from tests import factories
from tests.outreach.enquiring import a_day_of_work, an_enquiry, answers, cast, html_of, link_in, passes
from tests.people import browser, person
from tests.post import delivered

pytestmark = pytest.mark.usefixtures("empty")
SENDER, OWNER, MAILBOX = "kanari@afsender.example", "kanari@ejer.example", "kanari@postkasse.example"
PUBLIC = (
    "/", "/labs/", "/labs/byens-lab/", "/labs/byens-lab/history/", "/search/?q=kanari", "/labs/map.geojson",
    "/write/labs/byens-lab/", "/actors/byens-kommune/", "/network/labs/byens-lab/",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _nobody_hurries(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests are faster than people, and begin with nothing counted."""
    monkeypatch.setattr(forms, "SOONEST", dt.timedelta(seconds=-1))
    caches["default"].clear()


def test_no_address_reaches_the_other_side(client: Client) -> None:
    town = cast(contact_email=MAILBOX)
    owner = person(OWNER, name="Kanari Ejer")
    factories.membership(owner, town.actor, "owner")
    enquiry = an_enquiry(client, email=SENDER)
    asked = link_in(delivered(OWNER)[-1], "asked")
    on_site = f"/account/enquiries/{enquiry.pk}/"
    late = {"answer_by": timezone.localdate() - dt.timedelta(days=1)}
    Enquiry.objects.update(**late)
    a_day_of_work()
    answers(client, asked, "Ja.")
    yours = link_in(delivered(SENDER)[-1], "yours")
    answers(client, yours, "Tak.")
    passes(61)
    a_day_of_work()
    client.post(f"{asked}no/", {"reason": "Alligevel ikke."})

    of_owner, of_steward = browser(owner), browser(town.steward)
    pages = [client.get(path) for path in PUBLIC]
    pages += [client.get(f"{link}{page}") for link in (asked, yours) for page in ("", "came/")]
    pages += [of_owner.get(path) for path in (on_site, "/account/enquiries/", "/account/data/")]
    pages += [of_steward.get(path) for path in ("/desk/", "/desk/enquiries/")]
    for page in pages:
        assert page.status_code == 200
        told = {address for address in (SENDER, OWNER, MAILBOX) if address in page.text}
        assert told <= ({OWNER} if page.wsgi_request.user == owner else set())
    mails = delivered()
    assert len(mails) > 10
    for mail in mails:
        message = mail.message()
        (to,) = mail.to
        assert "Reply-To" not in message
        assert "no-reply@" in message["From"]
        whole = message.as_string() + str(mail.body) + html_of(mail)
        assert not [address for address in (SENDER, OWNER, MAILBOX) if address in whole and address != to]


def test_one_side_does_not_read_the_others_name_in_what_is_handed_out(client: Client) -> None:
    """An owner's own data hold the answers they wrote, not who asked."""
    town = cast()
    an_enquiry(client, email=SENDER, name="Kanari Afsender")
    answers(client, link_in(delivered(town.owner.email)[-1], "asked"), "Mit svar.")
    text = browser(town.owner).get("/account/data/download/").text
    assert "Mit svar." in text
    assert "Kanari" not in text
    assert SENDER not in text
