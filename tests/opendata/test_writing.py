"""Writing by machine: made, changed at once, suggested, refused, and never twice."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from actors.models import Actor
from curation import actions
from curation.models import Draft, Record, RecordEvent, Suggestion
from labs.models import Lab
from opendata.models import ForeignId, Token
from opendata.tags import tag_of
from tests import factories
from tests.opendata.machines import System, token_for
from tests.people import browser, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty", "tokens_note_use")]

NEW = {
    "name_da": "Lyslaboratoriet", "summary_da": "Vi prøver lys af på to afdelinger.", "places": ["0751"],
    "themes": ["ageing"], "methods": ["action_research"], "start_year": 2024, "source": "https://lab.example/om",
}  # fmt: skip


@pytest.fixture
def world() -> None:
    factories.theme("Ageing", slug="ageing")
    factories.place("Aarhus", code="0751", latitude=56.15, longitude=10.2)


@pytest.fixture
def kommune(world: None) -> Actor:
    return factories.actor("Aarhus Kommune")


@pytest.fixture
def maker(kommune: Actor) -> User:
    user = person("maker@example.org")
    factories.membership(user, kommune)
    return user


@pytest.fixture
def system(maker: User, kommune: Actor) -> System:
    """It asks from a browser in which somebody else is logged in: that counts for nothing."""
    return System(token_for(maker, kommune), browser(person()))


def test_something_new_is_sent_to_the_curators_in_the_organisations_name(
    system: System, kommune: Actor, maker: User, curator: User
) -> None:
    made = system.put("/labs/by-their-id/L-17", NEW)
    assert made.status_code == 201, made.content
    assert made["Location"].endswith("/api/v1/labs/by-their-id/L-17")
    told = made.json()
    assert (told["outcome"], told["state"], told["public"]) == ("made", "submitted", False)
    lab = Lab.objects.get()
    assert (lab.name_da, lab.owner, lab.start_year) == ("Lyslaboratoriet", kommune, 2024)
    assert lab.record.source == NEW["source"]
    event = RecordEvent.objects.get(record=lab.record)
    assert (event.verb, event.by, event.organisation_id) == ("submitted", maker, kommune.pk)
    assert Client().get(f"/api/v1/labs/{told['id']}").status_code == 404

    again = system.put("/labs/by-their-id/L-17", NEW)
    assert (again.status_code, again.json()["outcome"]) == (200, "unchanged")
    assert (Record.objects.filter(kind="lab").count(), Draft.objects.count()) == (1, 1)
    assert RecordEvent.objects.filter(record=lab.record).count() == 1

    held = system.put("/labs/by-their-id/L-17", NEW | {"start_year": 2023}, made["ETag"])
    assert held.status_code == 409  # the curators have it

    record = Record.objects.get(pk=lab.pk)
    actions.return_to_author(record, by=curator, version=record.version, reason="Hvilken afdeling?")
    asked = system.get("/labs/by-their-id/L-17")
    assert (asked.json()["state"], asked.json()["reason"]) == ("returned", "Hvilken afdeling?")
    change = {"description_da": "Afdeling 2 og 3."}
    assert system.put("/labs/by-their-id/L-17", change).status_code == 428
    assert system.put("/labs/by-their-id/L-17", change, made["ETag"]).status_code == 412
    mended = system.put("/labs/by-their-id/L-17", change, asked["ETag"])
    assert (mended.status_code, mended.json()["state"]) == (200, "submitted")
    record.refresh_from_db()
    actions.publish(record, by=curator, version=record.version)
    told = system.get("/labs/by-their-id/L-17").json()
    assert (told["state"], told["public"]) == ("published", True)
    lab.refresh_from_db()
    assert (lab.name_da, lab.description_da) == ("Lyslaboratoriet", "Afdeling 2 og 3.")


def test_the_organisations_own_entry_changes_at_once_and_nobody_is_overwritten(
    system: System, kommune: Actor, maker: User
) -> None:
    lab = factories.lab("Lys", owner=kommune, summary_da="Før.", summary_en="Before.")
    factories.reindex(lab)
    path = f"/labs/{lab.record.public_id}"
    read = Client().get(f"/api/v1{path}")
    tag = tag_of(lab.record)
    assert system.patch(path, {"summary_da": "Efter."}).status_code == 428
    assert system.patch(path, {"summary_da": "Efter."}, '"0000000000-1"').status_code == 412
    changed = system.patch(
        path, {"summary_da": "Efter.", "point": {"longitude": 10.1, "latitude": 56.2}}, tag
    )
    assert changed.status_code == 200, changed.content
    assert changed.json()["outcome"] == "changed"
    assert read.json()["version"] == lab.record.version
    lab = Lab.objects.select_related("record").get()
    assert (lab.summary_da, lab.summary_en, lab.latitude) == ("Efter.", "Before.", 56.2)
    assert changed["ETag"] == tag_of(lab.record) != tag
    event = RecordEvent.objects.get(record=lab.record)
    assert (event.verb, event.by, event.organisation_id) == ("edited", maker, kommune.pk)
    told: Any = Lab.objects.get(pk=lab.pk).events.order_by("-pgh_id")[0]  # type: ignore[attr-defined]
    assert told.pgh_context.metadata["user"] == maker.pk  # and not who is logged in in the browser

    assert system.patch(path, {"summary_da": "Efter. "}, tag).json()["outcome"] == "unchanged"
    assert system.patch(path, {"summary_da": "Senere."}, tag).status_code == 412
    lab.refresh_from_db()
    assert lab.summary_da == "Efter."
    assert RecordEvent.objects.filter(record=lab.record).count() == 1
    assert Client().get(f"/api/v1{path}").json()["summary_da"] == "Efter."


def test_where_another_answers_it_is_a_suggestion_and_only_once(system: System, kommune: Actor) -> None:
    other = factories.actor("Odense Kommune")
    owner = person("owner@example.org")
    factories.membership(owner, other, "owner")
    lab = factories.lab("Andres", owner=other, summary_da="Før.")
    path, tag = f"/labs/{lab.record.public_id}", tag_of(lab.record)
    change = {"summary_da": "Efter."}
    made = system.patch(path, change, tag)
    assert made.status_code == 202, made.content
    again = system.patch(path, change, tag)
    assert again.json()["suggestion"] == made.json()["suggestion"]
    suggestion = Suggestion.objects.get()
    assert suggestion.organisation_id == kommune.pk
    assert suggestion.changes == {"summary_da": {"from": ["Før."], "to": ["Efter."]}}
    lab.refresh_from_db()
    assert lab.summary_da == "Før."
    answer = system.get(made.json()["suggestion"].partition("/api/v1")[2])
    assert answer.json()["outcome"] == "waiting"
    stranger = person()
    factories.membership(stranger, other)
    theirs = System(token_for(stranger, other))
    assert theirs.get(f"/suggestions/{suggestion.pk}").status_code == 404
    refused = system.patch(path, {"summary_da": ""}, tag)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/summary_da"


def test_an_entry_that_is_there_is_coupled_to_their_id(system: System, kommune: Actor) -> None:
    lab = factories.lab("Findes", owner=kommune, summary_da="Før.")
    public_id = lab.record.public_id
    coupled = system.put("/labs/by-their-id/a/b", {"id": public_id})
    assert (coupled.status_code, coupled.json()["outcome"]) == (200, "unchanged"), coupled.content
    assert ForeignId.objects.get().record_id == lab.pk
    changed = system.put("/labs/by-their-id/a/b", {"summary_da": "Efter."}, tag_of(lab.record))
    assert changed.json()["outcome"] == "changed"
    other = factories.lab("En anden")
    assert system.put("/labs/by-their-id/a/b", {"id": other.record.public_id}).status_code == 409
    hidden = factories.lab("Skjult", state="draft")
    gone = system.put("/labs/by-their-id/c", {"id": hidden.record.public_id})
    assert (gone.status_code, gone.json()["errors"][0]["pointer"]) == (422, "/id")
    factories.record()
    Record.objects.filter(pk=lab.pk).update(state="merged", merged_into=other.record)
    assert system.get("/labs/by-their-id/a/b").json()["id"] == other.record.public_id
    for theirs in ("a/b", "d"):
        old = system.put(f"/labs/by-their-id/{theirs}", {"id": public_id})
        assert (old.status_code, old.json()["id"]) == (200, other.record.public_id)


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        ({}, 422, "/name_da"),
        (NEW | {"nme": "x"}, 422, "/nme"),
        (NEW | {"owner": "0123456789"}, 422, "/owner"),
        (NEW | {"contact_email": "a@b.dk"}, 422, "/contact_email"),
        (NEW | {"start_year": "2024"}, 422, "/start_year"),
        (NEW | {"start_year": 1200}, 422, "/start_year"),
        (NEW | {"themes": ["unknown"]}, 422, "/themes"),
        (NEW | {"methods": ["magic"]}, 422, "/methods/0"),
        (NEW | {"name_da": "a\nb"}, 422, "/name_da"),
        (NEW | {"name_da": "a\0b"}, 422, "/name_da"),
        (NEW | {"point": {"latitude": 12.0, "longitude": 10.0}}, 422, "/point/latitude"),
        (NEW | {"website": "javascript:alert(1)"}, 422, "/website"),
        ("[]", 422, ""),
        ("{", 422, ""),
        (b"\xff", 422, ""),
        ('{"name_da": "\\ud800"}', 422, ""),
        ("[" * 5000, 422, ""),
    ],
    ids=range(17),
)
def test_what_is_wrong_is_told_by_its_place_and_nothing_is_written(
    system: System, body: Any, status: int, pointer: str
) -> None:
    answer = system.put("/labs/by-their-id/x", body)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert pointer in {one["pointer"] for one in answer.json()["errors"]}
    assert not Lab.objects.exists()
    assert not Draft.objects.exists()


def test_other_bodies_are_refused(system: System) -> None:
    form = system.client.put(
        "/api/v1/labs/by-their-id/x", "a=b", "text/plain", headers={"authorization": f"Bearer {system.token}"}
    )
    assert form.status_code == 415
    assert system.put("/labs/by-their-id/x", {"name_da": "x" * 300_000}).status_code == 413
    assert system.put("/labs/by-their-id/%2e%2e", NEW).status_code in (404, 422)
    read = system.client.generic(
        "PUT", "/api/v1/labs/by-their-id/x", "{}", "application/json",
        headers={"authorization": f"Bearer {system.token}"}, CONTENT_LENGTH="many",
    )  # fmt: skip
    assert (read.status_code, read["Content-Type"]) == (422, "application/problem+json")


def test_any_of_several_tags_may_be_the_one_that_was_read_and_every_one_is_none(
    system: System, kommune: Actor
) -> None:
    lab = factories.lab("Lys", owner=kommune, summary_da="Før.")
    path, change = f"/labs/{lab.record.public_id}", {"summary_da": "Efter."}
    assert system.patch(path, change, "*").status_code == 428
    assert system.patch(path, change, f'"0000000000-1", {tag_of(lab.record)}').status_code == 200


def test_only_a_valid_token_of_an_organisation_writes(system: System, maker: User, kommune: Actor) -> None:
    lab = factories.lab("Lys", owner=kommune, summary_da="Før.")
    path, tag, change = f"/labs/{lab.record.public_id}", tag_of(lab.record), {"summary_da": "Efter."}
    without = browser(maker).patch(f"/api/v1{path}", change, "application/json", headers={"if-match": tag})
    assert without.status_code == 401
    assert "Bearer" in without["WWW-Authenticate"]
    assert "Access-Control-Allow-Origin" not in without
    reads = System(token_for(maker)).patch(path, change, tag)
    assert (reads.status_code, reads["WWW-Authenticate"]) == (403, 'Bearer error="insufficient_scope"')
    assert System("skt_" + "a" * 43).patch(path, change, tag).status_code == 401
    mine = Token.objects.get(actor=kommune)
    maker.memberships.update(until=timezone.now())
    assert system.patch(path, change, tag).status_code == 401
    maker.memberships.update(until=None)
    Record.objects.filter(pk=kommune.pk).update(state="withdrawn")
    assert system.patch(path, change, tag).status_code == 401
    Record.objects.filter(pk=kommune.pk).update(state="published")
    User.objects.filter(pk=maker.pk).update(is_active=False)
    assert system.patch(path, change, tag).status_code == 401
    User.objects.filter(pk=maker.pk).update(is_active=True)
    Token.objects.filter(pk=mine.pk).update(revoked_at=timezone.now())
    assert system.patch(path, change, tag).status_code == 401
    lab.refresh_from_db()
    assert lab.summary_da == "Før."
    Token.objects.filter(pk=mine.pk).update(revoked_at=None)
    assert system.patch(path, change, tag).status_code == 200


def test_what_is_told_to_a_token_is_told_to_nobody_else(
    system: System, settings: Any, kommune: Actor
) -> None:
    settings.CACHE_PAGES = True
    system.put("/labs/by-their-id/L-17", NEW)
    first = system.get("/labs/by-their-id/L-17")
    assert (first.status_code, first["Cache-Control"]) == (200, "private, no-store")
    assert Client().get("/api/v1/labs/by-their-id/L-17").status_code == 401
    other = factories.actor("Odense Kommune")
    stranger = person()
    factories.membership(stranger, other)
    assert System(token_for(stranger, other)).get("/labs/by-their-id/L-17").status_code == 404


def test_the_persons_other_rights_are_no_rights_of_the_token(kommune: Actor, curator: User) -> None:
    factories.membership(curator, kommune)
    system = System(token_for(curator, kommune))
    lab = factories.lab("Andres", owner=factories.actor("Odense"), summary_da="Før.")
    assert (
        system.patch(f"/labs/{lab.record.public_id}", {"summary_da": "E."}, tag_of(lab.record)).status_code
        == 202
    )


def test_every_kind_can_be_written(system: System, kommune: Actor) -> None:
    lab = factories.lab("Værten", owner=kommune)
    common = {"name_da": "Noget nyt", "summary_da": "Det er nyt.", "themes": ["ageing"], "places": ["0751"]}
    bodies: dict[str, dict[str, Any]] = {
        "labs": common,
        "actors": {"name_da": "En anden", "type": "company", "places": ["0751"]},
        "missions": common | {"level": "municipal", "decided_on": "2025-01-31"},
        "needs": common | {"type": "solution", "deadline": "2030-01-31"},
        "offers": common | {"type": "research"},
        "trials": common | {"lab": lab.record.public_id, "started_on": "2026-03-01"},
        "solutions": common | {"stage": "in_use", "new_here": True, "in_use_since": "2026-03-01"},
    }
    for name, body in bodies.items():
        made = system.put(f"/{name}/by-their-id/1", body)
        assert made.status_code == 201, (name, made.content)
        assert system.put(f"/{name}/by-their-id/1", body).json()["outcome"] == "unchanged"
    Record.objects.filter(state="submitted").update(state="published", published_at=timezone.now())
    for name, body in bodies.items():
        answer = system.put(f"/{name}/by-their-id/1", body)
        assert answer.json()["outcome"] == "unchanged", (name, answer.content)
        read = Client().get(f"/api/v1/{name}/{answer.json()['id']}").json()
        for field, value in body.items():
            assert _plain(read[field]) == value, (name, field)


def _plain(told: Any) -> Any:
    """What the API tells of themes, places and entries, as it is written."""
    if isinstance(told, list):
        return [_plain(one) for one in told]
    return (told.get("code") or told["id"]) if isinstance(told, dict) else told


def test_writing_too_often_waits(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("opendata.api.writing_routes.WRITES_AN_HOUR", 1)
    assert system.put("/labs/by-their-id/1", NEW).status_code == 201
    waits = system.put("/labs/by-their-id/2", NEW)
    assert waits.status_code == 429
    assert 0 < int(waits["Retry-After"]) <= 3600
