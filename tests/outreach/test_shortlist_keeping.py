"""Keeping entries before and after log-in: the press, the page, notes, what becomes of what is kept."""

import datetime as dt

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.utils import timezone

from accounts import personal
from accounts.models import User
from curation.choices import State
from curation.models import Kept, Shortlist
from outreach.shortlist import actions
from outreach.tasks.shortlists import tidy_shortlists
from tests import factories
from tests.outreach.keeping import JSON, keep, note
from tests.pages import read
from tests.people import browser, person
from tests.statements import MEMBER, READER, statements

pytestmark = pytest.mark.usefixtures("empty")


def names(client: Client, path: str = "/en/shortlist/") -> list[str]:
    page = read(client.get(path))
    return [item.one("h3").text for item in page.all("li", "sk-kept")]


def kept(user: User) -> dict[str, str]:
    rows = Kept.objects.filter(shortlist__user=user).order_by("pk")
    return {row.record.name_da: row.note for row in rows}


# Keeping


def test_asking_sets_no_session_and_pressing_does(client: Client) -> None:
    lab = factories.lab("Havnelab")
    path = f"/en/shortlist/keep/{lab.record.public_id}/"
    page = read(client.get(path, headers={"Referer": "http://testserver/en/labs/?theme=energy"}))
    assert page.one("h1").text == "Keep Havnelab?"
    assert "sessionid" not in client.cookies
    assert not Shortlist.objects.exists()

    (form,) = page.one("main").all("form")
    sent = {field.attrs["name"]: field.attrs.get("value", "") for field in form.all("input")}
    assert sent["back"] == "/en/labs/?theme=energy"
    response = client.post(path, sent)
    assert response["Location"] == "/en/labs/?theme=energy"
    assert Kept.objects.get().record == lab.record
    assert 89 <= client.cookies["sessionid"]["max-age"] / 86_400 <= 90
    assert names(client) == ["Havnelab"]
    assert names(Client()) == []


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.example/",
        "//evil.example/",
        "http://testserver//evil.example/",
        "/en/shortlist/keep/x/",
        "\\x",
    ],
)
def test_the_way_back_leads_nowhere_else(client: Client, back: str) -> None:
    lab = factories.lab()
    response = client.post(f"/en/shortlist/keep/{lab.record.public_id}/", {"back": back})
    assert response["Location"] == "/en/shortlist/"


def test_twice_is_once_and_removing_remembers_the_note(client: Client) -> None:
    one, other = factories.lab("Et lab"), factories.need("Et behov")
    for entry in (one, other, one):
        keep(client, entry)
    note(client, one, "Ring")
    since = Kept.objects.get(note="Ring").kept_at
    told = keep(client, one, remove="1").json()
    assert told["kept"] == [other.record.public_id]
    assert "Et lab" in told["said"]
    assert names(client) == ["Et behov"]

    page = read(client.get(f"/en/shortlist/?removed={one.record.public_id}"))
    (undo,) = page.one("main").all("div", "sk-undo")
    client.post(undo.one("form").attrs["action"])
    back = Kept.objects.get(record=one.record)
    assert (back.note, back.kept_at) == ("Ring", since)
    assert not read(client.get("/en/shortlist/?removed=nothing")).all("div", "sk-undo")
    keep(client, one, remove="1")
    assert keep(client, one, remove="1").json() == {
        "kept": [other.record.public_id], "said": "It is not on your shortlist. 1 entry is kept."
    }  # fmt: skip


def test_a_list_is_full_and_says_so_kindly(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST", 1)
    one, other = factories.lab(), factories.lab()
    keep(client, one)
    assert keep(client, other).status_code == 422
    path = f"/en/shortlist/keep/{other.record.public_id}/"
    response = client.post(path)
    assert response.status_code == 422
    for said in (response, client.get(path)):
        assert "holds 1 entries" in read(said).one("div", "alert-warning").text
    assert not read(client.get(path.replace(other.record.public_id, one.record.public_id))).all(
        "div", "alert"
    )
    assert Kept.objects.get().record == one.record


def test_lists_without_a_reader_cannot_be_begun_without_end(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("outreach.shortlist.access.EACH", 2)
    lab = factories.lab()
    assert [keep(Client(), lab).status_code for _browser in range(3)] == [200, 200, 429]
    assert Shortlist.objects.count() == 2
    assert keep(browser(person()), lab).status_code == 200


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.RETURNED, State.WITHDRAWN])
def test_what_is_not_public_does_not_exist(client: Client, state: str) -> None:
    lab = factories.lab(state=state)
    path = f"/en/shortlist/keep/{lab.record.public_id}/"
    assert [client.get(path).status_code, client.post(path).status_code] == [404, 404]
    assert not Kept.objects.exists()


