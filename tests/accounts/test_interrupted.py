"""What was sent after the session had run out is there after logging in, and nobody else's."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from time_machine import TimeMachineFixture

from accounts.models import User
from curation.models import Draft
from labs.models import Lab
from tests import factories, people
from tests.keeping.forms import form_of
from tests.pages import read

pytestmark = pytest.mark.usefixtures("empty")

WORDS = "Beboere og personale afprøver lys om natten."


@pytest.fixture
def owner() -> User:
    return people.person("anna@aarhus.dk", password="correct horse battery")


@pytest.fixture
def lab(owner: User) -> Lab:
    actor = factories.actor("Aarhus Kommune")
    factories.membership(owner, actor, "owner")
    return factories.lab(
        "Lys",
        owner=actor,
        summary_da="Før.",
        themes=[factories.theme()],
        places=[factories.place(code="0751")],
    )


def log_in(client: Client, owner: User) -> Any:
    """By the form, so that the session goes over as it does in a browser."""
    page = client.get("/account/login/?next=/account/again/")
    said = form_of_login(read(page)) | {"login": owner.email, "password": "correct horse battery"}
    return client.post("/account/login/", said)


def form_of_login(page: Any) -> dict[str, Any]:
    hidden = page.all("input", type="hidden")
    return {node.attrs["name"]: node.attrs.get("value", "") for node in hidden if "name" in node.attrs}


def test_an_edit_is_not_lost(client: Client, owner: User, lab: Lab) -> None:
    client.force_login(owner)
    path = f"/labs/{lab.record.slug}/edit/what/"
    sent = form_of(read(client.get(path))) | {"summary_da": WORDS}
    client.session.flush()  # the session runs out while she writes
    response = client.post(path, sent)
    assert response["Location"] == "/account/login/?next=/account/again/"
    log_in(client, owner)
    page = client.get("/account/again/")
    assert WORDS in page.text
    response = client.post(path, form_of(read(page)))
    assert response.status_code == 302
    lab.refresh_from_db()
    assert lab.summary_da == WORDS


def test_a_step_of_registering_is_not_lost(client: Client, owner: User) -> None:
    draft = Draft.objects.create(kind="lab", user=owner)
    path = f"/register/lab/{draft.key}/what/"
    response = client.post(path, {"name_da": "Lys på Solbakken", "summary_da": WORDS})
    assert response["Location"] == "/account/login/?next=/account/again/"
    assert WORDS not in str(Draft.objects.get().typed)
    log_in(client, owner)
    client.post(path, form_of(read(client.get("/account/again/"))))
    assert Draft.objects.get().typed["what"]["summary_da"] == [WORDS]


@pytest.mark.parametrize(
    "sent",
    [{}, {"old_password": "hemmelig"}, {"reason": "x" * 300_001}],
    ids=["nothing", "secret", "too much"],
)
def test_nothing_and_secrets_are_not_kept(client: Client, lab: Lab, sent: dict[str, str]) -> None:
    path = f"/labs/{lab.record.slug}/end/"
    assert client.post(path, sent)["Location"] == f"/account/login/?next={path}"
    assert "interrupted" not in client.session


def test_it_is_kept_for_half_an_hour(
    client: Client, owner: User, lab: Lab, time_machine: TimeMachineFixture
) -> None:
    client.post(f"/labs/{lab.record.slug}/end/", {"reason": WORDS})
    log_in(client, owner)
    assert WORDS in client.get("/account/again/").text
    time_machine.move_to(timezone.now() + dt.timedelta(minutes=31))
    assert client.get("/account/again/")["Location"] == "/account/"


def test_markup_stays_text(client: Client, owner: User, lab: Lab) -> None:
    client.post(f"/labs/{lab.record.slug}/end/", {"reason": '"><script>alert(1)</script> x'})
    log_in(client, owner)
    assert "<script>alert" not in client.get("/account/again/").text
