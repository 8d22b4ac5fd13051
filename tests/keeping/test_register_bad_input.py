"""Nonsense, too much, forged, late: a clear answer, nothing lost, nothing leaked."""

import datetime as dt
import time
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.models import User
from curation.models import Draft
from keeping.tasks.drafts import tidy_drafts
from keeping.views.register import MOST_LETTERS
from tests import factories as make
from tests.keeping.registering import WHAT, at, begun, key_in, whole
from tests.pages import read
from tests.post import delivered

pytestmark = pytest.mark.usefixtures("denmark")


def test_a_picture_where_text_is_expected_is_told_beside_the_field(client: Client) -> None:
    draft = begun(client)
    picture = SimpleUploadedFile("kort.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "image/png")
    response = client.post(at(draft, "what"), {**WHAT, "name_en": "Light", "summary_da": picture})
    assert response.status_code == 400
    page = read(response)
    assert page.by_id("error-summary").links == ["#f-summary_da"]
    assert page.by_id("f-summary_da").text == WHAT["summary_da"]
    draft.refresh_from_db()
    assert draft.typed["what"]["name_en"] == ["Light"], "what was typed beside it is kept"
    assert draft.typed["what"]["summary_da"] == [WHAT["summary_da"]], "and what was there before"


@pytest.mark.parametrize("path", ["", "en/"])
def test_bytes_that_are_no_text_are_refused(client: Client, path: str) -> None:
    draft = begun(client)
    sent: dict[str, Any] = {"content_type": "application/x-www-form-urlencoded"}
    for body in ("name_da=%ff%fe", "name_da=a%00b", "name_da=%ed%a0%80"):
        assert client.post(f"/{path}register/lab/{draft.key}/what/", body, **sent).status_code == 400
    draft.refresh_from_db()
    assert draft.typed["what"]["name_da"] == [WHAT["name_da"]]


@pytest.mark.parametrize("path", ["", "en/"])
def test_ten_megabytes_are_refused_with_the_limit(client: Client, path: str) -> None:
    draft = begun(client)
    address = f"/{path}register/lab/{draft.key}/what/"
    response = client.post(address, {**WHAT, "description_da": "x" * 10_000_000})
    assert response.status_code == 400
    assert ("2.5" if path else "2,5") + "\xa0MB" in response.text
    form = f"description_da={'x' * 10_000_000}"
    response = client.post(address, form, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 400
    assert ("2.5" if path else "2,5") + "\xa0MB" in response.text
    draft.refresh_from_db()
    assert draft.typed["what"]["summary_da"] == [WHAT["summary_da"]]


def test_more_than_a_step_holds_is_refused_with_the_limit(client: Client) -> None:
    draft = begun(client)
    much = {**WHAT, "description_da": "x" * (MOST_LETTERS + 1)}
    response = client.post(at(draft, "what"), much)
    assert response.status_code == 413
    assert "200" in read(response).one("p", css="sk-lead").text
    assert f"/register/lab/{draft.key}/" in read(response).links
    assert client.post(at(draft, "what"), {**much, "saving": "1"}).status_code == 413
    draft.refresh_from_db()
    assert draft.typed["what"].get("description_da") == [""]


@pytest.mark.parametrize(
    ("field", "wrong", "said"),
    [
        ("name_da", "n" * 201, "201"), ("summary_da", "x" * 601, "601"),
        ("description_da", "x" * 6001, "6001"),
        ("website", "ftp://example.org", "https://"), ("website", "javascript:alert(1)", "https://"),
        ("website", "data:text/html,x", "https://"), ("latitude", "nord", "55,6761"),
        ("latitude", "10.2", "54.4"), ("longitude", "56.1", "15.6"), ("latitude", "nan", "54.4"),
        ("latitude", "1e999", "54.4"), ("contact_email", "nobody", "@"),
    ],
)  # fmt: skip
def test_each_limit_says_what_it_is(client: Client, field: str, wrong: str, said: str) -> None:
    typed = {**WHAT, "latitude": "56,1567", "longitude": "10,2108", field: wrong}
    response = client.post("/register/lab/", typed)
    page = read(client.get(response["Location"].split("#")[0]))
    assert page.by_id("error-summary").links == [f"#f-{field}"]
    assert said in page.by_id("error-summary").text.replace(",", "." if "." in said else ",")
    shown = page.by_id(f"f-{field}")
    assert wrong in (shown.attrs.get("value", ""), shown.text)


def test_half_a_point_is_no_point(client: Client) -> None:
    response = client.post("/register/lab/", {**WHAT, "latitude": "56.1"})
    page = read(client.get(response["Location"].split("#")[0]))
    assert page.by_id("error-summary").links == ["#f-longitude"]


@pytest.mark.parametrize("year", ["1492", "2999", "tyve", "20.5", "²⁰²³"])
def test_years_are_plausible(client: Client, year: str) -> None:
    draft = begun(client)
    response = client.post(at(draft, "how"), {"start_year": year})
    page = read(client.get(response["Location"].split("#")[0]))
    assert page.by_id("error-summary").links == ["#f-start_year"]


@pytest.mark.parametrize(
    "forged",
    [
        "aaaaaaaaaa", "../../etc", "1", "{}", '{"actor":"aaaaaaaaaa"}', "null", "[1]", "x" * 3000, "[" * 5000,
        '{"name":"\\ud800","type":"company"}', '{"name":"a\\u0000b"}', '{"actor":{"a":1}}',
    ],
)  # fmt: skip
def test_forged_choices_are_told_and_kept_out(client: Client, forged: str) -> None:
    draft = begun(client, {**WHAT, "places": [forged], "owner": [forged]})
    client.post(at(draft, "why"), {"themes": [forged], "missions": [forged]})
    client.post(
        at(draft, "who"), {"parties-0-actor": forged, "parties-0-role": "host", "parties-0-side": "pull"}
    )
    for step in ("what", "why", "who"):
        response = client.get(at(draft, step), {"check": "1"})
        assert response.status_code == 200
        assert "error-summary" in read(response)
    assert client.get(at(draft, "check")).status_code == 200
    assert client.get(at(draft, "preview")).status_code == 200


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "withdrawn"])
def test_what_is_not_public_cannot_be_chosen_or_found(client: Client, state: str) -> None:
    hidden = make.actor("Kanariefuglen", state=state)
    secret = make.mission("Kanariemissionen", state=state)
    draft = begun(client)
    who = {"parties-0-actor": hidden.record.public_id, "parties-0-role": "host", "parties-0-side": "pull"}
    client.post(at(draft, "who"), who)
    client.post(at(draft, "why"), {"themes": ["ageing"], "missions": [secret.record.public_id]})
    pages = [client.get(at(draft, step), {"check": "1"}).text for step in ("who", "why", "check", "preview")]
    pages += [
        client.get("/register/find/lab/who/parties/", {"parties-find": "kanarie"}).text,
        client.get("/register/find/lab/why/missions/", {"missions-find": "kanarie"}).text,
        client.get("/register/find/lab/what/owner/", {"owner-find": "kanarie"}).text,
    ]
    assert [page for page in pages if "Kanarief" in page or "Kanariem" in page] == []


