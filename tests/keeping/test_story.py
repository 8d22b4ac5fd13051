"""A place's own story: who may write it, how it is shown, and that two writers lose nothing."""

import re

import pytest
from django.test import Client

from accounts.models import User
from places.models import Place
from tests import factories
from tests.pages import read

pytestmark = pytest.mark.usefixtures("empty")


@pytest.fixture
def town() -> Place:
    region = factories.place("Regionen", kind="region", code="1")
    return factories.place("Byen", code="0999", within=[region])


@pytest.fixture
def as_steward(steward: User, town: Place) -> Client:
    factories.stewardship(steward, town)
    client = Client()
    client.force_login(steward)
    return client


def seen(client: Client, town: Place) -> dict[str, str]:
    """What the form is opened with, and what it sends back with it."""
    page = read(client.get(f"/places/{town.code}/story/"))
    boxes = {box.attrs["name"]: box.text for box in page.all("textarea")}
    return boxes | {"began": page.one("input", name="began").attrs["value"]}


def send(client: Client, town: Place, **sent: str):
    return client.post(f"/places/{town.code}/story/", sent)


def test_a_steward_writes_it_and_everybody_reads_it(as_steward: Client, client: Client, town: Place) -> None:
    before = read(client.get("/places/0999/")).by_id("story")
    assert before.one(css="sk-empty").links
    assert "/places/0999/story/" not in before.links
    invited = read(as_steward.get("/places/0999/")).by_id("story")
    assert "/places/0999/story/" in invited.links
    began = seen(as_steward, town)
    response = send(
        as_steward, town, **began | {"story_da": "Vi vil **noget**.\r\n\r\nOg mere.", "story_en": ""}
    )
    assert (response.status_code, response["Location"]) == (302, "/places/0999/")
    town.refresh_from_db()
    assert town.story_da == "Vi vil **noget**.\n\nOg mere."
    story = read(client.get("/places/0999/")).by_id("story")
    assert story.one("strong").text == "noget"
    assert [p.text for p in story.all("p")] == ["Vi vil noget .", "Og mere."]
    english = read(client.get("/en/places/0999/")).by_id("story")
    assert english.all("div", lang="da")


def test_what_is_written_cannot_bring_its_own_html(as_steward: Client, client: Client, town: Place) -> None:
    text = "Hej <script>alert(1)</script> [her](javascript:alert(1))"
    send(as_steward, town, **seen(as_steward, town) | {"story_da": text})
    story = client.get("/places/0999/").text
    assert "Hej" in story
    assert "<script>alert" not in story
    assert 'href="javascript' not in story


def test_only_those_who_look_after_the_place_itself(
    as_member: Client, curator: User, colleague: User, client: Client, town: Place
) -> None:
    path = "/places/0999/story/"
    neighbour = factories.place("Naboby", code="0998")
    factories.stewardship(colleague, neighbour)
    answers = []
    for user in (None, colleague, curator):
        browser = Client()
        if user:
            browser.force_login(user)
        answers.append([browser.get(path).status_code, browser.post(path, {}).status_code])
    assert answers == [[302, 302], [403, 403], [200, 302]]
    assert as_member.get(path).status_code == 403
    assert as_member.get("/places/0000/story/").status_code == 404
    assert "/story/" not in " ".join(read(as_member.get("/places/0999/")).links)


def test_two_writers_at_once_lose_nothing(as_steward: Client, admin: User, town: Place) -> None:
    other = Client()
    other.force_login(admin)
    mine, theirs = seen(as_steward, town), seen(other, town)
    assert send(other, town, **theirs | {"story_da": "Deres.", "story_en": "Theirs."}).status_code == 302
    answer = send(as_steward, town, **mine | {"story_da": "Min."})
    assert answer.status_code == 409
    town.refresh_from_db()
    assert (town.story_da, town.story_en) == ("Deres.", "Theirs.")
    page = read(answer)
    assert "overtaken" in page
    shown = {row.one("th").text: [cell.text for cell in row.all("td")] for row in page.all("tr")[1:]}
    assert ["Deres." in cells and "Min." in cells for cells in shown.values()].count(True) == 1
    boxes = {box.attrs["name"]: box.text for box in page.all("textarea")}
    assert boxes == {"story_da": "Min.", "story_en": "Theirs."}
    again = page.one("input", name="began").attrs["value"]
    assert send(as_steward, town, **boxes, began=again).status_code == 302
    town.refresh_from_db()
    assert (town.story_da, town.story_en) == ("Min.", "Theirs.")


@pytest.mark.parametrize("began", ["", "forged", None])
def test_a_form_that_does_not_tell_what_it_began_with_replaces_nothing(
    as_steward: Client, town: Place, began: str | None
) -> None:
    Place.objects.filter(pk=town.pk).update(story_da="Står her.")
    sent = {"story_da": "Ny.", "story_en": ""} | ({} if began is None else {"began": began})
    assert send(as_steward, town, **sent).status_code == 409
    town.refresh_from_db()
    assert town.story_da == "Står her."


def test_too_long_is_refused_and_kept_in_the_form(as_steward: Client, town: Place) -> None:
    text = "å" * 2001
    answer = send(as_steward, town, **seen(as_steward, town) | {"story_da": text})
    assert answer.status_code == 422
    page = read(answer)
    assert page.by_id("error-summary").links
    assert page.one("textarea", name="story_da").text == text
    assert re.search(r"2.?001", page.by_id("error-summary").text)
    town.refresh_from_db()
    assert town.story_da == ""
    assert send(as_steward, town, **seen(as_steward, town) | {"story_da": "å" * 2000}).status_code == 302
