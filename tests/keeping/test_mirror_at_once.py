"""Several at the same run of PULL-spejlet at once: one run, one winner, nothing overwritten or half done."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from keeping.mirror import actions
from keeping.mirror.words import Said, Words
from labs.choices import Half
from labs.models import Assessment, Sheet
from tests.keeping.mirrors import answers, fill, house

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty")]
WORKERS = 4


def at_once(work: Callable[[int], str]) -> list[str]:
    """What each of the workers has got."""
    start = Barrier(WORKERS)

    def worker(number: int) -> str:
        try:
            start.wait(10)
            return work(number)
        except (actions.Closed, actions.Elsewhere) as refused:
            return type(refused).__name__
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WORKERS) as pool:
        return sorted(pool.map(worker, range(WORKERS)))


def test_of_saves_made_from_one_version_one_wins() -> None:
    where = house()
    sheet = actions.begin(where.lab, by=where.anna).sheets.get()

    def save(number: int) -> str:
        said = {n: Said("2" if number else "3", f"Fra {number}") for n in range(1, 22)}
        held = Sheet.objects.get(pk=sheet.pk)
        actions.save(held, Words("", said), by=where.anna, version=1, window=f"w{number}")
        return "saved"

    assert at_once(save) == ["Elsewhere", "Elsewhere", "Elsewhere", "saved"]
    kept = answers(sheet)
    assert len(kept) == 21
    assert len({evidence for _answer, evidence in kept.values()}) == 1
    assert Sheet.objects.get(pk=sheet.pk).version == 2


def test_four_who_begin_begin_one_run() -> None:
    where = house()
    assert len(set(at_once(lambda _number: str(actions.begin(where.lab, by=where.anna).pk)))) == 1
    assert Assessment.objects.get().sheets.count() == 1


def test_finishing_while_somebody_saves_loses_no_finished_half() -> None:
    where = house()
    run = actions.begin(where.lab, by=where.anna)
    theirs = actions.ask(run, of=None)
    actions.finish_sheet(fill(run.sheets.get(half=Half.LAB)))

    def work(number: int) -> str:
        if number:
            actions.finish(Assessment.objects.get(pk=run.pk))
            return "finished"
        actions.save(
            theirs, Words("", dict.fromkeys(range(1, 22), Said("1"))), by=None, version=1, window="w"
        )
        return "saved"

    got = at_once(work)
    assert got.count("finished") == 1
    assert Assessment.objects.get().finished_on
    assert [sheet.half for sheet in Sheet.objects.all()] == [Half.LAB]