# The page


def test_the_page_in_both_orders_and_languages(client: Client) -> None:
    b = factories.lab("Bylab", name_en="Zoo lab", summary_da="Om byen.")
    a = factories.need("Åbent behov", name_en="A need", ended=True, status="answered")
    c = factories.offer("Centerets tilbud")
    for entry in (b, a, c):
        keep(client, entry)
    assert names(client, "/shortlist/") == ["Centerets tilbud", "Åbent behov", "Bylab"]
    assert names(client, "/shortlist/?order=name") == ["Bylab", "Centerets tilbud", "Åbent behov"]
    assert names(client, "/en/shortlist/?order=name") == ["A need", "Centerets tilbud", "Zoo lab"]
    page = read(client.get("/en/shortlist/"))
    rows = {row.one("h3").text: row for row in page.all("li", "sk-kept")}
    assert "It has ended" in rows["A need"].text
    assert "It has ended" not in rows["Zoo lab"].text
    assert "Om byen." in rows["Zoo lab"].text
    assert len(page.all("input", name="entry", form="compare")) == 3
    assert page.one("div", "sk-found").attrs["data-kept-ids"].split() == [
        entry.record.public_id for entry in (c, a, b)
    ]
    assert f"/en/labs/{b.record.slug}/" in rows["Zoo lab"].one("p", "sk-kept__url").text


def test_what_is_withdrawn_shows_nothing_but_that(client: Client) -> None:
    lab, other = factories.lab("Kanariefugl", summary_da="Kanariefugl"), factories.lab("Et andet")
    keep(client, lab)
    keep(client, other)
    note(client, lab, "Min egen note")
    lab.record.state = State.WITHDRAWN
    lab.record.save()
    page = client.get("/en/shortlist/")
    assert names(client) == ["Et andet", "An entry that is no longer public"]
    assert "Min egen note" in page.text
    for path in ("/en/shortlist/", "/en/shortlist/shortlist.csv"):
        assert "kanariefugl" not in client.get(path).text.lower()
    assert keep(client, lab, remove="1").json()["kept"] == [other.record.public_id]
    assert names(client) == ["Et andet"]


def test_what_is_merged_is_followed(client: Client) -> None:
    gone, into = factories.lab("Gammelt lab"), factories.lab("Nyt lab")
    keep(client, gone)
    gone.record.state, gone.record.merged_into = State.MERGED, into.record
    gone.record.save()
    assert names(client) == ["Nyt lab"]
    assert "has become part of" in client.get("/en/shortlist/").text
    assert client.get("/en/shortlist/kept.json").json() == {"kept": [into.record.public_id]}
    keep(client, into)
    assert Kept.objects.count() == 1
    keep(client, into, remove="1")
    assert not Kept.objects.exists()


def test_statements_do_not_grow(client: Client) -> None:
    member = browser(person())
    asked: list[list[int]] = []
    for entry in (factories.lab(), factories.mission(), factories.need()):
        for visitor in (client, member):
            keep(visitor, entry)
        paths = ("/en/shortlist/", "/en/shortlist/shortlist.csv", "/en/shortlist/kept.json")
        asked.append([len(statements(visitor, path)) for visitor in (client, member) for path in paths])
    assert asked[0][::3] == asked[2][::3]
    assert asked[1] == asked[2]
    assert max(asked[2][:3]) <= READER
    assert max(asked[2]) <= MEMBER


# Notes


def test_two_windows_never_overwrite_silently(client: Client) -> None:
    lab = factories.lab("Havnelab")
    keep(client, lab)
    assert note(client, lab, "Først\r\nlinje to").status_code == 302
    assert Kept.objects.get().note == "Først\nlinje to"
    clash = note(client, lab, "Fra det andet vindue", headers=JSON)
    assert clash.status_code == 409
    assert clash.json()["note"] == "Først\nlinje to"
    page = note(client, lab, "Fra det andet vindue")
    assert page.status_code == 409
    shown = read(page)
    assert "Først" in shown.one("blockquote").text
    assert shown.one("textarea").text == "Fra det andet vindue"
    assert Kept.objects.get().note == "Først\nlinje to"

    seen = next(field.attrs["value"] for field in shown.all("input", name="seen"))
    client.post(f"/en/shortlist/note/{lab.record.public_id}/", {"note": "Begge dele", "seen": seen})
    assert Kept.objects.get().note == "Begge dele"
    saved = note(client, lab, "Begge dele, igen", "Begge dele", headers=JSON).json()
    assert saved["mark"] == actions.mark("Begge dele, igen")
    assert note(client, lab, "x" * 2001, "Begge dele, igen").status_code == 422
    assert Kept.objects.get().note == "Begge dele, igen"


