"""Writing the learning log of a trial: in a minute, live at once, never twice, and nothing is lost."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from curation.choices import Verb
from curation.models import Record
from labs.models import Learning, Trial
from tests import factories as make
from tests.keeping.forms import form_of, sends
from tests.pages import ListPage, read
from tests.people import browser, person

pytestmark = pytest.mark.usefixtures("empty")

PATH = "/en/trials/aftenlys/learned/"
SAID = {"learned_da": "Måtten vækkede naboen.", "changed": "method", "how": "Måtten er væk.", "on": "05.2026"}


@pytest.fixture
def keeper(db: None) -> User:
    return person("kim@byen.dk", name="Kim Keeper", language="en")


@pytest.fixture
def trial(empty: None, keeper: User) -> Trial:
    town = make.actor("Byen", type="municipality")
    make.membership(keeper, town)
    return make.trial(make.lab("Lys"), "Aftenlys", slug="aftenlys", owner=town)


def one(trial: Trial) -> Learning:
    return make.learning(trial, "Beboerne var sultne.", "need", on=dt.date(2026, 4, 1))


def test_it_is_written_in_a_minute_and_live_at_once(trial: Trial, keeper: User, client: Client) -> None:
    version = trial.record.version
    page = read(browser(keeper).get(PATH))
    assert page.by_id("f-on").attrs["value"] == f"{timezone.localdate():%B %Y}"
    response = sends(browser(keeper), PATH, **SAID)
    assert (response.status_code, response["Location"]) == (302, "/en/trials/aftenlys/#log")
    made = Learning.objects.get()
    assert (made.trial, made.learned_da, made.changed, made.how, made.on) == (
        trial, "Måtten vækkede naboen.", "method", "Måtten er væk.", dt.date(2026, 5, 1),
    )  # fmt: skip
    assert "Måtten vækkede naboen." in read(client.get("/en/trials/aftenlys/")).by_id("log").text
    assert ListPage.at(client, "/trials/", {"q": "naboen"}).names == ["Aftenlys"]
    record = Record.objects.get(pk=trial.pk)
    event = record.events.get()
    assert record.version == version + 1 == event.version
    assert (event.verb, event.by, event.organisation_id) == (Verb.EDITED, keeper, trial.owner_id)
    assert record.version > record.reviewed_version


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"learned_da": " "}, "Write what was learned."),
        ({"changed": ""}, "Say what it changed"),
        ({"changed": "everything"}, "everything"),
        ({"on": "01.2999"}, "That month lies ahead"),
        ({"on": ""}, "This field is required"),
    ],
    ids=["nothing", "no change", "no such change", "ahead", "no month"],
)
def test_what_is_wrong_is_told_and_kept(trial: Trial, keeper: User, wrong: dict[str, str], told: str) -> None:
    response = sends(browser(keeper), PATH, **SAID | wrong)
    page = read(response)
    assert told in page.by_id("error-summary").text
    assert "Måtten er væk." in page.by_id("f-how").text
    assert not Learning.objects.exists()


def test_sent_twice_it_stands_there_once(trial: Trial, keeper: User) -> None:
    member = browser(keeper)
    form = form_of(read(member.get(PATH))) | SAID
    assert member.post(PATH, form).status_code == 302
    again = member.post(PATH, form)
    assert again.status_code == 409
    page = read(again)
    assert "Somebody else has changed the entry" in page.by_id("overtaken").text
    assert page.by_id("f-learned_da").text == SAID["learned_da"]
    assert page.text.count("Måtten vækkede naboen.") > 1
    assert Learning.objects.count() == 1
    assert member.post(PATH, form_of(page)).status_code == 302
    assert Learning.objects.count() == 2


def test_an_entry_is_said_better(trial: Trial, keeper: User) -> None:
    learning = one(trial)
    path = f"{PATH}{learning.pk}/"
    page = read(browser(keeper).get(path))
    assert page.by_id("f-learned_da").text == "Beboerne var sultne."
    assert page.by_id("f-on").attrs["value"] == "April 2026"
    response = sends(browser(keeper), path, learned_da="Beboerne var sultne klokken tre.")
    assert (response.status_code, response["Location"]) == (
        302,
        f"/en/trials/aftenlys/#learned-{learning.pk}",
    )
    learning.refresh_from_db()
    assert (learning.learned_da, learning.changed) == ("Beboerne var sultne klokken tre.", "need")
    assert learning.on == dt.date(2026, 4, 1)


def test_who_comes_second_loses_nothing(trial: Trial, keeper: User) -> None:
    learning, member = one(trial), browser(keeper)
    path = f"{PATH}{learning.pk}/"
    form = form_of(read(member.get(path)))
    assert member.post(path, form | {"learned_da": "Først."}).status_code == 302
    second = member.post(path, form | {"learned_da": "Bagefter."})
    assert second.status_code == 409
    page = read(second)
    assert page.by_id("f-learned_da").text == "Bagefter."
    assert Learning.objects.get().learned_da == "Først."
    assert member.post(path, form_of(page)).status_code == 302
    assert Learning.objects.get().learned_da == "Bagefter."


def test_what_was_taken_back_meanwhile_can_be_written_anew(trial: Trial, keeper: User) -> None:
    learning, member = one(trial), browser(keeper)
    path = f"{PATH}{learning.pk}/"
    form = form_of(read(member.get(path))) | {"learned_da": "Mit bedre ord."}
    assert sends(member, f"{path}take-back/", reason="Forkert").status_code == 302
    response = member.post(path, form)
    assert response.status_code == 409
    page = read(response)
    assert page.all("form")[-1].attrs["action"] == PATH
    assert member.post(PATH, form_of(page)).status_code == 302
    assert Learning.objects.get().learned_da == "Mit bedre ord."
    assert member.get(path).status_code == 404
    assert member.post(f"{path}take-back/", {"reason": "Igen"}).status_code == 404


def test_taking_back_needs_a_reason(trial: Trial, keeper: User) -> None:
    learning, member = one(trial), browser(keeper)
    path = f"{PATH}{learning.pk}/take-back/"
    assert "Write why it is taken back." in read(sends(member, path)).by_id("error-summary").text
    assert Learning.objects.exists()
    assert member.post(path, {"reason": "Forkert", "version": "0"}).status_code == 409
    assert Learning.objects.exists()
    assert sends(member, path, reason="Forkert")["Location"] == "/en/trials/aftenlys/#log"
    assert not Learning.objects.exists()
    event = Record.objects.get(pk=trial.pk).events.get()
    assert (event.verb, event.by, event.reason) == (Verb.EDITED, keeper, "Forkert")


def test_the_log_of_another_trial_is_not_touched(trial: Trial, keeper: User) -> None:
    other = make.learning(make.trial(make.lab(), "Andres"))
    for path in (f"{PATH}{other.pk}/", f"{PATH}{other.pk}/take-back/"):
        assert browser(keeper).get(path).status_code == 404
        assert browser(keeper).post(path, SAID | {"reason": "x"}).status_code in (404, 409)
    other.refresh_from_db()
    assert other.learned_da == "Vi lærte noget nyt."
    assert Learning.objects.get() == other


def test_others_are_told_what_they_can_do_instead(trial: Trial) -> None:
    page = browser(person()).get(PATH)
    assert page.status_code == 403
    assert "/en/trials/aftenlys/suggest/" in read(page).links
    assert browser(person()).post(PATH, SAID).status_code == 403
    assert not Learning.objects.exists()


def test_there_is_no_log_of_what_is_not_public(keeper: User) -> None:
    owner = make.actor()
    make.trial(make.lab(), "Skjult", owner=owner, state="submitted")
    make.membership(keeper, owner)
    assert browser(keeper).get("/en/trials/skjult/learned/").status_code == 404
