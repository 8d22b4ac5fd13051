"""PUSH meets PULL, with and without JavaScript: from a need somebody writes to what its place's pages say.

An employee writes a need and a curator publishes it; a university answers with an offer; a lab couples both;
the other parties confirm. Place page, map, network and missing links change with it.
"""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from actors.models import Actor, Offer
from curation.models import Record
from labs.models import Lab, Link
from missions.models import Need, Response
from tests import factories, people
from tests.journeys.browsing import Open, press
from tests.journeys.steps import go_on, pick

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty")]

NEED, OFFER, LAB = "Beboere sover for lidt", "To forskere følger en afprøvning", "Solbakken"


@dataclass
class Cast:
    """Who takes part: each works for one organisation."""

    employee: User
    researcher: User
    host: User
    curator: User
    municipality: Actor
    university: Actor
    lab: Lab


@pytest.fixture
def cast() -> Cast:
    """A municipality, a university and a care home with a lab, in a register without needs and offers."""
    town = factories.place("Aarhus", code="0751", latitude=56.15, longitude=10.2)
    theme = factories.theme("Ældre", slug="ageing")
    here: dict[str, Any] = {"places": [town], "themes": [theme]}
    municipality = factories.actor("Aarhus Kommune", type="municipality", side="pull", places=[town])
    university = factories.actor("Aarhus Universitet", type="university", side="push", places=[town])
    home = factories.actor("Solbakken Plejehjem", type="municipal_unit", side="pull", places=[town])
    lab = factories.lab(LAB, owner=home, phase="running", **here)
    cast = Cast(
        employee=people.person("anna@example.org", name="Anna"),
        researcher=people.person("rasmus@example.org", name="Rasmus"),
        host=people.person("lise@example.org", name="Lise"),
        curator=people.person("curator@example.org", name="Karen", is_curator=True),
        municipality=municipality, university=university, lab=lab,
    )  # fmt: skip
    for user, actor in ((cast.employee, municipality), (cast.researcher, university), (cast.host, home)):
        factories.membership(user, actor, "owner")
    return cast


def publish(page: Page, record: Record) -> None:
    """What a curator does at the desk."""
    page.goto(f"/desk/new/{record.public_id}/")
    press(page, "main button[name=decision][value=publish]")
    record.refresh_from_db()
    assert record.state == "published"


def confirm_all(page: Page, actor: Actor) -> None:
    """Say yes to everything that names one's organisation."""
    page.goto(f"/actors/{actor.record.slug}/named/")
    for answer in page.locator("main input[type=radio][value=yes]").all():
        answer.check(force=True)
    press(page, "main form button.button-primary")


def couple(page: Page, entry: Need | Offer, lab: Lab) -> None:
    page.goto(entry.get_absolute_url())
    press(page, f"main a[href='{entry.get_absolute_url()}couple/']")
    page.locator("main input[name=lab]").first.check(force=True)
    press(page, "main form[method=post] button.button-primary")
    assert Link.objects.filter(lab=lab, **{entry.kind: entry}).exists()


def said_of(page: Page, path: str) -> str:
    """The words of a page, its folded parts too."""
    page.goto(path)
    return " ".join((page.locator("main").text_content() or "").split())


def balance(page: Page, path: str) -> list[str]:
    """PULL and PUSH of the municipality, as the map's table has them."""
    page.goto(path)
    cells = page.locator("tr[data-place='0751'] td")
    return [(cells.nth(number).text_content() or "").strip() for number in range(2)]


def tie_of(page: Page, lab: Lab) -> Locator:
    """The line about the offer and the lab in the table of the lab's network."""
    page.goto(f"/network/labs/{lab.record.slug}/")
    return page.locator("tr", has_text=OFFER).filter(has_text=LAB)


def test_push_meets_pull(both_ways: Open, script: bool, cast: Cast) -> None:
    reader = both_ways()
    before = said_of(reader, "/places/0751/missing/?kind=needs")
    assert NEED not in before
    assert balance(reader, "/map/") == ["1", "1"]

    # An employee writes a need; what is told of what a partner asks is counted meanwhile.
    page = both_ways("/register/need/?theme=ageing&place=0751", cast.employee)
    ready = page.locator("#ready-count")
    expect(ready).to_have_text(re.compile(r"^0 af 7"))
    page.locator("#f-name_da").fill(NEED)
    page.locator("#f-summary_da").fill("31 beboere på to afdelinger er vågne om natten.")
    page.locator("#f-type").select_option("partner_research")
    pick(page, "owner", "Aarhus Kommune", "Aarhus Kommune", script=script)
    go_on(page)
    expect(ready).to_have_text(re.compile(r"^2 af 7"))
    page.locator("#f-success_da").fill("Halvt så mange vågne nætter.")
    page.locator("#f-signed_by").fill("Centerleder")
    go_on(page)
    expect(ready).to_have_text(re.compile(r"^4 af 7"))
    go_on(page)
    press(page, "form button.button-primary")
    need = Need.objects.select_related("record").get()
    assert need.record.state == "submitted"
    desk = both_ways(user=cast.curator)
    publish(desk, need.record)

    # It has no PUSH yet, and the place says so.
    assert NEED in said_of(reader, "/places/0751/missing/?kind=needs")

    # A university answers with an offer it writes for it.
    page = both_ways(need.get_absolute_url(), cast.researcher)
    press(page, "main a.button-primary[href$='/answer/']")
    press(page, "main a[href^='/register/offer/']")
    page.locator("#f-name_da").fill(OFFER)
    page.locator("#f-summary_da").fill("Vi måler, om det gør en forskel.")
    page.locator("#f-type").select_option("research")
    pick(page, "owner", "Aarhus Universitet", "Aarhus Universitet", script=script)
    go_on(page)
    go_on(page)
    press(page, "form button.button-primary")
    offer = Offer.objects.select_related("record").get()
    publish(desk, offer.record)
    response = Response.objects.get(need=need, offer=offer)
    assert not response.confirmed

    # The lab couples both.
    page = both_ways(user=cast.host)
    couple(page, need, cast.lab)
    couple(page, offer, cast.lab)
    assert not Link.objects.filter(confirmed_at__isnull=False).exists()
    expect(tie_of(reader, cast.lab)).to_contain_text("kun nævnt")

    # The other parties confirm.
    confirm_all(both_ways(user=cast.employee), cast.municipality)
    confirm_all(both_ways(user=cast.researcher), cast.university)
    response.refresh_from_db()
    need.refresh_from_db()
    assert response.confirmed
    assert need.status == "in_dialogue"
    assert Link.objects.filter(confirmed_at__isnull=False).count() == 2

    # The place, its map, its network and what it lacks say so.
    assert NEED not in said_of(reader, "/places/0751/missing/?kind=needs")
    place = said_of(reader, "/places/0751/")
    assert NEED in place
    assert OFFER in place
    # PULL: the need, the lab, its link to the need. PUSH: the offer, the university, the link to the offer.
    assert balance(reader, "/map/") == ["3", "3"]
    network = said_of(reader, "/network/places/0751/")
    assert NEED in network
    assert OFFER in network
    expect(tie_of(reader, cast.lab)).not_to_contain_text("kun nævnt")
