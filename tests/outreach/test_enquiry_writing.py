"""Writing to those behind an entry: who gets what when, what is asked of programs, and where limits stand."""

import datetime as dt
import time
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from actors.models import Enquiry, EnquiryMessage
from curation.promises import answer_by
from keeping.guarding import SIGNER
from outreach.enquiries import forms, limits
from outreach.enquiries.clock import drop_unconfirmed
from tests import factories
from tests.keeping.forms import form_of
from tests.outreach.enquiring import (
    STRANGER,
    TYPED,
    WRITE,
    Cast,
    an_enquiry,
    cast,
    confirms,
    html_of,
    link_in,
    typed,
    writes,
)
from tests.pages import Reader, read
from tests.people import browser, person
from tests.post import delivered

pytestmark = pytest.mark.usefixtures("empty")


@pytest.fixture(autouse=True)
def _nobody_hurries(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests are faster than people, and begin with nothing counted."""
    monkeypatch.setattr(forms, "SOONEST", dt.timedelta(seconds=-1))
    caches["default"].clear()


@pytest.fixture
def town(empty: None) -> Cast:
    return cast()


# Who gets what


def test_a_stranger_confirms_and_only_then_it_is_sent(client: Client, town: Cast) -> None:
    answer = writes(client)
    assert answer["Location"] == f"{WRITE}written/"
    assert "3" in read(client.get(answer["Location"])).one("main").text
    made = Enquiry.objects.get()
    assert (made.state, made.sent_at, made.sender_email) == ("unconfirmed", None, STRANGER)
    assert delivered(town.owner.email) == []

    (mail,) = delivered(STRANGER)
    link = link_in(mail, "confirm")
    page = read(client.get(link))
    assert TYPED["project"] in page.text
    assert STRANGER not in page.text
    assert Enquiry.objects.get().state == "unconfirmed", "opening the link sends nothing"
    assert client.post(link).status_code == 302
    made = Enquiry.objects.get()
    assert (made.state, made.organisation) == ("sent", town.actor)
    assert made.answer_by == answer_by(timezone.localdate(), 10)
    (mail,) = delivered(town.owner.email)
    assert "> Vi vil vide, om sensorer giver ro om natten." in mail.body
    assert "Ida Forsker, Universitetet" in mail.body
    assert "> – Adgang til data" in mail.body or "> – Access to data" in mail.body
    assert client.post(link).status_code == 302
    assert len(delivered(town.owner.email)) == 1, "pressed twice it is sent once"


def test_the_mail_that_asks_holds_nothing_a_stranger_typed(client: Client, town: Cast) -> None:
    writes(client, name="Køb nu", organisation="https://reklame.example", project="Reklame")
    (mail,) = delivered(STRANGER)
    whole = f"{mail.subject} {mail.body}"
    assert not any(word in whole for word in ("Køb nu", "reklame.example", "Reklame"))


def test_a_member_writes_at_once_and_is_answered_at_the_account(town: Cast) -> None:
    rasmus = person("rasmus@universitet.example", name="Rasmus")
    university = factories.actor("Universitetet i Byen")
    factories.membership(rasmus, university)
    client = browser(rasmus)
    page = read(client.get(WRITE))
    assert "f-email" not in page
    assert page.by_id("f-name").attrs["value"] == "Rasmus"
    assert page.by_id("f-organisation").attrs["value"] == "Universitetet i Byen"
    answer = writes(client)
    made = Enquiry.objects.get()
    assert answer["Location"] == f"/account/enquiries/{made.pk}/"
    assert (made.state, made.sender, made.sender_email) == ("sent", rasmus, "")
    assert len(delivered(town.owner.email)) == 1
    assert delivered(rasmus.email) == []


def test_each_of_those_responsible_gets_it_in_their_own_language(client: Client, town: Cast) -> None:
    other = person("carl@byen.example", name="Carl", language="en")
    factories.membership(other, town.actor, "owner")
    an_enquiry(client)
    (danish,), (english,) = delivered(town.owner.email), delivered(other.email)
    assert "/en/enquiries/asked/" in english.body
    assert "/en/" not in link_in(danish, "asked")
    assert link_in(danish, "asked") != link_in(english, "asked").removeprefix("/en")


def test_of_what_nobody_looks_after_the_page_says_so_and_stewards_get_it(client: Client) -> None:
    town = cast(owner=None, claimed_at=None)
    lead = read(client.get(f"/en{WRITE}")).one("p", "sk-lead").text
    assert "Nobody looks after this entry yet" in lead
    an_enquiry(client)
    assert len(delivered(town.steward.email)) == 1
    assert delivered(town.owner.email) == []


def test_without_stewards_the_curators_get_it(client: Client) -> None:
    curator = person("connie@register.example", is_curator=True)
    factories.lab("Byens lab")
    an_enquiry(client)
    assert len(delivered(curator.email)) == 1


def test_the_page_names_the_organisation_and_nobody(client: Client, town: Cast) -> None:
    text = client.get(f"/en{WRITE}").text
    assert "at Byens Kommune" in text
    assert "within ten working days" in text
    assert not any(word in text for word in ("Olga", "olga@", "byen.example"))


def test_what_has_ended_is_not_written_to_and_says_who_goes_on(client: Client, town: Cast) -> None:
    heir = factories.lab("Arvingen")
    town.lab.end(on=timezone.localdate(), reason="", heir=heir.record)
    town.lab.save()
    factories.reindex(town.lab)
    page = read(client.get(WRITE))
    assert not page.one("main").all("form")
    assert {"/write/labs/arvingen/", "/write/actors/byens-kommune/"} <= set(page.links)
    assert client.post(WRITE, TYPED | {"email": STRANGER}).status_code == 409
    assert not Enquiry.objects.exists()


def test_what_ends_before_it_is_confirmed_is_not_sent(client: Client, town: Cast) -> None:
    writes(client)
    town.lab.end(on=timezone.localdate(), reason="")
    town.lab.save()
    factories.reindex(town.lab)
    assert confirms(client).status_code == 409
    assert Enquiry.objects.get().state == "unconfirmed"


@pytest.mark.parametrize("kind", ["actor", "mission", "need", "offer"])
def test_every_kind_of_entry_can_be_written_to(client: Client, kind: str) -> None:
    person("connie@register.example", is_curator=True)
    entry = getattr(factories, kind)("Noget")
    assert f"/write/{kind}s/noget/" in read(client.get(entry.get_absolute_url())).links
    an_enquiry_at = client.post(f"/write/{kind}s/noget/", typed(client, f"/write/{kind}s/noget/"))
    assert an_enquiry_at.status_code == 302
    assert Enquiry.objects.get().record == entry.record


@pytest.mark.parametrize("state", ["draft", "submitted", "withdrawn"])
def test_what_is_not_public_cannot_be_written_to(client: Client, state: str) -> None:
    factories.lab("Skjult", state=state)
    for path in ("/write/labs/skjult/", "/write/labs/skjult/written/"):
        assert client.get(path).status_code == 404
    assert client.post("/write/labs/skjult/", TYPED).status_code == 404


def test_what_it_is_about_is_ones_own_public_entry(client: Client, town: Cast) -> None:
    rasmus = person("rasmus@universitet.example")
    university = factories.actor("Universitetet")
    factories.membership(rasmus, university)
    mine, others = factories.need("Mit behov", owner=university), factories.need("Andres behov")
    for number, (need, about) in enumerate(((mine, mine.record), (others, None))):
        path = f"{WRITE}?about={need.record.public_id}"
        writes(browser(rasmus), path, project=f"Projekt {number}")
        assert Enquiry.objects.latest("pk").about == about
        assert (need.name in read(browser(rasmus).get(path)).one("main").text) is bool(about)
    writes(client, f"{WRITE}?about={mine.record.public_id}")
    assert Enquiry.objects.latest("pk").about is None


# What was typed


def test_nothing_typed_is_lost_and_each_problem_leads_to_its_field(client: Client, town: Cast) -> None:
    page = read(writes(client, asks=[], gets="", funding="", name="  ", email="ingen", organisation="Min"))
    links = page.by_id("error-summary").links
    assert {"#f-asks_0", "#f-gets", "#f-funding_0", "#f-name", "#f-email"} == set(links)
    kept = form_of(page)
    assert (kept["project"], kept["organisation"]) == (TYPED["project"], ["Min"])
    assert not Enquiry.objects.exists()


def test_something_else_is_told(client: Client, town: Cast) -> None:
    page = read(writes(client, asks=["other"], asks_more=""))
    assert page.by_id("error-summary").links == ["#f-asks_more"]


def test_programs_are_told_from_people_and_people_press_again(
    client: Client, town: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert writes(client, company_website="https://spam.example").status_code == 200
    assert writes(client, opened="forged").status_code == 200
    monkeypatch.setattr(forms, "SOONEST", dt.timedelta(seconds=3))
    page = read(writes(client))
    assert "error-summary" in page
    assert not Enquiry.objects.exists()
    monkeypatch.setattr(forms, "SOONEST", dt.timedelta(seconds=-1))
    again = form_of(page)
    assert again["project"] == TYPED["project"]
    assert client.post(WRITE, again).status_code == 302
    trap = read(client.get(WRITE)).one("div", "sk-trap")
    assert trap.attrs["aria-hidden"] == "true"
    assert trap.one("input").attrs["tabindex"] == "-1"


def test_a_page_that_stood_open_too_long_can_be_sent_again(
    client: Client, town: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    yesterday = time.time() - 24 * 3600 - 60
    with monkeypatch.context() as earlier:
        earlier.setattr(time, "time", lambda: yesterday)
        old = SIGNER.sign("page")
    page = read(writes(client, opened=old))
    assert "error-summary" in page
    assert form_of(page)["opened"] != [old]
    assert client.post(WRITE, form_of(page)).status_code == 302


def test_pressed_twice_it_is_written_once(client: Client, town: Cast) -> None:
    sent = typed(client)
    assert [client.post(WRITE, sent).status_code for _press in range(2)] == [302, 302]
    assert Enquiry.objects.count() == EnquiryMessage.objects.count() == len(delivered(STRANGER)) == 1


@pytest.mark.parametrize("field", ["name", "organisation", "when", "project", "email"])
def test_a_line_break_in_any_field_changes_no_header(client: Client, town: Cast, field: str) -> None:
    nasty = "x\r\nBcc: offer@example.org\r\n\r\nHej"
    value = f"ida@universitet.example{nasty[1:]}" if field == "email" else nasty
    answer = writes(client, **{field: value})
    if field == "email":
        assert answer.status_code == 200
        return
    confirms(client)
    for mail in delivered():
        message = mail.message()
        assert "Bcc" not in message
        assert "Reply-To" not in message
        assert mail.recipients() in ([STRANGER], [town.owner.email])
        head = message.as_bytes().replace(b"\r\n", b"\n").partition(b"\n\n")[0]
        assert b"offer@example.org" not in head
    enquiry = Enquiry.objects.get()
    assert "\n" not in enquiry.sender_name + enquiry.sender_organisation


def test_what_others_wrote_is_text_in_mails_and_on_pages(client: Client, town: Cast) -> None:
    nasty = (
        "<script>alert(1)</script> https://fup.example\nSvar her: https://fup.example/svar kig@fup.example"
    )
    an_enquiry(client, project=nasty, name="https://fup.example", organisation="www.fup.example")
    (mail,) = delivered(town.owner.email)
    html = html_of(mail)
    page = client.get(link_in(mail, "asked")).text
    for text in (html, page):
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert" in text
        assert "fup.example" not in "".join(Reader.read(text).links)
        assert "mailto:" not in text
    assert "\n> Svar her:" in mail.body
    assert html.count("<blockquote>") == 2


# Limits


def from_elsewhere(number: int) -> Client:
    return Client(REMOTE_ADDR=f"192.0.2.{number}")


def test_five_in_an_hour_reach_one_owner_and_the_sixth_is_told_when(town: Cast) -> None:
    other = factories.lab("Byens andet lab", owner=town.actor)
    for number in range(5):
        an_enquiry(from_elsewhere(number), email=f"a{number}@example.org")
    client = from_elsewhere(9)
    path = f"/write/labs/{other.record.slug}/"
    assert writes(client, path).status_code == 302
    link = link_in(delivered(STRANGER)[-1], "confirm")
    answer = client.post(link)
    assert answer.status_code == 429
    oldest = Enquiry.objects.sent().earliest("sent_at").sent_at
    assert oldest
    again = timezone.localtime(oldest + limits.HOUR)
    assert f"{again:%H}" in read(answer).by_id("overtaken").text
    assert len(delivered(town.owner.email)) == 5
    Enquiry.objects.sent().update(sent_at=timezone.now() - limits.HOUR)
    assert client.post(link).status_code == 302, "nothing was lost"
    assert len(delivered(town.owner.email)) == 6


def test_a_members_sixth_keeps_what_was_typed(town: Cast) -> None:
    for number in range(5):
        an_enquiry(from_elsewhere(number), email=f"a{number}@example.org")
    client = browser(person())
    answer = writes(client)
    assert answer.status_code == 429
    page = read(answer)
    assert form_of(page)["project"] == TYPED["project"]
    assert "Byens lab" in page.by_id("error-summary").text
    assert Enquiry.objects.count() == 5


def test_one_network_writes_five_in_an_hour_and_another_goes_on(client: Client, town: Cast) -> None:
    statuses = [writes(client, email=f"a{number}@example.org").status_code for number in range(6)]
    assert statuses == [302] * 5 + [429]
    assert Enquiry.objects.count() == 5
    assert writes(from_elsewhere(1)).status_code == 302


def test_one_address_writes_ten_in_a_day_from_wherever(town: Cast) -> None:
    statuses = [
        writes(from_elsewhere(number), project=f"Projekt {number}", email=email).status_code
        for number in range(11)
        for email in [STRANGER.upper() if number % 2 else STRANGER]
    ]
    assert statuses == [302] * 10 + [429]
    Enquiry.objects.update(made_at=timezone.now() - limits.DAY)
    assert writes(from_elsewhere(12)).status_code == 302


def test_all_together_write_as_many_as_the_operator_says(town: Cast, settings: Settings) -> None:
    settings.ENQUIRIES_PER_HOUR = 2
    statuses = [
        writes(from_elsewhere(number), email=f"a{number}@example.org").status_code for number in range(3)
    ]
    assert statuses == [302, 302, 429]


def test_what_is_refused_is_not_counted(client: Client, town: Cast, settings: Settings) -> None:
    settings.ENQUIRIES_PER_HOUR = 0
    assert [writes(client).status_code for _press in range(6)] == [429] * 6
    settings.ENQUIRIES_PER_HOUR = 200
    assert writes(client).status_code == 302


# Links that do nothing any more


def test_what_nobody_confirms_is_deleted_after_three_days(client: Client, town: Cast) -> None:
    sent = an_enquiry(client, project="Sendt")
    writes(client)
    link = link_in(delivered(STRANGER)[-1], "confirm")
    assert drop_unconfirmed() == 0
    Enquiry.objects.update(made_at=timezone.now() - dt.timedelta(days=3, minutes=1))
    assert drop_unconfirmed() == 1
    assert list(Enquiry.objects.all()) == [sent]
    answer = client.get(link)
    assert answer.status_code == 410
    assert "3" in read(answer).one("main").text


def test_a_link_is_no_other_link(client: Client, town: Cast) -> None:
    an_enquiry(client)
    confirm, asked = (
        link_in(delivered(STRANGER)[0], "confirm"),
        link_in(delivered(town.owner.email)[0], "asked"),
    )
    token = confirm.split("/")[3]
    for path in (f"/enquiries/asked/{token}/", f"/enquiries/yours/{token}/", f"/enquiries/confirm/{token}x/"):
        assert client.get(path).status_code == 404
    answer = client.get(asked)
    assert answer["Referrer-Policy"] == "strict-origin"
    assert "noindex" in answer["X-Robots-Tag"]


def test_the_form_costs_the_same_for_every_entry(
    client: Client, town: Cast, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(16):
        client.get(WRITE)
