"""Rights are derived for every request: what ends them ends them at the next one."""

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from actors.access import (
    actor_to_give,
    actor_to_own,
    colleagues_at,
    entry_to_edit,
    entry_to_follow,
    may_let_in,
    standing,
)
from actors.models import Actor, Membership
from curation.choices import State
from labs.models import Lab
from tests import factories
from tests.people import address, browser, person

pytestmark = pytest.mark.usefixtures("empty")


@pytest.fixture
def aarhus() -> Actor:
    return factories.actor("Aarhus Kommune", email_domain="aarhus.dk")


@pytest.fixture
def odense() -> Actor:
    return factories.actor("Odense Kommune", email_domain="odense.dk")


@pytest.fixture
def lab(aarhus: Actor) -> Lab:
    return factories.lab("DOKK", owner=aarhus, places=[factories.place("Aarhus")])


def may_edit(user: User, entry: Lab | Actor) -> bool:
    entry = type(entry).objects.get(pk=entry.pk)
    return standing(User.objects.get(pk=user.pk)).may_edit(entry)


# What gives a right


def test_a_stranger_and_a_member_without_rights_have_none(lab: Lab) -> None:
    assert not standing(AnonymousUser()).may_edit(lab)
    assert not may_edit(person(), lab)


@pytest.mark.parametrize("role", ["editor", "owner"])
def test_members_edit_what_their_organisation_answers_for(lab: Lab, aarhus: Actor, role: str) -> None:
    user = person()
    factories.membership(user, aarhus, role)
    assert may_edit(user, lab)
    assert may_edit(user, aarhus)


def test_an_editor_of_one_municipality_is_nobody_in_another(lab: Lab, odense: Actor) -> None:
    user = person()
    factories.membership(user, odense, "owner")
    assert not may_edit(user, lab)
    assert lab.owner is not None
    assert not may_edit(user, lab.owner)


def test_a_colleague_by_domain_speaks_for_but_does_not_edit(lab: Lab, aarhus: Actor) -> None:
    user = person("anna@mbu.aarhus.dk")
    assert standing(user).speaks_for == {aarhus.pk}
    assert not may_edit(user, lab)
    assert not may_edit(user, aarhus)


def test_an_address_counts_only_when_it_is_verified(aarhus: Actor) -> None:
    assert standing(person("anna@aarhus.dk", verified=False)).speaks_for == frozenset()


@pytest.mark.parametrize("domain", ["gmail.com", "dk", "co.uk", ""])
def test_a_public_domain_makes_no_colleagues(domain: str) -> None:
    factories.actor("Somebody", email_domain=domain)
    for email in ("anna@gmail.com", "bo@aarhus.dk", "clara@firm.co.uk"):
        assert standing(person(email)).speaks_for == frozenset()


def test_who_made_an_entry_of_no_organisation_edits_it() -> None:
    user = person()
    assert may_edit(user, factories.lab("Mine", created_by=user))
    assert not may_edit(person(), factories.lab("Not mine", created_by=user))


def test_a_steward_edits_where_the_place_or_theme_is_theirs(lab: Lab) -> None:
    user, elsewhere = person(), person()
    (place,) = [tie.place for tie in lab.record.entry_places.all()]
    factories.stewardship(user, place)
    factories.stewardship(elsewhere, factories.place("Odense"))
    assert may_edit(user, lab)
    assert not may_edit(elsewhere, lab)


# What takes it away again


def ended(user: User, aarhus: Actor) -> None:
    Membership.objects.filter(user=user).update(until=timezone.now())


def deactivated(user: User, aarhus: Actor) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def given_to_another(user: User, aarhus: Actor) -> None:
    Lab.objects.filter(owner=aarhus).update(owner=factories.actor("Heir"))


def made_ownerless(user: User, aarhus: Actor) -> None:
    Lab.objects.filter(owner=aarhus).update(owner=None)


@pytest.mark.parametrize("gone", [ended, deactivated, given_to_another, made_ownerless])
def test_a_members_right_is_gone_at_the_next_request(
    lab: Lab, aarhus: Actor, gone: Callable[[User, Actor], None]
) -> None:
    user = person()
    factories.membership(user, aarhus, "editor")
    assert entry_to_edit(user, "lab", lab.record.slug) == lab
    gone(user, aarhus)
    with pytest.raises(PermissionDenied):
        entry_to_edit(User.objects.get(pk=user.pk), "lab", lab.record.slug)


def no_address_any_more(user: User, aarhus: Actor) -> None:
    EmailAddress.objects.filter(user=user).delete()


def not_verified_any_more(user: User, aarhus: Actor) -> None:
    EmailAddress.objects.filter(user=user).update(verified=False)


def another_address(user: User, aarhus: Actor) -> None:
    EmailAddress.objects.filter(user=user).update(email="anna@odense.dk")


def another_domain(user: User, aarhus: Actor) -> None:
    Actor.objects.filter(pk=aarhus.pk).update(email_domain="aarhuskommune.dk")


