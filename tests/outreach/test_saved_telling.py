"""Mails about saved searches: once for each entry, one for each person, nothing of what nobody may read."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import personal
from accounts.models import User
from curation import actions
from curation.choices import State
from curation.models import Record, SavedSearch
from mail.models import Message
from outreach import saved, saved_found, saved_telling
from outreach.tasks.saved import tell_what_is_new
from tests import factories
from tests.people import person
from tests.post import delivered
from tests.statements import CONTROL

pytestmark = pytest.mark.usefixtures("empty")
MONDAY = dt.datetime(2026, 11, 23, 4, 41, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The Sunday evening before the first morning."""
    with time_machine.travel(MONDAY - DAY / 2, tick=False) as travelled:
        yield travelled


@pytest.fixture
def anna(clock: Any) -> User:
    return person("anna@example.org", name="Anna", language="en")


def search_of(user: User, **said: Any) -> SavedSearch:
    values = {"name": "Labs", "path": "/labs/", "rhythm": "daily", "known": []}
    return SavedSearch.objects.create(user=user, **values | said)


def morning(clock: Any, day: dt.datetime = MONDAY) -> list[Any]:
    """The mails of a morning, in which the job runs twice, as jobs may."""
    clock.move_to(day)
    before = len(delivered())
    for _again in range(2):
        tell_what_is_new(timestamp=0)
    return delivered()[before:]


def test_a_new_entry_is_told_once_and_never_again(clock: Any, anna: User) -> None:
    old = factories.lab("Gammel")
    kept = search_of(anna, known=[old.pk])
    town, theme = factories.place("Aarhus"), factories.theme("Demens")
    lab = factories.lab(
        "Havnelab", places=[town], themes=[theme], summary_en="What the harbour\nlearns. " + "More. " * 60
    )
    [mail] = morning(clock)
    assert (mail.to, mail.subject) == (["anna@example.org"], "1 new entry: Labs")
    assert "Havnelab\nLiving lab · Aarhus\nWhat the harbour learns. " in mail.body
    assert "/en/labs/havnelab/\n" in mail.body
    assert "Gammel" not in mail.body
    kept.refresh_from_db()
    assert kept.known == [old.pk, lab.pk]
    assert kept.told_at == kept.looked_at == MONDAY
    assert morning(clock, MONDAY + DAY) == []
    lab.name_da = "Havnelab 2"
    lab.save()
    for state in (State.WITHDRAWN, State.PUBLISHED):
        Record.objects.filter(pk=lab.pk).update(state=state)
        factories.reindex(lab)
        assert morning(clock, MONDAY + (2 if state == State.WITHDRAWN else 3) * DAY) == []


def test_what_is_edited_so_that_it_fits_is_new(clock: Any, anna: User) -> None:
    search_of(anna, query="theme=demens")
    theme = factories.theme("Demens")
    lab = factories.lab("Havnelab")
    assert morning(clock) == []
    lab.record.entry_themes.create(theme=theme, order=0)
    factories.reindex(lab)
    [mail] = morning(clock, MONDAY + DAY)
    assert "Havnelab" in mail.body


def test_what_nobody_may_read_is_not_told(clock: Any, anna: User) -> None:
    search_of(anna)
    factories.lab("Udkast", state=State.SUBMITTED)
    factories.lab("Trukket", state=State.WITHDRAWN, published_at=timezone.now())
    assert morning(clock) == []
    assert not Message.objects.exists()


