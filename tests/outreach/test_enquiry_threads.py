"""Answering an enquiry from the mail or on site: who may, what both sides see, where it ends."""

import datetime as dt

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from accounts.models import User
from actors.models import Enquiry, EnquiryMessage
from outreach.enquiries import forms
from tests import factories
from tests.outreach.enquiring import (
    STRANGER,
    TYPED,
    Cast,
    an_enquiry,
    answers,
    cast,
    form_with_text,
    link_in,
    writes,
)
from tests.pages import read
from tests.people import browser, person
from tests.post import delivered
from tests.statements import statements

pytestmark = pytest.mark.usefixtures("empty")


@pytest.fixture(autouse=True)
def _nobody_hurries(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests are faster than people, and begin with nothing counted."""
    monkeypatch.setattr(forms, "SOONEST", dt.timedelta(seconds=-1))
    caches["default"].clear()


@pytest.fixture
def town(empty: None) -> Cast:
    return cast()


@pytest.fixture
def asked(client: Client, town: Cast) -> str:
    """The link to an enquiry in the mail to the owner."""
    an_enquiry(client)
    return link_in(delivered(town.owner.email)[-1], "asked")


def texts() -> list[tuple[bool, str]]:
    return list(EnquiryMessage.objects.order_by("pk").values_list("by_owner", "text"))[1:]


# Answering


def test_the_owner_answers_from_the_mail_and_the_sender_writes_back(
    client: Client, town: Cast, asked: str
) -> None:
    page = read(client.get(asked))
    assert TYPED["project"] in page.text
    assert answers(client, asked, "Det vil vi gerne.\nRing ikke.").status_code == 302
    enquiry = Enquiry.objects.get()
    assert (enquiry.state, enquiry.answered_at is not None) == ("answered", True)
    assert EnquiryMessage.objects.latest("pk").by == town.owner
    mail = delivered(STRANGER)[-1]
    assert "> Det vil vi gerne.\n> Ring ikke." in mail.body

    yours = link_in(mail, "yours")
    page = read(client.get(yours))
    assert "Det vil vi gerne." in page.text
    assert "Olga" not in page.text
    assert answers(client, yours, "Tak! Hvornår?").status_code == 302
    assert "> Tak! Hvornår?" in delivered(town.owner.email)[-1].body
    assert texts() == [(True, "Det vil vi gerne.\nRing ikke."), (False, "Tak! Hvornår?")]


def test_before_an_answer_the_sender_writes_no_more(client: Client, town: Cast, asked: str) -> None:
    client.post(link_in(delivered(STRANGER)[0], "confirm"))
    yours = client.get(link_in(delivered(STRANGER)[0], "confirm"))["Location"]
    assert not read(client.get(yours)).all("textarea")
    assert client.post(yours, {"text": "Hallo?", "version": "1"}).status_code == 409
    assert texts() == []


def test_the_sender_writes_three_in_a_row_at_most(client: Client, asked: str) -> None:
    answers(client, asked, "Ja.")
    yours = link_in(delivered(STRANGER)[-1], "yours")
    for number in range(3):
        assert answers(client, yours, f"Nummer {number}").status_code == 302
    assert not read(client.get(yours)).all("textarea")
    last = EnquiryMessage.objects.latest("pk").pk
    assert client.post(yours, {"text": "Nummer 4", "version": str(last)}).status_code == 409
    assert len(texts()) == 4


def test_a_thread_is_bounded(client: Client, asked: str) -> None:
    enquiry = Enquiry.objects.get()
    EnquiryMessage.objects.bulk_create(
        EnquiryMessage(enquiry=enquiry, by_owner=True, text=f"Nummer {number}") for number in range(19)
    )
    assert not read(client.get(asked)).all("textarea")
    assert client.post(asked, {"text": "En mere", "version": "1"}).status_code == 409
    assert len(texts()) == 19


def test_sent_twice_it_is_answered_once(client: Client, asked: str) -> None:
    sent = form_with_text(client, asked) | {"text": "Ja."}
    assert [client.post(asked, sent).status_code for _press in range(2)] == [302, 302]
    assert texts() == [(True, "Ja.")]
    assert len(delivered(STRANGER)) == 2


def test_of_two_who_answer_at_once_both_see_the_other(client: Client, town: Cast, asked: str) -> None:
    carl = person("carl@byen.example", name="Carl")
    factories.membership(carl, town.actor)
    path = f"/account/enquiries/{Enquiry.objects.get().pk}/"
    late = form_with_text(browser(carl), path)
    answers(client, asked, "Ja, gerne.")
    answer = browser(carl).post(path, late | {"text": "Nej tak."})
    assert answer.status_code == 409
    page = read(answer)
    assert "Ja, gerne." in page.text
    assert "Olga" in page.one("main").text
    assert "Nej tak." in page.one("textarea").text
    assert texts() == [(True, "Ja, gerne.")]
    again = {"text": "Jeg er enig.", "version": page.all("input", name="version")[0].attrs["value"]}
    assert browser(carl).post(path, again).status_code == 302
    assert "Jeg er enig." in read(client.get(asked)).text


def test_nothing_typed_is_told_beside_the_field(client: Client, asked: str) -> None:
    assert read(answers(client, asked, " ")).by_id("error-summary").links == ["#f-text"]
    assert texts() == []


def test_it_is_not_for_us(client: Client, asked: str) -> None:
    page = read(client.get(f"{asked}no/"))
    assert "Ida Forsker" in page.one("p", "sk-lead").text
    assert read(client.post(f"{asked}no/", {"reason": ""})).by_id("error-summary").links == ["#f-reason"]
    assert client.post(f"{asked}no/", {"reason": "Prøv nabobyen."}).status_code == 302
    enquiry = Enquiry.objects.get()
    assert (enquiry.state, enquiry.asked_at) == ("closed", None)
    assert enquiry.answered_at
    assert enquiry.closed_at
    assert "> Prøv nabobyen." in delivered(STRANGER)[-1].body
    assert not read(client.get(asked)).all("textarea")
    assert client.post(f"{asked}no/", {"reason": "Igen"}).status_code == 409
    assert len(texts()) == 1


# What came of it


def test_both_say_what_came_of_it_and_may_change_it(client: Client, asked: str) -> None:
    answers(client, asked, "Ja.")
    yours = link_in(delivered(STRANGER)[-1], "yours")
    page = read(client.get(f"{asked}came/?came=project"))
    (chosen,) = [node for node in page.all("input", type="radio") if "checked" in node.attrs]
    assert chosen.attrs["value"] == "project"
    assert not Enquiry.objects.get().owner_says, "a link changes nothing"
    assert client.post(f"{asked}came/", {"came": "project"}).status_code == 302
    assert Enquiry.objects.get().state == "answered"
    assert client.post(f"{yours}came/", {"came": "meeting"}).status_code == 302
    enquiry = Enquiry.objects.get()
    assert (enquiry.owner_says, enquiry.sender_says, enquiry.state) == ("project", "meeting", "closed")
    closed = enquiry.closed_at
    assert client.post(f"{yours}came/", {"came": "project"}).status_code == 302
    enquiry = Enquiry.objects.get()
    assert (enquiry.sender_says, enquiry.closed_at) == ("project", closed)
    assert client.post(f"{yours}came/", {"came": "wedding"}).status_code == 200
    assert client.get(f"{yours}came/?came=wedding").status_code == 200


# Who may


def status_of(user: User, enquiry: Enquiry) -> int:
    return browser(user).get(f"/account/enquiries/{enquiry.pk}/").status_code


def test_who_may_read_it(client: Client, town: Cast) -> None:
    rasmus, colleague = person("rasmus@universitet.example"), person("else@universitet.example")
    writes(browser(rasmus))
    enquiry, curator = Enquiry.objects.get(), person(is_curator=True)
    editor = person("carl@byen.example")
    factories.membership(editor, town.actor)
    allowed = [status_of(user, enquiry) for user in (rasmus, town.owner, editor)]
    refused = [status_of(user, enquiry) for user in (colleague, town.steward, curator)]
    assert (allowed, refused) == ([200] * 3, [404] * 3)
    Enquiry.objects.update(answer_by=timezone.localdate() - dt.timedelta(days=1))
    late = [status_of(user, enquiry) for user in (colleague, town.steward, curator)]
    assert late == [404, 200, 200], "stewards and curators read what was not answered in time"


def test_rights_are_those_of_this_moment(client: Client, town: Cast, asked: str) -> None:
    town.owner.memberships.update(until=timezone.now())
    assert client.get(asked).status_code == 403
    assert client.post(asked, {"text": "Ja.", "version": "1"}).status_code == 403
    assert status_of(town.owner, Enquiry.objects.get()) == 404
    assert texts() == []


def test_a_mailbox_answers_by_its_link_alone(client: Client) -> None:
    lab = factories.lab("Byens lab", contact_email="lab@byen.example")
    an_enquiry(client)
    asked = link_in(delivered("lab@byen.example")[-1], "asked")
    assert answers(client, asked, "Ja.").status_code == 302
    assert texts() == [(True, "Ja.")]
    lab.record.contact_email = "ny@byen.example"
    lab.record.save()
    assert client.get(asked).status_code == 403


def test_an_unconfirmed_one_exists_for_nobody(client: Client, town: Cast) -> None:
    writes(client)
    assert status_of(town.owner, Enquiry.objects.get()) == 404
    assert "Ida" not in browser(town.owner).get("/account/enquiries/").text


def test_a_steward_passes_on_what_nobody_looked_after(client: Client) -> None:
    town = cast(owner=None, claimed_at=None)
    an_enquiry(client)
    asked = link_in(delivered(town.steward.email)[-1], "asked")
    enquiry, mine = Enquiry.objects.get(), browser(town.steward)
    assert client.get(asked).status_code == 200
    path = f"/account/enquiries/{enquiry.pk}/"
    assert f"{path}pass-on/" not in mine.get(path).text
    assert mine.post(f"{path}pass-on/").status_code == 302
    assert delivered(town.owner.email) == []
    town.lab.owner = town.actor
    town.lab.save()
    assert f"{path}pass-on/" in mine.get(path).text
    assert mine.post(f"{path}pass-on/").status_code == 302
    (mail,) = delivered(town.owner.email)
    assert answers(client, link_in(mail, "asked"), "Ja.").status_code == 302
    assert mine.post(f"{path}pass-on/").status_code == 409


# One's own page, the list, the desk


def test_the_list_shows_what_waits_what_one_sent_and_what_is_answered(client: Client, town: Cast) -> None:
    first = an_enquiry(client)
    an_enquiry(client, project="Et andet")
    answers(browser(town.owner), f"/account/enquiries/{first.pk}/", "Ja.")
    others = factories.lab("Andres lab", owner=factories.actor("En anden"), contact_email="a@b.example")
    writes(browser(town.owner), f"/write/labs/{others.record.slug}/")
    page = read(browser(town.owner).get("/account/enquiries/"))
    titles = [[node.text for node in section.all("h3")] for section in page.one("main").all("section")]
    assert [len(found) for found in titles] == [1, 1, 1]
    assert "Andres lab" in titles[1][0]
    home = read(browser(town.owner).get("/account/"))
    assert home.links.count("/account/enquiries/") == 2


def test_the_list_asks_as_much_for_three_as_for_one(client: Client, town: Cast) -> None:
    counts = []
    for number in (1, 2):
        for project in range(number):
            an_enquiry(client, project=f"Projekt {number} {project}")
        counts.append(len(statements(browser(town.owner), "/account/enquiries/")))
    assert counts[0] == counts[1]


def test_the_desk_lists_what_is_late_or_has_nobody(client: Client, town: Cast) -> None:
    an_enquiry(client)
    desk = browser(person(is_curator=True))
    assert not read(desk.get("/desk/enquiries/")).all("li", "sk-q")
    Enquiry.objects.update(answer_by=timezone.localdate() - dt.timedelta(days=1))
    (row,) = read(desk.get("/desk/enquiries/")).all("li", "sk-q")
    assert row.links == [f"/account/enquiries/{Enquiry.objects.get().pk}/"]
    assert row.all("span", "sk-q__w--late")
    assert "Ida" not in row.text
    factories.lab("Herreløst lab")
    writes(client, "/write/labs/herreloest-lab/")
    client.post(link_in(delivered(STRANGER)[-1], "confirm"))
    assert len(read(desk.get("/desk/enquiries/")).all("li", "sk-q")) == 2
