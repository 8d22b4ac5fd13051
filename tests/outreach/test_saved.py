"""Saved searches: kept from a page, changed, stopped without logging in, limited, handed out, erased."""

from typing import Any

import pytest
from django.core import mail as sent
from django.test import Client
from django.utils import timezone

from accounts import personal
from accounts.models import User
from curation.choices import State
from curation.models import Record, SavedSearch, Theme
from outreach import saved, saved_found
from outreach.saved_stopping import stop_link
from places.models import Place
from tests import factories
from tests.accounts.logging_in import PASSWORD
from tests.pages import read
from tests.people import browser, person
from tests.statements import MEMBER, statements

pytestmark = pytest.mark.usefixtures("empty")
SAVE = "/account/searches/save/"
MINE = "/account/searches/"


@pytest.fixture
def town() -> Place:
    return factories.place("Aarhus", code="0751")


@pytest.fixture
def theme() -> Theme:
    return factories.theme("Demens")


def search_of(user: User, **said: Any) -> SavedSearch:
    return SavedSearch.objects.create(
        **{"user": user, "name": "Min", "path": "/labs/", "rhythm": "daily"} | said
    )


def hidden_from(client: Client, number: int) -> set[int]:
    paths = [f"{MINE}{number}/{verb}" for verb in ("", "seen/", "stop/", "forget/")]
    return {client.post(path, {"name": "x"}).status_code for path in paths}


# Saving


def test_a_list_offers_to_save_what_it_understands(client: Client, town: Place, theme: Theme) -> None:
    factories.lab("Havnelab", places=[town], themes=[theme])
    page = client.get(
        "/en/labs/", {"q": "havn & by", "theme": ["demens", "gone"], "place": "0751", "page": "9"}
    )
    (link,) = read(page).by_id("save-search").all("a")
    assert link.attrs["href"] == (
        "/en/account/searches/save/?path=/en/labs/&q=havn+%26+by&theme=demens&place=0751"
    )
    assert not page.cookies


def test_it_is_saved_as_the_page_understands_it(
    as_member: Client, member: User, town: Place, theme: Theme
) -> None:
    lab = factories.lab("Havnelab", places=[town], themes=[theme])
    factories.lab("Andet")
    address = f"{SAVE}?path=/labs/&q=havnelab&theme=demens&theme=nobody&place=0751&sort=name&page=3&x=y"
    page = read(as_member.get(address))
    name = page.by_id("id_name").attrs["value"]
    assert all(word in name for word in ("“havnelab”", "Demens", "Aarhus"))
    response = as_member.post(address, {"name": "Havne\r\nBcc: x@y.dk", "rhythm": "weekly"})
    assert (response.status_code, response["Location"]) == (302, MINE)
    kept = member.saved_searches.get()
    assert (kept.path, kept.query) == ("/labs/", "q=havnelab&theme=demens&place=0751")
    assert (kept.name, kept.rhythm, kept.known) == ("Havne Bcc: x@y.dk", "weekly", [lab.pk])


def test_saved_again_in_another_order_it_is_changed(as_member: Client, member: User) -> None:
    for slug in ("a", "b"):
        factories.theme(slug)
    as_member.post(f"{SAVE}?path=/labs/&theme=a&theme=b", {"name": "Først", "rhythm": "daily"})
    again = f"{SAVE}?path=/en/labs/&theme=b&theme=a&sort=name"
    assert "Først" in as_member.get(again).text
    as_member.post(again, {"name": "Igen", "rhythm": ""})
    assert list(member.saved_searches.values_list("name", "rhythm")) == [("Igen", "")]


@pytest.mark.parametrize(
    "query", ["", "?path=/admin/", "?path=/search/", "?path=/search/&q=+", "?path=/labs"]
)
def test_only_searches_can_be_saved(as_member: Client, query: str) -> None:
    assert as_member.get(SAVE + query).status_code == 404
    assert as_member.post(SAVE + query, {"name": "x", "rhythm": "daily"}).status_code == 404
    assert not SavedSearch.objects.exists()


def test_a_wrong_form_is_shown_with_what_is_wrong(as_member: Client) -> None:
    response = as_member.post(f"{SAVE}?path=/labs/", {"name": " ", "rhythm": "hourly"})
    assert response.status_code == 422
    page = read(response)
    assert page.by_id("error-summary").all("a")[0].attrs["href"] == "#id_name"
    assert not SavedSearch.objects.exists()


