"""Told by two at once it is told once, and confirmed by two at once its origin is thanked once."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from actors.forms.picking import Chosen
from curation.models import RecordEvent
from keeping import adopting
from labs.models import Adoption, Solution
from mail.models import Message
from tests import factories
from tests.keeping.adopting import Town, made_by, town


def at_once(*doing: Callable[[], object]) -> list[str]:
    """Does them at the same time; what each of them gave or raised, in words."""
    together, found = threading.Barrier(len(doing)), []

    def run(act: Callable[[], object]) -> None:
        together.wait()
        try:
            found.append(type(act()).__name__)
        except adopting.AlreadyTold as told:
            found.append(type(told).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in doing]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(found)


def telling(solution: Solution, who: Town, by: Town) -> Callable[[], Adoption]:
    chosen = Chosen(who.actor, None, {}, {})
    return lambda: adopting.tell(solution=solution, chosen=chosen, said={}, values=[], by=by.user)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("empty")
def test_two_at_once_tell_once_and_thank_once() -> None:
    maker, user = town("Aarhus", "anna@aarhus.dk"), town("Viborg", "viggo@viborg.dk")
    solution = made_by(maker)
    found = at_once(*(telling(solution, user, by) for by in (user, user)))
    assert found == ["Adoption", "AlreadyTold"]
    assert Adoption.objects.count() == RecordEvent.objects.count() == Message.objects.count() == 1

    other = factories.adoption(solution, factories.actor("Odense"), confirmed_at=None)
    at_once(*(lambda: adopting.confirm(Adoption.objects.with_all().get(pk=other.pk)) for _n in range(2)))
    assert Adoption.objects.get(pk=other.pk).confirmed
    assert Message.objects.count() == 2

    third = town("Skive", "sofie@skive.dk")
    source = factories.adoption(solution, factories.actor("Ry"), confirmed_at=None)
    below = Chosen(third.actor, None, {}, {})
    said = {"taken_from_id": source.pk}

    def take_off() -> None:
        adopting.take_off(Adoption.objects.with_all().get(pk=source.pk), by=maker.user)

    def tell_below() -> None:
        try:
            adopting.tell(solution=solution, chosen=below, said=said, values=[], by=third.user)
        except adopting.SourceGone:
            return

    at_once(take_off, tell_below)
    assert not Adoption.objects.filter(pk=source.pk).exists()
    told = Adoption.objects.filter(adopter=third.actor).first()
    assert told is None or told.taken_from is None
