"""Answering a half of PULL-spejlet: saved as one goes, evidence from 3 up, two windows, finishing."""

import json
import re
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from keeping.mirror import actions
from keeping.mirror.access import link_to, sheet_to_answer
from keeping.views import mirror_sheets
from labs.choices import Half
from labs.models import Sheet, StatementAnswer
from tests.keeping.mirrors import House, answers, fill, form, house, run_page, sheet_page
from tests.pages import read
from tests.people import browser

pytestmark = pytest.mark.usefixtures("empty")
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def where() -> House:
    return house()


@pytest.fixture
def sheet(where: House) -> Sheet:
    return actions.begin(where.lab, by=where.anna).sheets.get()


@pytest.fixture
def anna(where: House) -> Client:
    return browser(where.anna)


def save(client: Client, sheet: Sheet, sent: dict[str, Any]) -> Any:
    """As the script does while one answers."""
    return client.post(sheet_page(sheet), sent | {"saving": "1"}, headers=HTMX)


def chosen(page: str) -> set[str]:
    """Which answers are ticked."""
    return set(re.findall(r'id="f-score-(\d+-\w)" name="score-\d+" value="\w" checked', page))


# Shown


def test_the_page_asks_21_statements_and_says_what_it_is_not(anna: Client, sheet: Sheet) -> None:
    page = read(anna.get(sheet_page(sheet), headers={"Accept-Language": "en"}))
    asked = page.all("fieldset")
    assert len(asked) == 21
    radios = [one for one in asked[3].all("input") if one.attrs.get("type") == "radio"]
    assert [one.attrs["value"] for one in radios] == ["0", "1", "2", "3", "4", "x"]
    assert all(one.one("label", **{"for": f"f-evidence-{n}"}) for n, one in enumerate(asked, start=1))
    assert len([one for one in asked if "sk-mirq__h" in str(one)]) == 6
    response = anna.get(f"/en{sheet_page(sheet)}").content.decode()
    assert "not a certification" in response
    assert "not validated" in response
    assert "<b>0</b> of 21 answered" in response


# Saved as one goes


def test_what_is_answered_is_saved_and_stands_there_again(anna: Client, sheet: Sheet) -> None:
    response = save(
        anna, sheet, form({1: 3, 2: "x", 3: 0}, post="Centerchef", **{"evidence-7": "Vagtplanen"})
    )
    assert response.status_code == 200
    assert "<b>3</b>" in response.content.decode()
    assert answers(sheet) == {1: ("3", "Ses i referat 1"), 2: ("x", ""), 3: ("0", ""), 7: ("", "Vagtplanen")}
    page = anna.get(sheet_page(sheet)).content.decode()
    assert chosen(page) == {
        "1-3",
        "2-x",
        "3-0",
    }
    assert 'value="Vagtplanen"' in page
    assert 'value="Centerchef"' in page


def test_a_draft_may_lack_evidence(anna: Client, sheet: Sheet) -> None:
    assert save(anna, sheet, form({1: 4}, **{"evidence-1": ""})).status_code == 200
    assert answers(sheet) == {1: ("4", "")}


def test_an_answer_can_be_changed_and_evidence_taken_away(anna: Client, sheet: Sheet) -> None:
    save(anna, sheet, form({1: 4, 2: 1}, **{"evidence-5": "Aftalen"}))
    save(anna, sheet, form({1: "x", 2: 2}, **{"evidence-1": "Ses i referat 1", "evidence-5": " "}))
    assert answers(sheet) == {1: ("x", ""), 2: ("2", "")}


def test_a_form_that_was_cut_leaves_the_rest_as_it_is(anna: Client, sheet: Sheet) -> None:
    save(anna, sheet, form({1: 1, 2: 2}))
    save(anna, sheet, {"version": "1", "window": "w1", "score-1": "0"})
    assert answers(sheet) == {1: ("0", ""), 2: ("2", "")}


@pytest.mark.parametrize("value", ["5", "-1", "null", "２"])
def test_an_answer_that_is_none_is_no_answer(anna: Client, sheet: Sheet, value: str) -> None:
    save(anna, sheet, form({1: value}))
    assert answers(sheet) == {}


def test_too_long_a_line_is_refused_and_stands_there_still(anna: Client, sheet: Sheet) -> None:
    sent = form({1: 3}, **{"evidence-1": "æ" * 301})
    response = anna.post(sheet_page(sheet), sent)
    assert response.status_code == 422
    assert "æ" * 301 in response.content.decode()
    assert 'href="#f-evidence-1"' in response.content.decode()
    assert answers(sheet) == {}
    assert save(anna, sheet, form({1: 3}, **{"evidence-1": "æ" * 300})).status_code == 200


