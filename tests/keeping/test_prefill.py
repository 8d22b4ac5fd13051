"""An address that fills in a form: nothing is kept until somebody types, and what is sent is tied."""

import json
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from curation.models import Draft
from labs.models import Lab, Link
from missions.models import Need, Response
from tests import factories as make
from tests.keeping.registering import AARHUS, at, key_in, sent, verified
from tests.pages import Node, read

pytestmark = pytest.mark.usefixtures("denmark")

CANARY = "kanariefugl"


@pytest.fixture
def author(member: User) -> User:
    return verified(member)


def opened(client: Client, kind: str, query: dict[str, Any]) -> Node:
    response = client.get(f"/register/{kind}/", query)
    assert set(response.cookies) <= {"csrftoken"}
    assert not Draft.objects.exists()
    return read(response)


def values(page: Node, name: str) -> list[str]:
    return [node.attrs.get("value", "") for node in page.all("input", name=name)]


def chosen(page: Node, name: str) -> list[str]:
    options = page.by_id(f"f-{name}").all("option")
    return [option.attrs["value"] for option in options if "selected" in option.attrs]


def carried(page: Node) -> dict[str, list[str]]:
    names = dict.fromkeys(node.attrs["name"] for node in page.all("input", type="hidden"))
    return {name: values(page, name) for name in names if name.startswith("with-")}


def test_themes_places_and_kind_are_filled_in(client: Client) -> None:
    query = {"theme": ["ageing", "culture"], "place": [AARHUS, "1082"], "kind": "funding"}
    page = opened(client, "need", query)
    assert values(page, "themes") == ["ageing", "culture"]
    assert values(page, "places") == [AARHUS, "1082"]
    assert chosen(page, "type") == ["funding"]
    assert "error-summary" not in page
    assert values(opened(client, "offer", query), "themes") == ["ageing", "culture"]
    actor = opened(client, "actor", {"place": AARHUS, "kind": "university"})
    assert (values(actor, "places"), chosen(actor, "type")) == ([AARHUS], ["university"])
    assert values(opened(client, "lab", query), "places") == [AARHUS]


@pytest.mark.parametrize(
    "query",
    [
        {"theme": "nothing", "place": "9999", "kind": "nothing", "lab": "nothing", "role": "nothing"},
        {"theme": "x" * 5000, "lab": "../../etc", "need": "'\"><b>"},
        {"lab": "", "mission": "", "theme": ""},
        {"role": "research"},
    ],
)
def test_what_is_not_known_says_nothing(client: Client, query: dict[str, str]) -> None:
    plain, page = opened(client, "need", {}), opened(client, "need", query)
    assert page.by_id("step-form").text == plain.by_id("step-form").text
    assert values(page, "name_da") == [""]
    assert values(page, "themes") == values(page, "places") == []
    assert "goes with" not in page.text


def test_only_the_kinds_of_place_a_form_offers(client: Client) -> None:
    region = "1084"
    assert values(opened(client, "need", {"place": region}), "places") == [region]
    assert values(opened(client, "lab", {"place": region}), "places") == []


def test_a_missing_role_becomes_a_need_with_a_name_and_a_kind(client: Client) -> None:
    lab = Lab.objects.current().filter(record__slug="boliglaboratoriet").get()
    page = opened(client, "need", {"lab": "boliglaboratoriet", "role": "research"})
    (name,) = values(page, "name_da")
    assert lab.name_da in name
    assert chosen(page, "type") == ["partner_research"]
    assert values(page, "places") == ["0167"]
    assert values(page, "themes")
    assert carried(page) == {"with-lab": ["boliglaboratoriet"], "with-role": ["research"]}
    assert chosen(
        opened(client, "need", {"lab": lab.record.slug, "role": "research", "kind": "law"}), "type"
    ) == ["law"]


def begun(client: Client, kind: str, query: dict[str, Any], said: dict[str, Any]) -> Draft:
    page = read(client.get(f"/register/{kind}/", query))
    response = client.post(f"/register/{kind}/", carried(page) | said)
    return Draft.objects.get(key=key_in(response["Location"]))


NEED = {
    "name_da": "Søvn", "summary_da": "Beboerne er vågne.", "type": "test", "themes": ["ageing"],
    "places": [AARHUS],
}  # fmt: skip
OFFER = NEED | {"name_da": "Lys på afdelingen", "type": "research"}


def test_a_need_is_tied_to_its_lab_and_mission_when_it_is_sent(as_member: Client, author: User) -> None:
    lab, mission = make.lab("Søvnlab"), make.mission("Rolig nat")
    draft = begun(as_member, "need", {"lab": lab.record.slug, "mission": mission.record.slug}, NEED)
    for step in ("what", "help", "card", "check"):
        page = read(as_member.get("/en" + at(draft, step)))
        assert "This need goes with: Søvnlab (Living lab), Rolig nat (Mission)" in page.text
    assert values(read(as_member.get(at(draft, "card"))), "mission") == [mission.record.public_id]
    assert not Link.objects.filter(lab=lab).exists()
    need = Need.objects.get(pk=sent(as_member, draft).pk)
    link = Link.objects.get(lab=lab)
    assert (link.need, link.side, link.confirmed_at) == (need, "pull", None)
    assert need.mission == mission
    assert "Søvn" not in read(as_member.get(lab.get_absolute_url())).one("main").text.replace("Søvnlab", "")