def test_place_text_and_kind_are_followed_in_one_mail(clock: Any, anna: User) -> None:
    town = factories.place("Aarhus", code="0751")
    both = factories.lab("Plejelab", places=[town])
    need = factories.need("Pleje om natten")
    factories.lab("Andetsteds")
    search_of(anna, name="A Aarhus", query="place=0751")
    search_of(anna, name="B Pleje", path="/search/", query="q=pleje")
    search_of(anna, name="C Intet", path="/missions/")
    search_of(anna, name="D Aldrig", rhythm="")
    [mail] = morning(clock)
    assert mail.subject == "2 new entries in your saved searches"
    head, _, body = mail.body.partition("* B Pleje * (All kinds of entries)")
    assert "* A Aarhus * (Living labs)" in head
    assert "Plejelab" in head
    assert "Plejelab" not in body, "an entry is named once"
    assert "1 entry that stands further up fits here, too." in body
    assert "Pleje om natten\nNeed · " in body
    assert "Intet" not in mail.body
    assert "Aldrig" not in mail.body
    known = dict(SavedSearch.objects.values_list("name", "known"))
    assert known == {
        "A Aarhus": [both.pk, need.pk], "B Pleje": [both.pk, need.pk], "C Intet": [both.pk, need.pk],
        "D Aldrig": [],
    }  # fmt: skip


def test_told_by_one_search_it_is_not_told_by_another_later(clock: Any, anna: User) -> None:
    search_of(anna, name="Daily")
    clock.move_to(MONDAY)
    search_of(anna, name="Weekly", query="q=havnelab", rhythm="weekly")
    factories.lab("Havnelab")
    assert len(morning(clock, MONDAY + DAY)) == 1
    assert morning(clock, MONDAY + 7 * DAY) == []


def test_weekly_ones_come_on_mondays_or_as_soon_as_somebody_works(clock: Any, anna: User) -> None:
    clock.move_to(MONDAY - 3 * DAY)
    search_of(anna, rhythm="weekly")
    factories.lab("Et")
    assert morning(clock, MONDAY - DAY) == [], "the Sunday"
    assert len(morning(clock)) == 1
    factories.lab("To")
    assert morning(clock, MONDAY + 2 * DAY) == []
    assert len(morning(clock, MONDAY + 8 * DAY)) == 1, "nobody worked on the Monday"


def test_a_mail_names_ten_the_newest_first_and_counts_the_rest(clock: Any, anna: User) -> None:
    search_of(anna)
    for number in range(13):
        factories.lab(f"Lab {number:02}", published_at=MONDAY - DAY * (20 - number))
    [mail] = morning(clock)
    named = [line for line in mail.body.splitlines() if line.startswith("Lab ")]
    assert named == [f"Lab {number:02}" for number in range(12, 2, -1)]
    assert "and 3 more" in mail.body
    assert mail.subject == "13 new entries: Labs"
    assert "/en/labs/?sort=newest" in mail.body
    assert morning(clock, MONDAY + DAY) == [], "what was only counted is known, too"


def test_a_broad_search_is_told_by_number_and_by_name_again_when_it_is_not(
    clock: Any, anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saved_found, "MOST", 2)
    labs = [factories.lab(f"Lab {number}") for number in range(3)]
    kept = search_of(anna, known=None)
    factories.lab("Ny", published_at=MONDAY - dt.timedelta(hours=1))
    [mail] = morning(clock)
    assert "1 new of 4 entries." in mail.body
    assert mail.subject == "1 new entry: Labs"
    assert "Ny\n" not in mail.body
    kept.refresh_from_db()
    assert kept.known is None
    Record.objects.filter(pk__in=[lab.pk for lab in labs]).update(state=State.WITHDRAWN)
    assert morning(clock, MONDAY + DAY) == []
    kept.refresh_from_db()
    assert kept.known is not None
    factories.lab("Nyere", published_at=MONDAY + DAY)
    [mail] = morning(clock, MONDAY + 2 * DAY)
    assert "Nyere\n" in mail.body


