"""A solution, who has it and who takes it over, for tests of taking solutions over."""

from dataclasses import dataclass
from typing import Any

from django.test import Client

from accounts.models import User
from actors.models import Actor
from labs.models import Adoption, Solution
from tests import factories
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
