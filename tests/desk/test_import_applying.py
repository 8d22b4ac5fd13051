"""A file is taken in as a whole or not at all, by the rules every edit follows; and set back as a whole."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from psycopg.errors import LockNotAvailable

from accounts.models import User
from actors.models import Actor
from curation import actions as deciding
from curation import search
from curation.actions import Overtaken
from curation.choices import Kind, Verb
from curation.models import Record, RecordEvent
from desk.choices import BatchState
from desk.importing import actions, reading, working
from desk.importing.progress import progress, tell
from desk.importing.tied import tied_to
from desk.models import Batch
from keeping.columns import words_of
from keeping.history.events import MODELS
from labs.models import Lab, Value
from missions.models import Need
from places.models import Place
from tests import factories
from tests.desk.importing import derived_right, events, handed_in, lab, row, taken_in, town, whole
from tests.mail_fixtures import no_jobs, work
from tests.people import person

__all__ = ["lab", "no_jobs", "town", "work"]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than one row is too much for one page."""
    for module in (actions, reading):
        monkeypatch.setattr(module, "AT_ONCE", 1)
    monkeypatch.setattr("desk.importing.handing_in.AT_ONCE", 1)


# New


def test_a_new_row_is_published_with_all_it_says(town: Place, curator: User) -> None:
    owner = factories.actor("Aarhus Kommune")
    batch = handed_in(
        curator,
        {"owner": "Aarhus Kommune", "themes": "Støj; Vand", "phase": "Idé", "methods": "Interview",
         "contact_email": "lys@aarhus.dk", "source": ""},
        {"name_da": "Lyslab"},
    )  # fmt: skip
    actions.leave_out(batch, [3], by=curator)
    taken_in(batch, curator)
    made = Lab.objects.select_related("record").get()
    record = made.record
    assert (record.slug, record.state, record.version, record.reviewed_version) == (
        "lyslab",
        "published",
        1,
        1,
    )
    assert (record.created_by, record.decided_by) == (curator, curator)
    assert (record.source, record.source_read_on) == ("En liste", timezone.localdate())
    assert record.contact_email == "lys@aarhus.dk"
    assert record.contact_confirmed_at is not None
    assert record.published_at is not None
    assert (made.owner_id, made.phase, made.methods) == (owner.pk, "idea", ["interview"])
    assert (made.latitude, made.point_basis) == (56.15, "kommunens hovedby")
    themes = record.entry_themes.order_by("order").values_list("theme__slug", flat=True)
    assert list(themes) == ["noise", "water"]
    assert events(record) == [(Verb.IMPORTED, 1)]
    event = RecordEvent.objects.get()
    assert (event.by, event.reason) == (curator, f"liste.csv ({batch.digest[:12]})")
    assert (batch.state, batch.applied_by, batch.done) == (BatchState.APPLIED, curator, 2)
    told = row(batch)
    assert (told.record_id, told.written_version) == (record.pk, 1)
    derived_right()


def test_addresses_that_are_taken_get_a_number(town: Place, curator: User) -> None:
    factories.lab("Lyslab", places=[town])
    other = factories.place("Odense", code="0461")
    batch = handed_in(curator, {}, {"places": other.address}, {"name_da": "Lyslab 2", "places": "0751"})
    taken_in(batch, curator)
    slugs = Record.objects.of_kind(Kind.LAB).order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["lyslab", "lyslab-2", "lyslab-3", "lyslab-2-2"]


def test_a_new_need_is_open_and_a_new_organisation_stands_on_its_usual_side(
    town: Place, curator: User
) -> None:
    taken_in(handed_in(curator, {}, kind=Kind.NEED), curator)
    assert Need.objects.get().status == "open"
    taken_in(handed_in(curator, {"type": "utility"}, kind=Kind.ACTOR), curator)
    assert Actor.objects.get().side == "pull"


# Changed


