"""Registering a need without JavaScript: three short steps, the count beside them, what is refused."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from actors.models import Actor
from curation.choices import State
from curation.models import Draft
from keeping.actions.drafts import WINDOW
from keeping.prefilling import NAMES, WITH
from keeping.sections import SECTIONS
from missions.models import Need
from tests import factories as make
from tests.keeping.registering import AARHUS, at, begun, sent, verified
from tests.pages import read
from tests.people import browser

pytestmark = pytest.mark.usefixtures("denmark")

WHAT: dict[str, Any] = {
    "name_da": "Beboere med demens sover for lidt", "summary_da": "31 beboere er vågne om natten.",
    "type": "partner_research", "themes": ["ageing"], "places": [AARHUS],
}  # fmt: skip
HELP = {
    "tried_da": "Færre runder om natten.", "success_da": "Halvt så mange vågne nætter.",
    "asks_for_da": "En søvnforsker.", "may_touch": "To afdelinger.", "window": "I august",
    "signed_by": "Centerleder",
}  # fmt: skip
CARD = {"cooperation": "Et forsøg på seks måneder.", "hours": "To timer om ugen.", "source": "Byrådet 2026"}


def written(client: Client, **steps: dict[str, Any]) -> Draft:
    draft = begun(client, WHAT | steps.get("what", {}), kind="need")
    client.post(at(draft, "help"), HELP | steps.get("help", {}))
    client.post(at(draft, "card"), CARD | steps.get("card", {}))
    draft.refresh_from_db()
    return draft


def counted(client: Client, draft: Draft, step: str) -> int:
    beside = read(client.get("/en" + at(draft, step))).by_id("beside")
    rows = beside.one("ol").all("li")
    told = [row for row in rows if "sk-ready__i--yes" in row.attrs["class"]]
    assert beside.by_id("ready-count").text == f"{len(told)} of 7 told"
    assert [row.one("span").text == "Told." for row in rows] == [row in told for row in rows]
    return len(told)


def test_it_is_among_what_one_can_register(client: Client) -> None:
    links = read(client.get("/register/")).links
    assert {"/register/need/", "/register/offer/"} <= set(links)


def test_the_count_rises_with_each_step(client: Client) -> None:
    first = read(client.get("/en/register/need/"))
    assert first.by_id("ready-count").text == "0 of 7 told"
    draft = begun(client, WHAT, kind="need")
    assert counted(client, draft, "what") == 1
    client.post(at(draft, "help"), HELP | {"signed_by": ""})
    assert counted(client, draft, "help") == counted(client, draft, "card") == 5
    owner = {"owner-0-actor": Actor.objects.published().order_by("pk")[0].record.public_id}
    client.post(at(draft, "what"), WHAT | owner)
    client.post(at(draft, "help"), HELP)
    assert counted(client, draft, "card") == 7


def test_each_pause_brings_the_count_along(client: Client) -> None:
    answer = client.post("/en/register/need/", {**WHAT, "saving": "1", "page-window": "w"})
    beside = read(answer).by_id("beside")
    assert beside.attrs["hx-swap-oob"] == "outerMorph"
    assert beside.by_id("ready-count").text == "1 of 7 told"


def test_it_is_sent_with_all_that_was_typed(as_member: Client, member: User) -> None:
    verified(member)
    mission, deadline = make.mission("Rolig nat"), timezone.localdate() + dt.timedelta(days=90)
    draft = written(
        as_member, help={"deadline": deadline.strftime("%d.%m.%Y")},
        card={"mission": [mission.record.public_id], "status": "matched"},
    )  # fmt: skip
    shown = as_member.get(at(draft, "check")).text
    for words in (*HELP.values(), "Et forsøg på seks måneder.", "Rolig nat"):
        assert words in shown
    record = sent(as_member, draft)
    need = Need.objects.get(pk=record.pk)
    assert (record.state, need.status, need.type) == (State.SUBMITTED, "open", "partner_research")
    assert (need.mission, need.deadline, need.hours) == (mission, deadline, "To timer om ugen.")
    assert (need.tried_da, need.signed_by) == ("Færre runder om natten.", "Centerleder")
    assert [one.theme.slug for one in record.entry_themes.all()] == ["ageing"]
    assert [one.place.code for one in record.entry_places.all()] == [AARHUS]
    assert record.source == "Byrådet 2026"


def test_the_preview_is_its_page(client: Client) -> None:
    page = read(client.get("/en" + at(written(client), "preview")))
    assert page.one("h1").text == WHAT["name_da"]
    assert "Ready: 6 of 7" in page.by_id("ready").text
    assert not [link for link in page.links if "/answer/" in link]
    empty = begun(client, {"name_da": "", "to": "what"}, kind="need")
    assert client.get(at(empty, "preview")).status_code == 200


@pytest.mark.parametrize("kind", ["need", "offer"])
def test_what_is_missing_is_told_with_a_way_to_it(client: Client, kind: str) -> None:
    response = client.post(f"/register/{kind}/", {"name_da": ""})
    page = read(client.get(response["Location"].split("#", maxsplit=1)[0]))
    links = page.by_id("error-summary").links
    assert {"#f-name_da", "#f-summary_da", "#f-type", "#f-themes-find"} <= set(links)
    assert all(link[1:] in page for link in links)


@pytest.mark.parametrize("deadline", ["1.1.2020", "i morgen", "31.2.2031"])
def test_a_deadline_lies_ahead(client: Client, deadline: str) -> None:
    draft = begun(client, WHAT, kind="need")
    response = client.post(at(draft, "help"), {"deadline": deadline})
    assert response["Location"].endswith("/help/?check=1#error-summary")
    page = read(client.get(response["Location"].split("#", maxsplit=1)[0]))
    assert page.by_id("error-summary").links == ["#f-deadline"]
    assert page.by_id("f-deadline").attrs["value"] == deadline


def test_its_owner_says_how_far_it_is(admin: User) -> None:
    need = make.need(status="open", deadline=dt.date(2020, 1, 1), mission=make.mission())
    page = read(browser(admin).get(f"{need.get_absolute_url()}edit/card/"))
    offered = [option.attrs["value"] for option in page.by_id("f-status").all("option")]
    assert offered == ["", "open", "in_dialogue", "matched"]
    form = {node.attrs["name"]: node.attrs["value"] for node in page.all("input", type="hidden")}
    response = browser(admin).post(f"{need.get_absolute_url()}edit/card/", form | {"status": "in_dialogue"})
    assert response.status_code == 302
    need.refresh_from_db()
    assert (need.status, need.ended, need.mission is None) == ("in_dialogue", False, False)
    need.record.refresh_from_db()
    assert need.record.phase == "in_dialogue"


def test_one_that_has_ended_may_be_told_to_be_answered(admin: User) -> None:
    need = make.need(status="withdrawn", ended=True)
    address = f"{need.get_absolute_url()}edit/card/"
    page = read(browser(admin).get(address))
    offered = [option.attrs["value"] for option in page.by_id("f-status").all("option")]
    assert offered == ["answered", "withdrawn", "expired"]
    form = {node.attrs["name"]: node.attrs["value"] for node in page.all("input", type="hidden")}
    assert browser(admin).post(address, form | {"status": "open"}).status_code == 200
    assert browser(admin).post(address, form | {"status": "answered"}).status_code == 302
    need.refresh_from_db()
    assert (need.status, need.ended) == ("answered", True)


def test_no_field_has_a_name_the_steps_need_for_themselves() -> None:
    own = {WINDOW, "seen", "saving", "to", "passed", WITH, *(f"{WITH}-{name}" for name in NAMES)}
    for sections in SECTIONS.values():
        for section in sections:
            assert own.isdisjoint(section.base_fields)
            assert section.slug != WITH
