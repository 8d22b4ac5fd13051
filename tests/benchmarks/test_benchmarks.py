"""The benchmark on a small register: above all an independent recount of every list's numbers."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from benchmarks import databases, plain, serving, sqlite, textbook
from benchmarks.clock import Clock, p95
from benchmarks.copies import multiply
from benchmarks.measuring import RIVALS, Bench
from benchmarks.report import show, show_report, show_targets
from curation.learning import learn
from curation.models import Record, Word
from curation.reindexing import reindex
from labs.models import Lab

LABS = 300


@pytest.fixture
def bench(denmark: None, monkeypatch: pytest.MonkeyPatch) -> Bench:
    monkeypatch.setattr(serving, "ROUNDS", 3)
    monkeypatch.setattr(sqlite, "installed", lambda: False)  # whatever the machine at hand has
    call_command("make_entries", LABS, beside=True, verbosity=0)
    textbook.build()
    return Bench(LABS, runs=1)


def test_all_agree_and_the_report_names_every_target(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one test, for making the register takes longer than asking it."""
    assert {query.name: wrong for query in bench.queries if (wrong := bench.check(query))} == {}
    the_textbook_finds_what_the_page_finds(bench)
    the_others_answer(bench)
    measured = bench.measure(RIVALS)
    totals = [timed.total for timed in measured.questions]
    assert len(totals) == 20
    assert sum(1 for total in totals if total) >= 15
    assert max(totals) > LABS
    capsys.readouterr()
    show(measured)
    targets = show_targets(measured, measured)
    assert len(targets) == 19
    printed = capsys.readouterr().out
    assert all(target.what in printed for target in targets)
    reported = show_report(measured, measured, measured)
    printed = capsys.readouterr().out
    assert all(target.what in printed for target in reported)
    assert [target.limit for target in reported] == [1.3, 5, *(8 * [2]), 6, 85, 75]


def test_a_register_so_many_times_as_large_is_indexed_like_any_other(denmark: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE curation_record CASCADE")
    call_command("make_entries", 20, verbosity=0, stdout=StringIO())
    multiply(3)
    assert (Record.objects.count(), Lab.objects.count()) == (3 * 46, 60)
    entries = dict(Word.objects.order_by("pk").values_list("word", "entries"))
    learn()
    assert dict(Word.objects.order_by("pk").values_list("word", "entries")) == entries
    assert reindex() == 0
    assert Record.objects.of_kind("lab").exclude(link_count=0).count() == 60
    assert Record.objects.create(kind="lab", slug="next").pk > 3 * 46


def the_textbook_finds_what_the_page_finds(bench: Bench) -> None:
    for query in bench.queries:
        found = textbook.answer(bench.cursor, query, bench.ids)
        assert found == bench.floor(query).answer().total, query.name


def the_others_answer(bench: Bench) -> None:
    everything = bench.queries[0]
    total = bench.floor(everything).answer().total
    assert plain.by_substring(everything) == plain.by_vectors(everything) == total
    with sqlite.opened() as ask:
        assert all(ask(query) is not None for query in bench.queries if sqlite.can_tell(query))


def test_a_clock_without_a_back_end_to_read_says_so() -> None:
    assert Clock([0]).kind == "wall-clock time"
    assert Clock().kind == "processor time"


def test_p95_is_what_one_in_twenty_exceeds() -> None:
    assert p95([float(number) for number in range(1, 21)]) == 19
    assert p95([1.0]) == 1.0


def test_buffers_are_not_raised_where_the_server_refuses(denmark: None) -> None:
    """ALTER SYSTEM cannot run inside a transaction, which is as good a refusal as any."""
    assert "not ours" in databases.raise_buffers()
