"""A steward's own page: going away with somebody who stands in, single entries, handing over all at once."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from curation.choices import State
from curation.models import Absence, Record, RecordEvent, Stewardship
from labs.models import Lab
from places.models import Place
from tests import factories
from tests.pages import read
from tests.people import browser, person
from tests.post import delivered

pytestmark = pytest.mark.usefixtures("empty")


def town(name: str) -> Place:
    return Place.objects.filter(name_da=name).first() or factories.place(name)


@pytest.fixture
def sten() -> User:
    user = person("sten@aarhus.dk", name="Sten Steward")
    factories.stewardship(user, town("Aarhus"))
    return user


@pytest.fixture
def vera() -> User:
    user = person("vera@odense.dk", name="Vera Vikar")
    factories.stewardship(user, town("Odense"))
    return user


@pytest.fixture
def curator() -> User:
    return person("curator@example.org", is_curator=True)


@pytest.fixture
def lab() -> Lab:
    """It waits in Aarhus."""
    return factories.lab("Nærlab", state=State.SUBMITTED, places=[town("Aarhus")], created_by=person())


def days(since: int, until: int) -> dict[str, str]:
    today = timezone.localdate()
    first, last = (today + dt.timedelta(days=number) for number in (since, until))
    return {"since": first.strftime("%d.%m.%Y"), "until": last.isoformat()}


def page(client: Client, path: str) -> str:
    return " ".join(read(client.get(path)).one("main").text.split())


def test_a_steward_goes_away_and_the_other_answers_meanwhile(sten: User, vera: User, lab: Lab) -> None:
    theirs, others = browser(sten), browser(vera)
    case = f"/desk/new/{lab.record.public_id}/"
    assert others.get(case).status_code == 404
    said = days(0, 7) | {"cover": str(vera.pk)}
    assert theirs.post(f"/en/desk/stewards/person/{sten.pk}/away/", said).status_code == 302
    absence = Absence.objects.get()
    assert (absence.user, absence.cover) == (sten, vera)
    until = timezone.localdate() + dt.timedelta(days=7)
    assert absence.until == until

    shown = f"away up to and with {until.day} {until:%B %Y}"
    assert f"You are {shown}. Vera Vikar stands in" in page(theirs, f"/en/desk/stewards/person/{sten.pk}/")
    assert f"{shown}, Vera Vikar stands in" in page(others, "/en/desk/stewards/")
    assert "Nærlab" in page(others, "/en/desk/")
    assert others.post(case, {"version": "1", "decision": "publish"}).status_code == 302
    lab.record.refresh_from_db()
    assert (lab.record.state, lab.record.decided_by) == (State.PUBLISHED, vera)

    back = theirs.post(f"/desk/away/{absence.pk}/back/")
    assert back["Location"] == f"/desk/stewards/person/{sten.pk}/"
    assert "Nobody" not in page(theirs, f"/en/desk/stewards/person/{sten.pk}/")
    again = factories.lab("Fjernlab", state=State.SUBMITTED, places=[town("Aarhus")])
    assert "Fjernlab" not in page(others, "/en/desk/")
    assert "Fjernlab" in page(theirs, "/en/desk/")
    assert others.get(f"/desk/new/{again.record.public_id}/").status_code == 404
    assert theirs.post(f"/desk/away/{absence.pk}/back/").status_code == 409


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"until": "1.1.2020"}, "until"),
        ({"since": "1.1.2020"}, "since"),
        ({"since": "soon"}, "since"),
        ({"until": ""}, "until"),
        ({"until": "31.12.2999"}, "until"),
        ({"cover": "0"}, "cover"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(sten: User, said: dict[str, str], field: str) -> None:
    response = browser(sten).post(f"/desk/stewards/person/{sten.pk}/away/", days(1, 2) | said)
    assert response.status_code == 422
    assert read(response).by_id(f"id_{field}_error")
    assert not Absence.objects.exists()


def test_days_that_are_taken_are_told_beside_their_field(sten: User, vera: User) -> None:
    factories.absence(sten, vera)
    factories.absence(vera, since=20, until=30)
    path = f"/desk/stewards/person/{sten.pk}/away/"
    assert read(browser(sten).post(path, days(7, 9))).by_id("id_since_error")
    cover = {"cover": str(vera.pk)}
    assert read(browser(sten).post(path, days(30, 31) | cover)).by_id("id_cover_error")
    assert Absence.objects.count() == 2


def test_an_absence_is_changed_and_who_stands_in_may_decline(sten: User, vera: User, curator: User) -> None:
    absence = factories.absence(sten, vera, since=-3)
    form = read(browser(curator).get(f"/desk/away/{absence.pk}/"))
    assert form.by_id("id_since").attrs["value"] == f"{absence.since:%d.%m.%Y}"
    said = {"since": absence.since.isoformat(), "until": absence.until.isoformat(), "cover": curator.pk}
    assert browser(curator).post(f"/desk/away/{absence.pk}/", said).status_code == 302
    absence.refresh_from_db()
    assert absence.cover == curator
    assert browser(vera).post(f"/desk/away/{absence.pk}/cannot/").status_code == 403
    assert "Sten Steward" in page(browser(curator), f"/desk/stewards/person/{curator.pk}/")
    assert browser(curator).post(f"/desk/away/{absence.pk}/cannot/").status_code == 302
    absence.refresh_from_db()
    assert absence.cover is None
    assert "nobody stands in: the curators look after it" in page(browser(curator), "/en/desk/stewards/")


def test_one_entry_is_found_given_and_named(sten: User, curator: User) -> None:
    record = factories.lab("Lyslab", places=[town("Aarhus")]).record
    factories.reindex(record.lab)
    desk = browser(curator)
    path = f"/en/desk/stewards/entry/{record.public_id}/"
    found = read(desk.get("/en/desk/stewards/?q=lyslab"))
    assert path in [link.attrs["href"] for link in found.all("a")]
    other = person("emil@example.org", name="Emil Ene")
    assert desk.post(path, {"email": "Emil@example.org"}).status_code == 302
    held = Stewardship.objects.get(user=other)
    assert (held.record, held.given_by) == (record, curator)
    assert RecordEvent.objects.get(verb="steward_given").record == record
    [mail] = delivered(to=other.email)
    assert "Lyslab" in mail.subject
    assert desk.post(path, {"email": other.email}).status_code == 422
    assert desk.post(path, {"email": "nobody@example.org"}).status_code == 422
    factories.absence(other, sten)
    assert "Emil Ene" in page(desk, path)
    assert "Lyslab" in page(browser(sten), "/en/desk/stewards/")
    own = page(browser(other), f"/en/account/entries/{record.public_id}/")
    assert "Emil Ene away up to and with" in own
    assert "Sten Steward stands in" in own
    response = browser(other).post(f"/desk/stewards/{held.pk}/end/", {"heir": sten.email})
    assert response.status_code == 302
    assert Stewardship.objects.running().get(record=record).user == sten
    assert browser(other).get(path).status_code == 403  # who looks after nothing has no desk


def test_a_curator_opens_no_page_of_a_reader(curator: User, sten: User) -> None:
    reader = person("reader@example.org", name="Rikke Reader")
    for path in ("", "away/", "hand-over/"):
        assert browser(curator).get(f"/desk/stewards/person/{reader.pk}/{path}").status_code == 404
        assert browser(curator).get(f"/desk/stewards/person/{sten.pk}/{path}").status_code == 200


def test_nothing_of_it_is_public(sten: User, vera: User) -> None:
    """Neither who looks after an entry nor that they are away stands on any page of a reader."""
    lab = factories.lab("Nærlab", places=[town("Aarhus")])
    factories.stewardship(sten, lab.record)
    factories.absence(sten, vera)
    reader = Client()
    for path in (lab.get_absolute_url(), f"{lab.get_absolute_url()}history/", "/places/", "/labs/"):
        text = reader.get(path, follow=True).content.decode()
        assert "Nærlab" in text or path == "/places/"
        assert "Sten" not in text, path
        assert "Vera" not in text, path


def test_all_is_handed_over_in_one_mail(sten: User, vera: User, curator: User) -> None:
    record = factories.record()
    factories.stewardship(sten, record)
    factories.stewardship(sten, town("Odense"))  # Vera looks after it already
    path = f"/desk/stewards/person/{sten.pk}/hand-over/"
    assert read(browser(sten).post(path, {"heir": sten.email})).by_id("id_heir_error")
    assert browser(sten).post(path, {"heir": vera.email})["Location"] == "/account/"
    [mail] = delivered()
    assert mail.to == [vera.email]
    for scope in ("Aarhus", "Odense", str(record)):
        assert f"- {scope}" in mail.body
    assert not Stewardship.objects.running().filter(user=sten).exists()
    assert Stewardship.objects.running().filter(user=vera).count() == 3
    assert {row.handed_to.user for row in Stewardship.objects.filter(user=sten) if row.handed_to} == {vera}
    assert browser(curator).post(path, {"heir": vera.email}).status_code == 422  # nothing is left


def test_the_page_of_an_entry_says_what_would_make_it_better(curator: User) -> None:
    lab = factories.lab("Nærlab", summary_da="Kort", places=[factories.place()], themes=[factories.theme()])
    Record.objects.filter(pk=lab.pk).update(source="https://lab.dk/")
    factories.reindex(lab)
    for path in (f"/en/account/entries/{lab.record.public_id}/", f"/en{lab.get_absolute_url()}edit/"):
        links = {link.attrs["href"]: link.text for link in read(browser(curator).get(path)).all("a")}
        section = f"/en{lab.get_absolute_url()}edit/what/"
        assert links[f"{section}#f-summary_en"] == "What it is in short, in English", path
        assert links[f"/en{lab.get_absolute_url()}claim/"] == "Somebody who looks after it"
    form = read(browser(curator).get(f"/en{lab.get_absolute_url()}edit/what/"))
    for field in ("summary_en", "contact_email", "places", "description_da"):
        assert form.by_id(f"f-{field}"), field
