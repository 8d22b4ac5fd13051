"""A run of PULL-spejlet: begun once, the host asked, finished, dropped, shown; what waits, who is ahead."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from curation.models import RegisterVersion
from keeping.mirror import actions
from keeping.mirror.ahead import one_ahead
from labs.choices import Half
from labs.mirror.results import result_of
from labs.models import Assessment, Sheet
from tests import factories
from tests.keeping.mirrors import House, answers, fill, finished, form, house, run_page, sheet_page
from tests.pages import Node, read
from tests.people import browser, person
from tests.statements import MEMBER, statements

pytestmark = pytest.mark.usefixtures("empty")


@pytest.fixture
def where() -> House:
    return house()


@pytest.fixture
def anna(where: House) -> Client:
    return browser(where.anna)


def main(client: Client, path: str) -> Node:
    return read(client.get(path)).one("main")


def waiting(client: Client) -> list[str]:
    return [link for link in main(client, "/account/").links if "/account/mirror/" in link]


# Begun


def test_the_way_in_says_what_it_is_and_a_second_beginning_leads_to_the_first(
    where: House, anna: Client
) -> None:
    assert where.page in main(anna, f"/account/entries/{where.lab.record.public_id}/").links
    assert where.page in main(anna, "/account/").links
    page = main(anna, f"/en{where.page}")
    assert "not a certification, and it is not validated" in page.text
    first, second = anna.post(where.page), anna.post(where.page)
    run = Assessment.objects.get()
    assert first["Location"] == second["Location"] == run_page(run)
    assert (run.host, run.begun_by) == (where.host, where.anna)
    assert [(sheet.half, sheet.by) for sheet in run.sheets.all()] == [(Half.LAB, where.anna)]
    assert run_page(run) in main(anna, where.page).links


def test_an_ended_lab_begins_no_run(where: House, anna: Client) -> None:
    where.lab.ended = True
    where.lab.save()
    factories.reindex(where.lab)
    assert not main(anna, where.page).all("form")
    anna.post(where.page)
    assert not Assessment.objects.exists()


# Asked


@pytest.fixture
def run(where: House) -> Assessment:
    return actions.begin(where.lab, by=where.anna)


def test_a_link_is_made_and_taken_back(anna: Client, run: Assessment) -> None:
    assert "f-link" not in main(anna, run_page(run))
    anna.post(run_page(run, "ask/"), {"how": "link"})
    made = main(anna, run_page(run)).one("input", id="f-link").attrs["value"] or ""
    path = made[made.index("/mirror/") :]
    assert Client().get(path).status_code == 200
    anna.post(run_page(run, "ask/"), {"how": "stop"})
    assert Client().get(path).status_code == 410
    assert not run.sheets.filter(half=Half.HOST).exists()


def test_members_of_the_host_find_an_open_question_and_one_of_them_takes_it(
    where: House, anna: Client, run: Assessment
) -> None:
    bo, eva = browser(where.bo), browser(where.eva)
    assert waiting(bo) == []
    sheet = actions.ask(run, of=None)
    assert waiting(bo) == waiting(eva) == [sheet_page(sheet)]
    bo.post(sheet_page(sheet), form({1: 3}))
    assert waiting(bo) == [sheet_page(sheet)]
    assert waiting(eva) == []
    assert eva.get(sheet_page(sheet)).status_code == 404
    assert answers(sheet) == {1: ("3", "Ses i referat 1")}


def test_nobody_is_given_who_is_not_a_colleague_and_the_names_of_others_are_not_told(
    where: House, anna: Client, run: Assessment
) -> None:
    """Anna belongs to the owner alone: she can ask Carl there, and is not told who works at the hospital."""
    anna.post(run_page(run, "ask/"), {"how": "link"})
    page = main(anna, run_page(run))
    assert [option.attrs["value"] for option in page.all("option")] == ["", str(where.carl.pk)]
    for foreign in (where.bo.pk, where.anna.pk, "x", ""):
        response = anna.post(run_page(run, "ask/"), {"how": "person", "person": foreign})
        assert read(response).one("div", id="error-summary").links == ["#f-person"]
    assert run.sheets.get(half=Half.HOST).by is None
    anna.post(run_page(run, "ask/"), {"how": "person", "person": where.carl.pk})
    assert run.sheets.get(half=Half.HOST).by == where.carl


def test_whoever_answers_one_half_does_not_see_the_other(where: House, run: Assessment) -> None:
    """Carl could answer for the lab too, until he is given the host's half."""
    mine, carl, anna = run.sheets.get(), browser(where.carl), browser(where.anna)
    assert carl.get(sheet_page(mine)).status_code == 200
    theirs = actions.ask(run, of=where.carl)
    assert carl.get(sheet_page(mine)).status_code == 404
    assert anna.get(sheet_page(theirs)).status_code == 404
    assert sheet_page(theirs) in waiting(carl)
    page = main(carl, run_page(run))
    assert sheet_page(theirs) in page.links
    assert sheet_page(mine) not in page.links


