"""The workload: how much waits for whom and where, and how fast it was answered."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from actors.models import Claim
from curation.access import scope_of
from curation.choices import State
from curation.models import Record, RecordEvent, Suggestion
from curation.promises import answer_by
from desk.models import Pair
from desk.workload import answering, waiting
from desk.workload.page import Workload
from places.choices import PlaceKind
from places.models import Place
from tests import factories
from tests.pages import read
from tests.people import browser, person
from tests.statements import statements

pytestmark = pytest.mark.usefixtures("empty")

NOW = timezone.now()
DAY = dt.timedelta(days=1)


@pytest.fixture
def curator() -> User:
    return person("curator@example.org", name="Karla", is_curator=True)


@pytest.fixture
def town() -> Place:
    return factories.place("Aarhus")


@pytest.fixture
def sten(town: Place) -> User:
    user = person("sten@aarhus.dk", name="Sten")
    factories.stewardship(user, town)
    return user


def new(place: Place, **said: Any) -> Record:
    return factories.lab(state=State.SUBMITTED, places=[place], **said).record


def decided(record: Record, by: User, *, ago: float, took: float, verb: str = "published") -> None:
    """Sent in and decided so many days later."""
    at = NOW - ago * DAY
    RecordEvent.objects.create(record=record, verb="submitted", version=1, at=at - took * DAY)
    RecordEvent.objects.create(record=record, verb=verb, version=2, at=at, by=by)


def test_what_waits_counts_once_for_each_and_for_who_stands_in(sten: User, town: Place) -> None:
    theme = factories.theme("Demens")
    factories.stewardship(sten, theme)
    vera = person("vera@odense.dk")
    odense = factories.place("Odense")
    factories.stewardship(vera, odense)
    both, lab = new(town, themes=[theme]), factories.lab("Rettet", places=[town])
    new(odense)
    Record.objects.filter(pk=lab.pk).update(version=2)
    Suggestion.objects.create(record=lab.record, base_version=1, changes={}, passed_on_at=NOW)
    Claim.objects.create(record=lab.record, user=vera, actor=factories.actor("AU"))
    factories.stewardship(vera, both)
    people = waiting.of_people()
    assert people[sten.pk] == {"new": 1, "changed": 1, "suggested": 1, "claimed": 1}
    assert people[vera.pk] == {"new": 2}
    assert waiting.of_scopes()["place", town.pk] == people[sten.pk]
    assert waiting.of_scopes()["theme", theme.pk] == {"new": 1}
    factories.absence(sten, vera)
    assert waiting.of_people()[vera.pk] == {"new": 2, "changed": 1, "suggested": 1, "claimed": 1}


def test_two_entries_that_look_like_one_count_for_who_looks_after_both(sten: User, town: Place) -> None:
    odense, theme = factories.place("Odense"), factories.theme("Demens")
    left = factories.lab("Nærlab", places=[town], themes=[theme]).record
    right = factories.lab("Nær-lab", places=[odense], themes=[theme]).record
    Pair.objects.create(left=left, right=right, certainty=90)
    assert "duplicates" not in waiting.of_people().get(sten.pk, {})  # nor does it stand on their desk
    assert waiting.of_scopes() == {("theme", theme.pk): {"duplicates": 1}}
    factories.stewardship(sten, odense)
    assert waiting.of_people()[sten.pk] == {"duplicates": 1}


def test_days_are_counted_from_when_it_was_sent_in(sten: User, town: Place, curator: User) -> None:
    for ago, took in ((1, 1), (2, 2), (3, 3), (40, 4), (41, 10), (100, 50)):
        decided(factories.lab(places=[town]).record, sten, ago=ago, took=took)
    record = factories.lab(places=[town]).record
    decided(record, curator, ago=9, took=2, verb="returned")
    RecordEvent.objects.create(record=record, verb="withdrawn", version=3, at=NOW - DAY, by=curator)
    RecordEvent.objects.create(record=record, verb="reviewed", version=3, at=NOW - DAY, by=curator)
    found = answering.of_people()
    told = found[sten.pk]
    assert (told.lately, told.longer) == (3, 5)
    assert [told.new, told.new_most] == pytest.approx([3, 7.6])
    assert told.suggested is None
    assert (told.promised, told.kept, told.share) == (5, 4, 80)  # ten days are more than five working days
    assert (found[curator.pk].lately, found[curator.pk].promised) == (2, 1)  # withdrawing later is no answer
    assert answering.of_scopes()["place", town.pk].longer == 7


def test_a_promise_that_is_broken_while_it_waits_counts_as_broken(sten: User, town: Place) -> None:
    decided(factories.lab(places=[town]).record, sten, ago=2, took=1)
    yesterday = timezone.localdate() - DAY
    new(town, answer_by=yesterday, submitted_at=NOW - 9 * DAY)
    new(town, answer_by=timezone.localdate(), submitted_at=NOW - 7 * DAY)
    told = answering.of_scopes()["place", town.pk]
    assert (told.kept, told.promised, told.longer) == (1, 2, 1)
    assert told.new == pytest.approx(1)
    assert answering.of_people()[sten.pk].promised == 1


def test_stewards_of_any_kind_of_place_see_their_part(town: Place) -> None:
    council = factories.place("Sundhedsråd Midt", kind=PlaceKind.HEALTH_COUNCIL)
    factories.belongs(town, council)
    user = person("rita@sundhed.dk", name="Rita")
    factories.stewardship(user, council)
    new(town)
    shown = Workload.of(user, scope_of(user))
    assert [(row.name, row.total) for row in shown.places] == [("Sundhedsråd Midt", 1)]


def test_themes_are_named_as_they_are_given(curator: User) -> None:
    """Stewards are given themes of the first level, so those below are not missing one each."""
    top = factories.theme("Sundhed")
    factories.theme("Demens", parent=top)
    shown = Workload.of(curator, scope_of(curator))
    assert [one.name for one in shown.alone_themes] == ["Sundhed"]


def test_a_suggestion_waits_from_when_it_was_passed_on(sten: User, town: Place) -> None:
    lab = factories.lab(places=[town])
    said = {"record": lab.record, "base_version": 1, "changes": {}, "outcome": "taken", "decided_by": sten}
    for took in (1, 3):
        Suggestion.objects.create(
            **said, suggested_at=NOW - 20 * DAY, passed_on_at=NOW - 13 * DAY,
            decided_at=NOW - 13 * DAY + took * DAY,
        )  # fmt: skip
    Suggestion.objects.create(**said, decided_at=NOW)  # the owner's own, never passed on
    told = answering.of_people()[sten.pk]
    assert [told.longer, told.suggested, told.suggested_most] == pytest.approx([2, 2, 2.8])


@pytest.mark.parametrize("weekday", range(7))
def test_the_promise_is_the_one_that_was_given(sten: User, town: Place, weekday: int) -> None:
    """Kept on its very day, and broken the day after, whatever the day it was sent in on."""
    today = timezone.localtime(NOW).replace(hour=12, minute=0)
    sent = today - ((today.weekday() - weekday) % 7 + 21) * DAY
    for late in (0, 1):
        record = factories.lab(places=[town]).record
        promised = answer_by(sent.date())
        RecordEvent.objects.create(record=record, verb="submitted", version=1, at=sent)
        at = sent + ((promised - sent.date()).days + late) * DAY
        RecordEvent.objects.create(record=record, verb="published", version=2, at=at, by=sten)
    told = answering.of_people()[sten.pk]
    assert (told.promised, told.kept) == (2, 1)


def test_curators_see_all_by_name_and_what_nobody_looks_after(sten: User, town: Place, curator: User) -> None:
    region = factories.place("Region Midt", kind=PlaceKind.REGION)
    factories.place("Viborg", within=[region])
    factories.stewardship(person("region@rm.dk", name="Rita"), region)
    new(factories.place("Ballerup"))
    anna = person("anna@aarhus.dk", name="anna")
    factories.stewardship(anna, town)
    factories.absence(anna)
    decided(factories.lab(places=[town]).record, curator, ago=1, took=1)
    page = read(browser(curator).get("/en/desk/workload/"))
    [table] = [table for table in page.all("table") if "people-w" in table]
    heads = [head.text.split(" away")[0] for head in table.all("th", scope="row")]
    assert heads == ["anna", "Karla", "Rita", "Sten"]
    shown = Workload.of(curator, scope_of(curator))
    assert [(one.name, one.waits) for one in shown.alone_places] == [("Ballerup", 1)]
    text = " ".join(page.one("main").text.split())
    assert "nobody stands in: the curators look after it" in text
    assert "Ballerup · 1 waits" in text


def test_a_steward_sees_only_their_own(sten: User, town: Place, curator: User) -> None:
    vera = person("vera@odense.dk", name="Vera")
    factories.stewardship(vera, factories.place("Odense"))
    text = read(browser(sten).get("/en/desk/workload/")).one("main").text
    assert "Sten" in text
    assert "Aarhus" in text
    for hidden in ("Vera", "Odense", "Without a steward", "Karla"):
        assert hidden not in text, hidden


def test_as_many_statements_for_many_as_for_one(curator: User, sten: User, town: Place) -> None:
    client = browser(curator)
    new(town)
    few = len(statements(client, "/desk/workload/"))
    for number in range(5):
        place = factories.place(f"By {number}")
        factories.stewardship(person(), place)
        decided(new(place), sten, ago=1, took=1)
    assert len(statements(client, "/desk/workload/")) == few
    assert few <= 12
