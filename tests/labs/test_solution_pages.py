"""A solution's page and list: the gate, the valley of death, all five values, nothing that is not public."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from labs.models import Solution, Value
from labs.stuck import LONG
from tests import factories as make
from tests.pages import ListPage, Node, read
from tests.statements import READER, statements

pytestmark = pytest.mark.usefixtures("empty")

CANARY = "kanariefugl"
TOLD: dict[str, Any] = {
    "summary_da": "Lamper der følger dagen.", "effect_da": "Beboerne sover længere.", "run_by": "Nattevagten",
    "run_needs": "Ti minutter om dagen.", "replaced": "Loftslys.", "promoted": "Lederen spurgte.",
    "inhibited": "Loftet.", "failed": "Sensorer i sengene.", "conditions_da": "En leder der spørger.",
    "to_adapt": "Døgnets timer.", "funding": "Byrådet.", "inspired_by_named": "Et plejehjem i Malmö",
}  # fmt: skip
INNOVATION: dict[str, Any] = {
    "stage": "in_use", "in_use_since": dt.date(2026, 3, 1), "idea_on": dt.date(2024, 11, 1), "new_here": True,
    "values": {"quality": "counted", "efficiency": "felt"},
}  # fmt: skip


def page_of(client: Client, solution: Solution) -> Node:
    return read(client.get(f"/en{solution.get_absolute_url()}")).one("main")


def rich() -> Solution:
    lab, need, owner = make.lab("Nattens lab"), make.need("Bedre søvn"), make.actor("Byens plejecenter")
    solution = make.solution(
        "Lys om natten", types=["product", "service"], novelty="radical", reuse="adapted", lab=lab, need=need,
        owner=owner, inspired_by=make.solution("Malmös lamper"), contributors=["employees", "companies"],
        operable="partly", places=[make.place("Byen")], themes=[make.theme("Søvn")], **INNOVATION | TOLD,
    )  # fmt: skip
    make.partner(solution, make.actor("Lampefabrikken"), "push", role="company")
    make.trial(lab, "Lys på afdeling 2", solution=solution, started_on=dt.date(2025, 2, 1))
    make.adoption(
        solution, make.actor("Nabobyen"), how="copy", in_use_since=dt.date(2026, 9, 1),
        place=make.place("Nabo Kommune"),
    )  # fmt: skip
    make.adoption(solution, make.actor("Øens hjem"), confirmed_at=None)
    return solution


def test_all_that_is_told_stands_there(client: Client) -> None:
    solution = rich()
    page = page_of(client, solution)
    kind = page.one("p", "sk-kind")
    assert kind.text == "Solution from Byen"  # and not where others use it
    facts = page.all("dl")[0]
    for words in (
        "Spread", "since March 2026", "1 year 4 months from idea to use", "Product, Service", "Radical",
        "adapted substantially", "Malmös lamper", "Et plejehjem i Malmö", "Nattens lab", "Bedre søvn",
        "Byens plejecenter",
    ):  # fmt: skip
        assert words in facts.text
    for words in TOLD.values():
        assert words in page.text
    assert "Employees, Companies" in page.by_id("who").text
    assert "Lampefabrikken Company partner · only named" in page.by_id("who").text
    assert "Lys på afdeling 2" in page.by_id("trials").text
    assert "Daily operation can use part of it" in page.by_id("operation").text
    assert f"/en/solutions/{solution.record.slug}/we-use-this/" in page.links


def test_who_took_it_over_is_named_until_they_confirm(client: Client) -> None:
    solution = rich()
    gone = make.adoption(solution, make.actor("Fjernbyen"), ended_on=dt.date(2025, 5, 1), ended_reason="Nej.")
    page = page_of(client, solution)
    section = page.by_id("adopters")
    assert "2 organisations have taken it over. 1 has confirmed it" in section.text
    first, second = section.one("ul").all("li")
    assert "Nabobyen Nabo Kommune · Largely a copy" in first.text
    assert "in use since September 2026" in first.text
    assert first.attrs["class"] == "sk-cpl__yes"
    assert "Øens hjem month not told only named" in second.text
    assert "class" not in second.attrs
    assert gone.adopter.name not in section.text
    assert "Fjernbyen" in page.by_id("earlier").text


def test_all_five_values_stand_there(client: Client) -> None:
    solution = make.solution(values={"quality": "counted", "efficiency": "felt"})
    Value.objects.filter(kind="quality").update(
        said="Halvt så mange vågne nætter.", year=2025, source="Evaluering (https://example.org/e)"
    )
    table = page_of(client, solution).by_id("value").one("tbody")
    rows = {row.one("th").text: [cell.text for cell in row.all("td")] for row in table.all("tr")}
    assert rows == {
        "Quality": ["Counted before and after", "Halvt så mange vågne nætter.", "Evaluering", "2025"],
        "Efficiency": ["Experienced", "–", "–", "–"],
        "Citizen involvement": ["Not told"],
        "Employee satisfaction": ["Not told"],
        "Political goals achieved": ["Not told"],
    }
    assert "https://example.org/e" in table.links


@pytest.mark.parametrize(
    ("said", "stage", "words", "met"),
    [
        ({}, "Stage not known", "Nobody has told how far this has come.", ""),
        ({"stage": "idea", "new_here": True}, "Idea", "This is an idea, but not yet an innovation", "1"),
        ({"stage": "proof"}, "Proof of concept", "This is a proof of concept", ""),
        ({"stage": "trial", "values": {"quality": "compared"}}, "Trial", "This is a trial, but not yet", "3"),
        ({"stage": "in_use"}, "In use", "because nobody has told whether it is new to the workplace", ""),
        (INNOVATION | {"values": {"quality": "felt"}}, "In use", "experienced, but not documented", "12"),
        (INNOVATION, "Documented value", "This is an innovation", "123"),
        (INNOVATION | {"ended": True}, "Ended", "This was an innovation until it ended", "123"),
        ({"stage": "trial", "ended": True}, "Ended", "This ended before it became an innovation", ""),
    ],
    ids=["unknown", "idea", "proof", "trial", "in use", "felt", "innovation", "ended", "ended before"],
)
def test_the_gate_says_why(client: Client, said: dict[str, Any], stage: str, words: str, met: str) -> None:
    page = page_of(client, make.solution(**said))
    assert page.all("dl")[0].all("dd")[0].text == stage
    gate = page.by_id("gate")
    assert words in gate.text
    rows = gate.one("ol").all("li")
    assert [row.one("strong").text[0] for row in rows] == ["1", "2", "3"]
    listed = "".join(row.one("strong").text[0] for row in rows if " Met" in row.text)
    drawn = gate.one("svg")
    stones = [one.text for one in drawn.all("g") if "sk-gate__stone--yes" in one.attrs["class"]]
    assert listed == "".join(stones) == met
    opened = "The gate is open." if met == "123" else "The gate is closed."
    assert drawn.attrs["aria-label"] == f"{len(met)} of 3 conditions are met. {opened}"
    assert bool(drawn.all("path", "sk-gate__bars")) is (met != "123")


def test_a_nearly_empty_one_says_what_is_missing(client: Client) -> None:
    page = page_of(client, make.solution("Robot"))
    for words in (
        "place not known", "Nobody has described it yet.", "Theme not known", "Not yet", "None told",
        "Nobody has told whether daily operation can use it.", "No partner is named.",
        "The register knows of no trial of it.", "The register knows of nobody else who uses it.",
        "No source is given.",
    ):  # fmt: skip
        assert words in page.text
    assert "valley of death" not in page.by_id("gate").text


def test_one_that_ended_says_why_and_what_failed(client: Client) -> None:
    solution = make.solution(
        "Robot", ended=True, ended_reason="Ingen penge.", lessons="Spørg it først.", failed="Hjulene.",
        stage="trial",
    )  # fmt: skip
    page = page_of(client, solution)
    for words in ("This solution has ended.", "Ingen penge.", "Spørg it først.", "Hjulene."):
        assert words in page.text
    assert not [link for link in page.links if link.endswith("/we-use-this/")]


# Dødens gab


def long_ago() -> dt.date:
    return timezone.localdate() - LONG


def test_one_that_is_stuck_says_since_when_and_what_it_waits_for(client: Client) -> None:
    solution = make.solution(
        stage="trial", stage_since=long_ago(), waiting_for=["money", "it"], waiting_said="Serveren."
    )
    gate = page_of(client, solution).by_id("gate")
    for words in ("In the valley of death", "1 year 6 months", "Money for operation", "Serveren."):
        assert words in gate.text
    assert "/en/solutions/?stuck=1" in gate.links


def test_one_that_does_not_say_what_it_waits_for_is_asked(client: Client) -> None:
    solution = make.solution(stage="proof", stage_since=long_ago())
    gate = page_of(client, solution).by_id("gate")
    assert "Nobody has told what it waits for." in gate.text
    assert f"/en/solutions/{solution.record.slug}/suggest/far/" in gate.links


def test_one_that_has_not_stood_there_long_only_says_what_it_waits_for(client: Client) -> None:
    lately = long_ago() + dt.timedelta(days=1)
    gate = page_of(client, make.solution(stage="trial", stage_since=lately, waiting_for=["law"])).by_id(
        "gate"
    )
    assert "valley of death" not in gate.text
    assert "Law, data protection or ethics" in gate.text


def stuck(client: Client) -> int:
    """How many the list says there are."""
    return ListPage(client.get("/en/solutions/")).options.get(("stuck", "1"), 0)


def test_the_list_finds_those_that_are_stuck(client: Client) -> None:
    lab, before, after = make.lab(), long_ago(), long_ago() + dt.timedelta(days=1)
    make.solution("Længe", stage="trial", stage_since=before)
    make.solution("Nylig", stage="trial", stage_since=after)
    make.solution("I brug", stage="in_use", stage_since=before)
    make.solution("Slut", stage="trial", stage_since=before, ended=True)
    make.solution("Ukendt", stage="trial")
    tried = make.solution("Prøvet", stage="proof")
    make.trial(lab, solution=tried, started_on=dt.date(2020, 1, 1), ended=True, ended_on=before)
    hidden = make.solution("Skjult", stage="proof")
    make.trial(lab, solution=hidden, started_on=before, state="submitted")
    again = make.solution("Igen", stage="trial")
    make.trial(lab, solution=again, started_on=before)
    make.trial(lab, solution=again, started_on=after)
    page = ListPage(client.get("/en/solutions/?stuck=1"))
    assert sorted(page.names) == ["Længe", "Prøvet"]
    assert stuck(client) == 2
    both = ListPage(client.get("/en/solutions/?stuck=1&phase=proof"))
    assert both.names == ["Prøvet"]


def test_tomorrow_one_more_may_be_stuck(
    client: Client, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.KEEP_REFERENCE = settings.CACHE_PAGES = True
    make.solution("I morgen", stage="trial", stage_since=long_ago() + dt.timedelta(days=1))
    assert stuck(client) == 0
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *_args: tomorrow)
    assert stuck(client) == 1


# Nothing that is not public


def test_what_is_not_public_is_not_named(client: Client) -> None:
    hidden: dict[str, Any] = {"state": "submitted"}
    solution = make.solution(
        "Lys", lab=make.lab(f"{CANARY} lab", **hidden), need=make.need(f"{CANARY} behov", **hidden),
        owner=make.actor(f"{CANARY} ejer", **hidden), inspired_by=make.solution(f"{CANARY} før", **hidden),
        stage="in_use", themes=[make.theme("Søvn")],
    )  # fmt: skip
    make.partner(solution, make.actor(f"{CANARY} partner", **hidden))
    make.partner(solution, make.actor(f"{CANARY} før", **hidden), ended_on=dt.date(2025, 1, 1))
    make.adoption(solution, make.actor(f"{CANARY} by", **hidden))
    make.adoption(solution, make.actor(f"{CANARY} by 2", **hidden), ended_on=dt.date(2025, 1, 1))
    make.trial(make.lab(f"{CANARY} andet lab", **hidden), f"{CANARY} forsøg", solution=solution, **hidden)
    make.trial(make.lab(f"{CANARY} tredje lab", **hidden), "Åbent forsøg", solution=solution)
    for path in (solution.get_absolute_url(), "/solutions/", f"{solution.get_absolute_url()}history/"):
        for language in ("", "/en"):
            assert CANARY not in client.get(language + path).text
    assert "In use" in page_of(client, solution).all("dl")[0].text


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "withdrawn"])
def test_what_is_not_published_has_no_page(client: Client, state: str) -> None:
    solution = make.solution(state=state)
    assert client.get(solution.get_absolute_url()).status_code == 404


def test_statements_stay_the_same(client: Client) -> None:
    counts = []
    for number in (1, 3):
        lab, theme = make.lab(), make.theme()
        solution = make.solution(
            owner=make.actor(), lab=lab, need=make.need(), inspired_by=make.solution(), themes=[theme],
            places=[make.place()],
            values=dict.fromkeys(["quality", "efficiency", "political_goals"][:number], "felt"),
        )  # fmt: skip
        for _number in range(number):
            make.partner(solution, make.actor())
            make.adoption(solution, make.actor(), place=make.place())
            make.trial(make.lab(), solution=solution)
            make.solution(themes=[theme])
        asked = statements(client, solution.get_absolute_url())
        counts.append(len(asked))
    assert counts[0] == counts[1] <= READER, asked
