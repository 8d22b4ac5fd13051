"""An offer's page and its form, and the needs and offers on the page of who has them."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actors.forms.offers import SECTIONS, Conditions, WhatAndWho
from actors.models import Offer
from curation.models import Record
from places.choices import PlaceKind
from tests import factories
from tests.pages import ListPage, Node, read
from tests.statements import READER, statements

pytestmark = pytest.mark.usefixtures("empty")

YESTERDAY = dt.timedelta(days=1)


def page_of(client: Client, entry: Any) -> Node:
    return read(client.get(f"/en{entry.get_absolute_url()}"))


def test_the_page_says_all_that_is_known(client: Client) -> None:
    theme, town = factories.theme("Lys"), factories.place("Aarhus")
    owner = factories.actor("Universitet", type="university")
    offer = factories.offer(
        "To forskere", name_en="Two researchers", owner=owner, summary_da="De følger med.",
        conditions_en="It costs nothing.", open_until=dt.date(2099, 6, 30), website="https://www.uni.dk/om",
        themes=[theme], places=[town], source="En rapport (https://uni.dk/rapport)",
    )  # fmt: skip
    told, named = factories.lab("Stadsgården"), factories.lab("Havnen")
    factories.link(told, offer, "push", confirmed_at=timezone.now())
    factories.link(named, offer, "push")
    factories.link(factories.lab("Det gamle"), offer, "push", ended_on=dt.date(2025, 1, 1))
    factories.link(factories.lab("Hemmelig", state="draft"), offer, "push")
    factories.response(factories.need("Søvn"), offer)
    factories.response(factories.need("Ro"), offer, confirmed_at=timezone.now())
    factories.response(factories.need("Kladde", state="draft"), offer)
    factories.offer("Lampen", themes=[theme])
    page = page_of(client, offer)
    assert page.one("h1").text == "Two researchers"
    assert {owner.get_absolute_url(), "https://www.uni.dk/om", "https://uni.dk/rapport"} <= {
        link.removeprefix("/en") for link in page.links
    }
    facts = page.one("dl", "sk-state").text
    assert "30 June 2099" in facts
    assert "Universitet" in facts
    assert "It costs nothing." in page.by_id("conditions").text
    assert "De følger med." in page.by_id("about").text
    for section, sure, dotted in (("labs", "Stadsgården", "Havnen"), ("needs", "Ro", "Søvn")):
        rows = {
            row.one("a").text: "sk-cpl__yes" in row.attrs.get("class", "") for row in items(page, section)
        }
        assert rows == {sure: True, dotted: False}
    assert "Det gamle" in page.by_id("earlier").text
    assert "Lampen" in page.by_id("similar").text
    assert any(link.endswith(f"/offers/{offer.record.slug}/couple/") for link in page.links)
    assert "Hemmelig" not in page.text
    assert "Kladde" not in page.text


def items(page: Node, section: str) -> list[Node]:
    return [item for item in page.by_id(section).all("li") if item.all("p", "sk-cpl__n")]


def test_what_is_over_says_so_first_and_is_offered_no_more(client: Client) -> None:
    today = timezone.localdate()
    expired = factories.offer(
        status="expired", ended=True, ended_on=today - YESTERDAY, open_until=today - YESTERDAY
    )
    closed = factories.offer(status="closed", ended=True, ended_reason="Pengene er brugt.")
    old = factories.offer(status="expired", ended=True, ended_on=today - dt.timedelta(days=400))
    texts = {}
    for offer in (expired, closed, old):
        page = page_of(client, offer)
        texts[offer.pk] = page.one("div", "sk-over").text
        assert page.one("main").text.index(texts[offer.pk]) < page.one("main").text.index(offer.name_da)
        assert not any(link.endswith("/couple/") for link in page.links)
        renewed = any(link.endswith("/renew/") for link in page.links)
        assert renewed is (offer == expired)
    assert "That was its last day." in texts[expired.pk]
    assert "Pengene er brugt." in texts[closed.pk]
    assert "Nobody has confirmed that it still holds." in texts[old.pk]


def test_the_page_costs_the_same_however_much_is_tied_to_it(client: Client) -> None:
    theme = factories.theme()

    def made(number: int) -> Offer:
        offer = factories.offer(owner=factories.actor(), themes=[theme], places=[factories.place()])
        for _one in range(number):
            factories.link(factories.lab(), offer, "push")
            factories.response(factories.need(owner=factories.actor()), offer)
        return offer

    few, many = made(1), made(4)
    statements(client, few.get_absolute_url())
    asked = [len(statements(client, offer.get_absolute_url())) for offer in (few, many)]
    assert asked[0] == asked[1] <= READER


def test_the_list_shows_what_stands_open_first(client: Client) -> None:
    theme = factories.theme("Lys")
    factories.offer("Lukket", status="closed", ended=True, themes=[theme])
    factories.offer("Ukendt", status="", type="students")
    factories.offer("Åben", themes=[theme])
    factories.offer("Kladde", state="draft")
    page = ListPage.at(client, "/en/offers/")
    assert page.names == ["Åben", "Ukendt", "Lukket"]
    assert ListPage.at(client, "/en/offers/", {"kind": "students"}).names == ["Ukendt"]
    assert ListPage.at(client, "/en/offers/", {"phase": "unknown"}).names == ["Ukendt"]
    assert ListPage.at(client, "/en/offers/", {"theme": "lys", "phase": "open"}).names == ["Åben"]


def test_an_actor_shows_its_needs_and_offers_and_what_is_over_as_history(client: Client) -> None:
    actor = factories.actor("Kommune")
    assert "offers" not in page_of(client, actor)
    factories.offer("Ukendt", owner=actor, status="")
    factories.offer("Åben", owner=actor)
    factories.offer("Lukket", owner=actor, status="closed", ended=True)
    factories.offer("Kladde", owner=actor, state="submitted")
    factories.need("Søvn", owner=actor)
    page = page_of(client, actor)
    assert [heading.text for heading in page.by_id("offers").all("h3")] == ["Åben", "Ukendt", "Lukket"]
    assert page.by_id("offers").one("details").one("h3").text == "Lukket"
    assert [heading.text for heading in page.by_id("needs").all("h3")] == ["Søvn"]
    assert "Kladde" not in page.text
    few = len(statements(client, actor.get_absolute_url()))
    for number in range(3):
        factories.offer(f"Nr. {number}", owner=actor)
        factories.need(f"Behov {number}", owner=actor)
    with CaptureQueriesContext(connection):
        assert len(statements(client, actor.get_absolute_url())) == few <= READER


# The form


def typed(**changed: list[str]) -> dict[str, list[str]]:
    return {"name_da": ["To forskere"], "summary_da": ["De følger med."], "type": ["research"]} | changed


def test_the_form_asks_in_two_steps_what_an_offer_has_to_say() -> None:
    theme, country = factories.theme("Lys"), factories.place("Danmark", kind=PlaceKind.COUNTRY)
    assert [section.slug for section in SECTIONS] == ["what", "conditions"]
    first = WhatAndWho(typed(themes=["lys"], places=[country.address]))
    until = timezone.localdate() + dt.timedelta(days=30)
    second = Conditions({"conditions_da": ["Gratis."], "open_until": [until.strftime("%d.%m.%Y")]})
    assert first.is_valid(), first.errors
    assert second.is_valid(), second.errors
    offer = Offer(record=Record(kind="offer"))
    for section in (first, second):
        section.write(offer)
    assert (offer.name_da, offer.type, offer.status) == ("To forskere", "research", "open")
    assert (offer.conditions_da, offer.open_until) == ("Gratis.", until)
    assert first.cleaned_data["themes"] == [theme]
    missing = WhatAndWho({})
    assert set(missing.errors) == {"name_da", "summary_da", "type", "themes"}
    assert "status" not in [part.bound.name for part in second.parts]


def test_status_is_asked_of_what_is_public_and_a_last_day_lies_ahead() -> None:
    past = timezone.localdate() - YESTERDAY
    offer, ended = factories.offer(), factories.offer(status="closed", ended=True, open_until=past)
    section = Conditions({"status": [""], "open_until": [past.isoformat()]}, entry=offer)
    assert "status" in [part.bound.name for part in section.parts]
    assert set(section.errors) == {"open_until"}
    section = Conditions({"status": ["closed"]}, entry=offer)
    assert set(section.errors) == {"status"}, "that it has ended is told elsewhere"
    section = Conditions({"status": ["closed"], "open_until": [past.isoformat()]}, entry=ended)
    assert section.is_valid(), "what stands there already may stay"
    section.write(ended)
    assert (ended.status, ended.open_until) == ("closed", past)