def test_a_changed_row_is_an_edit_like_others(lab: Lab, curator: User) -> None:
    """Version, log, history, search, and nothing else of the entry."""
    before = words_of([lab])[lab.pk]
    seen = lab.record.updated_at
    batch = handed_in(curator, {"id": lab.record.public_id, "name_da": "Lydlab", "themes": "Støj"})
    taken_in(batch, curator)
    now = Lab.objects.select_related("record").get(pk=lab.pk)
    assert words_of([now])[lab.pk] == before | {"name_da": ["Lydlab"], "themes": ["noise"]}
    record = now.record
    assert (record.version, record.reviewed_version, record.name_da) == (2, 2, "Lydlab")
    assert record.updated_at > seen
    assert events(record) == [(Verb.IMPORTED, 2)]
    said = Lab.pgh_event_model.objects.filter(pgh_obj=lab.pk).order_by("pgh_id")  # type: ignore[attr-defined]
    assert list(said.values_list("pgh_label", "name_da")) == [("insert", "Lyslab"), ("update", "Lydlab")]
    assert row(batch).before["columns"] == {"name_da": "Lyslab"}
    derived_right()


def test_what_nobody_has_seen_before_stays_to_be_seen(lab: Lab, curator: User) -> None:
    Record.objects.filter(pk=lab.pk).update(version=4, reviewed_version=3)
    taken_in(handed_in(curator, {"id": lab.record.public_id, "phase": "idea"}), curator)
    record = Record.objects.get(pk=lab.pk)
    assert (record.version, record.reviewed_version) == (5, 3)


def test_a_place_moves_the_point_that_stood_in_its_town(lab: Lab, curator: User) -> None:
    factories.place("Odense", code="0461", latitude=55.4, longitude=10.4)
    taken_in(handed_in(curator, {"id": lab.record.public_id, "places": "Odense"}), curator)
    now = Lab.objects.get(pk=lab.pk)
    assert (now.latitude, now.point_basis) == (55.4, "kommunens hovedby")
    derived_right()


def test_what_is_tied_to_a_changed_entry_follows(lab: Lab, curator: User) -> None:
    """An organisation's labs are found by its name, and a lab's organisations take its themes."""
    actor = factories.actor("Vandværket", type="utility")
    factories.link(lab, actor)
    factories.reindex(lab, actor)
    taken_in(
        handed_in(curator, {"id": actor.record.public_id, "name_da": "Kildevæld"}, kind=Kind.ACTOR), curator
    )
    taken_in(handed_in(curator, {"id": lab.record.public_id, "themes": "noise"}), curator)
    derived_right()


@pytest.mark.usefixtures("denmark")
def test_many_are_tied_as_one_by_one() -> None:
    """What is told for all at once leaves out nothing that is told of each."""
    for kind in MODELS:
        ids = list(Record.objects.of_kind(kind).order_by("pk").values_list("pk", flat=True)[:60])
        each = {pk for one in Record.objects.filter(pk__in=ids) for pk in search.linked_to(one)}
        assert each - set(ids) <= tied_to(kind, ids), kind


def test_the_values_of_a_solution_are_written_and_set_back(town: Place, curator: User) -> None:
    solution = factories.solution("Nattesensor", values={"quality": "felt"})
    texts = {"quality_evidence": "Målt", "quality_source": "https://example.dk", "quality_year": "2024"}
    batch = handed_in(
        curator, {"id": solution.record.public_id, "quality_evidence": "counted",
                  "quality_source": texts["quality_source"], "quality_year": "2024",
                  "efficiency_evidence": "felt"}, kind=Kind.SOLUTION,
    )  # fmt: skip
    taken_in(batch, curator)
    told = Value.objects.filter(solution=solution).order_by("kind").values_list("kind", "evidence", "year")
    assert list(told.all()) == [("efficiency", "felt", None), ("quality", "counted", 2024)]
    actions.revert(batch, version=batch.version, by=curator)
    assert list(told.all()) == [("quality", "felt", None)]


# All or nothing


def test_an_entry_changed_since_stops_all_and_is_named(lab: Lab, curator: User) -> None:
    batch = handed_in(curator, {"name_da": "Ny"}, whole(lab, phase="idea"))
    Lab.objects.filter(pk=lab.pk).update(phase="setup")
    deciding.edit(lab.record, by=curator, version=1, write=lambda: None)
    with pytest.raises(Overtaken):
        taken_in(batch, curator)
    assert "3" in batch.problem
    assert (batch.state, batch.applied_at) == (BatchState.READY, None)
    assert Lab.objects.count() == 1
    assert events(lab.record) == [(Verb.EDITED, 2)]
    assert row(batch, 3).changes == {"phase": {"from": "Etablering", "to": "Idé"}}
    taken_in(batch, curator)
    assert (batch.problem, Lab.objects.count()) == ("", 2)


