"""Who belongs to an organisation: invited, given, changed, ended; the last owner leaves an heir."""

import re
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from actors import actions
from actors.access import invitation_to_answer, standing
from actors.models import Actor, Invitation, Membership
from curation.models import Record
from mail.models import Message
from tests import factories
from tests.people import address, person
from tests.post import delivered


@pytest.fixture
def aarhus(empty: None) -> Actor:
    return factories.actor("Aarhus Kommune", email_domain="aarhus.dk")


@pytest.fixture
def owner(aarhus: Actor) -> User:
    user = person("olga@aarhus.dk", name="Olga Owner")
    factories.membership(user, aarhus, "owner")
    return user


def invited(aarhus: Actor, owner: User, email: str = "anna@aarhus.dk", role: str = "editor") -> Invitation:
    return actions.invite(aarhus, email=email, role=role, by=owner)


def token_in(body: object) -> str:
    found = re.search(r"/invitations/([\w-]+)/", str(body))
    assert found
    return found[1]


def role_of(user: User, actor: Actor) -> str | None:
    return standing(user).memberships.get(actor.pk)


# Inviting


def test_an_invitation_is_a_mail_with_a_link_that_only_its_reader_knows(aarhus: Actor, owner: User) -> None:
    invitation = invited(aarhus, owner, " Anna@Aarhus.DK ")
    (mail,) = delivered(to="anna@aarhus.dk")
    assert "Aarhus Kommune" in mail.subject
    assert "Olga Owner" in mail.body
    token = token_in(mail.body)
    anna = person("anna@aarhus.dk")
    assert invitation_to_answer(anna, token=token) == invitation
    assert token not in str(Invitation.objects.values())
    assert invitation.expires_at - invitation.invited_at >= timedelta(days=14) - timedelta(minutes=1)


def test_somebody_known_is_written_to_in_their_language(aarhus: Actor, owner: User) -> None:
    person("anna@aarhus.dk", language="en")
    invited(aarhus, owner)
    (mail,) = delivered(to="anna@aarhus.dk")
    assert mail.subject.startswith("You are invited to")
    assert "/en/invitations/" in mail.body


def test_the_same_invitation_is_not_written_twice_but_another_takes_its_place(
    aarhus: Actor, owner: User
) -> None:
    first = invited(aarhus, owner)
    with pytest.raises(actions.AlreadyInvited):
        invited(aarhus, owner, "ANNA@aarhus.dk")
    second = invited(aarhus, owner, role="owner")
    first.refresh_from_db()
    assert first.withdrawn_at
    assert len(delivered(to="anna@aarhus.dk")) == 2
    anna = person("anna@aarhus.dk")
    assert invitation_to_answer(anna, pk=first.pk) is None
    assert actions.accept(second, user=anna).role == "owner"


def test_one_that_ran_out_makes_room(aarhus: Actor, owner: User) -> None:
    Invitation.objects.filter(pk=invited(aarhus, owner).pk).update(expires_at=timezone.now())
    invited(aarhus, owner)
    assert Invitation.objects.filter(withdrawn_at=None).count() == 1


def test_a_member_is_not_invited_again_but_an_editor_may_be_asked_to_own(aarhus: Actor, owner: User) -> None:
    anna = person("anna@aarhus.dk")
    factories.membership(anna, aarhus, "editor")
    for email, role in (("anna@aarhus.dk", "editor"), ("olga@aarhus.dk", "editor"), (owner.email, "owner")):
        with pytest.raises(actions.AlreadyBelongs):
            invited(aarhus, owner, email, role)
    actions.accept(invited(aarhus, owner, role="owner"), user=anna)
    assert role_of(anna, aarhus) == "owner"
    assert Membership.objects.filter(user=anna).count() == 1


def test_an_organisation_does_not_write_to_the_whole_world(aarhus: Actor, owner: User) -> None:
    for number in range(actions.A_DAY):
        actions.withdraw_invitation(invited(aarhus, owner, f"a{number}@example.org"))
    with pytest.raises(actions.TooMany):
        invited(aarhus, owner, "one@example.org")
    Invitation.objects.update(invited_at=timezone.now() - timedelta(days=2))
    assert invited(aarhus, owner, "one@example.org")


# Accepting