def test_fifty_are_kept_and_no_more(as_member: Client, member: User) -> None:
    SavedSearch.objects.bulk_create(
        SavedSearch(user=member, name=str(n), path="/labs/", query=f"q={n}")
        for n in range(saved.MOST_SEARCHES)
    )
    response = as_member.post(f"{SAVE}?path=/labs/&q=ny", {"name": "Ny", "rhythm": "daily"})
    assert response.status_code == 422
    assert "50" in read(response).by_id("error-summary").text
    assert as_member.post(f"{SAVE}?path=/labs/&q=7", {"name": "Syv", "rhythm": ""}).status_code == 302
    assert member.saved_searches.count() == 50


def test_a_stranger_logs_in_and_comes_back_to_the_same_search(client: Client) -> None:
    user = person("anna@example.org", password=PASSWORD)
    address = f"{SAVE}?path=/labs/&q=havn+%26+by&place=0751"
    response = client.get(address)
    assert response.status_code == 302
    back = client.post(response["Location"], {"login": user.email, "password": PASSWORD})
    assert back["Location"] == address
    assert client.get(address).status_code == 200


# One's own page


def test_the_page_tells_what_each_finds_and_what_is_new(
    as_member: Client, member: User, theme: Theme
) -> None:
    old, new = factories.lab("Gammel", themes=[theme]), factories.lab("Ny", themes=[theme])
    factories.lab("Udkast", themes=[theme], state=State.SUBMITTED)
    factories.need("Behov", themes=[theme])
    search_of(member, name="Om demens", query="theme=demens", known=[old.pk])
    search_of(member, name="Behov", path="/needs/", rhythm="", known=[])
    search_of(member, name="Alt", path="/search/", query="q=ny", known=[new.pk], rhythm="weekly")
    search_of(person(), name="En andens")
    page = read(as_member.get("/en/account/searches/"))
    rows = {row.one("h2").text: row for row in page.all("li", "sk-row3")}
    assert set(rows) == {"Om demens", "Behov", "Alt"}
    assert "2 entries fit now, 1 of them is new" in rows["Om demens"].text
    assert "Living labs: Demens" in rows["Om demens"].text
    assert "1 entry fits now, 1 of them is new" in rows["Behov"].text
    assert "No mails" in rows["Behov"].text
    assert "1 entry fits now ·" in rows["Alt"].text
    assert rows["Om demens"].one("h2").all("a")[0].attrs["href"] == "/en/labs/?theme=demens"


def test_the_page_asks_a_fixed_number_of_statements(as_member: Client, member: User) -> None:
    factories.lab("Ny")
    numbers = []
    for upto in (10, 50):
        for n in range(SavedSearch.objects.count(), upto):
            search_of(member, name=str(n), query=f"q=ny{n}")
        numbers.append(len(statements(as_member, MINE)))
    assert numbers[0] == numbers[1] <= MEMBER


def test_what_is_broad_is_counted(as_member: Client, member: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_found, "MOST", 1)
    factories.lab("A")
    factories.lab("B")
    as_member.post(f"{SAVE}?path=/labs/", {"name": "Alle", "rhythm": "daily"})
    assert member.saved_searches.get().known is None
    factories.lab("C", published_at=timezone.now())
    assert "3 entries fit now, 1 of them is new" in read(as_member.get("/en/account/searches/")).text


def test_changed_stopped_seen_and_deleted(as_member: Client, member: User) -> None:
    lab, kept = factories.lab("Ny"), search_of(member)
    as_member.post(f"{MINE}{kept.pk}/", {"name": "Nyt navn", "rhythm": "weekly"})
    kept.refresh_from_db()
    assert (kept.name, kept.rhythm, kept.known) == ("Nyt navn", "weekly", [])
    as_member.post(f"{MINE}{kept.pk}/seen/")
    kept.refresh_from_db()
    assert kept.known == [lab.pk]
    as_member.post(f"{MINE}{kept.pk}/stop/")
    kept.refresh_from_db()
    assert kept.rhythm == ""
    later = factories.lab("Imens")
    as_member.post(f"{MINE}{kept.pk}/", {"name": "Nyt navn", "rhythm": "daily"})
    kept.refresh_from_db()
    assert kept.known == [lab.pk, later.pk], "what came meanwhile is not told afterwards"
    as_member.post(f"{MINE}{kept.pk}/forget/")
    assert not SavedSearch.objects.exists()


