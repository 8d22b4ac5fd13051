"""Registering step by step: what is typed is kept as it was typed, and follows its author."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from curation.models import Draft, Record
from tests import factories as make
from tests.keeping.registering import AARHUS, HOW, LAB, WHAT, WHY, at, begun, key_in, verified, whole
from tests.pages import read
from tests.statements import statements

pytestmark = pytest.mark.usefixtures("denmark")


def test_looking_sets_no_cookie_but_the_forms_own(client: Client) -> None:
    for path in ("/register/", "/register/lab/", "/register/actor/", "/register/mission/"):
        assert set(client.get(path).cookies) <= {"csrftoken"}
    assert not Draft.objects.exists()


def test_the_first_words_begin_a_draft_of_this_browser(client: Client) -> None:
    draft = begun(client)
    assert draft.user is None
    assert "sessionid" in client.cookies
    page = read(client.get(at(draft, "what")))
    assert page.by_id("f-name_da").attrs["value"] == WHAT["name_da"]
    assert page.one("input", name="places").attrs["value"] == AARHUS
    assert not Record.objects.filter(kind="lab", name_da=WHAT["name_da"]).exists()


def test_a_draft_of_another_browser_does_not_exist(client: Client, as_member: Client) -> None:
    draft = begun(client)
    for other in (Client(), as_member):
        for step in ("what", "check", "preview", "later", ""):
            path = at(draft, step).replace("//", "/")
            assert other.get(path).status_code == 404
            assert other.post(at(draft, "what"), WHAT).status_code == 404
    assert client.get(f"/register/mission/{draft.key}/what/").status_code == 404
    assert client.get(f"/register/lab/{draft.key}/nothing/").status_code == 404
    assert client.get(f"/register/lab/{draft.key}/6/").status_code == 404
    assert client.get("/register/lab/AAAAAAAAAAAAAAAAAAAAAA/what/").status_code == 404
    assert client.get("/register/place/").status_code == 404


def test_every_pause_saves_whether_it_is_right_or_wrong(client: Client) -> None:
    typed = {
        **WHAT,
        "name_da": "",
        "summary_da": "x" * 5000,
        "website": "javascript:alert(1)",
        "latitude": "nord",
    }
    response = client.post("/register/lab/", {**typed, "saving": "1", "page-window": "w1"})
    assert response.status_code == 200
    assert response["HX-Replace-Url"].endswith("/what/")
    draft = Draft.objects.get(key=key_in(response["HX-Replace-Url"]))
    assert draft.typed["what"]["summary_da"] == ["x" * 5000]
    assert draft.typed["what"]["website"] == ["javascript:alert(1)"]
    assert "Gemt" in response.text or "Saved" in response.text
    page = read(client.get(at(draft, "what")))
    assert page.by_id("f-latitude").attrs["value"] == "nord"
    assert "error-summary" not in page


def test_the_same_window_begins_one_draft(client: Client) -> None:
    for words in ("L", "Ly", "Lys"):
        client.post("/register/lab/", {"name_da": words, "saving": "1", "page-window": "w1"})
    (draft,) = Draft.objects.all()
    assert draft.typed["what"]["name_da"] == ["Lys"]


def test_going_on_needs_what_is_required_and_says_so_in_one_place(client: Client) -> None:
    response = client.post("/register/lab/", {"name_da": "Lys", "summary_da": "y" * 742})
    assert response["Location"].endswith("/what/?check=1#error-summary")
    page = read(client.get(response["Location"].split("#")[0]))
    links = page.by_id("error-summary").links
    assert links == ["#f-summary_da", "#f-places-find"]
    assert "742" in page.by_id("error-summary").text
    assert all(link[1:] in page for link in links)
    assert page.by_id("f-summary_da").text == "y" * 742
    assert page.by_id("f-summary_da").attrs["aria-invalid"] == "true"


def test_the_steps_lead_on_in_order(client: Client) -> None:
    draft = begun(client)
    for step, following in (("what", "why"), ("why", "who"), ("who", "how"), ("how", "check")):
        response = client.post(at(draft, step), LAB[step])
        assert response["Location"] == at(draft, following) + "#top"
    assert client.post(at(draft, "who"), {"to": "what"})["Location"] == at(draft, "what") + "#top"


def test_coming_back_opens_the_first_step_nobody_has_seen(client: Client) -> None:
    draft = begun(client)
    client.post(at(draft, "why"), WHY)
    assert client.get(f"/register/lab/{draft.key}/")["Location"] == at(draft, "who")
    assert "Lys og søvn" in client.get("/register/").text


def test_a_draft_follows_its_author_through_log_in(client: Client, member: User) -> None:
    draft = begun(client)
    client.force_login(member)
    draft.refresh_from_db()
    assert draft.user == member
    elsewhere = Client()
    elsewhere.force_login(member)
    assert "Lys og søvn" in elsewhere.get(at(draft, "what")).text
    client.logout()
    assert client.get(at(draft, "what")).status_code == 404


def test_two_windows_never_overwrite_each_other_silently(client: Client) -> None:
    draft = begun(client, {**WHAT, "page-window": "first"})
    other = {**WHAT, "name_da": "Fra det andet vindue", "page-window": "second", "seen": "first"}
    assert client.post(at(draft, "what"), other).status_code == 302
    late = {**WHAT, "name_da": "Fra det første vindue", "page-window": "first", "seen": ""}
    response = client.post(at(draft, "what"), late)
    assert response.status_code == 409
    assert "Fra det andet vindue" in response.text
    assert "Fra det første vindue" in response.text
    draft.refresh_from_db()
    assert draft.typed["what"]["name_da"] == ["Fra det andet vindue"]
    assert client.post(at(draft, "what"), {**late, "saving": "1"}).status_code == 409

    page = read(response)
    form = {
        node.attrs["name"]: node.attrs["value"]
        for node in page.all("input")
        if node.attrs.get("type") == "hidden"
    }
    client.post(at(draft, "what"), {**form, "to": "what"})
    draft.refresh_from_db()
    assert draft.typed["what"]["name_da"] == ["Fra det første vindue"]
    assert draft.typed["what"]["places"] == [AARHUS]


def test_saving_the_same_words_again_is_no_clash(client: Client) -> None:
    draft = begun(client, {**WHAT, "page-window": "first"})
    again = {**WHAT, "page-window": "third", "seen": "unknown"}
    assert client.post(at(draft, "what"), again).status_code == 302


def test_two_windows_on_two_steps_do_not_meet(client: Client) -> None:
    draft = begun(client, {**WHAT, "page-window": "a"})
    client.post(at(draft, "why"), {**WHY, "page-window": "b", "seen": ""})
    client.post(at(draft, "how"), {**HOW, "page-window": "c", "seen": ""})
    draft.refresh_from_db()
    assert set(draft.typed) == {"what", "why", "how"}
    assert draft.version == 3


def test_the_preview_is_the_public_page_for_its_author_alone(client: Client) -> None:
    draft = whole(
        client,
        who={
            "parties-0-name": "Solbakken",
            "parties-0-type": "municipal_unit",
            "parties-0-role": "host",
            "parties-0-side": "pull",
        },
    )
    response = client.get(at(draft, "preview"))
    assert response["X-Robots-Tag"] == "noindex"
    page = read(response)
    assert page.one("h1").text == WHAT["name_da"]
    for words in ("Solbakken", "Bedre nattesøvn.", "På afdeling 2 og 3.", "Aarhus"):
        assert words in page.text
    assert not page.all("a", href="")


@pytest.mark.parametrize("kind", ["lab", "actor", "mission"])
def test_a_preview_of_almost_nothing_is_shown_too(client: Client, kind: str) -> None:
    draft = begun(client, {"name_da": "", "to": "what"}, kind=kind)
    assert client.get(at(draft, "preview")).status_code == 200


def test_missing_roles_are_shown_kindly(client: Client) -> None:
    draft = begun(client)
    actor = make.actor("Lysforskning")
    said = {"parties-0-actor": actor.record.public_id, "parties-0-role": "research", "parties-0-side": "push"}
    page = read(client.post(at(draft, "who"), {**said, "saving": "1"}))
    ring = page.one("svg", css="sk-seg")
    assert len(ring.all("path", css="sk-push")) == 1
    assert len(ring.all("path", css="sk-none")) == 11
    assert len(page.one("ul", css="sk-miss3").all("li")) == 3


def test_what_looks_the_same_is_shown_while_the_name_is_typed(client: Client) -> None:
    response = client.post("/register/lab/", {"name_da": "EnergyLab Nord", "saving": "1"})
    assert "/labs/energylab-nordhavn/claim/" in read(response).by_id("alike").links


def test_the_same_website_is_noticed(client: Client) -> None:
    make.lab("Noget helt andet", website="https://www.lysprojektet.dk/")
    response = client.post("/register/lab/", {"name_da": "Q", "website": "lysprojektet.dk", "saving": "1"})
    assert "Noget helt andet" in read(response).by_id("alike").text


def test_what_looks_the_same_can_be_passed_once_and_stays_passed(client: Client) -> None:
    said = {**WHAT, "name_da": "EnergyLab Nordhavn"}
    response = client.post("/register/lab/", said)
    assert "?alike=1" in response["Location"]
    page = read(client.get(response["Location"].split("#")[0]))
    passed = [node.attrs["value"] for node in page.all("input", name="passed")]
    assert passed
    response = client.post(response["Location"].split("?")[0], {**said, "passed": passed})
    assert "/why/" in response["Location"]


def test_nothing_of_drafts_is_found_alike(client: Client) -> None:
    make.lab("Hemmeligt lyslaboratorium", state="submitted")
    response = client.post("/register/lab/", {"name_da": "Hemmeligt lyslaboratorium", "saving": "1"})
    assert "alike" in read(response)
    assert read(response).by_id("alike").text == ""


@pytest.mark.parametrize("step", ["what", "why", "who", "how", "check", "preview"])
def test_statements_do_not_grow_with_rows(as_member: Client, member: User, step: str) -> None:
    verified(member)

    def party(number: int) -> dict[str, Any]:
        actor = make.actor()
        row = f"parties-{number}-"
        return {f"{row}actor": actor.record.public_id, f"{row}role": "users", f"{row}side": "pull"}

    one = whole(as_member, who=party(0))
    many = whole(
        as_member,
        what={"places": [AARHUS, "0101", "0461"]},
        why={
            "themes": ["ageing", "children", "culture"],
            "missions": [make.mission().record.public_id for _n in range(3)],
        },
        who=party(0) | party(1) | party(2),
    )
    few = whole(as_member, why={"missions": [make.mission().record.public_id]}, who=party(0))
    counts = [len(statements(as_member, at(draft, step))) for draft in (few, many)]
    assert counts[0] == counts[1], counts
    assert len(statements(as_member, at(one, step))) <= counts[0]
