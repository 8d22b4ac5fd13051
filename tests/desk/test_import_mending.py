"""The pages of import: rows are mended, by two at once as well, taken in and set back."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from psycopg.errors import LockNotAvailable

from accounts.models import User
from actors.models import Actor
from curation.choices import State
from curation.models import Record
from desk.choices import BatchState, Verdict
from desk.importing import actions
from desk.importing.forgetting import forget_rows
from desk.importing.showing import MOST_FAULTS
from desk.models import Batch, BatchRow
from desk.tasks.imports import forget_files
from tests import factories, people
from tests.desk.import_pages import HTMX, form_of, handed_in, numbers, path, shown, verdicts
from tests.pages import read
from tests.people import browser


@pytest.fixture
def desk(curator: User) -> Client:
    return browser(curator)


# Mending


@pytest.mark.usefixtures("empty")
def test_all_faults_of_a_page_are_mended_in_one_press(desk: Client) -> None:
    batch = handed_in(desk, *(f"Lab {number};Komune;" for number in range(4)), "Fin;Kommune;", ";Kommune;")
    sent = form_of(shown(desk, batch))
    sent |= {f"cell-{number}-type": "Kommune" for number in (2, 3, 4)} | {"cell-5-type": "By", "mend": ""}
    response = desk.post(f"{path(batch, 'rows/')}?show=refused&page=1", sent)
    assert response["Location"] == f"{path(batch)}?show=refused&page=1#c-5-type"
    assert list(verdicts(batch).values()) == [Verdict.NEW] * 3 + [
        Verdict.REFUSED,
        Verdict.NEW,
        Verdict.REFUSED,
    ]
    assert batch.rows.get(number=2).mended == {"type": "Kommune"}
    assert batch.rows.get(number=7).mended == {}, "what nobody wrote is nobody's"
    told = read(desk.get(f"/en{path(batch)}"))
    assert numbers(told)["Refused"] == 2


@pytest.mark.usefixtures("empty")
def test_what_is_mended_changes_in_place_and_is_what_the_page_would_be(desk: Client) -> None:
    batch = handed_in(desk, *(f"Lab {number};Komune;" for number in range(3)))
    page = shown(desk, batch, show="refused")
    sent = form_of(page) | {"cell-3-type": "Kommune", "mend": ""}
    response = desk.post(f"{path(batch, 'rows/')}?show=all&page=1", sent, headers=HTMX)
    assert response.status_code == 200
    answer = read(response)
    assert [node.attrs["id"] for node in answer.all("li", "sk-ir")] == ["row-3"]
    assert answer.by_id("import-status").text
    now = shown(desk, batch, show="all")
    for name in ("row-3", "import-numbers"):
        assert answer.by_id(name).plain() == now.by_id(name).plain()
    assert "import-summary" in answer


@pytest.mark.usefixtures("empty")
def test_rows_are_left_out_and_taken_back(desk: Client) -> None:
    batch = handed_in(desk, "A;Komune;", "B;Kommune;", "C;Komune;")
    page = shown(desk, batch, show="all")
    rows = f"{path(batch, 'rows/')}?show=all&page=1"
    assert desk.post(rows, form_of(page) | {"leave": "3"})["Location"].endswith("#do-3") is False
    assert verdicts(batch)[3] == Verdict.LEFT_OUT
    desk.post(rows, form_of(shown(desk, batch, show="all")) | {"take": "3"})
    assert verdicts(batch)[3] == Verdict.NEW
    page = shown(desk, batch)
    (everything,) = [form for form in page.all("form") if form.all("button", name="leave_refused")]
    desk.post(everything.attrs["action"], {"leave_refused": "1"})
    assert list(verdicts(batch).values()) == [Verdict.LEFT_OUT, Verdict.NEW, Verdict.LEFT_OUT]
    assert "apply" in shown(desk, batch)


@pytest.mark.usefixtures("empty")
def test_a_row_can_be_made_the_entry_it_looks_like(desk: Client) -> None:
    known = factories.actor("Solbakken Plejecenter", type="municipal_unit", side="pull")
    batch = handed_in(
        desk, "Solbakken Plejecenter;Kommunal institution eller enhed;https://solbakken.example"
    )
    page = shown(desk, batch, show="alike")
    row = page.by_id("row-2")
    assert known.get_absolute_url() in row.links
    (same,) = row.all("button", name="same")
    desk.post(path(batch, "rows/"), form_of(page) | {"same": same.attrs["value"]})
    made = batch.rows.get()
    assert (made.record, made.mended) == (known.record, {"id": known.record.public_id})
    assert made.verdict == Verdict.CHANGED
    assert "website" in made.changes


@pytest.mark.usefixtures("empty")
def test_a_row_is_mended_and_made_another_in_one_press(desk: Client) -> None:
    """Nobody else was at it, so nobody is told that somebody was."""
    known = factories.actor("Solbakken Plejecenter", type="company", side="push")
    batch = handed_in(desk, "Solbakken Plejecenter;Virksomheden;")
    sent = form_of(shown(desk, batch)) | {"cell-2-type": "Kommune", "same": f"2:{known.record.public_id}"}
    assert desk.post(path(batch, "rows/"), sent).status_code == 302
    made = batch.rows.get()
    assert made.mended == {"type": "Kommune", "id": known.record.public_id}
    assert (made.record, made.verdict) == (known.record, Verdict.CHANGED)


@pytest.mark.usefixtures("empty")
def test_a_row_with_many_faults_is_mended_part_by_part(desk: Client) -> None:
    fields = "type side website cvr ror latitude email_domain contact_email places"
    heads = ";".join(["Dansk navn", *fields.split()])
    batch = handed_in(desk, "A;x;x;x;x;x;x;x;x;Nowhere", heads=heads)
    row = shown(desk, batch).by_id("row-2")
    faults = [node for node in row if "data-fault" in node.attrs]
    assert 0 < len(faults) <= MOST_FAULTS
    assert len(faults) == len(batch.rows.get().problems)


# Two at once


@pytest.mark.usefixtures("empty")
def test_of_two_who_mend_a_row_the_second_is_told_and_another_row_is_nobodys_business(desk: Client) -> None:
    other = browser(people.person("other@example.org", is_curator=True))
    batch = handed_in(desk, "A;Komune;", "B;Komune;")
    mine, theirs = form_of(shown(desk, batch)), form_of(shown(other, batch))
    other.post(path(batch, "rows/"), theirs | {"cell-2-type": "Region"})
    response = desk.post(path(batch, "rows/"), mine | {"cell-2-type": "Virksomhed", "cell-3-type": "Kommune"})
    assert response.status_code == 409
    page = read(response)
    assert page.by_id("overtaken").text
    assert verdicts(batch)[3] == Verdict.NEW
    assert batch.rows.get(number=2).mended == {"type": "Region"}
    answer = desk.post(f"{path(batch, 'rows/')}?show=all", mine | {"cell-2-type": "Virksomhed"}, headers=HTMX)
    assert answer.status_code == 409
    assert "Virksomhed" in read(answer).by_id("row-2").one("p", "sk-gapnote").text


@pytest.mark.usefixtures("empty")
def test_what_somebody_wrote_stands_where_it_is_refused_still(desk: Client) -> None:
    other = browser(people.person("other@example.org", is_curator=True))
    batch = handed_in(desk, "A;Komune;x")
    mine, theirs = form_of(shown(desk, batch)), form_of(shown(other, batch))
    other.post(path(batch, "rows/"), theirs | {"cell-2-type": "Region"})
    response = desk.post(f"{path(batch, 'rows/')}?show=all", mine | {"cell-2-website": "https://mit.example"})
    assert response.status_code == 409
    assert read(response).by_id("c-2-website").attrs["value"] == "https://mit.example"
    again = form_of(read(response))
    assert desk.post(path(batch, "rows/"), again).status_code == 302
    assert verdicts(batch) == {2: Verdict.NEW}
    assert batch.rows.get().mended == {"type": "Region", "website": "https://mit.example"}


@pytest.mark.usefixtures("empty")
def test_what_was_taken_in_meanwhile_is_not_mended_nor_taken_in_twice(desk: Client) -> None:
    other = browser(people.person("other@example.org", is_curator=True))
    batch = handed_in(desk, "A;Kommune;", "B;Komune;")
    mine = form_of(shown(desk, batch, show="all"))
    other.post(path(batch, "rows/"), {"leave_refused": "1"})
    stale = desk.post(path(batch, "apply/"), {"version": str(batch.version)})
    assert stale.status_code == 409
    assert read(stale).by_id("overtaken").text
    assert not Actor.objects.exists()
    version = shown(other, batch).by_id("import-summary").all("input", name="version")[0].attrs["value"]
    assert other.post(path(batch, "apply/"), {"version": version})["Location"] == path(batch)
    assert desk.post(path(batch, "apply/"), {"version": version}).status_code == 409
    response = desk.post(path(batch, "rows/"), mine | {"cell-3-type": "Region"}, headers=HTMX)
    assert response["HX-Redirect"] == path(batch)
    assert desk.post(path(batch, "rows/"), mine | {"leave": "2"})["Location"] == path(batch)
    assert desk.post(path(batch, "drop/"), {"version": version}).status_code == 409
    assert [actor.name_da for actor in Actor.objects.all()] == ["A"]


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize(
    "sent",
    [{"seal-2": "[", "cell-2-type": "x"}, {"seal-x": "1", "cell-x-type": "x"}, {"cell-99999999999-type": "x"},
     {"seal-2": json.dumps(["x", {}]), "cell-2-nothing": "x"}, {"leave": "99"},
     {"same": "2:nobody"}, {"same": ":"}, {"seal-2": "[" * 5000, "cell-2-type": "y"}],
)  # fmt: skip
def test_what_no_page_sends_does_no_harm(desk: Client, sent: Mapping[str, str]) -> None:
    batch = handed_in(desk, "A;Kommune;")
    for headers in ({}, HTMX):
        assert desk.post(path(batch, "rows/"), dict(sent), headers=headers).status_code in (200, 302, 409)
    assert not Record.objects.exists()
    assert batch.rows.get().number == 2


# Taking in, and back


@pytest.mark.usefixtures("empty")
def test_a_file_is_taken_in_shown_and_set_back(desk: Client, curator: User) -> None:
    known = factories.actor("Kendt", type="company", side="push", website="https://foer.example")
    heads = "Public id;Dansk navn;Type;Websted"
    batch = handed_in(
        desk, ";Ny;Virksomhed;", f"{known.record.public_id};Kendt;Virksomhed;https://nu.example", ";Skæv;x;",
        heads=heads,
    )  # fmt: skip
    assert desk.post(path(batch, "apply/"), {"version": str(batch.version)}).status_code == 302
    batch.refresh_from_db()
    assert batch.state == BatchState.READY, "a row is refused"
    desk.post(path(batch, "rows/"), {"leave_refused": "1"})
    version = shown(desk, batch).by_id("import-summary").all("input", name="version")[0].attrs["value"]
    desk.post(path(batch, "apply/"), {"version": version})
    made = Actor.objects.get(name_da="Ny")
    assert made.record.state == State.PUBLISHED
    page = read(desk.get(f"/en{path(batch)}"))
    assert "It added 1 entry. It changed 1 entry." in page.one("main").text
    assert f"/en{made.get_absolute_url()}" in page.links
    assert "rows-form" not in page
    assert "Ny" in read(desk.get("/actors/")).by_id("results").text
    question = read(desk.get(path(batch, "revert/")))
    assert Actor.objects.get(pk=known.pk).website == "https://nu.example"
    [form] = [form for form in question.one("main").all("form") if form.all("button")]
    sent = {node.attrs["name"]: node.attrs["value"] for node in form.all("input")}
    assert desk.post(path(batch, "revert/"), sent)["Location"] == path(batch)
    made.record.refresh_from_db()
    assert made.record.state == State.WITHDRAWN
    assert Actor.objects.get(pk=known.pk).website == "https://foer.example"
    assert "Ny" not in read(desk.get("/actors/")).by_id("results").text
    assert desk.post(path(batch, "revert/"), sent).status_code == 409
    assert desk.get(path(batch)).status_code == 200


@pytest.mark.usefixtures("empty")
def test_setting_back_waits_for_another_file_and_says_so(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = handed_in(desk, "A;Virksomhed;")
    desk.post(path(batch, "apply/"), {"version": str(batch.version)})

    def others_hold_it(*_all: object, **_more: object) -> None:
        raise OperationalError from LockNotAvailable()

    monkeypatch.setattr(actions, "set_back", others_hold_it)
    batch.refresh_from_db()
    response = desk.post(f"/en{path(batch, 'revert/')}", {"version": str(batch.version)}, follow=True)
    assert response.redirect_chain == [(f"/en{path(batch, 'revert/')}", 302)]
    assert "Another file is being taken in." in response.text
    assert Actor.objects.get().record.state == State.PUBLISHED


@pytest.mark.usefixtures("empty")
def test_rows_are_forgotten_after_six_months_and_what_they_did_is_not(
    desk: Client, curator: User, time_machine: Any
) -> None:
    """A file that nobody has taken in is dropped then; one that is younger stays."""
    time_machine.move_to("2026-01-10 12:00Z", tick=False)
    taken, waits = handed_in(desk, "A;Virksomhed;"), handed_in(desk, "B;Virksomhed;")
    time_machine.move_to("2026-02-10 12:00Z")
    desk.post(path(taken, "apply/"), {"version": str(taken.version)})
    time_machine.move_to("2026-07-10 12:00Z")
    young = handed_in(desk, "C;Virksomhed;")
    assert forget_rows() == 1
    waits.refresh_from_db()
    assert (waits.state, waits.rows.count(), taken.rows.count()) == (BatchState.DROPPED, 0, 1)
    time_machine.move_to("2026-08-10 12:00Z")
    forget_files(timestamp=0)
    assert forget_rows() == 0
    assert BatchRow.objects.get().batch == young
    page = read(desk.get(f"/en{path(taken)}"))
    assert "It had 1 row. Rows are kept for six months" in page.one("main").text
    assert "import-numbers" not in page
    assert f"/en{path(taken, 'revert/')}" not in page.links
    assert desk.get(path(taken, "revert/"))["Location"] == path(taken)
    taken.refresh_from_db()
    refused = desk.post(f"/en{path(taken, 'revert/')}", {"version": str(taken.version)}, follow=True)
    assert "cannot be set back" in refused.text
    assert Actor.objects.get(name_da="A").record.events.count() == 1


@pytest.mark.usefixtures("empty")
def test_a_file_is_dropped(desk: Client) -> None:
    batch = handed_in(desk, "A;Kommune;")
    desk.post(path(batch, "drop/"), {"version": str(batch.version)})
    batch.refresh_from_db()
    assert batch.state == BatchState.DROPPED
    page = read(desk.get(path(batch)))
    assert "rows-form" not in page
    assert desk.get(path(batch, "columns/"))["Location"] == path(batch)
    assert desk.get(path(batch, "revert/"))["Location"] == path(batch)


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("state", [BatchState.READING, BatchState.APPLYING, BatchState.REVERTING])
def test_how_far_it_is_can_be_seen(desk: Client, curator: User, state: BatchState) -> None:
    batch = Batch.objects.create(
        kind="actor", file_name="a.csv", digest="0", size=1, by=curator, state=state, done=3, total=12,
        applied_by=curator if state == BatchState.REVERTING else None,
        applied_at=Batch().at if state == BatchState.REVERTING else None,
    )  # fmt: skip
    bar = shown(desk, batch).one("progress")
    assert (bar.attrs["value"], bar.attrs["max"]) == ("3", "12")
    assert path(batch) in shown(desk, batch).by_id("progress").links
    part = desk.get(path(batch), headers=HTMX)
    assert read(part).by_id("progress").plain() == shown(desk, batch).by_id("progress").plain()
    Batch.objects.filter(pk=batch.pk).update(state=BatchState.READY)
    assert desk.get(path(batch), headers=HTMX)["HX-Refresh"] == "true"


@pytest.mark.usefixtures("empty")
def test_what_was_not_handed_in_does_not_exist(desk: Client) -> None:
    paths = ["1/", "1/columns/", "1/revert/"]
    assert {desk.get(f"/desk/import/{one}").status_code for one in paths} == {404}
    posts = ["1/rows/", "1/apply/", "1/drop/", "1/revert/", "1/columns/"]
    assert {desk.post(f"/desk/import/{one}").status_code for one in posts} == {404}
