"""One adoption: confirmed, changed, ended, taken up, declined; who is thanked, and what nobody may read."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from actors.models import Refusal
from curation.choices import State
from curation.models import Record
from curation.register_version import register_version
from keeping import adopting
from keeping.tasks.naming import ask_the_named
from labs.models import Adoption, Solution, Value
from mail.models import Message
from tests import factories
from tests.keeping.adopting import Town, at, made_by, town
from tests.pages import Node, read
from tests.people import browser, person
from tests.post import delivered
from tests.statements import MEMBER, READER, statements

pytestmark = pytest.mark.usefixtures("empty")

LINK = re.compile(r"http://[^/\s]+(/(?:en/)?named/\S+)")


@pytest.fixture
def maker(empty: None) -> Town:
    return town("Aarhus", "anna@aarhus.dk")


@pytest.fixture
def user(empty: None) -> Town:
    return town("Viborg", "viggo@viborg.dk")


@pytest.fixture
def solution(maker: Town) -> Solution:
    return made_by(maker)


@pytest.fixture
def teller(empty: None) -> User:
    return person("ida@example.org", language="en")


@pytest.fixture
def named(solution: Solution, user: Town, teller: User) -> Adoption:
    """Told by somebody else, and confirmed by nobody."""
    return factories.adoption(
        solution, user.actor, confirmed_at=None, made_by=teller, in_use_since=dt.date(2026, 3, 1)
    )


def main(client: Client, path: str) -> Node:
    return read(client.get(path)).one("main")


def steps(client: Client, path: str) -> list[str]:
    """What its history tells, newest first."""
    return [item.text.partition(": ")[2] for item in main(client, path).by_id("history").all("li")]


def now(adoption: Adoption) -> Adoption:
    return Adoption.objects.get(pk=adoption.pk)


# Asked and confirmed


def test_the_organisation_is_asked_once_and_says_yes_without_logging_in(
    named: Adoption, solution: Solution, user: Town, maker: Town, client: Client
) -> None:
    factories.partner(solution, user.actor, role="research")
    for _morning in range(2):
        ask_the_named(timestamp=0)
    (mail,) = delivered(to=user.user.email)
    assert mail.subject == "Viborg: are these 2 ties right?"
    assert "says that Viborg has taken over:" in mail.body
    (path,) = LINK.findall(str(mail.body))
    page = main(client, path)
    assert (
        "Somebody tells that you have taken this solution over and have used it since March 2026."
        in page.text
    )
    assert at(solution, named) in page.links
    key = f"entry-{solution.record.public_id}-use"
    labels = [page.one("label", **{"for": box.attrs["id"]}).text for box in page.all("input", name=key)]
    assert labels == ["Yes, we use it", "No, we do not use it", "Answer later"]
    client.post(path, {key: "yes"})
    assert now(named).confirmed
    assert not solution.partners.get().confirmed
    assert Record.objects.get(pk=solution.pk).phase == "spread"
    assert [mail.subject for mail in delivered(to=maker.user.email)] == [
        "Viborg uses what you made: Nattesensor"
    ]


def test_only_a_use_is_asked_about_by_its_name(named: Adoption, user: Town) -> None:
    ask_the_named(timestamp=0)
    (mail,) = delivered(to=user.user.email)
    assert mail.subject == "Does Viborg use Nattesensor?"


def test_members_confirm_on_its_page_and_it_is_public_at_once(
    named: Adoption, solution: Solution, user: Town, client: Client
) -> None:
    assert "Only named" in main(client, at(solution, named)).text
    before = register_version()
    page = main(user.client, at(solution, named))
    assert at(solution, named, "confirm/") in [form.attrs["action"] for form in page.all("form")]
    user.client.post(at(solution, named, "confirm/"))
    connection.check_constraints()
    assert register_version() > before
    assert "Confirmed by Viborg" in main(client, at(solution, named)).text


def test_it_waits_on_ones_own_page(named: Adoption, solution: Solution, user: Town, teller: User) -> None:
    page = main(user.client, "/en/account/")
    assert at(solution, named) in page.one("section", aria_labelledby="waiting-h").links
    told = main(browser(teller), "/en/account/").one("section", aria_labelledby="adopted-h")
    assert "told by you, not confirmed yet" in told.text
    adopting.confirm(named)
    page = main(user.client, "/en/account/")
    assert not page.all("section", aria_labelledby="waiting-h")
    assert at(solution, named) in page.one("section", aria_labelledby="adopted-h").links


# Thanked


def test_who_made_it_is_thanked_once(named: Adoption, solution: Solution, user: Town, maker: Town) -> None:
    for _press in range(2):
        user.client.post(at(solution, named, "confirm/"))
    (mail,) = delivered()
    assert mail.to == [maker.user.email]
    assert "Viborg tells the register" in mail.body
    assert "has done so since March 2026." in mail.body
    assert f"http://localhost{at(solution, named)}" in mail.body or at(solution, named) in mail.body
    assert user.user.email not in mail.body
    assert now(named).thanked_at is not None
    user.client.post(
        at(solution, named, "end/"), {"version": 1, "ended_on": "2026-05-01", "ended_reason": "Nej"}
    )
    user.client.post(at(solution, named, "take-up/"), {"version": 2})
    assert now(named).confirmed
    assert len(delivered()) == 1


def test_whoever_passed_it_on_is_thanked_too(solution: Solution, user: Town, maker: Town) -> None:
    between = town("Odense", "ole@odense.dk")
    source = factories.adoption(solution, between.actor)
    user.client.post(at(solution), user.chosen | {"taken_from": str(source.pk)})
    mails = {mail.to[0]: mail for mail in delivered()}
    assert mails.keys() == {maker.user.email, between.user.email}
    assert mails[between.user.email].subject == "Viborg has taken over Nattesensor from you"
    assert mails[maker.user.email].subject == "Viborg uses what you made: Nattesensor"


def test_nobody_is_thanked_for_what_was_undone(named: Adoption) -> None:
    with transaction.atomic():
        assert adopting.confirm(named)
        assert Message.objects.count() == 1
        transaction.set_rollback(True)
    assert not Message.objects.exists()
    assert not now(named).confirmed


@pytest.mark.parametrize("hidden", ["solution", "adopter", "source"])
def test_nothing_is_written_of_what_is_not_public(
    named: Adoption, solution: Solution, user: Town, maker: Town, hidden: str
) -> None:
    between = town("Odense", "ole@odense.dk")
    source = factories.adoption(solution, between.actor, confirmed_at=None)
    Adoption.objects.filter(pk=named.pk).update(taken_from=source)
    of = {"solution": solution.pk, "adopter": user.actor.pk, "source": between.actor.pk}
    Record.objects.filter(pk=of[hidden]).update(state=State.WITHDRAWN)
    adopting.confirm(Adoption.objects.with_all().get(pk=named.pk))
    thanked = {mail.to[0] for mail in delivered()}
    assert thanked == ({maker.user.email} if hidden == "source" else set())


# Declined


def test_declined_it_is_gone_remembered_and_told(
    named: Adoption, solution: Solution, user: Town, maker: Town, client: Client
) -> None:
    Value.objects.create(adoption=named, kind="quality", evidence="felt")
    onward = factories.adoption(solution, factories.actor("Odense"), taken_from=named)
    user.client.post(at(solution, named, "decline/"), {"reason": "Aldrig hørt om det."})
    assert list(solution.adoptions.values_list("pk", "taken_from")) == [(onward.pk, None)]
    refusal = Refusal.objects.get()
    assert (refusal.record, refusal.actor, refusal.by) == (solution.record, user.actor, user.user)
    (mail,) = delivered()
    assert (mail.to, mail.subject) == ([maker.user.email], "Viborg does not use Nattesensor")
    assert "Aldrig hørt om det." in mail.body
    assert client.get(at(solution, named)).status_code == 404
    assert solution.record.events.get().organisation == user.actor.record
    ask_the_named(timestamp=0)
    assert len(delivered()) == 1


def test_by_the_mails_link_the_same(named: Adoption, solution: Solution, user: Town, client: Client) -> None:
    user.client.post(
        f"/en/actors/{user.actor.record.slug}/named/", {f"entry-{solution.record.public_id}-use": "no"}
    )
    assert not Adoption.objects.exists()
    assert Refusal.objects.get().actor == user.actor


def test_who_made_it_takes_off_what_is_not_so(named: Adoption, solution: Solution, maker: Town) -> None:
    page = main(maker.client, at(solution, named))
    assert at(solution, named, "decline/") in page.links
    assert maker.client.post(at(solution, named, "decline/")).status_code == 302
    assert not Adoption.objects.exists()
    assert Refusal.objects.get().by == maker.user


@pytest.mark.parametrize("who", ["maker", "user"])
def test_what_is_confirmed_is_not_declined(
    named: Adoption, solution: Solution, maker: Town, user: Town, who: str
) -> None:
    adopting.confirm(named)
    client = {"maker": maker, "user": user}[who].client
    assert client.post(at(solution, named, "decline/")).status_code == 403
    assert Adoption.objects.exists()


# Changed


def test_saving_changes_it_and_confirms_it(
    named: Adoption, solution: Solution, user: Town, maker: Town
) -> None:
    path = at(solution, named, "edit/")
    page = main(user.client, path)
    assert "By saving you confirm that Viborg uses it." in page.text
    assert page.one("input", name="in_use_since").attrs["value"] == "March 2026"
    assert not page.all("input", name="adopter-find")
    said = {"version": "1", "in_use_since": "04.2026", "bent": "Andre alarmer", "efficiency_evidence": "felt"}
    response = user.client.post(path, said)
    assert (response.status_code, response["Location"]) == (302, at(solution, named))
    after = now(named)
    assert (after.in_use_since, after.bent, after.version) == (dt.date(2026, 4, 1), "Andre alarmer", 2)
    assert after.values.get().kind == "efficiency"
    assert after.confirmed
    assert len(delivered(to=maker.user.email)) == 1
    user.client.post(path, said | {"version": "2", "efficiency_evidence": ""})
    assert not after.values.exists()


def test_who_told_it_may_change_it_until_it_is_confirmed(
    named: Adoption, solution: Solution, teller: User, as_member: Client
) -> None:
    path = at(solution, named, "edit/")
    assert as_member.get(path).status_code == 403
    client = browser(teller)
    client.post(path, {"version": "1", "bent": "Rettet"})
    assert (now(named).bent, now(named).confirmed) == ("Rettet", False)
    adopting.confirm(now(named))
    assert client.post(path, {"version": "2", "bent": "Mere"}).status_code == 403
    assert now(named).bent == "Rettet"


def test_the_second_of_two_keeps_what_it_typed_beside_what_it_says_now(
    named: Adoption, solution: Solution, user: Town
) -> None:
    path = at(solution, named, "edit/")
    began = main(user.client, path).one("input", name="began").attrs["value"]
    user.client.post(path, {"version": "1", "began": began, "effect": "Først", "in_use_since": "03.2026"})
    response = user.client.post(
        path, {"version": "1", "began": began, "bent": "Min forklaring", "in_use_since": "03.2026"}
    )
    page = read(response).one("main")
    assert response.status_code == 409
    assert now(named).bent == ""
    assert page.one("textarea", name="bent").text == "Min forklaring"
    assert page.one("textarea", name="effect").text == "Først"
    assert "Først" in page.one("table").text
    version = page.one("input", name="version").attrs["value"]
    user.client.post(path, {"version": version, "bent": "Min forklaring", "effect": "Først"})
    assert (now(named).bent, now(named).effect) == ("Min forklaring", "Først")


def test_a_circle_is_refused_and_not_offered(solution: Solution, user: Town, named: Adoption) -> None:
    child = factories.adoption(solution, factories.actor("Odense"), taken_from=named)
    grandchild = factories.adoption(solution, factories.actor("Ry"), taken_from=child)
    other = factories.adoption(solution, factories.actor("Skive"))
    path = at(solution, named, "edit/")
    offered = [box.attrs["value"] for box in main(user.client, path).all("input", name="taken_from")]
    assert offered == ["", str(other.pk)]
    page = read(user.client.post(path, {"version": "1", "taken_from": str(grandchild.pk)}))
    assert page.by_id("error-summary").links == ["#f-taken_from_0"]
    for source in (child.pk, grandchild.pk, named.pk, 999_999):
        with pytest.raises(adopting.SourceGone):
            adopting.change(now(named), said={"taken_from_id": source}, values=[], by=user.user, version=1)
    assert now(named).taken_from is None


def test_the_database_keeps_the_tree_a_tree(solution: Solution, named: Adoption) -> None:
    child = factories.adoption(solution, factories.actor("Odense"), taken_from=named)
    elsewhere = factories.adoption(factories.solution("Anden"), factories.actor("Ry"))
    for source in (named, child, elsewhere):
        with pytest.raises(IntegrityError, match="taken over from somebody"), transaction.atomic():
            Adoption.objects.filter(pk=named.pk).update(taken_from=source)


def test_what_the_database_refuses_ends_in_a_word(
    solution: Solution, user: Town, named: Adoption, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Should anybody write beside the form while it looks."""
    child = factories.adoption(solution, factories.actor("Odense"), taken_from=named)
    monkeypatch.setattr(adopting, "_goes", lambda _adoption, _source: True)
    with pytest.raises(adopting.SourceGone):
        adopting.change(now(named), said={"taken_from_id": child.pk}, values=[], by=user.user, version=1)
    assert now(named).taken_from is None


