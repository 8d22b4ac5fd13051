"""Pairs that look like one: found in the background, weighed, decided at the desk."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from actors.models import Actor
from curation.choices import State
from curation.models import Record, RecordEvent
from desk.duplicates import finding
from desk.models import Merge, Pair
from tests import factories, people
from tests.pages import read
from tests.people import browser
from tests.statements import statements

pytestmark = pytest.mark.usefixtures("empty")


@pytest.fixture
def curator() -> User:
    return people.person("curator@example.org", name="Karen Kurator", is_curator=True)


@pytest.fixture
def desk(curator: User) -> Client:
    return browser(curator)


def municipality(name: str, **said: Any) -> Actor:
    return factories.actor(name, **{"type": "municipality", "side": "pull"} | said)


@pytest.fixture
def two() -> tuple[Actor, Actor]:
    aarhus = factories.place("Aarhus")
    one = municipality("Aarhus Kommune", slug="aarhus", cvr="55133018", places=[aarhus], summary_da="Kort.")
    other = municipality(
        "Århus Kommune", slug="aarhus-2", cvr="55133018", places=[aarhus], website="https://aarhus.dk",
        summary_da="En meget længere fortælling om kommunen.",
    )  # fmt: skip
    municipality("Odense Kommune")
    return one, other


def pair_of(two: tuple[Actor, Actor]) -> Pair:
    return Pair.objects.get(left=two[0].record, right=two[1].record)


def at(pair: Pair) -> str:
    return f"/desk/duplicates/{pair.pk}/"


def merge(two: tuple[Actor, Actor], **said: Any) -> dict[str, Any]:
    one, other = (Record.objects.get(pk=each.pk) for each in two)
    return {
        "decision": "merge", "version": one.version, "version_right": other.version, "keep": "left",
        "reason": "Samme kommune, stavet på to måder.",
    } | said  # fmt: skip


# Finding


def test_pairs_are_found_once_and_wait_with_their_certainty(two: tuple[Actor, Actor]) -> None:
    assert finding.look_at_all() == 1
    assert finding.look_at_all() == 0
    [pair] = Pair.objects.all()
    assert (pair.left_id, pair.right_id) == (two[0].pk, two[1].pk)
    assert pair.reasons["parts"] == {"same_name": 60, "cvr": 45, "same_place": 10, "same_type": 5}
    assert pair.certainty == 100


def test_what_has_changed_is_compared_with_all_others(two: tuple[Actor, Actor]) -> None:
    before = timezone.now() - dt.timedelta(days=1)
    Record.objects.update(updated_at=before)
    assert finding.look_at_changed(timezone.now() - dt.timedelta(minutes=30)) == 0
    Record.objects.filter(pk=two[0].pk).update(updated_at=timezone.now())
    assert finding.look_at_changed(timezone.now() - dt.timedelta(minutes=30)) == 1


def test_two_different_things_come_back_only_when_an_identifier_changes(
    two: tuple[Actor, Actor], curator: User
) -> None:
    finding.look_at_all()
    assert finding.decided_different(pair_of(two), by=curator)
    assert not finding.decided_different(pair_of(two), by=curator), "decided already"
    Actor.objects.filter(pk=two[0].pk).update(name_da="Aarhus  kommune", summary_da="Noget helt andet.")
    finding.look_at_all()
    assert pair_of(two).outcome == "different"
    Actor.objects.filter(pk=two[0].pk).update(website="https://www.aarhus.dk/")
    finding.look_at_all()
    assert (pair_of(two).outcome, pair_of(two).decided_by) == ("waiting", None)
    assert pair_of(two).reasons["parts"]["website"] == 25


def test_a_pair_that_looks_different_by_now_leaves_the_list(two: tuple[Actor, Actor], desk: Client) -> None:
    finding.look_at_all()
    assert "Århus Kommune" in desk.get("/desk/duplicates/").text
    Actor.objects.filter(pk=two[1].pk).update(cvr="29189757", name_da="Skive Kommune")
    factories.reindex(Actor.objects.get(pk=two[1].pk))
    finding.look_at_all()
    assert pair_of(two).certainty < 50
    assert "Skive Kommune" not in desk.get("/desk/duplicates/").text


# The desk


def test_the_desk_counts_them_and_the_most_certain_stands_first(
    two: tuple[Actor, Actor], desk: Client
) -> None:
    lab = factories.lab("Sundhedslaboratoriet Vest", slug="a")
    factories.lab("Sundhedslaboratoriet Vets", slug="b", places=[factories.place("Struer")])
    factories.reindex(lab)
    finding.look_at_all()
    page = read(desk.get("/desk/duplicates/"))
    assert page.all("span", "sk-q__t")[0].text == "Aarhus Kommune"
    assert "100 %" in page.all("span", "sk-q__k")[0].text
    assert len(statements(desk, "/desk/duplicates/")) <= 14


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.SUBMITTED])
def test_what_is_not_public_any_more_waits_no_more(
    two: tuple[Actor, Actor], desk: Client, state: State
) -> None:
    finding.look_at_all()
    pair = pair_of(two)
    now = timezone.now()
    Record.objects.filter(pk=two[1].pk).update(state=state, submitted_at=now, answer_by=now.date())
    assert "Århus" not in desk.get("/desk/duplicates/").text
    page = read(desk.get(at(pair)))
    assert "decided" in page or "Nothing is left" in page.text or "Intet" in page.text
    assert desk.post(at(pair), merge(two)).status_code == 409
    assert not Merge.objects.exists()


def test_the_page_shows_the_two_side_by_side_and_why(two: tuple[Actor, Actor], desk: Client) -> None:
    factories.link(factories.lab("Natlys"), two[1], role="host")
    finding.look_at_all()
    page = read(desk.get(at(pair_of(two))))
    text = page.one("section", "sk-case").text
    for said in ("Aarhus Kommune", "Århus Kommune", "+45", "+60", "Kort.", "https://aarhus.dk"):
        assert said in text
    assert len(statements(desk, at(pair_of(two)))) <= 30
    assert "checked" in page.by_id("right-summary_da").attrs, "the fuller text"
    assert "checked" in page.by_id("right-website").attrs, "what only one says"
    assert "checked" in page.by_id("keep-right").attrs, "on which more hangs"


def test_two_different_things_stay_and_the_next_opens(two: tuple[Actor, Actor], desk: Client) -> None:
    finding.look_at_all()
    response = desk.post(at(pair_of(two)), {"decision": "different", "version": 1})
    assert response["Location"] == "/desk/duplicates/"
    assert pair_of(two).outcome == "different"
    assert desk.post(at(pair_of(two)), {"decision": "different", "version": 1}).status_code == 409


def test_merging_takes_the_fields_that_were_chosen(two: tuple[Actor, Actor], desk: Client) -> None:
    finding.look_at_all()
    said = merge(two, **{"take-summary_da": "right", "take-website": "left", "take-name_da": "left"})
    assert desk.post(at(pair_of(two)), said).status_code == 302
    kept, gone = Actor.objects.get(pk=two[0].pk), Record.objects.get(pk=two[1].pk)
    assert (kept.summary_da, kept.website) == ("En meget længere fortælling om kommunen.", "")
    assert (gone.state, gone.merged_into_id) == (State.MERGED, kept.pk)
    events = RecordEvent.objects.order_by("pk").values_list("record", "verb", "reason")
    assert list(events) == [
        (gone.pk, "merged", said["reason"]), (kept.pk, "took_in", said["reason"]),
    ]  # fmt: skip
    assert pair_of(two).outcome == "merged"


def test_merging_needs_a_reason_and_keeps_what_was_chosen(two: tuple[Actor, Actor], desk: Client) -> None:
    finding.look_at_all()
    response = desk.post(at(pair_of(two)), merge(two, reason="", **{"take-summary_da": "left"}))
    assert response.status_code == 422
    assert "checked" in read(response).by_id("left-summary_da").attrs
    assert desk.post(at(pair_of(two)), merge(two, keep="up")).status_code == 422
    assert not Merge.objects.exists()


def test_a_page_made_from_an_older_version_decides_nothing(two: tuple[Actor, Actor], desk: Client) -> None:
    finding.look_at_all()
    said = merge(two)
    Record.objects.filter(pk=two[1].pk).update(version=7)
    response = desk.post(at(pair_of(two)), said)
    assert response.status_code == 409
    assert said["reason"] in read(response).by_id("id_reason").text
    assert not Merge.objects.exists()


def test_a_steward_decides_where_both_are_theirs(two: tuple[Actor, Actor]) -> None:
    finding.look_at_all()
    both, one = people.person(), people.person()
    for user, entries in ((both, two), (one, two[:1])):
        for entry in entries:
            factories.stewardship(user, entry.record)
    assert "Århus Kommune" in browser(both).get("/desk/duplicates/").text
    assert "Århus Kommune" not in browser(one).get("/desk/duplicates/").text
    assert browser(one).get(at(pair_of(two))).status_code == 404
    assert browser(both).post(at(pair_of(two)), merge(two)).status_code == 302


# By hand


def test_a_curator_puts_two_on_the_desk_the_machine_has_not_found(desk: Client) -> None:
    one, other = factories.lab("Havnen som klasserum"), factories.lab("Læring ved vandet")
    finding.look_at_all()
    path = f"/desk/merge/{other.record.public_id}/"
    assert one.record.public_id in desk.get(path, {"q": "havnen"}).text
    assert desk.post(path, {}).status_code == 422
    response = desk.post(path, {"other": one.record.public_id})
    pair = Pair.objects.get()
    assert response["Location"] == at(pair)
    assert pair.certainty < 50
    finding.look_at_all()
    assert "Læring ved vandet" in desk.get("/desk/duplicates/").text, "somebody asks"
    assert desk.get(at(pair)).status_code == 200
    actor = factories.actor("Havnen")
    assert desk.post(path, {"other": actor.record.public_id}).status_code == 422, "of another kind"