def test_who_accepts_belongs_and_the_inviter_is_told(aarhus: Actor, owner: User) -> None:
    invitation, anna = invited(aarhus, owner), person("anna@aarhus.dk", name="Anna")
    membership = actions.accept(invitation, user=anna)
    assert (membership.role, membership.basis, membership.given_by) == ("editor", "invited", owner)
    assert role_of(anna, aarhus) == "editor"
    (mail,) = delivered(to=owner.email)
    assert "Anna" in mail.subject
    assert "/actors/aarhus-kommune/people/" in mail.body


def withdrawn(invitation: Invitation) -> None:
    actions.withdraw_invitation(invitation)


def run_out(invitation: Invitation) -> None:
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now())


def used(invitation: Invitation) -> None:
    Invitation.objects.filter(pk=invitation.pk).update(accepted_at=timezone.now())


def inviter_left(invitation: Invitation) -> None:
    factories.membership(person(), invitation.actor, "owner")
    Membership.objects.filter(user=invitation.invited_by).update(until=timezone.now())


def inviter_is_editor(invitation: Invitation) -> None:
    Membership.objects.filter(user=invitation.invited_by).update(role="editor")


def inviter_closed(invitation: Invitation) -> None:
    User.objects.filter(pk=invitation.invited_by_id).update(is_active=False)


def actor_withdrawn(invitation: Invitation) -> None:
    type(invitation.actor.record).objects.filter(pk=invitation.actor_id).update(state="withdrawn")


def address_gone(invitation: Invitation) -> None:
    EmailAddress.objects.filter(email="anna@aarhus.dk").update(verified=False)


@pytest.mark.parametrize(
    "spoilt",
    [
        withdrawn, run_out, used, inviter_left, inviter_is_editor, inviter_closed, actor_withdrawn,
        address_gone,
    ],
)  # fmt: skip
def test_an_invitation_that_does_not_hold_any_more_gives_nothing(
    aarhus: Actor, owner: User, spoilt: Callable[[Invitation], None]
) -> None:
    invitation, anna = invited(aarhus, owner), person("anna@aarhus.dk")
    spoilt(invitation)
    with pytest.raises(actions.NotOpen):
        actions.accept(invitation, user=anna)
    assert role_of(anna, aarhus) is None


def test_a_forwarded_mail_gives_nobody_else_anything(aarhus: Actor, owner: User) -> None:
    invitation = invited(aarhus, owner)
    other = person("bo@aarhus.dk")
    address(other, "anna@aarhus.dk", verified=False)
    with pytest.raises(actions.NotOpen):
        actions.accept(invitation, user=other)


def test_a_second_verified_address_is_enough(aarhus: Actor, owner: User) -> None:
    anna = person("anna.hansen@example.org")
    address(anna, "anna@aarhus.dk")
    assert actions.accept(invited(aarhus, owner), user=anna).user == anna


def test_accepting_never_takes_a_higher_right_away(aarhus: Actor, owner: User) -> None:
    anna = person("anna@aarhus.dk")
    invitation = invited(aarhus, owner)
    factories.membership(anna, aarhus, "owner")
    assert actions.accept(invitation, user=anna).role == "owner"


def test_withdrawing_twice_is_told(aarhus: Actor, owner: User) -> None:
    invitation = invited(aarhus, owner)
    actions.withdraw_invitation(invitation)
    with pytest.raises(actions.NotOpen):
        actions.withdraw_invitation(invitation)


def test_a_curators_invitation_rests_on_the_curator(aarhus: Actor) -> None:
    curator, anna = person(is_superuser=True), person("anna@aarhus.dk")
    assert actions.accept(invited(aarhus, curator), user=anna).basis == "steward"


# Giving, changing, ending


def test_a_right_is_given_where_nobody_owns(aarhus: Actor) -> None:
    anna, steward = person("anna@aarhus.dk"), person()
    given = actions.give(aarhus, user=anna, role="owner", by=steward)
    assert (given.basis, given.given_by, role_of(anna, aarhus)) == ("steward", steward, "owner")
    (mail,) = delivered()
    assert mail.to == ["anna@aarhus.dk"]


def test_a_role_is_changed_and_told_once(aarhus: Actor, owner: User) -> None:
    anna = person()
    membership = factories.membership(anna, aarhus, "editor")
    actions.change_role(membership, role="owner", by=owner)
    actions.change_role(membership, role="owner", by=owner)
    assert role_of(anna, aarhus) == "owner"
    assert len(delivered(to=anna.email)) == 1