@pytest.mark.parametrize(
    "gone", [no_address_any_more, not_verified_any_more, another_address, another_domain, deactivated]
)
def test_whoever_left_the_municipality_loses_what_they_made_for_it(
    aarhus: Actor, gone: Callable[[User, Actor], None]
) -> None:
    user = person("anna@aarhus.dk")
    made = factories.lab("Made", owner=aarhus, created_by=user)
    assert may_edit(user, made)
    assert entry_to_follow(user, made.record.public_id) == made
    gone(user, aarhus)
    assert not may_edit(user, made)
    left = User.objects.get(pk=user.pk)
    assert standing(left).speaks_for == frozenset()
    with pytest.raises(Http404):
        entry_to_follow(left, made.record.public_id)


def test_a_steward_who_handed_over_has_no_right_left(lab: Lab) -> None:
    user = person()
    (place,) = [tie.place for tie in lab.record.entry_places.all()]
    given = factories.stewardship(user, place)
    given.until = timezone.now()
    given.save()
    assert not may_edit(user, lab)


def test_a_browser_left_open_is_logged_out_when_the_account_is_closed(aarhus: Actor) -> None:
    user = person()
    factories.membership(user, aarhus, "owner")
    client = browser(user)
    assert client.get("/actors/aarhus-kommune/people/").status_code == 200
    deactivated(user, aarhus)
    assert client.get("/actors/aarhus-kommune/people/").status_code == 302


# Following


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.RETURNED, State.WITHDRAWN])
def test_what_one_wrote_stays_ones_own_until_it_is_published(aarhus: Actor, state: State) -> None:
    user = person()
    made = factories.lab("Made", owner=aarhus, created_by=user, state=state)
    assert entry_to_follow(user, made.record.public_id) == made
    for other in (person(), person("bo@aarhus.dk"), AnonymousUser()):
        with pytest.raises(Http404):
            entry_to_follow(other, made.record.public_id)


def test_members_follow_what_their_organisation_answers_for(aarhus: Actor) -> None:
    user = person()
    factories.membership(user, aarhus)
    made = factories.lab("Made", owner=aarhus, created_by=person(), state=State.RETURNED)
    assert entry_to_follow(user, made.record.public_id) == made


def test_an_unpublished_entry_is_not_edited_as_a_published_one(aarhus: Actor) -> None:
    user = person()
    factories.membership(user, aarhus, "owner")
    made = factories.lab("Made", owner=aarhus, state=State.SUBMITTED)
    for slug in (made.record.slug, "no-such"):
        with pytest.raises(Http404):
            entry_to_edit(user, "lab", slug)


# Letting people in


def test_owners_and_curators_let_people_in(aarhus: Actor) -> None:
    owner, editor, curator = person(), person(), person(is_superuser=True)
    factories.membership(owner, aarhus, "owner")
    factories.membership(editor, aarhus, "editor")
    assert [may_let_in(user, aarhus) for user in (owner, editor, curator)] == [True, False, True]
    with pytest.raises(PermissionDenied):
        actor_to_own(editor, aarhus.record.slug)


def test_a_steward_lets_people_in_only_where_nobody_owns() -> None:
    place, user = factories.place("Aarhus"), person()
    aarhus = factories.actor("Aarhus Kommune", places=[place])
    factories.stewardship(user, place)
    assert may_let_in(user, aarhus)
    assert actor_to_give(user, aarhus.record.slug) == aarhus
    factories.membership(person(), aarhus, "owner")
    assert not may_let_in(user, aarhus)
    with pytest.raises(PermissionDenied):
        actor_to_give(user, aarhus.record.slug)


def test_a_right_is_not_given_over_an_owners_head(aarhus: Actor) -> None:
    factories.membership(person(), aarhus, "owner")
    with pytest.raises(Http404):
        actor_to_give(person(is_superuser=True), aarhus.record.slug)


def test_colleagues_are_found_by_verified_address_and_are_no_members(aarhus: Actor) -> None:
    anna, deep = person("anna@aarhus.dk"), person("bo@mbu.aarhus.dk")
    person("evil@evil-aarhus.dk")
    person("dorte@aarhus.dk", verified=False)
    person("gone@aarhus.dk", is_active=False)
    factories.membership(person("eva@aarhus.dk"), aarhus)
    second = person("f@example.org")
    address(second, "f@aarhus.dk")
    assert list(colleagues_at(aarhus)) == [anna, deep, second]


@pytest.mark.parametrize("domain", ["", "gmail.com"])
def test_without_a_domain_of_its_own_an_organisation_has_no_colleagues(domain: str) -> None:
    person("anna@gmail.com")
    assert not colleagues_at(factories.actor("Somebody", email_domain=domain))


def test_asking_takes_the_same_however_many_rows_there_are() -> None:
    counts = []
    for number in (1, 3):
        user = person()
        for _each in range(number):
            domain = f"d{_each}-{number}.dk"
            factories.membership(user, factories.actor(email_domain=domain))
            address(user, f"x@{domain}")
            factories.stewardship(user, factories.place())
        with CaptureQueriesContext(connection) as asked:
            standing(user)
        counts.append(len(asked))
    assert counts == [4, 4]