# Two windows


def test_the_same_window_goes_on_saving_even_if_an_answer_was_lost(anna: Client, sheet: Sheet) -> None:
    for score in (1, 2, 0):
        assert save(anna, sheet, form({1: score})).status_code == 200
    assert answers(sheet) == {1: ("0", "")}
    assert Sheet.objects.get().version == 4


def test_two_windows_never_overwrite_each_other_silently(anna: Client, sheet: Sheet) -> None:
    began = json.dumps({"post": "", "said": {}})
    save(anna, sheet, form({1: 1, 2: 1}, window="one", began=began))
    second = form({1: 4, 3: 0}, window="two", began=began)
    response = save(anna, sheet, second)
    assert response.status_code == 409
    assert answers(sheet) == {1: ("1", ""), 2: ("1", "")}

    response = anna.post(sheet_page(sheet), second)
    assert response.status_code == 409
    text = response.content.decode()
    page = read(response)
    rows = page.one("table").all("tr")[1:]
    assert [row.all("a")[0].attrs["href"] for row in rows] == ["#s-1", "#s-3"]
    assert chosen(text) == {
        "1-4",
        "2-1",
        "3-0",
    }
    assert 'value="Ses i referat 1"' in text
    assert page.one("input", name="version").attrs["value"] == "2"

    again = form({1: 4, 2: 1, 3: 0}, window="two", version="2")
    assert anna.post(sheet_page(sheet), again).status_code == 302
    assert answers(sheet) == {1: ("4", "Ses i referat 1"), 2: ("1", ""), 3: ("0", "")}


def test_the_same_words_from_another_window_are_no_clash(anna: Client, sheet: Sheet) -> None:
    save(anna, sheet, form({1: 1}, window="one"))
    assert save(anna, sheet, form({1: 1}, window="two")).status_code == 200
    assert Sheet.objects.get().version == 2


@pytest.mark.parametrize("began", ["", "[]", "null", '{"said": {"1": 7}, "post": ""}', "[" * 2000])
def test_a_forged_beginning_is_no_beginning(anna: Client, sheet: Sheet, began: str) -> None:
    save(anna, sheet, form({1: 1}, window="one"))
    assert anna.post(sheet_page(sheet), form({1: 2}, window="two", began=began)).status_code == 409
    assert answers(sheet) == {1: ("1", "")}


# Finishing


def test_finishing_names_each_thing_that_is_missing_beside_its_field(anna: Client, sheet: Sheet) -> None:
    sent = form(2, **{"score-4": "3", "evidence-4": "", "finish": "1"})
    del sent["score-9"]
    response = anna.post(sheet_page(sheet), sent)
    assert response["Location"].endswith("?check=1#error-summary")
    page = read(anna.get(f"{sheet_page(sheet)}?check=1"))
    assert page.one("div", id="error-summary").links == ["#f-evidence-4", "#f-score-9-0"]
    assert page.one("input", id="f-evidence-4").attrs["aria-describedby"] == "f-evidence-4-error"
    assert page.one("p", id="f-score-9-error").text
    assert len(answers(sheet)) == 20
    assert Sheet.objects.get().finished_at is None


def test_a_finished_half_is_not_changed_any_more(where: House, anna: Client, sheet: Sheet) -> None:
    response = anna.post(sheet_page(sheet), form(3, finish="1"))
    assert response["Location"] == run_page(sheet.assessment)
    before = answers(sheet)
    assert len(before) == 21
    for more, status in (({}, 200), ({"saving": "1"}, 409), ({"finish": "1"}, 200)):
        assert anna.post(sheet_page(sheet), form(0, **more)).status_code == status
    assert save(anna, sheet, form(3)).status_code == 200
    assert answers(sheet) == before
    page = read(anna.get(sheet_page(sheet))).one("main")
    assert not page.all("form")
    assert run_page(sheet.assessment) in page.links


