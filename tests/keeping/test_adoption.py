"""One adoption: asked about and confirmed, who is thanked, declined; and what nobody may read."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection, transaction
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
from tests.keeping.adopting import Town, at, main, maker, named, now, solution, steps, teller, town, user
from tests.people import browser
from tests.post import delivered
from tests.statements import MEMBER, READER, statements

__all__ = ["maker", "named", "solution", "teller", "user"]

pytestmark = pytest.mark.usefixtures("empty")

LINK = re.compile(r"http://[^/\s]+(/(?:en/)?named/\S+)")


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
