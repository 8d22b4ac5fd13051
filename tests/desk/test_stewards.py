"""Who looks after what: given, handed over, ended."""

import threading

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from curation import stewards
from curation.actions import Overtaken
from curation.models import Stewardship
from mail.models import Message
from places.models import Place
from tests import factories, people
from tests.pages import read
from tests.people import browser
from tests.post import delivered

pytestmark = pytest.mark.usefixtures("empty")


@pytest.fixture
def curator() -> User:
    return people.person("curator@example.org", is_curator=True)


@pytest.fixture
def desk(curator: User) -> Client:
    return browser(curator)


@pytest.fixture
def sten() -> User:
    return people.person("sten@aarhus.dk", name="Sten Steward")


@pytest.fixture
def town() -> Place:
    return factories.place("Aarhus")


def test_a_curator_gives_a_place_and_the_steward_hears_of_it(
    desk: Client, curator: User, sten: User, town: Place
) -> None:
    said = {"email": "STEN@aarhus.dk", "scope": f"place-{town.pk}"}
    assert desk.post("/desk/stewards/", said).status_code == 302
    held = Stewardship.objects.get()
    assert (held.user, held.place, held.given_by, held.until) == (sten, town, curator, None)
    [mail] = delivered(to="sten@aarhus.dk")
    assert "Aarhus" in mail.subject
    assert "/desk/" in mail.body
    assert browser(sten).get("/desk/").status_code == 200
    again = desk.post("/desk/stewards/", said)
    assert again.status_code == 422
    assert read(again).by_id("id_email_error")
    assert Stewardship.objects.count() == 1


def test_a_theme_is_given_as_well(desk: Client, sten: User) -> None:
    theme = factories.theme("Demens")
    desk.post("/desk/stewards/", {"email": sten.email, "scope": f"theme-{theme.pk}"})
    assert Stewardship.objects.get().theme == theme


@pytest.mark.parametrize(
    ("said", "field"),
    [({"email": "nobody@example.org"}, "email"), ({"scope": "place-0"}, "scope"), ({"scope": "x"}, "scope")],
)
def test_what_cannot_be_given_is_told_beside_its_field(
    desk: Client, sten: User, town: Place, said: dict[str, str], field: str
) -> None:
    response = desk.post("/desk/stewards/", {"email": sten.email, "scope": f"place-{town.pk}"} | said)
    assert response.status_code == 422
    assert read(response).by_id(f"id_{field}_error")
    assert not Stewardship.objects.exists()


def test_only_curators_give(sten: User, town: Place) -> None:
    factories.stewardship(sten, town)
    client = browser(sten)
    assert "id_email" not in read(client.get("/desk/stewards/"))
    assert client.post("/desk/stewards/", {"email": sten.email, "scope": "x"}).status_code == 403


def test_who_stands_alone_is_told(desk: Client, sten: User, town: Place) -> None:
    factories.stewardship(sten, town)
    assert read(desk.get("/desk/stewards/")).all("p", "sk-gapnote")
    factories.stewardship(people.person(), town)
    assert not read(desk.get("/desk/stewards/")).all("p", "sk-gapnote")


def test_a_steward_hands_over_and_both_rows_tell_of_it(sten: User, town: Place) -> None:
    heir = people.person("heidi@aarhus.dk")
    held = factories.stewardship(sten, town)
    response = browser(sten).post(f"/desk/stewards/{held.pk}/end/", {"heir": heir.email})
    assert response["Location"] == "/account/"
    held.refresh_from_db()
    assert held.until
    assert held.handed_to
    assert (held.handed_to.user, held.handed_to.place, held.handed_to.until) == (heir, town, None)
    assert len(delivered(to=heir.email)) == 1
    assert browser(sten).get("/desk/").status_code == 403


def test_ending_the_last_one_is_warned_of_and_done(desk: Client, sten: User, town: Place) -> None:
    held = factories.stewardship(sten, town)
    assert "0" in read(desk.get(f"/desk/stewards/{held.pk}/end/")).one("p", "sk-lead").text
    assert desk.post(f"/desk/stewards/{held.pk}/end/", {"heir": ""})["Location"] == "/desk/stewards/"
    held.refresh_from_db()
    assert (bool(held.until), held.handed_to) == (True, None)
    assert desk.post(f"/desk/stewards/{held.pk}/end/", {"heir": ""}).status_code == 404


def test_another_stewards_is_not_theirs_to_end(sten: User, town: Place) -> None:
    factories.stewardship(sten, town)
    other = factories.stewardship(people.person(), town)
    assert browser(sten).post(f"/desk/stewards/{other.pk}/end/", {"heir": ""}).status_code == 403
    other.refresh_from_db()
    assert other.until is None


def test_what_is_not_public_is_named_to_those_alone_who_look_after_it(
    desk: Client, sten: User, town: Place
) -> None:
    hidden = factories.lab("Hemmeligt lab", state="submitted", places=[town]).record
    factories.stewardship(people.person(), hidden)
    factories.stewardship(sten, factories.place("Odense"))
    assert "Hemmeligt lab" not in browser(sten).get("/desk/stewards/").text
    assert "Hemmeligt lab" in desk.get("/desk/stewards/").text
    factories.stewardship(sten, town)
    assert "Hemmeligt lab" in browser(sten).get("/desk/stewards/").text


def test_nobody_hands_over_to_themselves(sten: User, town: Place) -> None:
    held = factories.stewardship(sten, town)
    response = browser(sten).post(f"/desk/stewards/{held.pk}/end/", {"heir": sten.email.upper()})
    assert read(response).by_id("id_heir_error")
    held.refresh_from_db()
    assert held.until is None
    assert not Message.objects.exists()


def test_handing_over_to_nobody_leaves_it_as_it_was(sten: User, town: Place) -> None:
    held = factories.stewardship(sten, town)
    response = browser(sten).post(f"/desk/stewards/{held.pk}/end/", {"heir": "nobody@example.org"})
    assert read(response).by_id("id_heir_error")
    held.refresh_from_db()
    assert held.until is None


@pytest.mark.django_db(transaction=True)
def test_handed_over_twice_at_once_there_is_one_heir(sten: User, town: Place) -> None:
    held = factories.stewardship(sten, town)
    heirs = [people.person() for _number in range(2)]
    gate, overtaken = threading.Barrier(2), []

    def hand_over(heir: User) -> None:
        gate.wait(10)
        try:
            stewards.hand_over(Stewardship.objects.get(pk=held.pk), heir, by=sten)
        except Overtaken:
            overtaken.append(heir)
        finally:
            connection.close()

    threads = [threading.Thread(target=hand_over, args=(heir,)) for heir in heirs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(overtaken) == 1
    assert Stewardship.objects.filter(until=None).count() == 1
    assert Message.objects.count() == 1