def test_rights_are_those_of_now(where: House, run: Assessment) -> None:
    theirs = actions.ask(run, of=where.bo)
    bo = browser(where.bo)
    assert bo.get(sheet_page(theirs)).status_code == 200
    where.bo.memberships.update(until=dt.datetime(2030, 1, 1, tzinfo=dt.UTC))
    assert bo.get(sheet_page(theirs)).status_code == 404
    assert waiting(bo) == []
    where.lab.owner = where.host
    where.lab.save()
    anna = browser(where.anna)
    assert anna.get(run_page(run)).status_code == 404
    assert anna.get(where.page).status_code == 403


def test_curators_and_stewards_do_not_look_in_but_where_nobody_answers(where: House, curator: Any) -> None:
    run = finished(where)
    assert browser(curator).get(run_page(run)).status_code == 404
    assert browser(curator).get(where.page).status_code == 403
    where.lab.owner = None
    where.lab.save()
    assert browser(curator).get(run_page(run)).status_code == 200


# Finished


def test_with_both_halves_the_run_is_finished_and_both_read_it(where: House, anna: Client) -> None:
    run = finished(where, lab=1, host=4)
    assert run.finished_on
    assert run.shown == ""
    page = main(anna, run_page(run))
    assert page.one("section", id="dimensions")
    assert page.one("section", id="capacities")
    assert "Ses i referatet" in page.one("section", id="statements").text
    bo, eva = browser(where.bo), browser(where.eva)
    theirs = main(bo, run_page(run))
    assert theirs.one("section", id="dimensions")
    assert run_page(run, "show/") in page.links
    assert run_page(run, "show/") not in theirs.links
    assert bo.get(run_page(run, "show/")).status_code == 404
    assert eva.get(run_page(run)).status_code == 404


def test_one_may_finish_alone_and_is_told_what_that_means(
    where: House, anna: Client, run: Assessment
) -> None:
    fill(actions.ask(run, of=None), 4)
    assert anna.post(run_page(run, "finish/")).status_code == 409
    actions.finish_sheet(fill(run.sheets.get(half=Half.LAB)))
    page = main(anna, f"/en{run_page(run, 'finish/')}")
    assert "the lab’s answers count for all 21 statements" in page.text
    assert "is dropped" in page.text
    assert anna.post(run_page(run, "finish/"))["Location"] == run_page(run)
    run.refresh_from_db()
    assert run.finished_on
    assert [sheet.half for sheet in run.sheets.all()] == [Half.LAB]
    assert result_of(run).dimensions[4].mean == 2


def test_finishing_twice_finishes_once(where: House, anna: Client) -> None:
    run = finished(where)
    before = (run.finished_on, Sheet.objects.count())
    assert anna.post(run_page(run, "finish/")).status_code == 302
    for verb in (actions.finish, actions.drop, actions.stop_asking):
        with pytest.raises(actions.Closed):
            verb(run)
    run.refresh_from_db()
    assert (run.finished_on, Sheet.objects.count()) == before


def test_a_run_is_dropped_while_nothing_is_finished(where: House, anna: Client, run: Assessment) -> None:
    fill(run.sheets.get())
    actions.ask(run, of=None)
    assert main(anna, run_page(run, "drop/")).all("form")
    assert anna.post(run_page(run, "drop/"))["Location"] == where.page
    assert not Assessment.objects.exists()
    again = actions.begin(where.lab, by=where.anna)
    actions.finish_sheet(fill(again.sheets.get()))
    assert not main(anna, run_page(again, "drop/")).all("form")
    assert anna.post(run_page(again, "drop/")).status_code == 409
    assert Assessment.objects.get() == again


# Shown


def test_what_everybody_reads_is_chosen_and_taken_back(where: House, anna: Client, client: Client) -> None:
    run = finished(where, lab=3, evidence="Ses i Vejlereferatet")
    public = f"/labs/{where.lab.record.slug}/mirror/"
    page = main(anna, run_page(run, "show/"))
    assert "Ses i Vejlereferatet" in page.text
    assert [one.attrs["value"] for one in page.all("input") if one.attrs["type"] == "radio"] == [
        "nothing",
        "done",
        "all",
    ]
    assert client.get(public).status_code == 404
    for chosen, status, told in (("done", 200, False), ("all", 200, True), ("nothing", 404, False)):
        assert anna.post(run_page(run, "show/"), {"shown": chosen})["Location"] == run_page(run)
        response = client.get(public)
        assert response.status_code == status
        assert ("Ses i Vejlereferatet" in response.content.decode()) is told
    assert anna.post(run_page(run, "show/"), {"shown": "everything"}).status_code == 200
    run.refresh_from_db()
    assert run.shown == ""