@pytest.mark.parametrize(
    "path", ["lab/who/nothing", "lab/nothing/parties", "place/who/parties", "lab/what/name_da"]
)
def test_pickers_that_do_not_exist(client: Client, path: str) -> None:
    assert client.get(f"/register/find/{path}/").status_code == 404


def test_names_of_fields_nobody_asked_for_change_nothing(client: Client) -> None:
    draft = begun(
        client, {**WHAT, "state": "published", "claimed_at": "2026-01-01", "record": "1", "user": "1"}
    )
    assert {"state", "claimed_at", "record", "user"}.isdisjoint(draft.typed["what"])


def test_a_hundred_rows_are_more_than_a_coalition_holds(client: Client) -> None:
    draft = begun(client)
    rows: dict[str, str] = {}
    for number in range(100):
        rows |= {f"parties-{number}-name": f"Nr. {number}", f"parties-{number}-role": "users"}
    response = client.post(at(draft, "who"), rows)
    page = read(client.get(response["Location"].split("#")[0]))
    assert "60" in page.by_id("error-summary").text


# The mail's link


def link_of(client: Client, draft: Draft, to: str = "anna@example.org") -> str:
    assert client.post(at(draft, "later"), {"email": to}).status_code == 302
    [mail] = delivered(to=to)[-1:]
    assert WHAT["name_da"] not in f"{mail.subject} {mail.body}", "anybody can name an address"
    return next(word for word in str(mail.body).split() if "/register/continue/" in word).partition("8000")[2]


def test_a_mail_opens_the_draft_on_another_machine(client: Client) -> None:
    draft = begun(client)
    path, other = link_of(client, draft), Client()
    assert other.get(path).status_code == 200
    assert other.get(at(draft, "what")).status_code == 404, "a program that reads the mail has opened nothing"
    assert key_in(other.post(path)["Location"]) == draft.key
    assert other.get(at(draft, "what")).status_code == 200


def test_the_link_gives_nobody_what_has_an_owner(client: Client, member: User) -> None:
    draft = begun(client)
    path, other = link_of(client, draft), Client()
    client.force_login(member)
    other.post(path)
    assert other.get(at(draft, "what")).status_code == 404


def test_a_link_that_is_old_or_cut_off_says_so(client: Client) -> None:
    draft = begun(client)
    path = link_of(client, draft)
    assert client.get(path[:-5] + "/").status_code == 410
    assert client.post("/register/continue/nonsense/").status_code == 410
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=31)):
        assert client.get(path).status_code == 410
    draft.delete()
    assert client.get(path).status_code == 410


def test_links_are_not_sent_without_end(client: Client) -> None:
    draft = begun(client)
    answers = [client.post(at(draft, "later"), {"email": f"a{n}@example.org"}).status_code for n in range(8)]
    assert answers[0] == 302
    assert answers[-1] == 429


def test_no_header_is_smuggled_into_the_mail(client: Client) -> None:
    draft = begun(client)
    assert client.post(at(draft, "later"), {"email": "a@example.org\nBcc: b@example.org"}).status_code == 200
    assert delivered() == []


# Tidying


def test_what_nobody_owns_is_removed_after_sixty_days(
    client: Client, as_member: Client, member: User
) -> None:
    old, new, owned = begun(client), begun(Client()), begun(as_member)
    long_ago = timezone.now() - dt.timedelta(days=61)
    Draft.objects.filter(pk__in=[old.pk, owned.pk]).update(updated_at=long_ago)
    tidy_drafts(timestamp=int(time.time()))
    assert set(Draft.objects.values_list("pk", flat=True)) == {new.pk, owned.pk}


def test_a_step_that_was_sent_is_read_only(as_member: Client, member: User) -> None:
    draft = whole(as_member)
    record = make.record("lab", state="submitted", created_by=member)
    Draft.objects.filter(pk=draft.pk).update(record=record)
    response = as_member.post(at(draft, "what"), {**WHAT, "name_da": "Bagefter"})
    assert response["Location"] == f"/account/entries/{record.public_id}/"
    draft.refresh_from_db()
    assert draft.typed["what"]["name_da"] == [WHAT["name_da"]]
