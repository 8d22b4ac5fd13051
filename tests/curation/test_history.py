"""Every change of what is said is an event, and no event can be changed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, models, transaction

from curation.models import RecordEvent
from tests import factories

pytestmark = pytest.mark.usefixtures("empty")


def a_link() -> models.Model:
    return factories.link(factories.lab(), factories.actor())


def a_member() -> models.Model:
    return factories.member(factories.mission(), factories.actor())


def a_relation() -> models.Model:
    return factories.relation(factories.actor(), factories.actor())


def a_theme_of_an_entry() -> models.Model:
    return factories.lab(themes=[factories.theme()]).record.entry_themes.get()


def a_place_of_an_entry() -> models.Model:
    return factories.lab(places=[factories.place()]).record.entry_places.get()


CHANGES: list[tuple[Callable[[], Any], dict[str, Any]]] = [
    (factories.lab, {"summary_da": "Nyt"}),
    (factories.actor, {"summary_da": "Nyt"}),
    (factories.mission, {"summary_da": "Nyt"}),
    (a_link, {"until": 2026}),
    (a_member, {"until": 2026}),
    (a_relation, {"until": 2026}),
    (a_theme_of_an_entry, {"order": 3}),
    (a_place_of_an_entry, {"order": 3}),
]
each = pytest.mark.parametrize(("make", "change"), CHANGES, ids=lambda value: getattr(value, "__name__", ""))


def labels(made: Any) -> list[str]:
    return list(made.events.order_by("pgh_id").values_list("pgh_label", flat=True))


@each
def test_making_and_changing_in_bulk_are_told(make: Callable[[], Any], change: dict[str, Any]) -> None:
    made = make()
    assert labels(made) == ["insert"]
    type(made)._base_manager.filter(pk=made.pk).update(**change)
    assert labels(made) == ["insert", "update"]
    last = made.events.order_by("pgh_id").last()
    assert {name: getattr(last, name) for name in change} == change


@each
def test_a_change_that_changes_nothing_is_no_event(make: Callable[[], Any], change: dict[str, Any]) -> None:
    made = make()
    made.save()
    assert labels(made) == ["insert"]


@each
@pytest.mark.parametrize("tamper", ["update", "delete"])
def test_history_cannot_be_rewritten(make: Callable[[], Any], change: dict[str, Any], tamper: str) -> None:
    made = make()
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        made.events.update(**change) if tamper == "update" else made.events.all().delete()
    assert labels(made) == ["insert"]


def test_taking_away_is_told_too() -> None:
    link: Any = factories.link(factories.lab(), factories.actor())
    events, pk = link.events.model.objects, link.pk
    link.delete()
    assert list(events.filter(pgh_obj_id=pk).order_by("pgh_id").values_list("pgh_label", flat=True)) == [
        "insert", "delete",
    ]  # fmt: skip


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_log_of_an_entrys_life_is_never_changed(change: str) -> None:
    event = RecordEvent.objects.create(record=factories.record(), verb="published", version=1)
    rows = RecordEvent.objects.filter(pk=event.pk)
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        rows.update(reason="something else") if change == "update" else rows.delete()
    assert RecordEvent.objects.get(pk=event.pk).reason == ""
