"""Every change is told: when, who, what, field by field; to strangers from the first publication on."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from actors.models import Actor
from curation.choices import Kind, Verb
from curation.models import EntryTheme, Record, RecordEvent
from curation.ties import AT_SEAT
from keeping.editing import Change
from keeping.history import changes_of, changes_since, difference_since
from keeping.history.events import MODELS
from keeping.history.words import FURTHER_FIELDS, PUBLIC_FIELDS, labels_of
from keeping.sections import section_to_edit
from labs.models import Lab
from tests import factories
from tests.pages import read

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty")]


def person(email: str, **said: Any) -> User:
    return User.objects.create_user(email, "correct horse battery", **said)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def change(entry: Any, by: User, slug: str = "what", **words: list[str]) -> None:
    """What the page of a section does."""
    fresh = type(entry).objects.select_related("record").get(pk=entry.pk)
    asked = section_to_edit(fresh.kind, slug)
    section = asked(asked.typed(fresh) | words, entry=fresh, by=by)
    making = Change(fresh, by=by)
    assert making.fits(section), section.errors
    making.save(version=fresh.record.version)


def texts(difference: Any) -> tuple[str, str, str]:
    return (
        difference.name,
        "".join(part.text for part in difference.before),
        "".join(part.text for part in difference.after),
    )


def ways_back(client: Client, entry: Any) -> list[str]:
    """Where the history offers to set back, the latest change first."""
    page = read(client.get(f"/{entry.kind}s/{entry.record.slug}/history/"))
    return [link for link in page.links if "revert" in link]


def publish(entry: Any, by: User, reason: str = "") -> None:
    """What the desk does, a moment after what was typed."""
    Record.objects.filter(pk=entry.pk).update(state="published", published_at=timezone.now())
    entry.record.refresh_from_db()
    RecordEvent.objects.create(record=entry.record, verb=Verb.PUBLISHED, by=by, version=1, reason=reason)


@pytest.fixture
def owner() -> User:
    return person("owner@kommune.example", name="Olga Owner")


@pytest.fixture
def town() -> Actor:
    return factories.actor("Byens Kommune", type="municipality", side="pull")


@pytest.fixture
def lab(town: Actor, owner: User) -> Lab:
    factories.membership(owner, town, "owner")
    place = factories.place("Byen", code="0101", latitude=55.7, longitude=12.5)
    made: Lab = factories.lab(
        "Byens lab", owner=town, summary_da="Vi prøver ting af.", themes=[factories.theme("Energi")],
        places=[place], latitude=55.7, longitude=12.5, point_basis=AT_SEAT,
    )  # fmt: skip
    publish(made, owner)
    return made


def test_a_change_tells_when_who_and_what(lab: Lab, owner: User) -> None:
    before = timezone.now()
    change(lab, owner, summary_da=["Vi prøver nye ting af."])
    latest = changes_of(lab.record, full=True)[0]
    assert before <= latest.at <= timezone.now()
    assert (latest.verb, latest.who) == (Verb.EDITED, "Olga Owner, Byens Kommune")
    assert [texts(found) for found in latest.differences] == [
        ("summary_da", "Vi prøver ting af.", "Vi prøver nye ting af.")
    ]


def test_a_stranger_reads_the_organisation_and_never_the_person(lab: Lab, owner: User) -> None:
    change(lab, owner, name_da=["Byens laboratorium"])
    page = read(Client().get(f"/labs/{lab.record.slug}/history/"))
    assert "Byens laboratorium" in page.text
    assert "Byens Kommune" in page.text
    assert "Olga" not in page.text
    assert not [link for link in page.links if "revert" in link]


def test_the_owner_reads_persons_and_may_set_back(lab: Lab, owner: User) -> None:
    change(lab, owner, name_da=["Byens laboratorium"])
    page = read(browser(owner).get(f"/labs/{lab.record.slug}/history/"))
    assert "Olga Owner" in page.text
    assert len([link for link in page.links if "revert" in link]) >= 1


def test_what_was_typed_before_the_first_publication_is_never_told(owner: User) -> None:
    lab = factories.lab("Hemmeligt udkast", state="draft", slug="et-lab", created_by=owner)
    Lab.objects.filter(pk=lab.pk).update(name_da="Det offentlige navn", summary_da="Kladdetekst")
    Lab.objects.filter(pk=lab.pk).update(summary_da="Offentlig tekst")
    curator = person("curator@example.org", is_superuser=True, name="Karen Kurator")
    publish(lab, curator, "Fint arbejde")
    Lab.objects.filter(pk=lab.pk).update(summary_da="Rettet tekst")
    factories.reindex(Lab.objects.select_related("record").get(pk=lab.pk))
    told = changes_of(Record.objects.get(pk=lab.pk), full=False)
    assert [line.verb for line in told] == ["", Verb.PUBLISHED]
    assert [texts(found) for found in told[0].differences] == [
        ("summary_da", "Offentlig tekst", "Rettet tekst")
    ]
    assert told[1].differences == []
    assert told[1].who in ("a curator", "en kurator")
    page = read(Client().get("/labs/et-lab/history/")).text
    for hidden in ("Hemmeligt", "Kladdetekst", "Karen", "Fint arbejde", "Olga"):
        assert hidden not in page


def test_themes_places_and_ties_are_told_by_name(lab: Lab, owner: User) -> None:
    university = factories.actor("Universitetet")
    factories.link(lab, university, "push", role="research")
    change(lab, owner, "why", themes=[factories.theme("Ældre").slug])
    ties, themes = changes_of(lab.record, full=False)[1], changes_of(lab.record, full=False)[0]
    assert texts(themes.differences[0]) == ("themes", "Energi", "Ældre")
    ((name, before, after),) = [texts(found) for found in ties.differences]
    assert (name, before) == ("actor_id", "")
    assert after.startswith("Universitetet · ")


@pytest.mark.parametrize("full", [True, False])
def test_what_is_not_public_is_never_named(lab: Lab, owner: User, *, full: bool) -> None:
    hidden = factories.actor("Kanariefugl", state="submitted")
    factories.link(lab, hidden, "push", role="research")
    Lab.objects.filter(pk=lab.pk).update(backbone=hidden)
    told = [texts(found) for line in changes_of(lab.record, full=full) for found in line.differences]
    assert "Kanariefugl" not in str(told)
    assert any(name == "backbone" for name, _before, _after in told) is full


def test_a_tie_made_before_the_other_was_published_does_not_tell_when(lab: Lab, owner: User) -> None:
    later = factories.actor("Senere", state="submitted")
    factories.link(lab, later, "push", role="research")
    curator = person("curator@example.org", is_superuser=True)
    publish(later, curator)
    publish(lab, owner)
    change(lab, owner, summary_da=["Noget andet."])
    told = changes_of(lab.record, full=False)
    assert [found.name for line in told for found in line.differences] == ["summary_da"]


def test_the_desk_reads_what_has_changed_since_a_moment(lab: Lab, owner: User) -> None:
    change(lab, owner, summary_da=["Først."])
    seen = timezone.now()
    change(lab, owner, summary_da=["Så."])
    change(lab, owner, summary_da=["Til sidst."])
    assert len(changes_since(lab.record, seen)) == 2
    assert [texts(found) for found in difference_since(lab.record, seen)] == [
        ("summary_da", "Først.", "Til sidst.")
    ]
    assert difference_since(lab.record, timezone.now()) == []


def test_by_a_command_it_is_the_register(lab: Lab) -> None:
    EntryTheme.objects.filter(record=lab.record).delete()
    told = changes_of(lab.record, full=True)[0]
    assert told.who in ("the register", "registeret")
    assert texts(told.differences[0]) == ("themes", "Energi", "")


def test_setting_back_is_an_edit_like_any(lab: Lab, owner: User) -> None:
    change(lab, owner, "why", themes=[factories.theme("Ældre").slug])
    change(lab, owner, summary_da=["Hærværk."], website=["https://example.org/"])
    client = browser(owner)
    back = ways_back(client, lab)[1]
    page = read(client.get(back))
    assert "Hærværk." in page.text
    version = page.one("input", name="version").attrs["value"]
    assert client.post(back, {"version": version}).status_code == 302
    lab = Lab.objects.select_related("record").get(pk=lab.pk)
    assert (lab.summary_da, lab.website) == ("Vi prøver ting af.", "")
    assert [str(row) for row in lab.record.entry_themes.all()] == ["Energi"]
    latest = changes_of(lab.record, full=True)[0]
    assert (latest.verb, latest.who) == (Verb.REVERTED, "Olga Owner, Byens Kommune")
    assert "Byens lab" in Client().get("/labs/?q=energi").text


def test_setting_back_what_somebody_has_changed_meanwhile_asks_again(lab: Lab, owner: User) -> None:
    change(lab, owner, summary_da=["Første."])
    client = browser(owner)
    back = ways_back(client, lab)[-1]
    version = read(client.get(back)).one("input", name="version").attrs["value"]
    change(lab, owner, summary_da=["Anden."])
    answer = client.post(back, {"version": version})
    assert answer.status_code == 409
    assert Lab.objects.get(pk=lab.pk).summary_da == "Anden."
    again = read(answer).one("input", name="version").attrs["value"]
    assert client.post(back, {"version": again}).status_code == 302


@pytest.mark.parametrize("moment", ["0", "17", "99999999999999999999999999"])
def test_a_version_that_never_was_does_not_exist(lab: Lab, owner: User, moment: str) -> None:
    assert browser(owner).get(f"/labs/{lab.record.slug}/history/{moment}/revert/").status_code == 404


def test_strangers_cannot_set_back(lab: Lab, owner: User) -> None:
    change(lab, owner, summary_da=["Ny."])
    back = ways_back(browser(owner), lab)[-1]
    stranger = person("stranger@example.org")
    assert Client().post(back, {"version": "2"}).status_code == 302
    assert browser(stranger).post(back, {"version": "2"}).status_code == 403
    assert Lab.objects.get(pk=lab.pk).summary_da == "Ny."


def test_long_histories_come_in_pages(lab: Lab, owner: User) -> None:
    for number in range(25):
        Lab.objects.filter(pk=lab.pk).update(summary_da=f"Udgave {number}.")
    first = read(Client().get(f"/labs/{lab.record.slug}/history/"))
    assert "Udgave 24." in first.text
    assert "Udgave 3." not in first.text
    assert "Udgave 3." in read(Client().get(f"/labs/{lab.record.slug}/history/?page=2")).text
    assert Client().get(f"/labs/{lab.record.slug}/history/?page=x").status_code == 200


@pytest.mark.parametrize("kind", Kind.values)
def test_every_field_of_an_entry_is_public_or_not_on_purpose(kind: str) -> None:
    model = MODELS[kind]
    columns = {field.name for field in model._meta.concrete_fields} - {"record"}
    assert columns == {*PUBLIC_FIELDS[kind], *FURTHER_FIELDS.get(kind, ())}
    assert columns <= set(labels_of(kind))


def test_a_merged_entrys_history_leads_to_the_other(lab: Lab) -> None:
    gone = factories.lab("Gammelt", state="merged", merged_into=lab.record)
    answer = Client().get(f"/labs/{gone.record.slug}/history/")
    assert (answer.status_code, answer["Location"]) == (301, f"/labs/{lab.record.slug}/history/")


def test_dates_of_the_future_are_no_moment(lab: Lab) -> None:
    assert changes_since(lab.record, timezone.now() + dt.timedelta(days=1)) == []