def test_a_membership_ends_at_once_and_the_row_stays(aarhus: Actor, owner: User) -> None:
    anna = person()
    membership = factories.membership(anna, aarhus, "editor")
    actions.end_membership(membership, by=owner)
    assert role_of(anna, aarhus) is None
    membership.refresh_from_db()
    assert (membership.ended_by, membership.until is not None) == (owner, True)
    (mail,) = delivered(to=anna.email)
    assert "Olga Owner" in mail.body
    with pytest.raises(actions.NotRunning):
        actions.end_membership(membership, by=owner)
    with pytest.raises(actions.NotRunning):
        actions.change_role(membership, role="owner", by=owner)


def test_the_last_owner_neither_leaves_nor_steps_down(aarhus: Actor, owner: User) -> None:
    (membership,) = aarhus.memberships.all()
    factories.membership(person(), aarhus, "editor")
    factories.membership(person(is_active=False), aarhus, "owner")
    factories.membership(person(), aarhus, "owner", until=timezone.now() + timedelta(days=1))
    with pytest.raises(actions.LastOwner):
        actions.end_membership(membership, by=owner)
    with pytest.raises(actions.LastOwner):
        actions.change_role(membership, role="editor", by=owner)
    assert role_of(owner, aarhus) == "owner"
    assert not delivered()
    factories.membership(person(), aarhus, "owner")
    actions.end_membership(membership, by=owner)
    assert role_of(owner, aarhus) is None


def test_a_curator_can_end_the_last_ownership(aarhus: Actor, owner: User) -> None:
    (membership,) = aarhus.memberships.all()
    actions.end_membership(membership, by=person(is_superuser=True), heirless=True)
    assert role_of(owner, aarhus) is None


@pytest.mark.parametrize("how", ["ended", "stepped down"])
def test_who_owns_no_more_leaves_no_open_invitations(aarhus: Actor, owner: User, how: str) -> None:
    (membership,) = aarhus.memberships.all()
    heir = person()
    factories.membership(heir, aarhus, "owner")
    theirs, others = invited(aarhus, owner), invited(aarhus, heir, "bo@aarhus.dk")
    if how == "ended":
        actions.end_membership(membership, by=heir)
    else:
        actions.change_role(membership, role="editor", by=heir)
    theirs.refresh_from_db()
    others.refresh_from_db()
    assert (theirs.withdrawn_at is not None, others.withdrawn_at) == (True, None)


def test_nothing_is_mailed_of_what_is_rolled_back(aarhus: Actor, owner: User) -> None:
    @transaction.atomic
    def fail() -> None:
        invited(aarhus, owner)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert not Message.objects.exists()


# At the same moment


@pytest.fixture
def committed(transactional_db: None) -> Actor:
    """An organisation whose rows other connections see."""
    Record.objects.filter(slug="aarhus-kommune").update(slug="before")
    return factories.actor("Aarhus Kommune")


def at_once(*tasks: Callable[[], object]) -> list[str]:
    """Run them together, each on a connection of its own; what each has raised."""
    start, raised = threading.Barrier(len(tasks)), []

    def run(task: Callable[[], object]) -> None:
        try:
            start.wait(10)
            task()
        except (actions.LastOwner, actions.NotOpen, actions.NotRunning, actions.AlreadyInvited) as refused:
            raised.append(type(refused).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return raised


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("leaves", ["both end", "one steps down"])
@pytest.mark.parametrize("_round", range(10))
def test_of_two_owners_who_leave_at_once_one_stays(committed: Actor, leaves: str, _round: int) -> None:
    first, second = (factories.membership(person(), committed, "owner") for _each in range(2))

    def go() -> None:
        if leaves == "both end":
            actions.end_membership(first, by=first.user)
        else:
            actions.change_role(first, role="editor", by=first.user)

    assert at_once(go, lambda: actions.end_membership(second, by=second.user)) == ["LastOwner"]
    assert Membership.objects.owners().count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_invitation_accepted_twice_at_once_makes_one_member_and_one_mail(committed: Actor) -> None:
    owner, anna = person(), person("anna@aarhus.dk")
    factories.membership(owner, committed, "owner")
    invitation = invited(committed, owner)
    accepts = [lambda: actions.accept(invitation, user=anna)] * 3
    assert at_once(*accepts) == ["NotOpen", "NotOpen"]
    assert Membership.objects.filter(user=anna).count() == 1
    assert Message.objects.filter(template="actors/invitation_accepted").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_invitation_sent_twice_at_once_is_one_mail(committed: Actor) -> None:
    owner = person()
    factories.membership(owner, committed, "owner")
    assert at_once(*[lambda: invited(committed, owner)] * 3) == ["AlreadyInvited", "AlreadyInvited"]
    assert Message.objects.count() == 1