def test_the_mail_is_in_its_readers_language_and_ends_by_one_click(clock: Any) -> None:
    bo = person("bo@example.org", name="Bo\r\nBcc: a@b.dk", language="da")
    kept = search_of(bo, name="Nye\r\nBcc: x@example.org", query="q=havn")
    factories.lab("Havn\r\nBcc: y@example.org", name_en="Harbour", summary_da="Om havnen.")
    [mail] = morning(clock)
    assert mail.subject.endswith(": Nye Bcc: x@example.org")
    assert mail.recipients() == ["bo@example.org"]
    wire = mail.message()
    assert wire["Bcc"] is None
    assert "Om havnen." in mail.body
    assert "/labs/?q=havn&sort=newest" in mail.body
    assert f"/account/searches/{kept.pk}/" in mail.body
    stop = str(wire["List-Unsubscribe"])
    assert stop.startswith("<http")
    assert stop.endswith("/>")
    assert wire["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    raw = wire.as_bytes()
    assert stop.encode() in raw, "neither folded within the address nor encoded"
    assert b"\nBcc:" not in raw.partition(b"\n\n")[0]


def test_the_address_that_stops_is_erased_with_the_text(clock: Any, anna: User) -> None:
    search_of(anna)
    factories.lab("Ny")
    clock.move_to(MONDAY)
    tell_what_is_new(timestamp=0)
    assert Message.objects.get().unsubscribe.startswith("http")
    delivered()
    message = Message.objects.get()
    assert (message.text, message.unsubscribe) == ("", "")


def test_other_mails_cannot_be_stopped(clock: Any, anna: User, curator: User) -> None:
    lab = factories.lab("L", created_by=anna)
    actions.withdraw(lab.record, by=curator, version=lab.record.version, reason="Sådan.")
    [mail] = delivered()
    assert "List-Unsubscribe" not in mail.message()


def test_closed_erased_and_idle_accounts_get_nothing(clock: Any) -> None:
    closed, idle, erased = (person() for _one in range(3))
    for user in (closed, idle, erased):
        search_of(user)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    User.objects.filter(pk=idle.pk).update(last_login=timezone.now() - dt.timedelta(days=731))
    personal.erase(erased)
    factories.lab("Ny")
    assert morning(clock) == []
    assert saved_telling.to_tell(timezone.localdate()) == []
    assert not any(saved_telling.tell(user.pk) for user in (closed, idle, erased))


def test_what_dies_in_between_leaves_neither_mail_nor_knowledge(
    clock: Any, anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    search_of(anna)
    lab = factories.lab("Ny")
    with monkeypatch.context() as patch:
        patch.setattr(saved_telling, "_remember", lambda *_args: 1 / 0)
        assert morning(clock) == []
    assert (Message.objects.count(), SavedSearch.objects.get().known) == (0, [])
    assert len(morning(clock)) == 1
    assert SavedSearch.objects.get().known == [lab.pk]


def test_what_was_seen_on_the_page_is_not_told(clock: Any, anna: User) -> None:
    kept = search_of(anna)
    factories.lab("Ny")
    saved.see(kept)
    assert morning(clock) == []


def test_one_who_cannot_be_written_to_keeps_nobody_else_from_it(
    clock: Any, anna: User, caplog: pytest.LogCaptureFixture
) -> None:
    broken = person("first@example.org")
    SavedSearch.objects.bulk_create(
        SavedSearch(user=user, name="x", path="/labs/", rhythm="daily") for user in (broken, anna)
    )
    User.objects.filter(pk=broken.pk).update(email="no address")
    factories.lab("Ny")
    assert [mail.to for mail in morning(clock)] == [["anna@example.org"]]
    assert f"Person {broken.pk} could not be told" in caplog.text
    assert "no address" not in caplog.text.partition("Traceback")[0]
    assert SavedSearch.objects.get(user=broken).known == [], "neither told nor known"


def test_statements_do_not_follow_the_number_of_searches_or_hits(clock: Any, anna: User) -> None:
    def asked(number: int) -> int:
        user = person(language="en")
        for n in range(number):
            search_of(user, name=str(n), query=f"q=lab&place=0{n:03}")
        clock.move_to(MONDAY)
        with CaptureQueriesContext(connection) as queries:
            assert saved_telling.tell(user.pk)
        clock.move_to(MONDAY - DAY / 2)
        return sum(1 for query in queries if not (query["sql"] or "").startswith(CONTROL))

    towns = [factories.place(f"By {n}", code=f"0{n:03}") for n in range(50)]
    factories.lab("Lab 1", places=towns[:1])
    few = asked(1)
    for number in range(20):
        factories.lab(f"Lab {number + 2}", places=towns)
    assert asked(50) == few <= 16
