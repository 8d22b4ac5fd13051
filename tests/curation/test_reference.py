"""Themes and places are read once for each version of the register, whatever other threads do meanwhile."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from curation import reference
from curation.models import RegisterVersion
from curation.reference import Reference
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kept(settings: Any) -> Iterator[None]:
    settings.KEEP_REFERENCE = True
    reference._kept.clear()
    yield
    reference._kept.clear()


def raise_version() -> None:
    found = RegisterVersion.objects.first()
    RegisterVersion.objects.update_or_create(id=1, defaults={"number": found.number + 1 if found else 2})


def test_it_is_read_once_for_a_version() -> None:
    town = factories.place("Byen")
    first = Reference.now()
    assert first.places[town.pk].name_da == "Byen"
    with CaptureQueriesContext(connection) as asked:
        assert Reference.now() is first
        assert first.places[town.pk].name_da == "Byen"
    assert len(asked) == 1  # the version


def test_another_version_is_read_anew() -> None:
    town = factories.place("Byen")
    assert Reference.now().places[town.pk].name_da == "Byen"
    type(town).objects.filter(pk=town.pk).update(name_da="Staden")
    raise_version()
    assert Reference.now().places[town.pk].name_da == "Staden"
    assert len(reference._kept) == 1


def test_what_is_kept_is_made_once_for_a_version() -> None:
    made: list[int] = []
    for _time in range(2):
        Reference.now().keep("answer", lambda: made.append(1))
    assert made == [1]
    raise_version()
    Reference.now().keep("answer", lambda: made.append(2))
    assert made == [1, 2]


class Contested(dict[int, Reference]):
    """What is kept, where another thread comes in between right after each step and puts its own version."""

    other = Reference()

    def _interfere(self) -> None:
        super().clear()
        super().__setitem__(-1, self.other)

    def get(self, version: int, default: Any = None) -> Any:
        found = super().get(version, default)
        self._interfere()
        return found

    def clear(self) -> None:
        super().clear()
        self._interfere()

    def __setitem__(self, version: int, kept: Reference) -> None:
        super().__setitem__(version, kept)
        self._interfere()


def test_a_thread_that_keeps_another_version_meanwhile_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = factories.place("Byen")
    monkeypatch.setattr(reference, "_kept", Contested())
    found = Reference.now()
    assert found is not Contested.other
    assert found.places[town.pk].name_da == "Byen"