def test_pickers_lose_nothing_when_changing(named: Adoption, solution: Solution, user: Town) -> None:
    place = factories.place("Viborg by", code="0791")
    path = at(solution, named, "edit/")
    page = read(user.client.post(path, {"version": "1", "bent": "Skrevet", "place-add": place.address}))
    assert page.one("input", name="place").attrs["value"] == place.address
    assert page.one("textarea", name="bent").text == "Skrevet"
    assert now(named).place is None


# Over, and in use again


def test_over_it_stays_readable_and_counts_no_more(
    named: Adoption, solution: Solution, user: Town, client: Client
) -> None:
    Record.objects.update(published_at=timezone.now() - dt.timedelta(days=1))
    adopting.confirm(named)
    path = at(solution, named, "end/")
    said = {"version": "1", "ended_on": "2026-06-30", "ended_reason": "Leverandøren lukkede."}
    assert user.client.post(path, said).status_code == 302
    assert Record.objects.get(pk=solution.pk).phase == "in_use"
    text = main(client, at(solution, named)).text
    assert "In use from March 2026 until June 2026." in text
    assert "Leverandøren lukkede." in text
    response = user.client.post(path, said)
    assert (response.status_code, "Leverandøren lukkede." in response.text) == (409, True)
    user.client.post(at(solution, named, "take-up/"), {"version": "2"})
    again = now(named)
    assert (again.ended_on, again.ended_reason, again.confirmed) == (None, "", True)
    assert Record.objects.get(pk=solution.pk).phase == "spread"
    assert steps(client, at(solution, named)) == [
        "Confirmed by the organisation", "In use again", "Told to be over", "Confirmed by the organisation",
        "Told",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "why"),
    [("2026-02-01", "before it began"), ("2099-01-01", "lies in the future"), ("", "Write the day")],
    ids=["before", "future", "none"],
)
def test_the_day_it_ended_is_a_day_it_can_have(
    named: Adoption, solution: Solution, user: Town, day: str, why: str
) -> None:
    page = read(
        user.client.post(at(solution, named, "end/"), {"version": "1", "ended_on": day, "ended_reason": "x"})
    )
    assert why in page.by_id("error-summary").text
    assert now(named).ended_on is None


