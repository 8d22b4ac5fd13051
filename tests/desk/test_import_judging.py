"""What each row of a file would do, and why one cannot be taken in."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from actors.models import Actor, Refusal
from curation.choices import Kind, State
from curation.models import EntryPlace, Record
from desk.choices import Verdict
from desk.importing import actions
from desk.models import BatchRow
from keeping.history.events import MODELS
from labs.models import Lab
from places.models import Place
from tests import factories
from tests.desk.importing import exported, handed_in, row, verdicts, whole

NEW, CHANGED, SAME, REFUSED = Verdict.NEW, Verdict.CHANGED, Verdict.SAME, Verdict.REFUSED


@pytest.fixture
def town(empty: None) -> Place:
    """A municipality and a theme that the sound rows name."""
    factories.theme("Vand", slug="water")
    factories.theme("Støj", slug="noise")
    return factories.place("Aarhus", code="0751", latitude=56.15, longitude=10.2)


@pytest.fixture
def lab(town: Place) -> Lab:
    """A published lab with something in most of its fields."""
    return factories.lab(
        "Lyslab", places=[town], summary_da="Lys.", phase="running", methods=["workshop", "interview"],
        start_year=2020, owner=factories.actor("Aarhus Kommune"), source="https://example.dk",
    )  # fmt: skip


def about(lab: Lab, **said: str) -> dict[str, str]:
    return {"id": lab.record.public_id, **said}


def problems(batch: Any, number: int = 2) -> dict[str, list[str]]:
    found: dict[str, list[str]] = row(batch, number).problems
    return found


# Round trip


@pytest.mark.usefixtures("denmark")
@pytest.mark.parametrize("kind", list(MODELS))
def test_what_was_taken_out_comes_back_as_the_same(kind: str, curator: User) -> None:
    """The promise of the export: nothing of a file that nobody has touched would change anything."""
    language = "en" if kind in (Kind.NEED, Kind.TRIAL) else "da"
    content = exported(kind, language)
    batch = handed_in(curator, kind=kind, content=content, language=language)
    assert "" not in batch.columns
    assert set(verdicts(batch)) == {SAME}
    assert batch.total == Record.objects.published().of_kind(kind).count()


# Verdicts


def test_new_changed_same_and_refused(lab: Lab, curator: User) -> None:
    other = factories.lab("Lydlab", summary_da="Lyd.", places=[Place.objects.get()])
    batch = handed_in(curator, {"name_da": "Et nyt"}, whole(lab), whole(other, phase="Idé"), {"name_da": ""})
    assert verdicts(batch) == [NEW, SAME, CHANGED, REFUSED]
    assert problems(batch, 5) == {"name_da": ["Skriv labbets navn."]}
    assert batch.state == "ready"
    assert (batch.done, batch.total) == (4, 4)


def test_only_what_differs_is_changed_and_shown_with_before_and_after(lab: Lab, curator: User) -> None:
    batch = handed_in(
        curator, about(lab, name_da="Lyslab", phase="Idé", places="Aarhus", methods="interview; workshop")
    )
    told = row(batch)
    assert told.verdict == CHANGED
    assert told.changes == {"phase": {"from": "I drift", "to": "Idé"}}
    assert told.words == {"phase": ["idea"]}
    assert (told.record_id, told.version) == (lab.pk, lab.record.version)


def test_an_empty_cell_empties_and_an_absent_column_is_left_alone(lab: Lab, curator: User) -> None:
    batch = handed_in(curator, about(lab, phase="", start_year=""))
    assert row(batch).changes == {
        "phase": {"from": "I drift", "to": ""}, "start_year": {"from": "2020", "to": ""},
    }  # fmt: skip
    assert problems(handed_in(curator, about(lab, name_da="")))["name_da"] == ["Skriv labbets navn."]


def test_words_of_either_language_are_read(lab: Lab, curator: User) -> None:
    for text in ("In operation", "running", "i drift"):
        assert verdicts(handed_in(curator, about(lab, phase=text))) == [SAME]


def test_a_cell_that_cannot_be_read_says_why(lab: Lab, curator: User) -> None:
    batch = handed_in(
        curator,
        about(lab, phase="kører", places="Atlantis", start_year="19xx", website="javascript:alert(1)",
              owner="Ingen", latitude="12,5", name_da="x" * 201),
    )  # fmt: skip
    told = row(batch)
    assert told.verdict == REFUSED
    assert told.problems.keys() == {
        "phase", "places", "start_year", "website", "owner", "latitude", "name_da",
    }  # fmt: skip
    assert "Atlantis" in told.problems["places"][0]


def test_what_does_not_go_together_is_told_though_only_one_of_them_is_in_the_file(
    town: Place, curator: User
) -> None:
    """The sections' own rules hold, with what the entry says where the file is silent."""
    mission = factories.mission("Mission", start_year=2024, target_year=2030)
    batch = handed_in(curator, {"id": mission.record.public_id, "start_year": "2031"}, kind=Kind.MISSION)
    assert problems(batch).keys() == {"target_year"}