def test_whoever_is_overtaken_by_the_end_gets_back_what_was_typed(
    where: House, anna: Client, sheet: Sheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Finished in the moment between loading and saving."""
    stale = sheet_to_answer(where.anna, sheet.pk)
    monkeypatch.setattr(mirror_sheets, "sheet_to_answer", lambda *_args: stale)
    actions.finish_sheet(fill(sheet))
    response = anna.post(sheet_page(sheet), form({5: 4}))
    assert response.status_code == 409
    assert "Ses i referat 5" in response.content.decode()
    assert save(anna, sheet, form({5: 4})).status_code == 409
    assert answers(sheet)[5] == ("2", "")


# The database holds the same rules


def test_the_database_refuses_to_finish_without_evidence(sheet: Sheet) -> None:
    sheet.answers.create(statement=4, score=3)
    with pytest.raises(IntegrityError, match="high answer without"), transaction.atomic():
        Sheet.objects.update(finished_at="2026-11-22T10:00:00Z")
    sheet.answers.update(evidence="Aftalen")
    Sheet.objects.update(finished_at="2026-11-22T10:00:00Z")


@pytest.mark.parametrize("how", ["changed", "added", "removed"])
def test_the_database_keeps_a_finished_half(sheet: Sheet, how: str) -> None:
    first = sheet.answers.create(statement=4, score=2)
    Sheet.objects.update(finished_at="2026-11-22T10:00:00Z")
    acts = {
        "changed": lambda: StatementAnswer.objects.update(score=4, evidence="x"),
        "added": lambda: sheet.answers.create(statement=5, score=2),
        "removed": first.delete,
    }
    with pytest.raises(IntegrityError, match="finished sheet"), transaction.atomic():
        acts[how]()
    assert answers(sheet) == {4: ("2", "")}


# A link


@pytest.fixture
def theirs(sheet: Sheet) -> Sheet:
    return actions.ask(sheet.assessment, of=None)


def link(sheet: Sheet) -> str:
    return f"/mirror/{link_to(sheet)}/"


def test_a_link_answers_without_an_account_and_tells_nothing_of_the_other_half(
    client: Client, sheet: Sheet, theirs: Sheet
) -> None:
    fill(sheet, 4, "Kanariefuglens referat")
    asked = link(theirs)  # each is signed with its second
    response = client.get(asked)
    assert "Kanariefugl" not in response.content.decode()
    assert "checked" not in response.content.decode()
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert client.post(asked, form(1, finish="1"))["Location"] == asked
    page = client.get(asked).content.decode()
    assert "Kanariefugl" not in page
    assert "<form method" not in page
    theirs.refresh_from_db()
    assert theirs.half == Half.HOST
    assert theirs.finished_at
    assert theirs.by is None


def test_opening_a_link_changes_nothing(client: Client, theirs: Sheet) -> None:
    client.get(link(theirs))
    theirs.refresh_from_db()
    assert (theirs.version, theirs.finished_at) == (1, None)


def test_a_link_that_is_not_ours_is_nothing(client: Client, sheet: Sheet, theirs: Sheet) -> None:
    assert client.get(f"/mirror/{link_to(theirs)[:-2]}xx/").status_code == 404
    assert client.get("/mirror/none/").status_code == 404


def test_a_link_runs_out(client: Client, theirs: Sheet, time_machine: Any) -> None:
    time_machine.move_to("2026-03-01", tick=False)
    old = link(theirs)
    time_machine.move_to("2026-06-28", tick=False)
    assert client.get(old).status_code == 200
    time_machine.move_to("2026-07-01", tick=False)
    assert client.get(old).status_code == 410


def test_a_link_is_closed_when_the_half_is_taken_back_given_away_or_the_run_is_over(
    client: Client, where: House, sheet: Sheet, theirs: Sheet
) -> None:
    path = link(theirs)
    actions.ask(sheet.assessment, of=where.carl)
    assert client.get(path).status_code == 403
    actions.ask(sheet.assessment, of=None)
    assert client.get(path).status_code == 200
    actions.stop_asking(sheet.assessment)
    assert client.get(path).status_code == 410
    assert client.post(path, form(1)).status_code == 410
    again = link(actions.ask(sheet.assessment, of=None))
    actions.finish_sheet(fill(sheet))
    actions.finish(sheet.assessment)
    assert client.get(again).status_code == 410
    assert client.post(again, form(1)).status_code == 410
    assert Sheet.objects.count() == 1


def test_a_link_to_a_withdrawn_lab_is_closed(client: Client, where: House, theirs: Sheet) -> None:
    where.lab.record.state = "withdrawn"
    where.lab.record.save()
    assert client.get(link(theirs)).status_code == 410


# Logged out meanwhile


def test_what_is_sent_after_the_session_ran_out_comes_back(
    client: Client, where: House, sheet: Sheet
) -> None:
    assert save(client, sheet, form(1)).status_code == 403
    response = client.post(sheet_page(sheet), form({1: 1}))
    assert response["Location"].startswith("/account/login/")
    assert answers(sheet) == {}
    client.force_login(where.anna)
    assert 'name="score-1"' in client.get("/account/again/").content.decode()
