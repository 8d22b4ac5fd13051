"""Each rule the database keeps, broken once; and none of them without such a test."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from accounts.models import User
from actors.models import Claim, Enquiry, Invitation, Refusal
from curation.choices import State
from curation.models import (
    Asking,
    EntryPlace,
    EntryTheme,
    Kept,
    Record,
    RegisterVersion,
    SavedSearch,
    SearchMiss,
    Shortlist,
    Suggestion,
    Synonyms,
)
from labs.models import Sheet, Value
from places.models import Place
from tests import factories
from tests.desk.constraints import BREAKS as OF_THE_DESK
from tests.opendata.constraints import BREAKS as OF_OPEN_DATA

pytestmark = pytest.mark.usefixtures("empty")

TODAY = dt.date(2026, 11, 22)
LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
OURS = ("accounts", "places", "curation", "actors", "missions", "labs", "desk", "opendata")


def change(made: Any, **values: Any) -> None:
    type(made)._base_manager.filter(pk=made.pk).update(**values)


def twice(make: Callable[[], Any]) -> None:
    make()
    make()


def theme_at(order: int, number: int = 1) -> None:
    record = factories.record()
    for _number in range(number):
        EntryTheme.objects.create(record=record, theme=factories.theme(), order=order)


def same_theme() -> None:
    record, theme = factories.record(), factories.theme()
    for order in (0, 1):
        EntryTheme.objects.create(record=record, theme=theme, order=order)


def same_place() -> None:
    record, town = factories.record(), factories.place()
    twice(lambda: EntryPlace.objects.create(record=record, place=town))


def links(**said: Any) -> Callable[[], None]:
    def make() -> None:
        lab, actor = factories.lab(), factories.actor()
        twice(lambda: factories.link(lab, actor, **said))

    return make


def two_hosts() -> None:
    lab = factories.lab()
    twice(lambda: factories.link(lab, factories.actor(), role="host"))


def mission_twice() -> None:
    lab, mission = factories.lab(), factories.mission()
    twice(lambda: factories.link(lab, mission))


def coupled_twice(make: Callable[[], Any]) -> Callable[[], None]:
    def break_it() -> None:
        lab, other = factories.lab(), make()
        twice(lambda: factories.link(lab, other))

    return break_it


def answered_twice() -> None:
    need, offer = factories.need(), factories.offer()
    twice(lambda: factories.response(need, offer))


def link_to_two() -> None:
    change(factories.link(factories.lab(), factories.actor()), mission=factories.mission())


def member_twice() -> None:
    mission, actor = factories.mission(), factories.actor()
    twice(lambda: factories.member(mission, actor))


def related_twice() -> None:
    one, other = factories.actor(), factories.actor()
    twice(lambda: factories.relation(one, other))


def inspired_by_itself() -> None:
    solution = factories.solution()
    change(solution, inspired_by=solution.pk)


def value_twice(**of: Any) -> None:
    twice(lambda: Value.objects.create(kind="quality", evidence="felt", **of))


def adopt_twice() -> None:
    solution, actor = factories.solution(), factories.actor()
    twice(lambda: factories.adoption(solution, actor))


def an_adoption() -> Any:
    return factories.adoption(factories.solution(), factories.actor())


def partner_in_two() -> None:
    trial = factories.trial(factories.lab())
    change(factories.partner(trial, factories.actor()), solution=factories.solution())


def partner_twice(make: Callable[[], Any]) -> Callable[[], None]:
    def break_it() -> None:
        end, actor = make(), factories.actor()
        twice(lambda: factories.partner(end, actor, role="research"))

    return break_it


def related_to_itself() -> None:
    actor = factories.actor()
    factories.relation(actor, actor)


def belongs_twice() -> None:
    town, region = factories.place(), factories.place()
    twice(lambda: factories.belongs(town, region))


def belongs_to_itself() -> None:
    town = factories.place()
    factories.belongs(town, town)


def person() -> User:
    return User.objects.create_user(f"person{next(factories.NUMBERS)}@example.org")


def member_of_twice() -> None:
    user, actor = person(), factories.actor()
    twice(lambda: factories.membership(user, actor))


def invite_twice() -> None:
    actor, by = factories.actor(), person()
    for digest in "ab":
        Invitation.objects.create(actor=actor, email="a@b.dk", role="editor", digest=digest, invited_by=by)


def an_enquiry(**said: Any) -> Enquiry:
    return Enquiry.objects.create(**{"record": factories.record()} | said)


def an_invitation(**said: Any) -> Invitation:
    return Invitation.objects.create(
        actor=factories.actor(), email="a@b.dk", role="editor", digest="a", invited_by=person(), **said
    )


def a_claim(**said: Any) -> Claim:
    actor = factories.actor()
    return Claim.objects.create(**{"record": actor.record, "user": person(), "actor": actor} | said)


def claim_twice() -> None:
    user, actor = person(), factories.actor()
    twice(lambda: a_claim(record=actor.record, user=user, actor=actor))


def refuse_twice() -> None:
    lab, actor = factories.lab(), factories.actor()
    twice(lambda: Refusal.objects.create(record=lab.record, actor=actor))


def ask_twice() -> None:
    record = factories.record()
    twice(lambda: Asking.objects.create(record=record, fact="details"))


def keep_twice() -> None:
    shortlist, record = Shortlist.objects.create(), factories.record()
    twice(lambda: Kept.objects.create(shortlist=shortlist, record=record))


def away_for_oneself() -> None:
    user = person()
    factories.absence(user, user)


def steward_twice(scope: Callable[[], Any]) -> Callable[[], None]:
    def make() -> None:
        user, what = person(), scope()
        twice(lambda: factories.stewardship(user, what))

    return make


def save_twice() -> None:
    user = person()
    twice(lambda: SavedSearch.objects.create(user=user, name="x", path="/labs/", query="q=x"))


def a_sheet() -> Sheet:
    return Sheet.objects.create(assessment=factories.assessment(factories.lab()), half="lab")


def under_way_twice() -> None:
    lab = factories.lab()
    twice(lambda: factories.assessment(lab))


def half_twice() -> None:
    run = factories.assessment(factories.lab())
    twice(lambda: Sheet.objects.create(assessment=run, half="host"))


def statement_answered_twice() -> None:
    sheet = a_sheet()
    twice(lambda: sheet.answers.create(statement=4, score=2))


BACKWARDS: dict[str, Any] = {"since": 2026, "until": 2020}
BREAKS: dict[str, Callable[[], Any]] = {
    "one_person_per_address": lambda: User.objects.bulk_create([User(email="a@b.dk"), User(email="A@B.dk")]),
    "one_place_per_code": lambda: twice(lambda: factories.place(code="0101")),
    "place_point_whole_or_none": lambda: factories.place(latitude=55.0),
    "place_exists_forwards": lambda: factories.place(valid_from=TODAY, valid_until=dt.date(2020, 1, 1)),
    "belongs_once": belongs_twice,
    "belongs_to_another": belongs_to_itself,
    "belongs_forwards": lambda: factories.belongs(
        factories.place(), factories.place(), since=TODAY, until=dt.date(2020, 1, 1)
    ),
    "one_record_per_address": lambda: twice(lambda: factories.record(slug="same")),
    "published_has_a_date": lambda: change(factories.record(), published_at=None),
    "merged_into_another": lambda: change(factories.record(), state=State.MERGED),
    "record_point_whole_or_none": lambda: change(factories.record(), x=1),
    "about_a_theme_once": same_theme,
    "one_theme_per_rank": lambda: theme_at(0, 2),
    "at_most_five_themes": lambda: theme_at(5),
    "in_a_place_once": same_place,
    "one_register_version": lambda: RegisterVersion.objects.create(id=2),
    "actor_point_whole_or_none": lambda: change(factories.actor(), latitude=55.0),
    "mission_point_whole_or_none": lambda: change(factories.mission(), latitude=91.0, longitude=0.0),
    "lab_point_whole_or_none": lambda: change(factories.lab(), longitude=10.0),
    "need_point_whole_or_none": lambda: change(factories.need(), latitude=55.0),
    "offer_point_whole_or_none": lambda: change(factories.offer(), longitude=10.0),
    "actor_end_told_when_ended": lambda: change(factories.actor(), ended_on=TODAY),
    "mission_end_told_when_ended": lambda: change(factories.mission(), lessons="Lært"),
    "lab_end_told_when_ended": lambda: change(factories.lab(), ended_reason="Penge"),
    "need_end_told_when_ended": lambda: change(factories.need(), ended_on=TODAY),
    "offer_end_told_when_ended": lambda: change(factories.offer(), lessons="Lært"),
    "need_ended_as_its_status_says": lambda: change(factories.need(), status="answered"),
    "offer_ended_as_its_status_says": lambda: change(factories.offer(), ended=True),
    "linked_to_a_need_once": coupled_twice(factories.need),
    "linked_to_an_offer_once": coupled_twice(factories.offer),
    "answered_once_by_an_offer": answered_twice,
    "solution_point_whole_or_none": lambda: change(factories.solution(), latitude=55.0),
    "solution_end_told_when_ended": lambda: change(factories.solution(), ended_on=TODAY),
    "solution_in_use_when_dated": lambda: change(factories.solution(stage="trial"), in_use_since=TODAY),
    "solution_forwards": lambda: change(
        factories.solution(stage="in_use"), in_use_since=dt.date(2020, 1, 1), idea_on=TODAY
    ),
    "solution_inspired_by_another": inspired_by_itself,
    "taken_over_once": adopt_twice,
    "adoption_forwards": lambda: change(an_adoption(), idea_on=TODAY, in_use_since=dt.date(2020, 1, 1)),
    "adoption_end_told_when_ended": lambda: change(an_adoption(), ended_reason="Penge"),
    "value_of_one_thing": lambda: Value.objects.create(kind="quality", evidence="felt"),
    "value_once_of_a_solution": lambda: value_twice(solution=factories.solution()),
    "value_once_of_an_adoption": lambda: value_twice(
        adoption=factories.adoption(factories.solution(), factories.actor())
    ),
    "documented_value_has_a_source": lambda: Value.objects.create(
        solution=factories.solution(), kind="quality", evidence="counted"
    ),
    "trial_point_whole_or_none": lambda: change(factories.trial(factories.lab()), latitude=55.0),
    "trial_end_told_when_ended": lambda: change(factories.trial(factories.lab()), lessons="Lært"),
    "trial_forwards": lambda: factories.trial(factories.lab(), started_on=TODAY, ends_on=dt.date(2020, 1, 1)),
    "learned_something": lambda: factories.learning(factories.trial(factories.lab()), learned_da=""),
    "partner_forwards": lambda: factories.partner(factories.solution(), factories.actor(), **BACKWARDS),
    "partner_in_one_thing": partner_in_two,
    "partner_once_in_a_trial": partner_twice(lambda: factories.trial(factories.lab())),
    "partner_once_in_a_solution": partner_twice(factories.solution),
    "one_assessment_under_way": under_way_twice,
    "assessment_shown_when_finished": lambda: change(factories.assessment(factories.lab()), shown="done"),
    "one_sheet_for_each_half": half_twice,
    "answered_once_on_a_sheet": statement_answered_twice,
    "one_of_the_statements": lambda: a_sheet().answers.create(statement=22, score=2),
    "answered_from_0_to_4": lambda: a_sheet().answers.create(statement=4, score=5),
    "one_actor_per_ror": lambda: twice(lambda: factories.actor(ror="035b05819")),
    "related_once": related_twice,
    "related_to_another": related_to_itself,
    "relation_forwards": lambda: factories.relation(factories.actor(), factories.actor(), **BACKWARDS),
    "mission_forwards": lambda: factories.mission(start_year=2030, target_year=2020),
    "coalitionmember_forwards": lambda: factories.member(factories.mission(), factories.actor(), **BACKWARDS),
    "member_once_per_role": member_twice,
    "lab_forwards": lambda: factories.lab(start_year=2020, end_year=2010, ended=True),
    "lab_end_year_when_ended": lambda: factories.lab(end_year=2020),
    "link_forwards": lambda: factories.link(factories.lab(), factories.actor(), **BACKWARDS),
    "link_to_one_thing": link_to_two,
    "linked_once_per_role": links(role="research"),
    "linked_to_a_mission_once": mission_twice,
    "one_host_per_lab": two_hosts,
    "submitted_has_a_promise": lambda: change(factories.record(state=State.SUBMITTED), answer_by=None),
    "returned_with_a_reason": lambda: change(factories.record(), state=State.RETURNED),
    "suggestion_decided_by_and_when": lambda: Suggestion.objects.create(
        record=factories.record(), base_version=1, changes={}, outcome="taken"
    ),
    "asked_once_at_a_time": ask_twice,
    "answered_what_and_when": lambda: Asking.objects.create(record=factories.record(), answer="still"),
    "kept_once": keep_twice,
    "steward_of_one_thing": lambda: change(
        factories.stewardship(person(), factories.record()), theme=factories.theme()
    ),
    "stewardship_forwards": lambda: factories.stewardship(person(), factories.place(), until=LONG_AGO),
    "steward_of_a_place_once": steward_twice(factories.place),
    "steward_of_a_theme_once": steward_twice(factories.theme),
    "steward_of_an_entry_once": steward_twice(factories.record),
    "absence_forwards": lambda: factories.absence(person(), since=3, until=2),
    "absence_covered_by_another": away_for_oneself,
    "declined_once": refuse_twice,
    "member_of_an_actor_once": member_of_twice,
    "membership_forwards": lambda: factories.membership(person(), factories.actor(), until=LONG_AGO),
    "invited_once_at_a_time": invite_twice,
    "accepted_or_withdrawn": lambda: an_invitation(accepted_at=LONG_AGO, withdrawn_at=LONG_AGO),
    "claimed_once_at_a_time": claim_twice,
    "claim_decided_by_and_when": lambda: a_claim(granted=True),
    "enquiry_sent_has_a_promise": lambda: an_enquiry(state="sent", sent_at=LONG_AGO),
    "enquiry_answered_has_a_date": lambda: an_enquiry(state="answered", sent_at=LONG_AGO, answer_by=TODAY),
    "enquiry_closed_has_a_date": lambda: an_enquiry(state="closed", sent_at=LONG_AGO, answer_by=TODAY),
    "enquiry_forgotten_names_nobody": lambda: an_enquiry(forgotten_at=LONG_AGO, sender_name="Ida"),
    "enquiry_forwards": lambda: an_enquiry(
        state="sent", sent_at=dt.datetime(2021, 1, 1, tzinfo=dt.UTC), answer_by=TODAY, answered_at=LONG_AGO
    ),
    "saved_once": save_twice,
    "synonyms_at_least_two": lambda: Synonyms.objects.create(words=["demens"]),
    "miss_settled_by_and_when": lambda: SearchMiss.objects.create(words="ord", settled_at=LONG_AGO),
    **OF_THE_DESK,
    **OF_OPEN_DATA,
}


def constraints() -> set[str]:
    models = (model for app in OURS for model in apps.get_app_config(app).get_models())
    return {constraint.name for model in models for constraint in model._meta.constraints}


def test_each_rule_has_its_test() -> None:
    assert constraints() == set(BREAKS)


@pytest.mark.parametrize(("name", "break_it"), BREAKS.items(), ids=BREAKS)
def test_the_database_refuses(name: str, break_it: Callable[[], Any]) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        break_it()


def test_what_is_not_broken_stays() -> None:
    """Neighbours of the rules that must be allowed."""
    lab, actor = factories.lab(ended=True, start_year=2010, end_year=2010), factories.actor()
    factories.link(lab, actor, role="host")
    factories.link(lab, actor, role="research")
    factories.link(factories.lab(), actor, role="host", since=2020, until=2020)
    factories.relation(actor, factories.actor(), verb="funds")
    factories.place(code="")
    factories.place(code="")
    factories.record(slug="same", kind="lab")
    factories.record(slug="same", kind="actor")
    assert Place.objects.filter(code="").count() == 2
    assert Record.objects.filter(slug="same").count() == 2


def test_what_others_point_at_cannot_be_deleted() -> None:
    lab, actor = factories.lab(), factories.actor()
    factories.link(lab, actor)
    for made in (lab.record, actor.record, actor):
        with pytest.raises(ProtectedError):
            made.delete()