def test_what_was_wrong_before_is_no_hindrance(town: Place, curator: User) -> None:
    """A lab without the text that forms ask for can still be given another phase."""
    lab = factories.lab("Gammelt lab", summary_da="", phase="idea")
    assert verdicts(handed_in(curator, about(lab, phase="running"))) == [CHANGED]
    need = factories.need("Behov", deadline=timezone.localdate() - dt.timedelta(days=9))
    batch = handed_in(curator, {"id": need.record.public_id, "hours": "To"}, kind=Kind.NEED)
    assert verdicts(batch) == [CHANGED]


def test_the_tables_own_rules_hold(town: Place, curator: User) -> None:
    """Of a lab that has ended the year it began is compared with a column no section has."""
    lab = factories.lab("Lab", ended=True, start_year=2010, end_year=2015)
    assert problems(handed_in(curator, about(lab, start_year="2016"))).keys() == {""}
    assert verdicts(handed_in(curator, about(lab, start_year="2014"))) == [CHANGED]


def test_of_the_ended_the_status_stays_among_the_ended(town: Place, curator: User) -> None:
    need = factories.need("Behov", status="answered", ended=True)
    for status, verdict in (("answered", SAME), ("open", REFUSED)):
        batch = handed_in(curator, {"id": need.record.public_id, "status": status}, kind=Kind.NEED)
        assert verdicts(batch) == [verdict]
    assert problems(handed_in(curator, {"status": "answered"}, kind=Kind.NEED)).keys() == {"status"}


def test_files_tell_what_has_ended_and_cannot_end_anything(lab: Lab, curator: User) -> None:
    """A cell says what the entry says, in whatever words; anything else is refused with where it is told."""
    over = factories.lab("Gammelt", ended=True, ended_on=dt.date(2024, 6, 30))
    for said, verdict in (
        (about(lab, ended="nej", ended_on=""), SAME), (about(lab, ended="No"), SAME),
        (about(over, ended="Yes", ended_on="30-06-2024"), SAME),
        (about(over, ended="ja", name_da="Gammelt lab"), CHANGED),
    ):  # fmt: skip
        assert verdicts(handed_in(curator, said)) == [verdict], said
    for said in (
        about(lab, ended="Ja"),
        about(over, ended="Nej"),
        about(over, ended_on="2025"),
        {"ended": "Ja"},
    ):
        batch = handed_in(curator, said)
        assert verdicts(batch) == [REFUSED], said
        assert problems(batch).keys() <= {"ended", "ended_on"}
    batch = handed_in(curator, about(over, ended_on=""))
    assert "2024-06-30" in problems(batch)["ended_on"][0]


# Which entry


def test_the_id_is_read_by_itself_in_an_address_and_after_a_name(lab: Lab, curator: User) -> None:
    number = lab.record.public_id
    for text in (number, f"https://register.example/id/{number}", f"Lyslab ({number})", f" {number} "):
        assert verdicts(handed_in(curator, {"id": text, "phase": "running"})) == [SAME], text


def test_what_is_not_public_or_of_another_kind_is_refused(lab: Lab, curator: User) -> None:
    draft = factories.lab("Kladde", state=State.WITHDRAWN)
    for entry in (draft, lab.owner):
        assert entry is not None
        batch = handed_in(curator, {"id": entry.record.public_id, "phase": "idea"})
        assert problems(batch).keys() == {"id"}
    assert problems(handed_in(curator, {"id": "0123456789", "phase": "idea"})).keys() == {"id"}


def test_an_organisation_is_known_by_its_ror(town: Place, curator: User) -> None:
    factories.actor("Aarhus Universitet", ror="01aj84f44", type="university")
    batch = handed_in(
        curator, {"ror": "https://ror.org/01aj84f44", "name_da": "AU", "type": "university"}, kind=Kind.ACTOR
    )
    assert row(batch).changes == {"name_da": {"from": "Aarhus Universitet", "to": "AU"}}


def test_two_rows_about_the_same_are_refused_but_the_first(lab: Lab, curator: User) -> None:
    batch = handed_in(
        curator, whole(lab, phase="idea"), whole(lab, phase="setup"), {"name_da": "Ny"}, {"name_da": "NY"}
    )
    assert [number for number in (2, 3, 4, 5) if "" in problems(batch, number)] == [3, 5]
    actions.leave_out(batch, [2, 4], by=curator)
    batch.refresh_from_db()
    assert not any("" in problems(batch, number) for number in (3, 5))