def test_taken_up_by_a_curator_it_waits_for_a_yes_again(named: Adoption, solution: Solution) -> None:
    Adoption.objects.filter(pk=named.pk).update(ended_on=dt.date(2026, 5, 1), confirmed_at=timezone.now())
    curator = browser(person(is_curator=True))
    curator.post(at(solution, named, "take-up/"), {"version": "7"})
    assert now(named).ended_on is not None
    curator.post(at(solution, named, "take-up/"), {"version": "1"})
    assert (now(named).ended_on, now(named).confirmed) == (None, False)


# What strangers may read


def test_of_what_is_hidden_nothing_is_read_anywhere(
    named: Adoption, solution: Solution, user: Town, client: Client
) -> None:
    adopting.confirm(named)
    Record.objects.filter(pk=user.actor.pk).update(state=State.WITHDRAWN)
    factories.reindex(solution)
    maker = solution.owner
    assert maker is not None
    theirs = f"{maker.get_absolute_url()}taken-over/"
    paths = [solution.get_absolute_url(), theirs, "/solutions/", "/search/?q=viborg"]
    assert not any("Viborg" in client.get(path).text for path in paths)
    assert client.get(at(solution, named)).status_code == 404
    Record.objects.filter(pk=user.actor.pk).update(state=State.PUBLISHED)
    Record.objects.filter(pk=solution.pk).update(state=State.WITHDRAWN)
    assert "Nattesensor" not in client.get(f"{user.actor.get_absolute_url()}taken-over/").text
    assert client.get(at(solution, named)).status_code == 404
    assert user.client.get(at(solution, named)).status_code == 404


