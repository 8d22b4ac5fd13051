"""Nothing of an unpublished entry shows, not even a count: pages stay, byte by byte, as they were."""

from typing import Any

import pytest
from django.test import Client

from actors.models import Actor
from curation.choices import State
from curation.learning import learn
from curation.models import Word
from labs.models import Lab, Link
from missions.models import Mission
from tests import factories

pytestmark = pytest.mark.usefixtures("empty")

CANARY = "kanariefugl"
HIDDEN = [State.DRAFT, State.SUBMITTED, State.RETURNED, State.WITHDRAWN]
TEXTS = ("name_en", "summary_da", "summary_en", "description_da", "description_en", "ended_reason", "lessons")
OF_LABS = (
    "purpose_da",
    "host_named",
    "target_groups",
    "hallmark_daily",
    "hallmark_together",
    "hallmark_whole",
)
OF_MISSIONS = ("scope", "goal_da", "goal_en", "shows_ambition", "shows_coalition", "shows_frames")


class Register:
    """A published lab, actor and mission, and where to look for what should not show."""

    def __init__(self) -> None:
        self.theme = factories.theme("Energi")
        self.region = factories.place("Region", kind="region", code="1084")
        self.town = factories.place("Byen", code="0101", within=[self.region], latitude=55.7, longitude=12.5)
        self.at: dict[str, Any] = {
            "themes": [self.theme],
            "places": [self.town],
            "latitude": 55.7,
            "longitude": 12.5,
        }
        self.lab: Lab = factories.lab("Åbent laboratorium", **self.at, host_named="Vært")
        self.actor: Actor = factories.actor("Åben aktør", **self.at)
        self.mission: Mission = factories.mission("Åben mission", themes=[self.theme], places=[self.town])
        factories.link(self.lab, self.actor)
        factories.link(self.lab, self.mission)
        factories.member(self.mission, self.actor, side="push")

    @property
    def addresses(self) -> list[str]:
        lists = [f"/{kind}/{rest}" for kind in ("labs", "actors", "missions") for rest in (
            "", "?q=byen", f"?q={CANARY}", "?theme=energi&place=0101&sort=newest", "?bbox=8,54,15,58",
            "map.geojson", f"map.geojson?q={CANARY}", "map.geojson?zoom=3", "map.geojson?zoom=18",
        )]  # fmt: skip
        entries = [entry.get_absolute_url() for entry in (self.lab, self.actor, self.mission)]
        others = ["/", f"/search/?q={CANARY}", "/search/?q=byen", "/themes/", "/themes/energi/", "/places/",
                  "/places/0101/", "/places/1084/", "/about/"]  # fmt: skip
        english = [f"/en{path}" for path in ("/", "/labs/", "/search/?q=byen", *entries)]
        return [*lists, *entries, *others, *english]

    def shown(self, client: Client) -> dict[str, str]:
        found = {}
        for path in self.addresses:
            response = client.get(path)
            assert response.status_code == 200
            found[path] = response.text
        return found

    def hide(self, state: str) -> list[Any]:
        """One entry of every kind full of canaries, tied to all that is published."""
        said = dict.fromkeys(TEXTS, CANARY) | self.at | {"state": state, "ended": True, "source": CANARY}
        lab = factories.lab(
            f"{CANARY} lab {state}", **said, **dict.fromkeys(OF_LABS, CANARY), partners_named=[CANARY]
        )
        actor = factories.actor(f"{CANARY} aktør {state}", **said)
        without_point = {key: value for key, value in said.items() if key not in ("latitude", "longitude")}
        mission = factories.mission(
            f"{CANARY} mission {state}", **without_point, **dict.fromkeys(OF_MISSIONS, CANARY)
        )
        hosted = Link.objects.filter(lab=self.lab, role="host").exists()
        factories.link(self.lab, actor, "both", role="" if hosted else "host")
        factories.link(self.lab, mission, "push")
        factories.link(lab, self.actor)
        factories.link(lab, self.mission)
        factories.member(self.mission, actor, "both")
        factories.member(mission, self.actor)
        factories.relation(self.actor, actor)
        factories.relation(actor, self.actor)
        return [lab, actor, mission]


