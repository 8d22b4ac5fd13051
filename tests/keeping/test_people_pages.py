"""The people of an organisation: seen by members, managed by owners; invitations as they arrive."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from actors import actions
from actors.models import Actor, Invitation, Membership
from tests import factories
from tests.pages import read
from tests.people import address, browser, person
from tests.post import delivered
from tests.statements import MEMBER, statements

pytestmark = pytest.mark.usefixtures("empty")
PEOPLE = "/actors/aarhus-kommune/people/"


@pytest.fixture
def aarhus() -> Actor:
    return factories.actor("Aarhus Kommune", email_domain="aarhus.dk")


@pytest.fixture
def owner(aarhus: Actor) -> User:
    user = person("olga@aarhus.dk", name="Olga Owner")
    factories.membership(user, aarhus, "owner")
    return user


@pytest.fixture
def editor(aarhus: Actor) -> User:
    user = person("erik@aarhus.dk", name="Erik Editor")
    factories.membership(user, aarhus, "editor")
    return user


def number_of(user: User) -> int:
    return Membership.objects.get(user=user, until=None).pk


def told(client: Client, path: str = PEOPLE) -> str:
    """What the next page says was done."""
    return " ".join(node.text for node in read(client.get(path)).all("div", "alert"))


# Seeing


def test_an_owner_sees_everybody_and_can_do_everything(owner: User, editor: User) -> None:
    page = read(browser(owner).get(PEOPLE)).one("main")
    for shown in ("Olga Owner", "olga@aarhus.dk", "Erik Editor", "erik@aarhus.dk"):
        assert shown in page.text
    assert {form.attrs.get("action", PEOPLE) for form in page.all("form")} == {
        PEOPLE, f"{PEOPLE}{number_of(owner)}/role/", f"{PEOPLE}{number_of(editor)}/role/",
    }  # fmt: skip
    assert f"{PEOPLE}{number_of(editor)}/end/" in page.links


def test_an_editor_sees_the_colleagues_and_can_leave(owner: User, editor: User) -> None:
    page = read(browser(editor).get(PEOPLE)).one("main")
    assert "Olga Owner" in page.text
    assert "olga@aarhus.dk" not in page.text
    assert not page.all("form")
    assert f"{PEOPLE}{number_of(editor)}/end/" in page.links
    assert f"{PEOPLE}{number_of(owner)}/end/" not in page.links


def test_others_do_not_see_who_belongs_to_it(owner: User, client: Client) -> None:
    colleague = browser(person("anna@aarhus.dk")).get(PEOPLE)
    assert colleague.status_code == 403
    assert "Olga" not in colleague.text
    assert client.get(PEOPLE)["Location"] == f"/account/login/?next={PEOPLE}"
    assert browser(owner).get("/actors/no-such/people/").status_code == 404


def test_people_whose_membership_ended_are_not_shown(owner: User, editor: User) -> None:
    Membership.objects.filter(user=editor).update(until=timezone.now())
    assert "Erik" not in read(browser(owner).get(PEOPLE)).text
    assert browser(editor).get(PEOPLE).status_code == 403


@pytest.mark.parametrize("owned", [True, False])
def test_asking_takes_the_same_for_one_row_and_three(aarhus: Actor, owned: bool) -> None:
    curator = person(is_superuser=True)
    factories.membership(person("m@aarhus.dk"), aarhus, "owner" if owned else "editor")
    counts = []
    for number in (1, 3):
        for each in range(number):
            factories.membership(person(), aarhus, "editor")
            person(f"c{number}{each}@aarhus.dk")
            actions.invite(aarhus, email=f"i{number}{each}@aarhus.dk", role="editor", by=curator)
        counts.append(len(statements(browser(curator), PEOPLE)))
    assert counts[0] == counts[1] <= MEMBER


# Inviting


def test_an_invitation_is_sent_listed_and_withdrawn(owner: User) -> None:
    client = browser(owner)
    response = client.post(PEOPLE, {"email": "anna@aarhus.dk", "role": "editor"})
    assert (response.status_code, response["Location"]) == (302, PEOPLE)
    page = read(client.get(PEOPLE)).one("main")
    assert "anna@aarhus.dk" in page.by_id("invitations-h").text + page.text
    assert len(page.all("div", "alert")) == 1
    assert len(delivered(to="anna@aarhus.dk")) == 1
    withdraw = f"/actors/aarhus-kommune/invitations/{Invitation.objects.get().pk}/withdraw/"
    assert withdraw in [form.attrs.get("action") for form in page.all("form")]
    assert client.post(withdraw)["Location"] == PEOPLE
    assert "invitations-h" not in read(client.get(PEOPLE))
    assert client.post(withdraw).status_code == 302
    assert Invitation.objects.get().withdrawn_at


def test_an_address_elsewhere_is_allowed_and_said(owner: User) -> None:
    client = browser(owner)
    client.post(PEOPLE, {"email": "anna@example.org", "role": "editor"})
    page = read(client.get(PEOPLE)).one("main")
    assert len(page.all("div", "alert-warning")) == 1
    assert page.text.count("aarhus.dk") > read(client.get(PEOPLE)).one("main").text.count("x@")
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"email": "", "role": "editor"}, "email"),
        ({"email": "no address", "role": "editor"}, "email"),
        ({"email": "a@b.dk\nBcc: c@d.dk", "role": "editor"}, "email"),
        ({"email": f"{'a' * 300}@aarhus.dk", "role": "editor"}, "email"),
        ({"email": "anna@aarhus.dk", "role": "admin"}, "role"),
        ({"email": "anna@aarhus.dk", "role": ""}, "role"),
        ({"email": "olga@aarhus.dk", "role": "editor"}, "email"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(owner: User, typed: dict[str, str], field: str) -> None:
    page = read(browser(owner).post(PEOPLE, typed))
    assert page.by_id("error-summary").links == [f"#id_{field}"]
    bound = page.by_id(f"id_{field}")
    assert bound.attrs["aria-invalid"] == "true"
    assert all(described in page for described in bound.attrs["aria-describedby"].split())
    assert not Invitation.objects.exists()
    assert not delivered()


def test_the_limit_says_what_it_is(owner: User, aarhus: Actor) -> None:
    for each in range(actions.A_DAY):
        actions.invite(aarhus, email=f"i{each}@aarhus.dk", role="editor", by=owner)
    page = read(browser(owner).post(PEOPLE, {"email": "one@aarhus.dk", "role": "editor"}))
    assert str(actions.A_DAY) in page.by_id("error-summary").text


def test_an_editor_invites_nobody(owner: User, editor: User) -> None:
    response = browser(editor).post(PEOPLE, {"email": "anna@aarhus.dk", "role": "owner"})
    assert response.status_code == 403
    assert not Invitation.objects.exists()


# Changing and ending


def test_an_editor_becomes_owner_and_the_last_owner_stays(owner: User, editor: User) -> None:
    client = browser(owner)
    own = f"{PEOPLE}{number_of(owner)}/role/"
    assert client.post(own, {"role": "editor"})["Location"] == PEOPLE
    assert len(read(client.get(PEOPLE)).all("div", "alert-error")) == 1
    assert Membership.objects.get(user=owner).role == "owner"
    client.post(f"{PEOPLE}{number_of(editor)}/role/", {"role": "owner"})
    assert Membership.objects.get(user=editor).role == "owner"
    client.post(own, {"role": "editor"})
    assert Membership.objects.get(user=owner).role == "editor"
    assert client.post(own, {"role": "owner"}).status_code == 403


def test_leaving_asks_first_and_then_the_right_is_gone(owner: User, editor: User) -> None:
    client, path = browser(editor), f"{PEOPLE}{number_of(editor)}/end/"
    page = read(client.get(path)).one("main")
    assert [form.attrs["method"] for form in page.all("form")] == ["post"]
    assert Membership.objects.get(user=editor).until is None
    assert client.post(path)["Location"] == "/account/"
    assert client.get(PEOPLE).status_code == 403
    assert client.post(path).status_code == 403


def test_the_last_owner_is_told_to_name_an_heir(owner: User, editor: User) -> None:
    client, path = browser(owner), f"{PEOPLE}{number_of(owner)}/end/"
    assert not read(client.get(path)).one("main").all("form")
    assert client.post(path)["Location"] == PEOPLE
    assert len(read(client.get(PEOPLE)).all("div", "alert-error")) == 1
    assert Membership.objects.get(user=owner).until is None


def test_an_editor_ends_nobody_elses(owner: User, editor: User) -> None:
    path = f"{PEOPLE}{number_of(owner)}/end/"
    client = browser(editor)
    assert (client.get(path).status_code, client.post(path).status_code) == (403, 403)


def test_a_curator_ends_the_last_ownership(owner: User) -> None:
    client, path = browser(person(is_superuser=True)), f"{PEOPLE}{number_of(owner)}/end/"
    assert read(client.get(path)).one("main").all("form")
    assert client.post(path)["Location"] == PEOPLE
    assert Membership.objects.get(user=owner).until


@pytest.mark.parametrize("action", ["role", "end"])
def test_a_forged_number_of_another_organisation_is_unknown(owner: User, action: str) -> None:
    other = factories.membership(person(), factories.actor("Odense"), "editor")
    response = browser(owner).post(f"{PEOPLE}{other.pk}/{action}/", {"role": "owner"})
    assert response.status_code == 404
    other.refresh_from_db()
    assert (other.role, other.until) == ("editor", None)


def test_a_forged_role_is_refused(owner: User, editor: User) -> None:
    assert browser(owner).post(f"{PEOPLE}{number_of(editor)}/role/", {"role": "admin"}).status_code == 404


def test_another_organisations_invitation_is_not_withdrawn(owner: User) -> None:
    odense = factories.actor("Odense")
    theirs = actions.invite(odense, email="x@odense.dk", role="editor", by=person(is_superuser=True))
    path = f"/actors/aarhus-kommune/invitations/{theirs.pk}/withdraw/"
    assert browser(owner).post(path).status_code == 404
    theirs.refresh_from_db()
    assert theirs.withdrawn_at is None


# Giving


def test_where_nobody_owns_a_steward_makes_a_colleague_owner() -> None:
    place = factories.place("Aarhus")
    factories.actor("Aarhus Kommune", email_domain="aarhus.dk", places=[place])
    steward, anna, other = person(), person("anna@aarhus.dk"), person()
    factories.stewardship(steward, place)
    client = browser(steward)
    assert "anna@aarhus.dk" in read(client.get(PEOPLE)).by_id("colleagues-h").text + client.get(PEOPLE).text
    for forged in (other.pk, "x", "", 10**30):
        assert client.post(f"{PEOPLE}give/", {"user": forged, "role": "owner"}).status_code == 404
    assert client.post(f"{PEOPLE}give/", {"user": anna.pk, "role": "boss"}).status_code == 404
    assert client.post(f"{PEOPLE}give/", {"user": anna.pk, "role": "owner"})["Location"] == PEOPLE
    given = Membership.objects.get()
    assert (given.user, given.role, given.basis, given.given_by) == (anna, "owner", "steward", steward)
    assert client.get(PEOPLE).status_code == 403


# Invitations as they arrive


def mailed_path(email: str) -> str:
    found = re.search(r"(/invitations/[\w-]+/)", str(delivered(to=email)[-1].body))
    assert found
    return found[1]


@pytest.fixture
def invitation(aarhus: Actor, owner: User) -> Invitation:
    return actions.invite(aarhus, email="anna@aarhus.dk", role="editor", by=owner)


def test_the_link_shows_and_the_button_accepts(invitation: Invitation) -> None:
    anna = person("anna@aarhus.dk")
    client, path = browser(anna), mailed_path("anna@aarhus.dk")
    for _twice in range(2):
        page = read(client.get(path)).one("main")
    assert "Olga Owner" in page.text
    assert not Membership.objects.filter(user=anna).exists()
    assert client.post(path)["Location"] == "/account/"
    assert Membership.objects.get(user=anna).role == "editor"
    assert client.post(path).status_code == 404
    assert Membership.objects.filter(user=anna).count() == 1


def test_it_waits_on_ones_own_page_without_the_mail(invitation: Invitation) -> None:
    client = browser(person("anna@aarhus.dk"))
    path = f"/account/invitations/{invitation.pk}/"
    assert "Aarhus Kommune" in read(client.get(path)).one("main").text
    assert client.post(path).status_code == 302
    assert Membership.objects.filter(user__email="anna@aarhus.dk").exists()


def test_a_stranger_is_led_to_log_in_whatever_the_token(invitation: Invitation, client: Client) -> None:
    for path in (mailed_path("anna@aarhus.dk"), "/invitations/no-such/"):
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (302, f"/account/login/?next={path}")


def test_whatever_cannot_be_accepted_gets_the_same_answer(invitation: Invitation, aarhus: Actor) -> None:
    path, numbered = mailed_path("anna@aarhus.dk"), f"/account/invitations/{invitation.pk}/"
    other = browser(person("bo@aarhus.dk"))

    def answers(client: Client, *paths: str) -> set[Any]:
        found = set()
        for each in paths:
            for response in (client.get(each), client.post(each)):
                assert response.status_code == 404
                found.add(re.sub(r"csrf\w+|/(en/)?(account/)?invitations/[\w-]+/", "", response.text))
        return found

    unknown = "/invitations/no-such/", "/account/invitations/999999/", f"/account/invitations/{10**30}/"
    (foreign,) = answers(other, path, numbered, *unknown)
    assert "Aarhus Kommune" not in foreign
    assert "anna@aarhus.dk" not in foreign
    anna = browser(person("anna@aarhus.dk"))
    Invitation.objects.update(expires_at=timezone.now())
    (ran_out,) = answers(anna, path, numbered, *unknown)
    assert "Aarhus Kommune" not in ran_out
    Invitation.objects.update(expires_at=timezone.now() + timedelta(1), withdrawn_at=timezone.now())
    assert answers(anna, path, numbered, *unknown) == {ran_out}
    assert not Membership.objects.exclude(role="owner").exists()


def test_an_address_that_is_not_verified_opens_nothing(invitation: Invitation) -> None:
    user = person("bo@aarhus.dk")
    address(user, "anna@aarhus.dk", verified=False)
    assert browser(user).get(mailed_path("anna@aarhus.dk")).status_code == 404