def test_nobody_touches_or_sees_those_of_others(as_member: Client) -> None:
    other = search_of(person(), name="Hemmelig")
    assert hidden_from(as_member, other.pk) == {404}
    assert as_member.get(f"{MINE}{other.pk}/").status_code == 404
    assert "Hemmelig" not in as_member.get(MINE).text
    other.refresh_from_db()
    assert (other.name, other.rhythm) == ("Hemmelig", "daily")


def test_a_draft_is_never_found(as_member: Client, member: User) -> None:
    factories.lab("Kanariefugl", state=State.SUBMITTED)
    factories.lab("Kanariefugl to", state=State.WITHDRAWN, published_at=timezone.now())
    as_member.post(f"{SAVE}?path=/search/&q=kanariefugl", {"name": "K", "rhythm": "daily"})
    assert member.saved_searches.get().known == []
    assert "0 entries fit now" in read(as_member.get("/en/account/searches/")).text


def test_a_question_to_the_partner_finder_is_followed(as_member: Client, member: User, theme: Theme) -> None:
    old = factories.lab("Plejelab", themes=[theme])
    page = read(as_member.get("/en/partners/?theme=demens&sort=nearest"))
    (link,) = page.by_id("save-search").all("a")
    assert as_member.post(link.attrs["href"], {"name": "Partnere", "rhythm": "daily"}).status_code == 302
    kept = member.saved_searches.get()
    assert (kept.path, kept.query, kept.known) == ("/partners/", "theme=demens", [old.pk])
    factories.lab("Demenslab", themes=[theme])
    factories.lab("Noget andet", themes=[factories.theme()])
    row = read(as_member.get("/en/account/searches/")).one("main")
    assert "2 entries fit now, 1 of them is new" in row.text
    assert "Practice partners: Demens" in row.text
    for nothing in ("", "&need=gone", "&open=1"):
        assert as_member.get(f"{SAVE}?path=/partners/{nothing}").status_code == 404


# Stopping from a mail


def test_one_search_is_stopped_without_logging_in_and_only_by_a_press(client: Client, member: User) -> None:
    one, other = search_of(member, name="Første"), search_of(member, name="Anden", query="q=x")
    path = stop_link(member.pk, [one.pk]).partition("//")[2].partition("/")[2]
    page = client.get(f"/{path}")
    assert "Første" in page.text
    assert "Anden" not in page.text
    one.refresh_from_db()
    assert one.rhythm == "daily"
    assert client.post(f"/{path}")["Location"] == f"/{path}"
    assert [row.rhythm for row in SavedSearch.objects.order_by("pk")] == ["", "daily"]
    assert "Stopped" in client.get(f"/en/{path}").text
    other.refresh_from_db()
    assert other.rhythm == "daily"


def test_a_mail_program_stops_all_with_one_post(member: User) -> None:
    search_of(member)
    search_of(member, query="q=x")
    search_of(person(), name="En andens")
    path = "/" + stop_link(member.pk).partition("//")[2].partition("/")[2]
    program = Client(enforce_csrf_checks=True)
    response = program.post(path, {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200, "RFC 8058: no redirect"
    assert [row.rhythm for row in member.saved_searches.all()] == ["", ""]
    assert SavedSearch.objects.exclude(user=member).get().rhythm == "daily"


def test_a_link_stops_nobody_elses(client: Client, member: User) -> None:
    other = search_of(person())
    path = "/" + stop_link(member.pk, [other.pk]).partition("//")[2].partition("/")[2]
    client.post(path)
    other.refresh_from_db()
    assert other.rhythm == "daily"
    assert client.get("/searches/stop/forged/").status_code == 404


# A person's data


def test_handed_out_and_erased(member: User) -> None:
    search_of(member, name="Kanariefugl", query="q=kanariefugl")
    rows = personal.export(member)["curation"]["curation.savedsearch"]
    assert [(row["name"], row["query"]) for row in rows] == [("Kanariefugl", "q=kanariefugl")]
    assert "Kanariefugl" in browser(member).get("/account/data/").text
    personal.erase(member)
    assert not SavedSearch.objects.exists()
    assert not sent.outbox


def test_the_register_is_read_in_the_language_of_the_mails(member: User) -> None:
    """Found in either language as it is saved: who changes the language is not told of old entries."""
    lab = factories.lab("Havn", name_en="Harbour")
    user = User.objects.get(pk=member.pk)
    browser(user).post(f"{SAVE}?path=/labs/&q=harbour", {"name": "H", "rhythm": "daily"})
    assert user.saved_searches.get().known == [lab.pk]
    assert Record.objects.count() == 1
