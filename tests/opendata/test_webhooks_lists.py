"""Webhooks of a list are told of what comes into it, changes in it and leaves it, by whatever way."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from curation import actions
from curation.choices import Verb
from curation.models import EntryTheme, Record, RecordEvent, Theme
from labs.models import Lab
from opendata.models import Inside, Webhook
from opendata.webhooks import delivering, matching, telling
from opendata.webhooks.actions import make
from tests import factories
from tests.keeping.forms import form_of
from tests.opendata.receiver import Receiver, listening
from tests.pages import read
from tests.people import browser, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty")]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with listening() as found:
        yield found


@pytest.fixture
def ageing() -> Theme:
    return factories.theme("Ageing", slug="ageing")


def of_ageing(receiver: Receiver) -> Webhook:
    said = {"name": "CRM", "address": receiver.address, "kind": "lab", "query": "theme=ageing"}
    return make(**said, by=person("maker@example.org"))


def run(receiver: Receiver) -> list[tuple[str, str, bool]]:
    """What was told now: the change, of what, and whether the entry itself came with it."""
    before = len(receiver.bodies)
    for number in telling.look():
        while delivering.deliver_to(number):
            pass
    return [(one["change"], one["id"], one["entry"] is not None) for one in receiver.told[before:]]


def about(lab: Lab, theme: Theme, by: User) -> None:
    """An edit: it is about this now."""
    record = Record.objects.get(pk=lab.pk)
    actions.edit(
        record, by=by, version=record.version,
        write=lambda: EntryTheme.objects.filter(record=record).update(theme=theme),
    )  # fmt: skip


def withdrawn(lab: Lab, by: User) -> None:
    record = Record.objects.get(pk=lab.pk)
    actions.withdraw(record, by=by, version=record.version, reason="Findes ikke.")


def test_what_an_edit_moves_out_of_the_filters_is_told_once_and_what_it_moves_in_too(
    receiver: Receiver, ageing: Theme, curator: User
) -> None:
    other = factories.theme("Light", slug="light")
    inside, outside = factories.lab("Ældrelab", themes=[ageing]), factories.lab("Lyslab", themes=[other])
    of_ageing(receiver)
    assert run(receiver) == []
    about(inside, other, curator)
    about(outside, ageing, curator)
    assert run(receiver) == [
        ("left", inside.record.public_id, False), ("changed", outside.record.public_id, True),
    ]  # fmt: skip
    about(inside, other, curator)
    withdrawn(inside, curator)
    assert run(receiver) == []  # it has left already
    about(outside, other, curator)
    withdrawn(outside, curator)
    assert run(receiver) == [("withdrawn", outside.record.public_id, False)]
    assert not Inside.objects.exists()


def test_of_what_was_never_in_the_list_nothing_is_told(
    receiver: Receiver, ageing: Theme, curator: User
) -> None:
    lab, kept = factories.lab("Lyslab"), factories.lab("Ældrelab", themes=[ageing])
    webhook = of_ageing(receiver)
    withdrawn(lab, curator)
    assert run(receiver) == []
    assert [one.record_id for one in Inside.objects.all()] == [kept.pk]
    delivering.end(webhook)
    assert not Inside.objects.exists()


def test_what_is_saved_in_the_administration_is_told_and_stands_in_the_log(
    receiver: Receiver, ageing: Theme, admin: User
) -> None:
    lab = factories.lab("Ældrelab", themes=[ageing])
    of_ageing(receiver)
    at, path = browser(admin), f"/admin/labs/lab/{lab.pk}/change/"
    assert at.post(path, form_of(read(at.get(path))) | {"summary_da": "Nu."}).status_code == 302
    assert run(receiver) == [("changed", lab.record.public_id, True)]
    assert receiver.told[-1]["entry"]["summary_da"] == "Nu."
    event, record = RecordEvent.objects.get(record=lab.record), Record.objects.get(pk=lab.pk)
    assert (event.verb, event.by, event.version) == ("edited", admin, record.version)
    assert record.version == lab.record.version + 1

    path = f"/admin/curation/record/{lab.pk}/change/"
    sent = form_of(read(at.get(path))) | {"source": "https://lab.example/om"}
    assert at.post(path, sent).status_code == 302
    assert run(receiver) == [("changed", lab.record.public_id, True)]


def test_that_somebody_answers_for_it_now_is_a_change(receiver: Receiver, curator: User) -> None:
    lab = factories.lab("Lyslab")
    make(name="CRM", address=receiver.address, kind="", query="", by=person("maker@example.org"))
    record = lab.record
    actions.edit(record, by=curator, version=record.version, write=lambda: None, verb=Verb.CLAIMED)
    assert run(receiver) == [("changed", lab.record.public_id, True)]


def test_a_list_of_any_length_is_noted_in_one_statement_and_one_of_nothing_too(ageing: Theme) -> None:
    several = [factories.lab(f"Ældrelab {number}", themes=[ageing]) for number in range(3)]
    factories.lab("Lyslab")
    said = {"user": person("maker@example.org"), "name": "CRM", "address": "https://a.example", "kind": "lab"}
    for query, found in (
        ("q=lyslab&theme=ageing", []),
        ("q=%21%21", []),
        ("", []),
        ("theme=ageing", several),
    ):
        webhook = Webhook.objects.create(**said, query=query)
        with CaptureQueriesContext(connection) as asked:
            matching.keep_all_inside(webhook)
        rows = Inside.objects.filter(webhook=webhook).values_list("record", flat=True)
        assert sorted(rows) == [lab.pk for lab in found], query
    (sql,) = [one["sql"] for one in asked if "curation_record" in one["sql"]]
    assert sql.split()[:2] == ["INSERT", "INTO"]
