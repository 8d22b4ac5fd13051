"""Pages for readers are kept until something public changes; members get every page fresh."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from curation.choices import State
from curation.models import Record, RegisterVersion
from tests import factories
from tests.statements import statements

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _kept(settings: Any) -> None:
    settings.CACHE_PAGES = True


def version() -> int:
    found = RegisterVersion.objects.first()
    return found.number if found else 1


def raised(change: Callable[[], Any]) -> int:
    before = version()
    with transaction.atomic():
        change()
    return version() - before


# The version


def test_it_is_raised_once_for_a_transaction_with_many_changes() -> None:
    def many() -> None:
        theme, town = factories.theme(), factories.place()
        labs = [factories.lab(themes=[theme], places=[town]) for _number in range(3)]
        factories.link(labs[0], factories.actor())
        Record.objects.update(updated_at="2026-01-01T00:00Z")

    assert raised(many) == 1


def test_it_is_raised_by_each_kind_of_public_change() -> None:
    lab, actor, mission = factories.lab(), factories.actor(), factories.mission()
    theme, region, town = factories.theme(), factories.place(kind="region"), factories.place()
    changes: list[Callable[[], Any]] = [
        lambda: factories.link(lab, actor),
        lambda: factories.member(mission, actor),
        lambda: factories.relation(actor, factories.actor()),
        lambda: type(lab).objects.filter(pk=lab.pk).update(summary_da="Nyt"),
        lambda: type(theme).objects.filter(pk=theme.pk).update(name_da="Nyt"),
        lambda: type(town).objects.filter(pk=town.pk).update(name_da="Nyt"),
        lambda: factories.belongs(town, region),
        lambda: Record.objects.filter(pk=lab.pk).update(state=State.WITHDRAWN),
    ]
    assert [raised(change) for change in changes] == [1] * len(changes)


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.RETURNED])
def test_it_is_not_raised_by_drafts(state: str) -> None:
    themes = [factories.theme()]
    assert raised(lambda: factories.record(state=state)) == 0
    draft = factories.lab(state=state)
    assert raised(lambda: Record.objects.filter(pk=draft.pk).update(source="x")) == 0
    assert raised(lambda: type(draft).objects.filter(pk=draft.pk).update(summary_da="x")) == 0
    assert raised(lambda: factories.lab(state=state, themes=themes)) == 0


def test_it_is_not_raised_by_what_is_undone() -> None:
    def undone() -> None:
        with transaction.atomic():
            factories.lab()
            transaction.set_rollback(True)

    assert raised(undone) == 0


# The pages


def test_an_unchanged_page_is_not_made_again(client: Client) -> None:
    factories.lab("Et laboratorium")
    first = client.get("/labs/")
    assert first["ETag"]
    assert "no-cache" in first["Cache-Control"]
    again = client.get("/labs/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert len(statements(client, "/labs/")) == 1


def test_a_kept_page_equals_a_fresh_one(client: Client, settings: Any) -> None:
    factories.lab("Et laboratorium")
    for path in (
        "/",
        "/labs/",
        "/labs/et-laboratorium/",
        "/labs/map.geojson",
        "/search/?q=et",
        "/themes/",
        "/places/",
    ):
        first, kept = client.get(path), client.get(path)
        settings.CACHE_PAGES = False
        fresh = client.get(path)
        settings.CACHE_PAGES = True
        assert first.content == kept.content == fresh.content
        assert kept["Content-Type"] == fresh["Content-Type"]
        assert kept["Content-Security-Policy"] == fresh["Content-Security-Policy"]
        assert kept["Content-Language"] == fresh["Content-Language"]


def test_a_change_shows_at_once(client: Client) -> None:
    lab = factories.lab("Et laboratorium")
    first = client.get("/labs/")
    factories.lab("Endnu et laboratorium")
    second = client.get("/labs/", headers={"If-None-Match": first["ETag"]})
    assert second.status_code == 200
    assert "Endnu et laboratorium" in second.text
    lab.record.state = State.WITHDRAWN
    lab.record.save()
    assert "Et laboratorium" not in client.get("/labs/", headers={"If-None-Match": second["ETag"]}).text


def test_whole_page_fragment_language_and_address_are_kept_apart(client: Client) -> None:
    factories.lab("Et laboratorium")
    part = {"HX-Request": "true", "HX-Request-Type": "partial"}
    answers = [
        client.get("/labs/"),
        client.get("/labs/", headers=part),
        client.get("/labs/", headers={**part, "HX-History-Restore-Request": "true"}),
        client.get("/en/labs/"),
        client.get("/labs/?q=x"),
    ]
    assert len({answer["ETag"] for answer in answers}) == len(answers)
    assert "<html" not in answers[1].text
    assert "<html" in answers[2].text
    assert client.get("/labs/", headers=part).content == answers[1].content
    assert client.get("/labs/", headers=part)["HX-Push-Url"] == answers[1]["HX-Push-Url"]
    assert all({"HX-Request", "HX-Request-Type", "Cookie"} <= set(a["Vary"].split(", ")) for a in answers)


def test_typing_and_choosing_are_kept_apart(client: Client) -> None:
    part = {"HX-Request": "true", "HX-Request-Type": "partial"}
    typed = client.get("/labs/?q=x", headers={**part, "HX-Source": "input#q"})
    chosen = client.get("/labs/?q=x", headers={**part, "HX-Source": "form#filters"})
    assert "HX-Replace-Url" in typed
    assert "HX-Push-Url" in chosen


def test_tomorrow_the_page_is_made_again(client: Client) -> None:
    with time_machine.travel("2026-12-31 22:00+00:00", tick=False):
        before = client.get("/places/")
    with time_machine.travel("2026-12-31 23:30+00:00", tick=False):  # already 2027 in Denmark
        assert client.get("/places/", headers={"If-None-Match": before["ETag"]}).status_code == 200


def test_members_get_every_page_fresh(as_member: Client, client: Client) -> None:
    factories.lab("Et laboratorium")
    etag = client.get("/labs/")["ETag"]
    page = as_member.get("/labs/", headers={"If-None-Match": etag})
    assert page.status_code == 200
    assert "ETag" not in page
    assert "private" in page["Cache-Control"]
    assert "Mia Member" in page.text
    assert len(statements(as_member, "/labs/")) > 3
    assert "Mia Member" not in client.get("/labs/").text


def test_what_is_not_found_is_not_kept(client: Client) -> None:
    assert "ETag" not in client.get("/labs/soon-here/")
    factories.lab("Soon here")
    assert client.get("/labs/soon-here/").status_code == 200