@pytest.fixture
def register() -> Register:
    return Register()


def differences(before: dict[str, str], after: dict[str, str]) -> list[str]:
    return [path for path in before if before[path] != after[path]]


def test_the_pages_do_not_change(client: Client, register: Register) -> None:
    before = register.shown(client)
    hidden = [entry for state in HIDDEN for entry in register.hide(state)]
    assert differences(before, register.shown(client)) == []
    for entry in hidden:
        assert client.get(entry.get_absolute_url()).status_code == 404


# A slip of the canary's name, beside a word that is found and alone: corrections, snippets, looser searches.
SLIP = CANARY[:-2] + CANARY[-1] + CANARY[-2]
SLIPS = [
    f"{prefix}/{kind}/?q={words}"
    for prefix in ("", "/en")
    for kind in ("labs", "actors", "missions", "search")
    for words in (SLIP, f"{SLIP}+byen", CANARY[:-3], f"{CANARY}+byen")
]  # fmt: skip


def looked_for(client: Client) -> dict[str, str]:
    return {path: client.get(path).text.replace(SLIP, "").replace(CANARY, "") for path in SLIPS}


def test_search_knows_no_word_of_what_is_hidden(client: Client, register: Register) -> None:
    learn()
    before = looked_for(client)
    for state in HIDDEN:
        register.hide(state)
    learn()
    assert differences(before, looked_for(client)) == []
    assert not Word.objects.filter(word__contains=CANARY[:-3]).exists()


def test_search_forgets_a_word_at_once_when_it_is_withdrawn(client: Client, register: Register) -> None:
    """Though the words of the register are learnt in the background."""
    learn()
    before = looked_for(client)
    hidden = register.hide(State.PUBLISHED)
    learn()
    assert len(differences(before, looked_for(client))) == len(before)
    for entry in hidden:
        entry.record.state = State.WITHDRAWN
        entry.record.save()
    for entry in (register.lab, register.actor, register.mission):
        factories.reindex(entry)
    assert differences(before, looked_for(client)) == []


def test_the_same_entries_published_would_show(client: Client, register: Register) -> None:
    before = register.shown(client)
    register.hide(State.PUBLISHED)
    after = register.shown(client)
    assert len(differences(before, after)) > len(before) * 0.9
    assert sum(CANARY in text for text in after.values()) > len(after) * 0.6


def test_withdrawing_takes_effect_at_once(client: Client, register: Register) -> None:
    before = register.shown(client)
    for entry in register.hide(State.PUBLISHED):
        entry.record.state = State.WITHDRAWN
        entry.record.save()
    for entry in (register.lab, register.actor, register.mission):
        factories.reindex(entry)
    assert differences(before, register.shown(client)) == []


@pytest.mark.parametrize("state", HIDDEN)
def test_a_published_entry_does_not_name_a_hidden_one_it_belongs_to(
    client: Client, register: Register, state: str
) -> None:
    hidden = factories.actor(f"{CANARY} aktør", state=state)
    heir = factories.lab(f"{CANARY} lab", state=state)
    for entry in (register.lab, register.mission):
        entry.owner = entry.backbone = hidden
        entry.ended, entry.heir = True, heir.record
        entry.save()
        factories.reindex(entry)
    named = [path for path, text in register.shown(client).items() if CANARY in text and "q=" not in path]
    assert named == []


@pytest.mark.parametrize("kind", ["lab", "actor", "mission"])
def test_a_merged_entry_leads_to_the_other(client: Client, register: Register, kind: str) -> None:
    target = getattr(register, kind)
    gone = getattr(factories, kind)(f"{CANARY} {kind}", state=State.MERGED, merged_into=target.record)
    for prefix in ("", "/en"):
        response = client.get(f"{prefix}{gone.get_absolute_url()}")
        assert response.status_code == 301
        assert response["Location"] == f"{prefix}{target.get_absolute_url()}"
    assert CANARY not in client.get(f"/{kind}s/").text
    target.record.state = State.WITHDRAWN
    target.record.save()
    assert client.get(gone.get_absolute_url()).status_code == 404
