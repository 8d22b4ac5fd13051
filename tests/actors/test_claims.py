"""Claiming what nobody looks after: one winner, and rights only where nobody else decides."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from accounts.models import User
from actors import actions
from actors.access import is_free, standing
from actors.models import Actor, Claim, Membership
from curation.actions import Overtaken
from curation.models import Record, RecordEvent
from labs.models import Lab
from mail.models import Message
from missions.models import Mission
from tests import factories
from tests.people import person
from tests.post import delivered


@pytest.fixture
def aarhus(empty: None) -> Actor:
    return factories.actor("Aarhus Kommune", email_domain="aarhus.dk")


@pytest.fixture
def anna(aarhus: Actor) -> User:
    return person("anna@aarhus.dk", name="Anna")


@pytest.fixture
def curator(empty: None) -> User:
    return person("carl@example.org", is_superuser=True)


def claimed(entry: Actor | Lab | Mission, user: User, actor: Actor, why: str = "My work") -> Claim:
    return actions.claim(entry.record, user=user, actor=actor, why=why)


def test_a_claim_waits_and_is_received_by_mail(aarhus: Actor, anna: User) -> None:
    claim = claimed(aarhus, anna, aarhus)
    assert (claim.granted, claim.actor, is_free(aarhus)) == (None, aarhus, True)
    (mail,) = delivered()
    assert mail.to == ["anna@aarhus.dk"]
    assert "Aarhus Kommune" in mail.subject


def test_the_same_is_asked_once_at_a_time(aarhus: Actor, anna: User, curator: User) -> None:
    claim = claimed(aarhus, anna, aarhus)
    with pytest.raises(actions.AlreadyAsked):
        claimed(aarhus, anna, aarhus)
    assert len(delivered()) == 1
    actions.decline_claim(claim, by=curator, answer="Nej.")
    assert claimed(aarhus, anna, aarhus)


def test_what_somebody_looks_after_is_not_claimed(aarhus: Actor, anna: User) -> None:
    lab = factories.lab("DOKK", owner=aarhus)
    factories.membership(person(), aarhus, "owner")
    for entry in (lab, aarhus):
        with pytest.raises(actions.NotFree):
            claimed(entry, anna, aarhus)


# Granting


def test_an_organisation_gets_its_owner(aarhus: Actor, anna: User, curator: User) -> None:
    before = aarhus.record.version
    actions.grant_claim(claimed(aarhus, anna, aarhus), by=curator, answer="Velkommen.")
    (member,) = aarhus.memberships.all()
    assert (member.user, member.role, member.basis, member.given_by) == (anna, "owner", "claimed", curator)
    record = Record.objects.get(pk=aarhus.pk)
    assert record.claimed_at
    assert (record.version, record.reviewed_version) == (before + 1, before + 1)
    event = RecordEvent.objects.get(record=record)
    assert (event.verb, event.by, event.organisation) == ("claimed", curator, record)
    (mail,) = [mail for mail in delivered(to=anna.email) if "Velkommen." in mail.body]
    assert record.public_id in mail.body


@pytest.mark.parametrize("make", [factories.lab, factories.mission])
def test_an_entry_gets_the_organisation_and_that_its_owner(
    aarhus: Actor, anna: User, curator: User, make: Callable[..., Lab | Mission]
) -> None:
    entry = make("Something", slug="something")
    actions.grant_claim(claimed(entry, anna, aarhus), by=curator)
    entry = type(entry).objects.select_related("record").get(pk=entry.pk)
    assert entry.owner == aarhus
    assert entry.record.claimed_at
    assert standing(anna).may_edit(entry)
    assert standing(anna).owns(aarhus.pk)


def test_a_colleague_does_not_become_editor_over_the_owners_heads(
    aarhus: Actor, anna: User, curator: User
) -> None:
    owner = person()
    factories.membership(owner, aarhus, "owner")
    lab = factories.lab("DOKK")
    actions.grant_claim(claimed(lab, anna, aarhus, "I run it"), by=curator)
    lab.refresh_from_db()
    assert lab.owner == aarhus
    assert not standing(anna).may_edit(lab)
    (mail,) = delivered(to=owner.email)
    assert "anna@aarhus.dk" in mail.body
    assert "I run it" in mail.body


def test_an_editor_who_claims_stays_editor(aarhus: Actor, anna: User, curator: User) -> None:
    factories.membership(person(), aarhus, "owner")
    factories.membership(anna, aarhus, "editor")
    lab = factories.lab("DOKK")
    actions.grant_claim(claimed(lab, anna, aarhus), by=curator)
    lab.refresh_from_db()
    assert standing(anna).memberships == {aarhus.pk: "editor"}
    assert standing(anna).may_edit(lab)


def test_the_others_are_told_that_it_is_taken(aarhus: Actor, anna: User, curator: User) -> None:
    lab, odense, bo = factories.lab("DOKK"), factories.actor("Odense"), person(language="en")
    other = claimed(lab, bo, odense)
    actions.grant_claim(claimed(lab, anna, aarhus), by=curator)
    other.refresh_from_db()
    assert (other.granted, other.decided_by) == (False, curator)
    assert "Somebody else" in other.answer
    assert any("declined" in mail.subject for mail in delivered(to=bo.email))
    assert standing(bo).memberships == {}


def test_declining_says_why(aarhus: Actor, anna: User, curator: User) -> None:
    claim = claimed(aarhus, anna, aarhus)
    actions.decline_claim(claim, by=curator, answer="Vi kender dig ikke.")
    claim.refresh_from_db()
    assert (claim.granted, claim.decided_by, claim.answer) == (False, curator, "Vi kender dig ikke.")
    assert "Vi kender dig ikke." in delivered(to=anna.email)[-1].body
    assert is_free(aarhus)


def test_a_claim_is_decided_once(aarhus: Actor, anna: User, curator: User) -> None:
    claim = claimed(aarhus, anna, aarhus)
    actions.decline_claim(claim, by=curator, answer="Nej.")
    with pytest.raises(Overtaken):
        actions.grant_claim(claim, by=curator)
    with pytest.raises(Overtaken):
        actions.decline_claim(claim, by=curator, answer="Nej igen.")
    claim.refresh_from_db()
    assert claim.answer == "Nej."
    assert not aarhus.memberships.exists()


def test_what_got_an_owner_meanwhile_is_not_given_away(aarhus: Actor, anna: User, curator: User) -> None:
    claim = claimed(aarhus, anna, aarhus)
    factories.membership(person(), aarhus, "owner")
    with pytest.raises(Overtaken):
        actions.grant_claim(claim, by=curator)
    claim.refresh_from_db()
    assert claim.granted is None
    assert not RecordEvent.objects.exists()


def test_what_was_withdrawn_meanwhile_is_not_given_away(aarhus: Actor, anna: User, curator: User) -> None:
    claim = claimed(aarhus, anna, aarhus)
    Record.objects.filter(pk=aarhus.pk).update(state="withdrawn")
    with pytest.raises(Overtaken):
        actions.grant_claim(claim, by=curator)
    assert not aarhus.memberships.exists()


# Asking to be let in


def test_the_owners_learn_who_asks_and_nobody_learns_the_owners(aarhus: Actor, anna: User) -> None:
    owners = [person(), person(language="en")]
    for owner in owners:
        factories.membership(owner, aarhus, "owner")
    factories.membership(person("editor@aarhus.dk"), aarhus, "editor")
    actions.ask_to_be_let_in(aarhus, user=anna, record=aarhus.record, why="We work together")
    mails = delivered()
    assert sorted(mail.to[0] for mail in mails) == sorted(owner.email for owner in owners)
    for mail in mails:
        assert "anna@aarhus.dk" in mail.body
        assert "We work together" in mail.body
    with pytest.raises(actions.AlreadyAsked):
        actions.ask_to_be_let_in(aarhus, user=anna, record=aarhus.record, why="Please")
    assert len(delivered()) == 2


def test_where_nobody_is_nobody_is_asked(aarhus: Actor, anna: User) -> None:
    with pytest.raises(actions.NobodyToAsk):
        actions.ask_to_be_let_in(aarhus, user=anna, record=aarhus.record, why="Hello")


# At the same moment


def both(first: Callable[[], None], second: Callable[[], None]) -> list[bool]:
    """Do both together, each on a connection of its own; which of them won."""
    start, won = threading.Barrier(2), [False, False]

    def run(number: int, decide: Callable[[], None]) -> None:
        try:
            start.wait(10)
            decide()
            won[number] = True
        except Overtaken:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=task) for task in enumerate((first, second))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return won


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("rival", ["grant", "decline", "grant another's"])
@pytest.mark.parametrize("_round", range(5))
def test_two_curators_at_once_have_one_winner(transactional_db: None, rival: str, _round: int) -> None:
    lab, users = factories.lab(), [person(), person()]
    mine, other = (claimed(lab, user, factories.actor()) for user in users)
    carl, clara = person(is_superuser=True), person(is_superuser=True)
    against: dict[str, Callable[[], None]] = {
        "grant": lambda: actions.grant_claim(mine, by=clara),
        "decline": lambda: actions.decline_claim(mine, by=clara, answer="No"),
        "grant another's": lambda: actions.grant_claim(other, by=clara),
    }
    won = both(lambda: actions.grant_claim(mine, by=carl), against[rival])
    assert sorted(won) == [False, True]
    granted = 0 if rival == "decline" and won[1] else 1
    assert Claim.objects.filter(granted=True).count() == granted
    assert Membership.objects.count() == granted
    assert RecordEvent.objects.filter(verb="claimed").count() == granted
    assert Message.objects.filter(template="actors/claim_granted").count() == granted
