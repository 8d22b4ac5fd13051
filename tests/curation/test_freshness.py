"""When a fact is due, when an entry counts as not confirmed, and that such entries come later in lists."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from time_machine import TimeMachineFixture

from curation.choices import Fact, Freshness
from curation.freshness import REMINDED_AFTER, due_before, freshness, lapsed_before
from curation.models import Record
from keeping.tasks.freshness import lapsed, rank_what_lapsed
from tests import factories
from tests.pages import ListPage

TODAY = dt.date(2027, 6, 1)
LONG_AGO = dt.date(2020, 1, 1)


def days_ago(days: int) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "shown"),
    [
        (0, Freshness.CONFIRMED), (335, Freshness.CONFIRMED), (336, Freshness.DUE), (365, Freshness.DUE),
        (366, Freshness.UNCONFIRMED),
    ],
)  # fmt: skip
def test_readers_see_how_fresh_it_is(days: int, shown: Freshness) -> None:
    confirmed = TODAY - dt.timedelta(days=days)
    assert freshness(claimed=LONG_AGO, confirmed=confirmed, today=TODAY) == shown
    assert freshness(claimed=None, confirmed=confirmed, today=TODAY) == Freshness.UNCLAIMED


@pytest.mark.parametrize(
    ("days", "shown"), [(0, Freshness.DUE), (365, Freshness.DUE), (366, Freshness.UNCONFIRMED)]
)
def test_who_has_claimed_it_has_a_year_to_confirm_it(days: int, shown: Freshness) -> None:
    assert freshness(claimed=TODAY - dt.timedelta(days=days), confirmed=None, today=TODAY) == shown


def test_asking_begins_on_the_day_readers_are_told_that_it_is_due() -> None:
    due = timezone.localdate(due_before(Fact.DETAILS, TODAY))
    assert freshness(claimed=LONG_AGO, confirmed=due, today=TODAY) == Freshness.CONFIRMED
    day_before = due - dt.timedelta(days=1)
    assert freshness(claimed=LONG_AGO, confirmed=day_before, today=TODAY) == Freshness.DUE


def test_the_last_reminder_comes_before_it_runs_out() -> None:
    asked = timezone.localdate(due_before(Fact.DETAILS, TODAY)) - dt.timedelta(days=1)
    assert asked + dt.timedelta(days=336) == TODAY
    assert timezone.localdate(lapsed_before(TODAY + REMINDED_AFTER[-1])) <= asked + dt.timedelta(days=1)


@pytest.mark.usefixtures("empty")
def test_contacts_are_due_twice_a_year_where_somebody_has_said_one() -> None:
    claimed: dict[str, Any] = {"claimed_at": days_ago(400), "confirmed_at": timezone.now()}
    asked = factories.lab(**claimed, contact_email="lab@aarhus.dk", contact_confirmed_at=days_ago(154))
    factories.lab(**claimed, contact_email="lab@aarhus.dk", contact_confirmed_at=days_ago(150))
    factories.lab(**claimed, contact_confirmed_at=days_ago(400))
    today = timezone.localdate()
    assert list(Record.objects.due(Fact.CONTACT, today)) == [asked.record]
    assert not Record.objects.due(Fact.DETAILS, today).exists()


@pytest.mark.usefixtures("empty")
def test_only_what_somebody_looks_after_and_goes_on_is_due() -> None:
    old: dict[str, Any] = {"claimed_at": days_ago(400), "confirmed_at": days_ago(400)}
    asked = factories.lab(**old)
    never = factories.lab(claimed_at=days_ago(1))
    factories.lab(confirmed_at=days_ago(400))
    factories.lab(**old, ended=True)
    factories.lab(**old, state="withdrawn")
    due = Record.objects.due(Fact.DETAILS, timezone.localdate())
    assert set(due.values_list("pk", flat=True)) == {asked.pk, never.pk}


@pytest.mark.usefixtures("empty")
def test_a_stale_entry_comes_after_a_fresh_one_for_the_same_words(client: Client) -> None:
    stale = factories.lab(
        "Demens i hverdagen", slug="a", claimed_at=days_ago(800), confirmed_at=days_ago(400)
    )
    nobodys = factories.lab("Demens i hverdagen", slug="b")
    fresh = factories.lab("Demens i hverdagen", slug="c", claimed_at=days_ago(800), confirmed_at=days_ago(4))
    page = ListPage.at(client, "/labs/", {"q": "demens"})
    entries = {entry.get_absolute_url(): entry for entry in (stale, nobodys, fresh)}
    found = [entries[path] for path in page.page.by_id("results").links if path in entries]
    assert found == [fresh, nobodys, stale]


@pytest.mark.usefixtures("empty")
def test_claiming_alone_moves_nothing() -> None:
    assert factories.lab(claimed_at=timezone.now()).record.quality == factories.lab().record.quality


@pytest.mark.usefixtures("empty")
def test_what_runs_out_overnight_is_ranked_lower_by_the_night_s_job(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(dt.datetime(2027, 6, 1, 12, tzinfo=dt.UTC))
    entry = factories.lab(claimed_at=days_ago(800), confirmed_at=days_ago(365))
    other = factories.lab(claimed_at=days_ago(800), confirmed_at=days_ago(364))
    before = entry.record.quality
    rank_what_lapsed(timestamp=0)
    entry.record.refresh_from_db()
    assert (entry.record.quality, lapsed()) == (before, [])
    time_machine.shift(dt.timedelta(days=1))
    assert lapsed() == [entry.pk]
    rank_what_lapsed(timestamp=0)
    entry.record.refresh_from_db()
    other.record.refresh_from_db()
    assert entry.record.quality == before - 100
    assert other.record.quality == before
    assert entry.record.freshness == Freshness.UNCONFIRMED


@pytest.mark.usefixtures("empty")
def test_a_night_without_a_worker_is_made_up_for(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(dt.datetime(2027, 6, 1, 12, tzinfo=dt.UTC))
    entry = factories.lab(claimed_at=days_ago(800), confirmed_at=days_ago(365))
    time_machine.shift(dt.timedelta(days=10))
    assert lapsed() == [entry.pk]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/labs/{}/", ("Bekræftet", "Bør bekræftes", "Ikke bekræftet i over et år", "Oprettet af andre")),
        ("/en/labs/{}/", ("Confirmed", "Confirmation due", "Not confirmed for", "Made by others")),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("empty")
def test_a_page_says_how_fresh_it_is(client: Client, path: str, words: tuple[str, ...]) -> None:
    claimed = days_ago(900)
    shown = [
        factories.lab(claimed_at=claimed, confirmed_at=days_ago(3)),
        factories.lab(claimed_at=claimed, confirmed_at=days_ago(350)),
        factories.lab(claimed_at=claimed, confirmed_at=days_ago(500)),
        factories.lab(),
    ]
    for lab, word in zip(shown, words, strict=True):
        page = client.get(path.format(lab.record.slug))
        fresh = f'sk-fresh--{lab.record.freshness}"'
        assert fresh in page.text
        assert word in page.text[page.text.index(fresh) :][:400]
