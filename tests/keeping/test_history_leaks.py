"""Nothing that is not public shows in a history or where one suggests; what is hidden has no such pages."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from actors.models import Actor, Offer
from curation.choices import Kind, State
from curation.models import Record
from labs.models import Lab, Solution, Trial
from missions.models import Mission, Need
from tests import factories

CANARY = "kanariefugl"
HIDDEN = [State.DRAFT, State.SUBMITTED, State.RETURNED, State.WITHDRAWN]
TEXTS = ("name_en", "summary_da", "summary_en", "description_da", "ended_reason", "lessons")
PAGES = (
    "history/",
    "suggest/",
    "suggest/what/",
    "suggest/why/",
    "suggest/how/",
    "suggest/value/",
    "suggest/words/",
    "suggest/thanks/",
)
MEMBERS_PAGES = ("edit/", "edit/what/", "end/", "resume/", "withdraw/")

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty")]


class Register:
    """A published entry of each kind, tied to each other, and hidden ones tied to them."""

    def __init__(self) -> None:
        self.theme = factories.theme("Energi")
        self.place = factories.place("Byen", code="0101", latitude=55.7, longitude=12.5)
        at: dict[str, Any] = {"themes": [self.theme], "places": [self.place]}
        self.at = at
        self.lab: Lab = factories.lab("Åbent laboratorium", **at)
        self.actor: Actor = factories.actor("Åben aktør", **at)
        self.mission: Mission = factories.mission("Åben mission", **at)
        self.need: Need = factories.need("Åbent behov", **at)
        self.offer: Offer = factories.offer("Åbent tilbud", **at)
        self.solution: Solution = factories.solution("Åben løsning", **at)
        self.trial: Trial = factories.trial(self.lab, "Åben afprøvning", solution=self.solution, **at)
        factories.partner(self.trial, self.actor)
        factories.partner(self.solution, self.actor)
        factories.adoption(self.solution, self.actor)
        factories.link(self.lab, self.actor)
        factories.link(self.lab, self.need)
        factories.member(self.mission, self.actor)
        factories.response(self.need, self.offer)

    @property
    def shown(self) -> list[Any]:
        return [
            self.lab, self.actor, self.mission, self.need, self.offer, self.trial, self.solution,
        ]  # fmt: skip

    def hide(self, state: str) -> list[Any]:
        said = dict.fromkeys(TEXTS, CANARY) | self.at | {"state": state, "ended": True, "source": CANARY}
        lab = factories.lab(f"{CANARY} lab", **said)
        actor = factories.actor(f"{CANARY} aktør", **said)
        mission = factories.mission(f"{CANARY} mission", **said)
        need = factories.need(f"{CANARY} behov", **said, status="expired")
        offer = factories.offer(f"{CANARY} tilbud", **said, status="expired")
        solution = factories.solution(f"{CANARY} løsning", **said)
        trial = factories.trial(lab, f"{CANARY} afprøvning", solution=self.solution, **said)
        for end in (self.solution, self.trial):
            factories.partner(end, actor, role="research")
        for end in (solution, trial):
            factories.partner(end, self.actor)
        factories.adoption(self.solution, actor)
        factories.adoption(solution, self.actor)
        Solution.objects.filter(pk=self.solution.pk).update(
            lab=lab, need=need, owner=actor, inspired_by=solution
        )
        Trial.objects.filter(pk=self.trial.pk).update(lab=lab, need=need, owner=actor, solution=solution)
        factories.link(lab, self.need)
        factories.link(lab, self.offer)
        factories.link(self.lab, need)
        factories.link(self.lab, offer)
        factories.response(self.need, offer)
        factories.response(need, self.offer)
        Need.objects.filter(pk=self.need.pk).update(mission=mission, owner=actor)
        factories.link(self.lab, actor, "both", role="host")
        factories.link(self.lab, mission, "push")
        factories.link(lab, self.actor)
        factories.link(lab, self.mission)
        factories.member(self.mission, actor, "both")
        factories.member(mission, self.actor)
        factories.relation(self.actor, actor)
        factories.relation(actor, self.actor)
        for entry in (self.lab, self.mission):
            entry.owner = entry.backbone = actor
            entry.ended, entry.heir = True, lab.record
            entry.save()
        return [lab, actor, mission, need, offer, trial, solution]


def texts(client: Client, entries: list[Any]) -> dict[str, str]:
    """What the public pages of entries say, without what differs each time they are opened."""
    found = {}
    for entry in entries:
        for page in PAGES:
            response = client.get(f"{entry.get_absolute_url()}{page}")
            if response.status_code == 200:
                found[f"{entry.get_absolute_url()}{page}"] = response.text
    return found


@pytest.mark.parametrize("state", HIDDEN)
def test_published_entries_name_nothing_hidden(as_member: Client, client: Client, state: str) -> None:
    register = Register()
    before = len(texts(client, register.shown))
    register.hide(state)
    for reader in (client, as_member):
        told = texts(reader, register.shown)
        assert len(told) == before > 15
        assert [path for path, text in told.items() if CANARY in text] == []


def test_published_they_would_be_named(client: Client) -> None:
    register = Register()
    register.hide(State.PUBLISHED)
    told = texts(client, register.shown)
    assert sum(CANARY in text for path, text in told.items() if path.endswith("history/")) == 7


def test_not_even_the_number_of_changes_tells(client: Client) -> None:
    register = Register()
    factories.link(register.lab, factories.mission("Anden mission"), "pull")
    path = f"{register.lab.get_absolute_url()}history/"
    before = client.get(path).text
    hidden = factories.actor(f"{CANARY} aktør", state=State.DRAFT)
    factories.link(register.lab, hidden, "push", role="research")
    Lab.objects.filter(pk=register.lab.pk).update(backbone=hidden)
    assert client.get(path).text == before


@pytest.mark.parametrize("state", HIDDEN)
def test_their_own_pages_do_not_exist(as_member: Client, client: Client, state: str) -> None:
    hidden = Register().hide(state)
    for entry in hidden:
        for page in PAGES:
            for reader in (client, as_member):
                assert reader.get(f"{entry.get_absolute_url()}{page}").status_code == 404
        for page in MEMBERS_PAGES:
            assert as_member.get(f"{entry.get_absolute_url()}{page}").status_code == 404


def test_right_after_withdrawal_they_are_gone(client: Client, admin: User) -> None:
    register = Register()
    hidden = register.hide(State.PUBLISHED)
    assert len(texts(client, hidden)) > 15
    Record.objects.filter(pk__in=[entry.pk for entry in hidden]).update(state=State.WITHDRAWN)
    assert texts(client, hidden) == {}
    assert [path for path, text in texts(client, register.shown).items() if CANARY in text] == []


@pytest.mark.parametrize("kind", Kind.values)
def test_a_suggestion_shows_to_nobody_but_those_who_decide(client: Client, admin: User, kind: str) -> None:
    register = Register()
    entry = getattr(register, kind)
    entry.record.suggestions.create(
        base_version=1,
        changes={"name_da": {"from": [""], "to": [CANARY]}},
        reason=CANARY,
        reply_to="k@example.org",
    )
    assert [path for path, text in texts(client, register.shown).items() if CANARY in text] == []
    assert CANARY not in client.get(entry.get_absolute_url()).text
