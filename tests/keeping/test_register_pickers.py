"""Pickers by their buttons alone, as a browser without JavaScript presses them."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from tests import factories as make
from tests.keeping.registering import AARHUS, WHAT, at, begun
from tests.pages import Node, read

pytestmark = pytest.mark.usefixtures("denmark")


def press(client: Client, path: str, said: dict[str, Any], name: str, value: str = "1") -> Node:
    """Press a button of the form and follow where it leads."""
    response = client.post(path, {**said, name: value})
    assert response.status_code == 302
    return read(client.get(response["Location"].split("#")[0]))


def chosen(page: Node, name: str) -> list[str]:
    return [node.attrs["value"] for node in page.all("input", name=name, type="hidden")]


def test_a_municipality_is_searched_chosen_and_removed(client: Client) -> None:
    draft = begun(client)
    page = press(client, at(draft, "what"), {"places-find": "kobenhavn"}, "places-search")
    assert page.all("button", name="places-add"), "some keyboards have no ø"
    page = press(client, at(draft, "what"), {"places-find": "koebenhavn"}, "places-search")
    assert [node.attrs["value"] for node in page.all("button", name="places-add")] == ["0101"]
    page = press(client, at(draft, "what"), {"places": [AARHUS]}, "places-add", "0101")
    assert chosen(page, "places") == [AARHUS, "0101"]
    assert page.by_id("f-places-find").attrs["value"] == ""
    page = press(client, at(draft, "what"), {"places": [AARHUS, "0101"]}, "places-remove", AARHUS)
    assert chosen(page, "places") == ["0101"]


def test_enter_in_a_search_field_searches(client: Client) -> None:
    draft = begun(client)
    response = client.post(at(draft, "what"), {**WHAT, "places-find": "Odense"})
    assert "/what/?check=1#f-places-find" in response["Location"]
    page = read(client.get(response["Location"].split("#")[0]))
    assert [node.attrs["value"] for node in page.all("button", name="places-add")] == ["0461"]


def test_themes_are_offered_and_the_main_one_is_first(client: Client) -> None:
    draft = begun(client)
    page = read(client.get(at(draft, "why")))
    assert len(page.all("button", name="themes-add")) == 14
    page = press(client, at(draft, "why"), {"themes": ["ageing", "culture"]}, "themes-first", "culture")
    assert chosen(page, "themes") == ["culture", "ageing"]
    page = press(client, at(draft, "why"), {"themes-find": "demens"}, "themes-search")
    assert "dementia" in [node.attrs["value"] for node in page.all("button", name="themes-add")]


def test_six_themes_are_too_many(client: Client) -> None:
    draft = begun(client)
    six = [theme.slug for theme in (make.theme() for _n in range(6))]
    client.post(at(draft, "why"), {"themes": six})
    assert read(client.get(at(draft, "why"), {"check": "1"})).by_id("error-summary").links == [
        "#f-themes-find"
    ]


def test_a_mission_is_chosen(client: Client) -> None:
    mission = make.mission("Rolig nat")
    draft = begun(client)
    page = press(client, at(draft, "why"), {"missions-find": "rolig"}, "missions-search")
    values = [node.attrs["value"] for node in page.all("button", name="missions-add")]
    assert mission.record.public_id in values
    page = press(client, at(draft, "why"), {}, "missions-add", mission.record.public_id)
    assert "Rolig nat" in page.text


def test_an_organisation_is_added_with_its_usual_side(client: Client) -> None:
    actor = make.actor("Lysforskning", side="push")
    draft = begun(client)
    page = press(client, at(draft, "who"), {}, "parties-add", actor.record.public_id)
    assert page.by_id("f-parties-0-row").one("h2").text == "Lysforskning"
    assert "checked" in page.by_id("f-parties-0-side_1").attrs
    assert page.by_id("f-parties-0-actor").attrs["value"] == actor.record.public_id


def test_a_new_organisation_is_named_on_the_spot(client: Client) -> None:
    draft = begun(client)
    page = press(client, at(draft, "who"), {"parties-find": "Solbakken"}, "parties-new")
    assert page.by_id("f-parties-0-name").attrs["value"] == "Solbakken"
    row = {"parties-0-name": "Solbakken", "parties-0-type": "municipal_unit", "parties-0-role": "host"}
    page = press(client, at(draft, "who"), row, "parties-remove", "0")
    assert "f-parties-0-row" not in page


def test_two_hosts_and_two_of_the_same_are_told(client: Client) -> None:
    one, other = make.actor("Den ene"), make.actor("Den anden")
    draft = begun(client)
    rows: dict[str, str] = {}
    for number, actor in enumerate((one, other, one)):
        row = f"parties-{number}-"
        side = "pull" if number else "push"
        rows |= {f"{row}actor": actor.record.public_id, f"{row}role": "host", f"{row}side": side}
    client.post(at(draft, "who"), rows)
    page = read(client.get(at(draft, "who"), {"check": "1"}))
    assert page.by_id("error-summary").links == ["#f-parties-find", "#f-parties-find"]


def test_rows_say_which_organisation_lacks_what(client: Client) -> None:
    actor = make.actor("Lysforskning")
    draft = begun(client)
    rows = {"parties-0-actor": actor.record.public_id, "parties-1-name": "Solbakken"}
    client.post(at(draft, "who"), rows)
    summary = read(client.get(at(draft, "who"), {"check": "1"})).by_id("error-summary")
    assert summary.links == [
        "#f-parties-0-role",
        "#f-parties-1-type",
        "#f-parties-1-role",
        "#f-parties-1-side_0",
    ]
    assert "Lysforskning" in summary.text


def test_those_one_speaks_for_are_offered_first(as_member: Client, member: User) -> None:
    own = make.actor("Mit sted")
    make.membership(member, own)
    page = read(as_member.get("/register/lab/"))
    offered = [node.attrs["value"] for node in page.all("button", name="owner-add")]
    assert offered == [own.record.public_id]
    assert not read(Client().get("/register/lab/")).all("button", name="owner-add")


def test_what_htmx_asks_for_is_what_the_button_brings(client: Client) -> None:
    found = read(client.get("/register/find/lab/what/places/", {"places-find": "odense"}))
    draft = begun(client)
    page = press(client, at(draft, "what"), {**WHAT, "places-find": "odense"}, "places-search")
    assert found.by_id("f-places-found").plain() == page.by_id("f-places-found").plain()


def test_what_is_chosen_is_not_offered_again(client: Client) -> None:
    actor = make.actor("Lysforskning")
    query = {"parties-find": "lysforskning"}
    for chosen, is_offered in (({}, True), ({"parties-0-actor": actor.record.public_id}, False)):
        page = read(client.get("/register/find/lab/who/parties/", query | chosen))
        offered = [button.attrs["value"] for button in page.all("button", name="parties-add")]
        assert (actor.record.public_id in offered) is is_offered
