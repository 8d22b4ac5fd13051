"""What came of needs and missions, on their pages: trials and solutions that everybody may read."""

from typing import Any

import pytest
from django.test import Client

from missions.models import Mission, Need
from tests import factories as make
from tests.pages import Node, read
from tests.statements import READER, statements

pytestmark = pytest.mark.usefixtures("empty")


def came(client: Client, entry: Any) -> Node:
    return read(client.get(f"/en{entry.get_absolute_url()}")).by_id("came")


def names(part: Node) -> list[str]:
    return [heading.text for heading in part.all("h4")]


def test_a_need_tells_what_answers_it(client: Client) -> None:
    need, lab = make.need("Nætter"), make.lab("Lys")
    make.solution("Aftenlys", need=need, lab=lab, stage="trial")
    make.trial(lab, "Afsluttet", need=need, ended=True)
    make.trial(lab, "Zenit", need=need, stage="evaluate")
    make.trial(lab, "Noget andet", need=make.need())
    part = came(client, need)
    assert names(part) == ["Aftenlys", "Zenit", "Afsluttet"]
    assert "Evaluating Lys" in part.text
    nothing = came(client, make.need("Uprøvet"))
    assert "no trial and no solution" in nothing.text
    assert nothing.links == ["/en/register/trial/?need=uproevet"]


def test_a_mission_tells_what_came_through_its_needs_and_its_labs(client: Client) -> None:
    mission = make.mission("Rolig nat")
    need, lab, left = make.need(mission=mission), make.lab("Lys"), make.lab("Forladt")
    make.link(lab, mission)
    make.link(left, mission, ended_on="2025-01-01")
    make.trial(make.lab(), "For behovet", need=need)
    make.trial(lab, "I labbet", need=need)
    make.trial(left, "Ikke mere")
    make.solution("Fra labbet", lab=lab)
    make.solution("Fra ingen")
    assert names(came(client, mission)) == ["Fra labbet", "For behovet", "I labbet"]
    assert "no trial and no solution" in came(client, make.mission("Tom")).text


def test_statements_do_not_grow_with_what_came(client: Client) -> None:
    def made(rows: int) -> tuple[Need, Mission]:
        theme = make.theme()
        mission = make.mission(themes=[theme])
        need = make.need(themes=[theme], mission=mission)
        for _row in range(rows):
            lab = make.lab(themes=[theme])
            make.link(lab, mission)
            make.link(lab, need)
            make.member(mission, make.actor())
            make.trial(lab, need=need)
            make.solution(lab=lab, need=need)
        return need, mission

    counted = [[len(statements(client, one.get_absolute_url())) for one in made(rows)] for rows in (1, 3)]
    assert counted[0] == counted[1]
    assert max(counted[0]) <= READER