def test_a_mission_taken_out_again_is_no_longer_named(as_member: Client, author: User) -> None:
    mission = make.mission("Rolig nat")
    draft = begun(as_member, "need", {"mission": mission.record.slug}, NEED)
    as_member.post(at(draft, "card"), {"mission": [mission.record.public_id], "mission-remove": "x"})
    assert "goes with" in as_member.get("/en" + at(draft, "card")).text
    as_member.post(at(draft, "card"), {"hours": "Ti"})
    assert "goes with" not in as_member.get("/en" + at(draft, "what")).text
    assert Need.objects.get(pk=sent(as_member, draft).pk).mission is None


def test_an_offer_answers_the_need_it_was_begun_for(as_member: Client, author: User) -> None:
    need, lab = make.need("Søvn", themes=[]), make.lab("Søvnlab")
    said = OFFER | {"owner-0-actor": make.actor("Lysforskning").record.public_id}
    draft = begun(as_member, "offer", {"need": need.record.slug, "lab": lab.record.slug}, said)
    assert "This offer goes with: Søvn (Need)" in read(as_member.get("/en" + at(draft, "what"))).text
    offer = sent(as_member, draft).offer
    answer = Response.objects.get(need=need)
    assert (answer.offer, answer.confirmed_at) == (offer, None)
    assert Link.objects.get(lab=lab, offer=offer).side == "push"


def test_a_lab_takes_up_the_need_it_was_begun_for(client: Client) -> None:
    need = make.need("Søvn")
    page = read(client.get("/register/lab/", {"need": need.record.slug, "theme": "ageing"}))
    said = {"name_da": "Lyslab", "summary_da": "Vi prøver.", "places": [AARHUS]}
    response = client.post("/register/lab/", carried(page) | said)
    draft = Draft.objects.get(key=key_in(response["Location"]))
    why = read(client.get(at(draft, "why")))
    assert values(why, "themes") == ["ageing"]
    assert values(why, "needs") == [need.record.public_id]
    assert set(draft.typed) == {"what", "with"}


def test_whoever_speaks_for_both_has_confirmed_it(as_member: Client, author: User) -> None:
    owner = make.actor("Byen")
    make.membership(author, owner)
    lab = make.lab("Søvnlab", owner=owner)
    own = {"owner-0-actor": owner.record.public_id}
    sent(as_member, begun(as_member, "need", {"lab": lab.record.slug}, NEED | own))
    assert Link.objects.get(lab=lab).confirmed_at is not None


def test_it_is_tied_once_however_often_it_is_sent(as_member: Client, author: User, admin: User) -> None:
    lab = make.lab("Søvnlab")
    draft = begun(as_member, "need", {"lab": lab.record.slug}, NEED)
    record = sent(as_member, draft)
    Link.objects.filter(lab=lab).delete()
    record.refresh_from_db()
    record.state, record.decision = "returned", "En kilde mangler."
    record.save(update_fields=["state", "decision"])
    sent(as_member, draft)
    assert not Link.objects.filter(lab=lab).exists()


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "withdrawn"])
def test_what_is_not_public_is_neither_named_nor_tied(as_member: Client, author: User, state: str) -> None:
    kinds = {"lab": make.lab, "mission": make.mission, "need": make.need}
    hidden = {name: kind(f"{CANARY} {name}", state=state) for name, kind in kinds.items()}
    query = {name: entry.record.slug for name, entry in hidden.items()} | {"role": "research"}
    for kind in ("need", "offer", "lab"):
        response = as_member.get(f"/register/{kind}/", query)
        assert f"{CANARY} " not in response.text
    draft = begun(as_member, "need", query, NEED)
    assert f"{CANARY} " not in as_member.get(at(draft, "card")).text
    need = Need.objects.get(pk=sent(as_member, draft).pk)
    assert need.mission is None
    assert not Link.objects.filter(need=need).exists()


def test_what_the_form_sends_along_is_kept_in_bounds(client: Client) -> None:
    said = NEED | {"with-lab": ["a" * 121, "b"] + ["c"] * 50, "with-nothing": ["x"], "with-theme": [""]}
    response = client.post("/register/need/", said)
    draft = Draft.objects.get(key=key_in(response["Location"]))
    assert draft.typed["with"] == {"lab": ["b", *["c"] * 19]}
    assert len(json.dumps(draft.typed)) < 2000
    assert client.get(at(draft, "card")).status_code == 200
