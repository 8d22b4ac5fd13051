"""A trial's page: what is told and what is not, its log, its partners, and nothing that is not public."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from labs.models import Trial
from tests import factories as make
from tests.pages import ListPage, read
from tests.statements import READER, statements

pytestmark = pytest.mark.usefixtures("empty")

CANARY = "kanariefugl"
MAY = dt.date(2026, 5, 1)


def english(client: Client, entry: Any) -> Any:
    return read(client.get(f"/en{entry.get_absolute_url()}")).one("main")


def test_what_is_told_stands_there(client: Client) -> None:
    owner, lab, theme, place = make.actor("Byen"), make.lab("Lys"), make.theme("Søvn"), make.place("Aarhus")
    need, solution = make.need("Bedre nætter"), make.solution("Aftenlys")
    trial = make.trial(
        lab, "Lys på afdeling 2", owner=owner, need=need, solution=solution, themes=[theme], places=[place],
        summary_da="Varmere lys om aftenen.", where="Afdeling 2, 16 stuer", setting="care_home",
        stage="implement", methods=["observation", "real_life_trial"], participants="16 beboere",
        started_on=dt.date(2026, 2, 1), ends_on=dt.date(2031, 5, 1),
    )  # fmt: skip
    page = english(client, trial)
    facts = page.all("dl")[0]
    ends = (owner, lab, need, solution)
    assert {f"/en{one.get_absolute_url()}" for one in ends} <= set(facts.links)
    for words in (
        "Implementing", "from February 2026, planned until May 2031", "Care home", "Afdeling 2, 16 stuer",
        "Field observation, Real-life trial",
    ):  # fmt: skip
        assert words in facts.text
    assert "passed" not in facts.text
    assert page.one("p", "sk-lead").text == "Varmere lys om aftenen."
    assert "16 beboere" in page.by_id("about").text
    assert f"/en{place.get_absolute_url()}" in page.by_id("place").links
    assert f"/en/trials/{trial.record.slug}/learned/" in page.by_id("log").links


def test_what_is_not_told_is_said_not_to_be(client: Client) -> None:
    page = english(client, make.trial(make.lab("Lys")))
    told = {row.one("dt").text: row.one("dd").text for row in page.all("dl")[0].all("div")}
    assert told["Stage"] == "Stage not known"
    assert told["When"] == told["Setting"] == told["Methods"] == told["Owner"] == "Not known"
    assert told["Need"] == told["Solution"] == "None told"
    assert "Nothing is written down yet" in page.by_id("log").text
    assert "No partner is named" in page.by_id("partners").text
    assert "Nobody has told where it is tried" in page.by_id("place").text


def test_a_planned_end_that_has_passed_is_said(client: Client) -> None:
    assert "has passed" in english(client, make.trial(make.lab(), ends_on=dt.date(2020, 1, 1))).text
    this_month = timezone.localdate().replace(day=1)
    assert "has passed" not in english(client, make.trial(make.lab(), ends_on=this_month)).text


def test_one_that_is_over_says_so_first_and_what_came_of_it(client: Client) -> None:
    trial = make.trial(
        make.lab(), "Lyset", ended=True, ended_on=dt.date(2026, 6, 1), ends_on=dt.date(2025, 1, 1),
        ended_reason="Pengene slap op.", lessons="Begynd med natholdet.",
    )  # fmt: skip
    page = english(client, trial)
    assert page.text.index("This trial is over.") < page.text.index("Lyset")
    assert "Begynd med natholdet." in page.by_id("about").text
    assert "until June 2026" in page.all("dl")[0].text
    assert "has passed" not in page.text


def test_the_log_tells_what_was_learned_and_what_it_changed(client: Client) -> None:
    trial = make.trial(make.lab())
    make.learning(trial, "Det handlede om mad.", "need", how="Aftensmad klokken syv.", on=MAY)
    make.learning(trial, "Måtten vækkede naboen.", "method", on=dt.date(2026, 3, 1))
    make.learning(
        trial, "Ingen forskel.", "nothing", on=dt.date(2026, 6, 1), learned_en="No difference.",
        source="Natholdets bog",
    )  # fmt: skip
    log = english(client, trial).by_id("log")
    entries = log.one("ol").all("li")
    assert [entry.one("time").text for entry in entries] == ["June 2026", "May 2026", "March 2026"]
    changed = [entry.one("span", "sk-learnt__to").text for entry in entries]
    assert changed == ["Has changed nothing yet", "Changed the need", "Changed the method"]
    assert "No difference." in entries[0].text
    assert "Natholdets bog" in entries[0].text
    assert "Aftensmad klokken syv." in entries[1].text
    assert entries[1].one("div", "sk-learnt__t").attrs["lang"] == "da"
    assert "3 things are written down; 2 have changed something." in log.text
    counted = log.one("ul", "sk-learntof").all("li")
    assert [one.text for one in counted] == ["The need 1", "The method 1", "Nothing yet 1"]


def test_partners_stand_on_their_side_dotted_until_they_confirm(client: Client) -> None:
    trial = make.trial(make.lab())
    make.partner(trial, make.actor("Plejehjemmet"), "pull", role="host", confirmed_at=timezone.now())
    make.partner(trial, make.actor("Universitetet"), "push", role="research", since=2024)
    make.partner(trial, make.actor("Netværket"), "both")
    make.partner(trial, make.actor("Firmaet"), "push", ended_on=dt.date(2025, 3, 1))
    page = english(client, trial)
    part = page.by_id("partners")
    said = {
        one.one("p", "sk-cpl__n").text: (
            side.attrs["class"].rpartition("--")[2], one.attrs.get("class", ""),
            one.one("span", "sk-co__role").text,
        )
        for side in part.all("ul", "sk-cpl")
        for one in side.all("li")
    }  # fmt: skip
    assert said == {
        "Plejehjemmet": ("pull", "sk-cpl__yes", "Host · confirmed"),
        "Universitetet": ("push", "", "Research partner · from 2024 · only named"),
        "Netværket": ("both", "", "Role not known · only named"),
    }
    assert "Firmaet" in page.by_id("earlier").text
    assert "2025" in page.by_id("earlier").text


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "withdrawn"])
def test_nothing_that_is_not_public_is_named(client: Client, state: str) -> None:
    hidden = {"state": state, "summary_da": CANARY}
    trial = make.trial(make.lab("Lys"), "Åben")
    make.learning(trial)
    make.reindex(trial)
    before = client.get(trial.get_absolute_url()).text
    make.partner(trial, make.actor(f"{CANARY} aktør", **hidden))
    make.partner(trial, make.actor(f"{CANARY} endt", **hidden), ended_on=dt.date(2025, 1, 1))
    for column in ("owner", "need", "solution"):
        maker = {"owner": make.actor, "need": make.need, "solution": make.solution}[column]
        Trial.objects.filter(pk=trial.pk).update(**{column: maker(f"{CANARY} {column}", **hidden)})
    assert client.get(trial.get_absolute_url()).text == before
    Trial.objects.filter(pk=trial.pk).update(lab=make.lab(f"{CANARY} lab", **hidden))
    assert CANARY not in client.get(trial.get_absolute_url()).text
    gone = make.trial(make.lab(), f"{CANARY} afprøvning", **hidden)
    assert client.get(gone.get_absolute_url()).status_code == 404
    assert client.get(f"{gone.get_absolute_url()}history/").status_code == 404
    assert CANARY not in client.get("/trials/").text


def test_statements_do_not_grow_with_rows(client: Client) -> None:
    def trial(rows: int) -> Trial:
        theme = make.theme()
        ends: dict[str, Any] = {"need": make.need(), "solution": make.solution(), "owner": make.actor()}
        made = make.trial(make.lab(), themes=[theme], places=[make.place()], **ends)
        for _row in range(rows):
            make.trial(make.lab(), themes=[theme])
            make.learning(made)
            make.partner(made, make.actor())
            make.partner(made, make.actor(), ended_on=MAY)
        return made

    one, three = (len(statements(client, trial(rows).get_absolute_url())) for rows in (1, 3))
    assert one == three <= READER


def test_the_list_finds_what_was_learned_and_counts_methods(client: Client) -> None:
    found = make.trial(make.lab(), "Aftenlys", methods=["pilot", "survey"])
    make.learning(found, "Måtten vækkede naboen.")
    make.reindex(found)
    make.trial(make.lab(), "Drone", methods=["pilot"])
    make.trial(make.lab(), "Kladde", methods=["pilot"], state="draft")
    assert ListPage.at(client, "/trials/", {"q": "måtten"}).names == ["Aftenlys"]
    page = ListPage.at(client, "/trials/")
    assert (page.options["method", "pilot"], page.options["method", "survey"]) == (2, 1)
    assert ListPage.at(client, "/trials/", {"method": "survey"}).names == ["Aftenlys"]
    assert ListPage.at(client, "/trials/", {"method": ["survey", "pilot"]}).total == 2