def test_what_was_right_when_it_was_read_is_looked_at_again(lab: Lab, curator: User) -> None:
    """An organisation that a row names is withdrawn meanwhile."""
    owner = factories.actor("Odense Kommune")
    batch = handed_in(curator, {"owner": "Odense Kommune"})
    deciding.withdraw(owner.record, by=curator, version=1, reason="Findes ikke.")
    with pytest.raises(Overtaken):
        taken_in(batch, curator)
    assert row(batch).problems.keys() == {"owner"}
    assert Lab.objects.count() == 1


def test_pressed_twice_it_is_taken_in_once(town: Place, curator: User) -> None:
    batch = handed_in(curator, {})
    version = batch.version
    actions.apply(batch, version=version, by=curator)
    with pytest.raises(Overtaken):
        actions.apply(batch, version=version, by=curator)
    assert (Lab.objects.count(), RecordEvent.objects.count()) == (1, 1)


def test_what_cannot_be_taken_in_is_told(lab: Lab, curator: User) -> None:
    for said in ({"phase": "kører"}, {"id": lab.record.public_id, "phase": "running"}):
        batch = handed_in(curator, said)
        with pytest.raises(ValidationError):
            taken_in(batch, curator)
    actions.drop(batch, version=batch.version, by=curator)
    with pytest.raises(Overtaken):
        taken_in(batch, curator)