def test_whoever_has_declined_is_not_tied_again(town: Place, curator: User) -> None:
    owner = factories.actor("Odense Kommune")
    need, lab = factories.need("Søvn", owner=owner), factories.lab("Lab")
    trial = factories.trial(lab, "Aftenlys")
    Refusal.objects.create(record=trial.record, actor=owner)
    batch = handed_in(curator, {"id": trial.record.public_id, "need": need.record.public_id}, kind=Kind.TRIAL)
    assert problems(batch).keys() == {"need"}


# Likenesses


def test_what_a_new_row_may_be_already_is_named_beside_it(town: Place, curator: User) -> None:
    """By website, by number, by nearly the same name; and nothing beside what is like nothing."""
    actors = [
        factories.actor("Solbakken Plejehjem", website="https://solbakken.example"),
        factories.actor("Vandmiljø Nord", cvr="55133018"),
        factories.actor("Teknologirådgivningen"),
    ]
    ids = [actor.record.public_id for actor in actors]
    rows = (
        {"name_da": "Noget andet", "website": "http://www.solbakken.example/"},
        {"name_da": "Et selskab", "cvr": "55133018"},
        {"name_da": "Teknologirådgivingen"},
        {"name_da": "Solbakken"},
        {"name_da": "Ingen lighed"},
    )
    batch = handed_in(curator, *rows, kind=Kind.ACTOR)
    alike = list(batch.rows.order_by("number").values_list("alike", flat=True))
    assert alike == [[ids[0]], [ids[1]], [ids[2]], [ids[0]], []]
    assert actions.counts(batch)["alike"] == 4


# The preview


def test_columns_are_read_as_somebody_says(lab: Lab, curator: User) -> None:
    content = f"Id;Journal\n{lab.record.public_id};Idé\n".encode()
    batch = handed_in(curator, content=content)
    assert batch.columns == ["id", ""]
    assert verdicts(batch) == [SAME]
    actions.read_columns_as(batch, ["id", "phase"], version=batch.version, by=curator)
    assert verdicts(batch) == [CHANGED]


def test_a_mended_row_is_judged_anew_and_one_at_a_time(lab: Lab, curator: User) -> None:
    batch = handed_in(curator, {"phase": "kører"})
    told = row(batch)
    seal = actions.row_seal(told)
    mended, overtaken = actions.mend(batch, {2: {"phase": "Idé"}}, seals={2: seal}, by=curator)
    assert ([one.verdict for one in mended], overtaken) == ([NEW], [])
    again, overtaken = actions.mend(batch, {2: {"phase": "Idé"}}, seals={2: seal}, by=curator)
    assert (again, overtaken) == ([], [2])
    seal = actions.row_seal(row(batch))
    (back,), _none = actions.mend(batch, {2: {"phase": "kører"}}, seals={2: seal}, by=curator)
    assert (back.mended, back.verdict) == ({}, REFUSED)


def test_a_row_becomes_about_an_entry_by_its_id(lab: Lab, curator: User) -> None:
    """Also in a file that has no such column."""
    batch = handed_in(curator, {"name_da": "Lyslab", "phase": "idea"})
    told = row(batch)
    assert told.alike == [lab.record.public_id]
    actions.mend(batch, {2: {"id": lab.record.public_id}}, seals={2: actions.row_seal(told)}, by=curator)
    told = row(batch)
    assert (told.verdict, told.record_id, told.alike) == (CHANGED, lab.pk, [])


def test_rows_are_left_out_and_taken_back(lab: Lab, curator: User) -> None:
    batch = handed_in(curator, {"phase": "kører"}, {"name_da": "To"})
    assert actions.leave_out(batch, None, by=curator) == 1
    assert verdicts(batch) == [Verdict.LEFT_OUT, NEW]
    assert actions.take_back(batch, [2], by=curator) == 1
    assert verdicts(batch) == [REFUSED, NEW]


def test_the_same_file_taken_in_before_is_told(lab: Lab, curator: User) -> None:
    first = handed_in(curator, {"name_da": "Et"})
    actions.apply(first, version=first.version, by=curator)
    assert len(handed_in(curator, {"name_da": "Et"}).notes) == 1


def test_nothing_of_the_register_is_touched_by_looking(lab: Lab, curator: User) -> None:
    before = Record.objects.order_by("pk").values(), Lab.objects.order_by("pk").values()
    held = [list(rows) for rows in before]
    handed_in(curator, about(lab, phase="idea", places="", latitude="55,1", longitude="10,1"))
    assert [list(rows.all()) for rows in before] == held
    assert EntryPlace.objects.filter(record=lab.pk).count() == 1
    assert not Actor.objects.filter(name_da="").exists()
    assert BatchRow.objects.get().verdict == REFUSED  # a lab is to be somewhere
