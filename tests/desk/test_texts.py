"""The shelf of texts curators answer with."""

import pytest
from django.test import Client

from curation.models import ReasonText
from tests import factories, people
from tests.pages import read
from tests.people import browser

pytestmark = pytest.mark.django_db

SAID = {
    "occasion": "return", "order": "9", "title_da": "Hvem er med?", "text_da": "Fortæl, hvem der er med.",
    "title_en": "Who takes part?", "text_en": "Tell who takes part.",
}  # fmt: skip


@pytest.fixture
def desk() -> Client:
    return browser(people.person(is_curator=True))


def test_a_text_is_added_and_can_be_answered_with(desk: Client) -> None:
    assert desk.post("/desk/texts/new/", SAID)["Location"] == "/desk/texts/"
    made = ReasonText.objects.get(title_da="Hvem er med?")
    lab = factories.lab(state="submitted", created_by=people.person(language="en"))
    page = read(desk.get(f"/desk/new/{lab.record.public_id}/"))
    [option] = page.by_id("id_text").all("option", value=str(made.pk))
    assert option.attrs["data-words"] == "Tell who takes part."


def test_a_text_is_changed_and_taken_off_the_shelf(desk: Client) -> None:
    made = ReasonText.objects.create(**SAID | {"order": 9})
    assert "Fortæl, hvem der er med." in desk.get("/desk/texts/").text
    desk.post(f"/desk/texts/{made.pk}/", SAID | {"text_da": "Skriv, hvem der er med."})
    made.refresh_from_db()
    assert made.text_da == "Skriv, hvem der er med."
    desk.post(f"/desk/texts/{made.pk}/remove/")
    assert not ReasonText.objects.filter(pk=made.pk).exists()


@pytest.mark.parametrize("field", ["text_da", "text_en", "title_da", "title_en", "occasion"])
def test_both_languages_are_needed(desk: Client, field: str) -> None:
    response = desk.post("/desk/texts/new/", SAID | {field: ""})
    assert response.status_code == 422
    assert read(response).by_id(f"id_{field}_error")
    assert not ReasonText.objects.filter(order=9).exists()


def test_a_steward_reads_the_desk_but_not_the_shelf() -> None:
    steward = people.person()
    factories.stewardship(steward, factories.theme())
    client = browser(steward)
    text = ReasonText.objects.order_by("pk")[0]
    assert "/desk/texts/" not in read(client.get("/desk/")).links
    for path in ("", "new/", f"{text.pk}/"):
        assert client.get(f"/desk/texts/{path}").status_code == 403
    assert client.post(f"/desk/texts/{text.pk}/remove/").status_code == 403
    assert ReasonText.objects.filter(pk=text.pk).exists()