def test_a_page_does_not_wait_long_for_another_file(
    town: Place, curator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does it fail where somebody takes an address in the same moment."""
    batch = handed_in(curator, {})

    def others_hold_it(*_all: Any, **_more: Any) -> None:
        raise OperationalError from LockNotAvailable()

    def address_is_taken(*_all: Any, **_more: Any) -> None:
        raise IntegrityError

    with monkeypatch.context() as patched:
        patched.setattr(actions, "take_in", others_hold_it)
        with pytest.raises(ValidationError):
            taken_in(batch, curator)
        patched.setattr(actions, "take_in", address_is_taken)
        with pytest.raises(Overtaken):
            taken_in(batch, curator)
    assert batch.problem
    assert taken_in(batch, curator).state == BatchState.APPLIED


# By a worker


@pytest.mark.usefixtures("few", "no_jobs")
@pytest.mark.django_db(transaction=True)
def test_what_is_too_long_for_a_page_is_done_by_a_worker(
    town: Place, curator: User, work: Callable[[], None]
) -> None:
    batch = handed_in(curator, {}, {"name_da": "To"})
    assert (batch.state, progress(batch)) == (BatchState.READING, (0, 2))
    with pytest.raises(Overtaken):
        actions.mend(batch, {2: {"phase": "idea"}}, seals={}, by=curator)
    work()
    batch.refresh_from_db()
    assert batch.state == BatchState.READY
    taken_in(batch, curator)
    assert batch.state == BatchState.APPLYING
    assert Lab.objects.count() == 0
    work()
    batch.refresh_from_db()
    assert (batch.state, batch.applied_by, Lab.objects.count()) == (BatchState.APPLIED, curator, 2)
    actions.revert(batch, version=batch.version, by=curator)
    assert batch.state == BatchState.REVERTING
    work()
    batch.refresh_from_db()
    assert (batch.state, Lab.objects.published().count()) == (BatchState.REVERTED, 0)
    jobs = ProcrastinateJob.objects.filter(task_name__startswith="desk.import").values_list("args", flat=True)
    assert all(set(args) <= {"number", "user"} for args in jobs)


@pytest.mark.usefixtures("few")
def test_a_worker_that_fails_leaves_the_file_as_it_was(
    lab: Lab, curator: User, monkeypatch: pytest.MonkeyPatch, no_worker: list[Any]
) -> None:
    """Something nobody thought of happens in the middle: nothing is written, and one can try again."""
    batch = handed_in(curator, {}, {"name_da": "To"})
    reading.read(batch.pk)
    taken_in(batch, curator)

    def fail(*_all: Any, **_more: Any) -> None:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr("desk.importing.writing.index", fail)
        working.apply(batch.pk, curator)
    batch.refresh_from_db()
    assert (batch.state, Lab.objects.count()) == (BatchState.READY, 1)
    assert batch.problem
    taken_in(batch, curator)
    deciding.withdraw(lab.record, by=curator, version=1, reason="Findes ikke.")
    working.apply(batch.pk, curator)
    working.apply(batch.pk, curator)
    batch.refresh_from_db()
    assert (batch.state, batch.problem, Lab.objects.published().count()) == (BatchState.APPLIED, "", 2)


@pytest.fixture
def no_worker(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What a worker is asked for, and does not do."""
    asked: list[Any] = []

    def later(*told: Any, **more: Any) -> None:
        asked.append((told, more))

    for module in ("handing_in", "actions"):
        monkeypatch.setattr(f"desk.importing.{module}.later", later)
    return asked


@pytest.mark.usefixtures("few")
def test_a_file_that_cannot_be_read_waits_and_says_so(
    town: Place, curator: User, monkeypatch: pytest.MonkeyPatch, no_worker: list[Any]
) -> None:
    batch = handed_in(curator, {}, {"name_da": "To"})

    def fail(*_all: Any, **_more: Any) -> None:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(reading, "judge_all", fail)
        working.read(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, bool(batch.problem)) == (BatchState.READY, True)
    with pytest.raises(ValidationError):
        taken_in(batch, curator)
    actions.read_columns_as(batch, batch.columns, version=batch.version, by=curator)
    batch.refresh_from_db()
    assert (batch.state, progress(batch), batch.problem) == (BatchState.READING, (0, 2), "")
    working.read(batch.pk)
    taken_in(batch, curator)


@pytest.mark.usefixtures("few")
def test_who_is_no_curator_any_more_takes_nothing_in_and_sets_nothing_back(
    town: Place, curator: User, no_worker: list[Any]
) -> None:
    """Pressed as a curator, and come to by the worker when they are none."""
    batch, colleague = handed_in(curator, {}, {"name_da": "To"}), person(is_curator=True)
    working.read(batch.pk)
    taken_in(batch, curator)
    User.objects.filter(pk=curator.pk).update(is_curator=False)
    curator.refresh_from_db()
    working.apply(batch.pk, curator)
    batch.refresh_from_db()
    assert (batch.state, Lab.objects.count(), bool(batch.problem)) == (BatchState.READY, 0, True)
    taken_in(batch, colleague)
    working.apply(batch.pk, colleague)
    batch.refresh_from_db()
    actions.revert(batch, version=batch.version, by=curator)
    working.revert(batch.pk, curator)
    batch.refresh_from_db()
    assert (batch.state, Lab.objects.published().count()) == (BatchState.APPLIED, 2)


@pytest.mark.usefixtures("few")
def test_what_somebody_has_told_meanwhile_is_read_anew_by_the_worker_too(
    town: Place, curator: User, no_worker: list[Any]
) -> None:
    """An organisation of the same number: the row is about that one then."""
    rows = [{"name_da": "Vandværket", "ror": "01aj84f44"}, {"name_da": "Et andet"}]
    batch = handed_in(curator, *rows, kind=Kind.ACTOR)
    working.read(batch.pk)
    taken_in(batch, curator)
    made = factories.actor("Aarhus Universitet", ror="01aj84f44", type="university")
    working.apply(batch.pk, curator)
    batch.refresh_from_db()
    assert (batch.state, Actor.objects.count()) == (BatchState.READY, 1)
    assert batch.problem != ""
    assert row(batch).record_id == made.pk


def test_progress_is_seen_before_the_transaction_ends(town: Place, curator: User) -> None:
    """And is gone with it; what has not begun says what stands in the table."""
    batch = handed_in(curator, {})
    assert progress(batch) == (1, 1)
    waits = Batch(pk=batch.pk + 1, state=BatchState.APPLYING, total=900)
    assert progress(waits) == (0, 900)
    tell(waits, 450)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # one transaction sees it as it saw it first
    assert progress(waits) == (450, 900)
    assert progress(Batch(pk=batch.pk + 2, state=BatchState.APPLYING, total=9)) == (0, 9)