def test_nobody_writes_on_the_list_of_another(client: Client) -> None:
    lab = factories.lab()
    keep(client, lab)
    for other in (Client(), browser(person())):
        assert note(other, lab, "Fremmed").status_code == 404
        keep(other, lab, remove="1")
    assert Kept.objects.get().note == ""


# Logging in


def test_what_was_kept_before_log_in_is_joined(client: Client, member: User) -> None:
    both, mine, theirs = factories.lab("Begge"), factories.lab("Min"), factories.lab("Før")
    own = browser(member)
    for entry in (both, mine):
        keep(own, entry)
    note(own, both, "Min note")
    for entry in (both, theirs):
        keep(client, entry)
        note(client, entry, f"Før: {entry.name}")
    client.force_login(member)
    assert kept(member) == {
        "Begge": "Min note\n\nFør: Begge", "Min": "", "Før": "Før: Før",
    }  # fmt: skip
    assert Shortlist.objects.count() == 1
    assert "shortlist" not in client.session
    assert client.session.get_expiry_age() == 14 * 24 * 3600
    client.force_login(member)
    assert len(kept(member)) == 3


def test_the_joined_list_is_told_of_and_a_second_window_changes_nothing(client: Client) -> None:
    person("ida@example.org", password="correct horse battery")
    lab = factories.lab("Havnelab")
    keep(client, lab)
    key = client.session["shortlist"]
    said = {"login": "ida@example.org", "password": "correct horse battery"}
    response = client.post("/en/account/login/?next=/en/shortlist/", said, follow=True)
    assert "The entry you kept before you logged in" in response.text
    user = User.objects.get(email="ida@example.org")
    assert kept(user) == {"Havnelab": ""}
    assert actions.join(key, by=user) == actions.Joined(0)


def test_a_link_goes_on_only_where_it_shows_nothing_more(client: Client, member: User) -> None:
    lab, other = factories.lab("Delt"), factories.lab("Ikke delt")
    keep(client, lab)
    client.post("/en/shortlist/share/")
    path = f"/en/shortlist/shared/{Shortlist.objects.get().share_key}/"
    client.force_login(member)
    assert "Delt" in Client().get(path).text

    again, somebody = Client(), person()
    keep(browser(somebody), other)
    keep(again, lab)
    again.post("/en/shortlist/share/")
    path = f"/en/shortlist/shared/{Shortlist.objects.get(user=None).share_key}/"
    again.force_login(somebody)
    assert Client().get(path).status_code == 404
    assert set(kept(somebody)) == {"Delt", "Ikke delt"}


# What becomes of it


def test_an_abandoned_list_is_deleted_after_ninety_days(client: Client, member: User) -> None:
    lab = factories.lab()
    keep(client, lab)
    keep(browser(member), lab)
    keep(Client(), lab)
    old = timezone.now() - dt.timedelta(days=90, minutes=1)
    left = Shortlist.objects.get(key=client.session["shortlist"])
    Shortlist.objects.filter(pk=left.pk).update(updated_at=old)
    Shortlist.objects.filter(user=member).update(updated_at=old)
    tidy_shortlists(timestamp=0)
    assert not Shortlist.objects.filter(pk=left.pk).exists()
    assert Shortlist.objects.count() == Kept.objects.count() == 2
    assert names(client) == []
    assert keep(client, lab).status_code == 200


def test_it_is_handed_out_and_erased(member: User) -> None:
    mine = browser(member)
    lab, hidden = factories.lab("Havnelab"), factories.lab("Kanariefugl")
    for entry in (lab, hidden):
        keep(mine, entry)
        note(mine, entry, f"Note {entry.pk}")
    hidden.record.state = State.WITHDRAWN
    hidden.record.save()
    rows = personal.export(member)["curation"]["curation.kept"]
    assert [(row["entry"], row["note"]) for row in rows] == [
        ("Havnelab", f"Note {lab.pk}"), ("", f"Note {hidden.pk}"),
    ]  # fmt: skip
    assert f"Note {lab.pk}" in mine.get("/en/account/data/").text
    personal.erase(member)
    assert not Shortlist.objects.exists()
    assert not Kept.objects.exists()


def test_a_session_that_lost_its_list_begins_another(client: Client) -> None:
    lab = factories.lab()
    keep(client, lab)
    Shortlist.objects.all().delete()
    assert client.get("/en/shortlist/kept.json").json() == {"kept": []}
    keep(client, lab)
    assert Kept.objects.count() == 1
    assert isinstance(client.session, SessionStore)
