"""Pages for readers are kept until something public changes; members get every page fresh."""

from collections.abc import Callable, Mapping
from gzip import decompress
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.db import OperationalError, connection, connections, transaction
from django.test import Client

from curation.choices import State
from curation.models import Record, RegisterVersion
from curation.register_version import register_version
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


PATHS = (
    "/",
    "/labs/",
    "/en/labs/",
    "/labs/et-laboratorium/",
    "/labs/map.geojson",
    "/search/?q=et",
    "/themes/",
    "/places/",
)
# What only a page that is kept has, and what a 304 may leave out.
OF_KEEPING, OF_CONTENT = {"ETag", "Cache-Control"}, {"Content-Type", "Content-Length", "Content-Encoding"}


def without(headers: Mapping[str, str], names: set[str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name not in names}


@pytest.mark.parametrize("accepted", ["", "gzip"])
@pytest.mark.parametrize("path", PATHS)
def test_a_kept_page_equals_a_fresh_one_in_content_and_headers(
    client: Client, settings: Any, path: str, accepted: str
) -> None:
    factories.lab("Et laboratorium")
    asked = {"Accept-Encoding": accepted}
    first, kept = client.get(path, headers=asked), client.get(path, headers=asked)
    unchanged = client.get(path, headers={**asked, "If-None-Match": first["ETag"]})
    settings.CACHE_PAGES = False
    fresh = client.get(path)
    assert first.content == kept.content
    assert fresh.content == (decompress(kept.content) if accepted else kept.content)
    assert kept.headers == first.headers
    assert ("Content-Encoding" in kept) == bool(accepted)
    lengths = {"Content-Length", "Content-Encoding"}
    vary = {"Vary"}
    assert without(kept.headers, OF_KEEPING | lengths | vary) == without(
        fresh.headers, OF_KEEPING | lengths | vary
    )
    assert set(fresh["Vary"].split(", ")) <= set(kept["Vary"].split(", "))
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert without(unchanged.headers, OF_CONTENT) == without(kept.headers, OF_CONTENT)


def test_a_page_that_is_kept_by_another_process_is_told_unchanged_too(client: Client) -> None:
    etag = client.get("/labs/")["ETag"]
    caches["pages"].clear()
    again = client.get("/labs/", headers={"If-None-Match": etag})
    assert (again.status_code, again["ETag"], again.content) == (304, etag, b"")


def test_a_kept_page_is_read_and_nothing_else(client: Client) -> None:
    client.get("/labs/")
    assert client.post("/labs/").status_code == 405
    assert client.head("/labs/").status_code == 200


def test_who_is_left_a_message_gets_a_page_of_their_own(client: Client) -> None:
    etag = client.get("/labs/")["ETag"]
    client.cookies["messages"] = "something"
    page = client.get("/labs/", headers={"If-None-Match": etag})
    assert page.status_code == 200
    assert "ETag" not in page


def test_an_unknown_host_is_refused_and_a_lost_database_is_told_in_the_pages_language(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.raise_request_exception = False
    client.get("/en/labs/")
    assert client.get("/en/labs/", headers={"Host": "elsewhere.example"}).status_code == 400

    def refuse() -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", refuse)
    page = client.get("/en/labs/")
    assert (page.status_code, page["Content-Language"]) == (503, "en")
    assert page["Retry-After"]


# The connection


def test_a_connection_that_has_died_is_replaced_without_a_check_before_every_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get("/labs/")
    monkeypatch.setattr(connections["default"], "close_at", None)  # it lasts, as in production
    connection.close_if_unusable_or_obsolete()  # as at the beginning of every request
    checks = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connections["default"], "is_usable", lambda: checks.append("asked"))
        assert client.get("/labs/").status_code == 200
    assert not checks
    connection.connection.pgconn.finish()  # what a restart of the server leaves behind
    assert client.get("/labs/").status_code == 200


def test_within_a_transaction_a_lost_connection_is_not_replaced() -> None:
    with transaction.atomic():
        connection.connection.pgconn.finish()
        with pytest.raises(OperationalError):
            register_version()
        transaction.set_rollback(True)


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
