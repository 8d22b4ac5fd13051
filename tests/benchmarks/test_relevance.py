"""Search finds what was meant: the judged queries over Denmark's entries, against promises and baseline."""

import json
from pathlib import Path

import pytest

from benchmarks.relevance import judgements, metrics, projects, promises, run
from benchmarks.relevance.judgements import Query
from benchmarks.relevance.metrics import Score, score
from benchmarks.relevance.product import Answer
from benchmarks.relevance.report import misses, table
from benchmarks.relevance.run import CONTAINS, OURS, PLAIN, Asked, Measured
from curation.models import Record

KINDS = [
    "name", "inflection", "compound", "spelling without æøå", "one-letter typo", "synonym", "English",
    "two concepts", "place", "whole word", "what came of it",
]  # fmt: skip


@pytest.mark.django_db
def test_the_search_keeps_its_promises() -> None:
    """Fails for a change that makes any kind of query worse than the baseline; `make relevance` says more."""
    measured = run.measure()
    assert promises.missed(measured) == [], "\n".join(misses(measured.asked))


def test_the_baseline_is_what_was_promised() -> None:
    kept = json.loads(promises.BASELINE.read_text("utf-8"))
    assert list(kept) == [*KINDS, run.OVER_ALL, *(f"partners: {which}" for which in projects.LISTS)]
    assert all(kept[kind]["recall"] >= promises.RECALL_OF_A_KIND for kind in KINDS)
    assert kept[run.OVER_ALL]["recall"] >= promises.RECALL
    assert kept[run.OVER_ALL]["ndcg"] >= promises.NDCG


# The judgements


@pytest.mark.django_db
def test_every_entry_that_is_judged_exists() -> None:
    rows = Record.objects.published().order_by().values_list("kind", "slug")
    known = {f"{kind}s/{slug}" for kind, slug in rows}
    named = {
        *(entry for query in judgements.judged() for entry in {*query.grades, *query.wrong}),
        *(entry for project in projects.judged() for entry in project.grades),
    }
    assert named - known == set()


def test_enough_is_asked_of_every_kind_in_both_languages() -> None:
    queries = judgements.judged()
    asked = [query.kind for query in queries]
    assert list(dict.fromkeys(asked)) == KINDS
    assert min(asked.count(kind) for kind in KINDS) >= 6
    assert len(queries) >= 70
    assert {query.language for query in queries} == set(judgements.LANGUAGES)
    assert {query.list for query in queries} == set(judgements.LISTS)


def test_every_query_says_why_it_is_asked_and_what_is_relevant() -> None:
    queries = judgements.judged()
    assert [query.name for query in queries if not query.why.endswith(".") or not query.grades] == []
    assert len({query.name for query in queries}) == len(queries)
    assert all(query.why and not query.grades for query in judgements.in_vain())


def test_projects_are_texts_with_partners_of_every_list() -> None:
    judged = projects.judged()
    assert len(judged) >= 8
    assert {project.language for project in judged} == set(judgements.LANGUAGES)
    assert all(60 <= len(project.text.split()) <= 200 and project.of("actors") for project in judged)


# The measures


def test_measures_by_hand() -> None:
    """Gains 2 and 3 on ranks 1 and 3; best would be 3, 2, 1."""
    grades = {"a": 3, "b": 2, "c": 1}
    found = score(["b", "x", "a"], grades)
    assert found.recall == pytest.approx(2 / 3)
    assert found.mrr == 1
    assert found.ndcg == pytest.approx((2 + 3 / 2) / (3 + 2 / 1.5849625 + 1 / 2))


def test_the_best_answer_is_worth_one_and_none_is_worth_nothing() -> None:
    grades = {f"e{number}": 2 for number in range(15)}
    assert score(list(grades), grades) == Score(1, 1, 1)
    assert score([], grades) == score(["x"], grades) == Score(0, 0, 0)
    assert score(["x", "e1"], grades).mrr == 0.5


def test_across_all_lists_five_of_each_are_all_there_is_to_find() -> None:
    grades = {f"labs/{number}": 1 for number in range(8)} | {"needs/1": 3}
    shown = ["needs/1", *(f"labs/{number}" for number in range(5))]
    assert score(shown, grades, across=True) == Score(1, 1, 1)
    assert score(shown, grades).recall == pytest.approx(6 / 9)
    assert metrics.at_most(["needs/1", *grades], 5).count("labs/5") == 0


def test_only_the_first_ten_count() -> None:
    late = [*(f"x{number}" for number in range(metrics.CUT)), "a"]
    assert score(late, {"a": 3}) == Score(0, 0, 0)


def test_projects_are_measured_by_their_first_five_and_ten() -> None:
    grades = dict.fromkeys("abcdef", 2)
    assert projects.precision(["a", "x", "b", "y", "c", "d"], grades) == 3 / 5
    assert projects.precision(["a", "x"], {"a": 1}) == 1
    assert projects.recall(["a", "x", "b", "y", "c", "d"], grades) == 4 / 6


# What is told


def measured(*, ours: str = "a", rival: str = "x", found: str = "a") -> Measured:
    """One query that wants labs/a and must not find labs/w."""
    query = Query("name", "word", "da", "labs", "Because.", {"labs/a": 3}, frozenset({"labs/w"}))
    answers = {
        OURS: Answer([f"labs/{ours}"], frozenset({f"labs/{found}"})),
        PLAIN: Answer([f"labs/{rival}"], frozenset()),
        CONTAINS: Answer([], frozenset()),
    }
    return Measured([Asked(query, answers)], [])


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A baseline of its own."""
    monkeypatch.setattr(promises, "BASELINE", tmp_path / "baseline.json")
    promises.keep(measured())
    return promises.BASELINE


def test_what_breaks_a_promise_is_told(kept: Path) -> None:
    assert promises.missed(measured()) == []
    assert promises.missed(measured(found="w")) == ["word (da, labs): finds labs/w"]
    assert promises.missed(measured(rival="a")) == [
        "name: PostgreSQL has recall 1.000, we have 1.000",
        "name: PostgreSQL has ndcg 1.000, we have 1.000",
    ]
    empty = Measured(measured().asked, [measured().asked[0].query])
    assert promises.missed(empty) == ["word (da, labs): ends in an empty page"]


def test_a_lower_figure_than_the_baseline_is_told(kept: Path) -> None:
    worse = promises.missed(measured(ours="x"))
    assert "name: recall@10 is 0.000, wanted is 0.9" in worse
    assert "over all: recall@10 is 0.000, wanted is 0.95" in worse
    assert "over all: nDCG@10 is 0.000, wanted is 0.85" in worse
    assert "name: mrr was 1.0, is 0.0" in worse


def test_the_table_and_the_misses_name_what_came() -> None:
    assert table(measured()).splitlines()[2].startswith("| name ")
    assert "1.00 1.00 1.00" in table(measured())
    assert list(misses(measured().asked)) == []
    told = "\n".join(misses(measured(ours="x", found="w").asked))
    assert "1 - labs/x" in told
    assert "3 labs/a (not found)" in told
    assert "wrong: labs/w" in told