def test_a_run_under_way_is_never_shown(anna: Client, run: Assessment) -> None:
    assert anna.post(run_page(run, "show/"), {"shown": "all"})["Location"] == run_page(run)
    with pytest.raises(actions.Closed):
        actions.show(run, shown="all")
    run.refresh_from_db()
    assert run.shown == ""


@pytest.mark.django_db(transaction=True)
def test_only_what_is_shown_changes_the_register_for_readers(where: House) -> None:
    def version() -> int:
        return RegisterVersion.objects.get().number

    before = version()
    run = finished(where)
    assert version() == before
    actions.show(run, shown="done")
    assert version() == before + 1
    actions.show(run, shown="")
    assert version() == before + 2


# Again, and who may be asked


def test_a_year_later_it_waits_again_and_the_change_is_drawn(where: House, time_machine: Any) -> None:
    time_machine.move_to("2026-03-01T10:00:00Z", tick=False)
    first = finished(where, lab=1, host=1)
    time_machine.move_to("2027-02-20T10:00:00Z", tick=False)
    assert where.page not in waiting_section(browser(where.anna))
    time_machine.move_to("2027-03-02T10:00:00Z", tick=False)
    assert where.page in waiting_section(browser(where.anna))
    second = finished(where, lab=3, host=2)
    assert where.page not in waiting_section(browser(where.anna))
    again = browser(where.anna)
    page = main(again, f"/en{run_page(second)}")
    assert f"/en{run_page(first)}" in page.links
    before, after = (
        main(browser(where.anna), f"/en{run_page(run)}").one("section", id="dimensions").text
        for run in (first, second)
    )
    assert "1 March 2026" in after
    assert "2026" not in before


def waiting_section(client: Client) -> list[str]:
    sections = read(client.get("/account/")).all("section")
    found = [one for one in sections if one.attrs.get("aria-labelledby") == "waiting-h"]
    return found[0].links if found else []


def test_labs_one_level_higher_that_tell_everything_may_be_asked(where: House, anna: Client) -> None:
    own = {number: 1 if number < 4 else 3 for number in range(1, 22)}
    run = factories.assessment(where.lab, on=dt.date(2026, 5, 1), scores={"lab": own})
    day = dt.date(2026, 4, 1)
    for name, score, shown, on in (
        ("Et trin højere", 2, "all", day),
        ("To trin højere", 3, "all", day),
        ("Samme trin", 1, "all", day),
        ("Kun at det er gjort", 2, "done", day),
        ("Intet vist", 2, "", day),
    ):
        lab = factories.lab(name)
        factories.assessment(lab, on=on, shown=shown, scores={"lab": dict.fromkeys(range(1, 22), score)})
    grown = factories.lab("Siden vokset")
    for on, score in ((day, 2), (dt.date(2026, 6, 1), 4)):
        factories.assessment(grown, on=on, shown="all", scores={"lab": dict.fromkeys(range(1, 22), score)})
    gone = factories.lab("Trukket tilbage", state="withdrawn")
    factories.assessment(gone, on=day, shown="all", scores={"lab": dict.fromkeys(range(1, 22), 2)})
    ahead = one_ahead(where.lab, result_of(run))
    assert [(one.of.dimension.slug, [lab.name for lab in one.labs]) for one in ahead] == [
        ("mission", ["Et trin højere"])
    ]
    section = main(anna, run_page(run)).one("section", id="ahead")
    assert [link for link in section.links if "write" in link] == ["/write/labs/et-trin-hoejere/"]
    for name in ("Intet vist", "Kun at det er gjort", "To trin højere", "Trukket tilbage"):
        assert name not in section.text


def test_at_the_top_nobody_is_ahead(where: House) -> None:
    run = factories.assessment(
        where.lab, on=dt.date(2026, 5, 1), scores={"lab": dict.fromkeys(range(1, 22), 4)}
    )
    assert one_ahead(where.lab, result_of(run)) == []


def test_the_pages_ask_the_same_for_one_run_and_three(where: House, anna: Client) -> None:
    counts = []
    for _round in range(2):
        for _number in range(2):
            run = finished(where)
            other = factories.lab()
            factories.assessment(
                other, on=dt.date(2026, 5, 1), shown="all", scores={"lab": dict.fromkeys(range(1, 22), 3)}
            )
        counts.append([len(statements(anna, path)) for path in (where.page, run_page(run), "/account/")])
    assert counts[0] == counts[1]
    assert max(counts[0]) <= MEMBER + 6


def test_somebody_else_finds_nothing_of_it(where: House) -> None:
    run = finished(where)
    other = browser(person())
    for path in (run_page(run), run_page(run, "show/"), run_page(run, "finish/"), run_page(run, "drop/")):
        assert other.get(path).status_code == 404
    assert "mirror/runs" not in other.get("/account/").content.decode()
