"""A solution, who has it, who takes it over and how its pages are read, for tests of adopting."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from actors.models import Actor
from labs.models import Adoption, Solution
from tests import factories
from tests.pages import Node, read
from tests.people import browser, person


@dataclass
class Town:
    """An organisation and somebody who belongs to it."""

    actor: Actor
    user: User

    @property
    def client(self) -> Client:
        return browser(self.user)

    @property
    def chosen(self) -> dict[str, str]:
        """The organisation as a browser sends it once it is chosen."""
        return {"adopter-0-actor": self.actor.record.public_id}


def town(name: str, email: str, **said: Any) -> Town:
    actor = factories.actor(name, type="municipality", **said)
    user = person(email, name=email.partition("@")[0].title(), language="en")
    factories.membership(user, actor, "owner")
    return Town(actor, user)


def made_by(owner: Town, **said: Any) -> Solution:
    values: dict[str, Any] = {"stage": "in_use", "new_here": True} | said
    return factories.solution("Nattesensor", owner=owner.actor, **values)


def at(solution: Solution, adoption: Adoption | None = None, then: str = "") -> str:
    """The page of telling, or of one adoption and what is done with it."""
    start = f"/en/solutions/{solution.record.slug}/"
    return f"{start}adoptions/{adoption.pk}/{then}" if adoption else f"{start}we-use-this/"


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