def test_what_was_prepared_before_publication_is_not_told(
    solution: Solution, user: Town, client: Client
) -> None:
    made = factories.adoption(solution, user.actor, confirmed_at=None)
    Adoption.objects.filter(pk=made.pk).update(bent="Kladde")
    Adoption.objects.filter(pk=made.pk).update(bent="Færdig")
    assert steps(client, at(solution, made)) == ["Told"]
    Record.objects.update(published_at=timezone.now() - dt.timedelta(days=1))
    assert steps(client, at(solution, made)) == ["Changed", "Told"]


def test_an_organisation_tells_both_ways(
    named: Adoption, solution: Solution, user: Town, maker: Town, client: Client
) -> None:
    at_actor = [f"/en/actors/{one.actor.record.slug}/" for one in (user, maker)]
    for path in at_actor:
        assert f"{path}taken-over/" in main(client, path).by_id("taken-over").links
    theirs, ours = (main(client, f"{path}taken-over/").by_id("reuse") for path in at_actor)
    assert theirs.links == ours.links == [at(solution, named)]
    assert [heading.text for heading in theirs.all("h3")] == ["Has taken over from others"]
    assert "from Aarhus · in use since March 2026 · only named" in theirs.text
    assert [heading.text for heading in ours.all("h3")] == ["Others use what they made"]
    assert "Viborg: Nattesensor" in ours.text
    nobody = factories.actor("Ry").get_absolute_url()
    assert "We know of nothing" in main(client, f"/en{nobody}taken-over/").text


def test_pages_ask_a_fixed_number_of_statements(
    named: Adoption, solution: Solution, user: Town, maker: Town, client: Client, settings: Any
) -> None:
    settings.CACHE_PAGES = True
    paths = [at(solution, named), *(f"{one.actor.get_absolute_url()}taken-over/" for one in (user, maker))]
    one = [len(statements(client, path)) for path in paths]
    mine = len(statements(user.client, "/en/account/"))
    for number in range(3):
        other = factories.actor(f"By {number}")
        factories.adoption(solution, other, taken_from=named)
        factories.adoption(factories.solution(f"Anden {number}", owner=other), user.actor)
    assert [len(statements(client, f"{path}?v=2")) for path in paths] == one
    assert max(one) <= READER
    assert len(statements(user.client, "/en/account/")) == mine <= MEMBER + 4
