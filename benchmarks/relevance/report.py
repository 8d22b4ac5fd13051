"""What was measured, as a table of Markdown; and for each query that misses something, what."""

from collections.abc import Iterator, Sequence

from .metrics import CUT, Score
from .run import OURS, OVER_ALL, RIVALS, Asked, Measured

SEARCHES = (OURS, *RIVALS)


def table(measured: Measured) -> str:
    """Recall@10, MRR and nDCG@10 of each search for each kind of query."""
    rows = [
        ["kind of query", "queries", *(f"{name}: recall@10, MRR, nDCG@10" for name in SEARCHES)],
        *(_row(measured, kind) for kind in (*measured.kinds, OVER_ALL)),
        ["wrong entries found", "", *(str(measured.wrong(name)) for name in SEARCHES)],
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    rule = " | ".join("-" * width for width in widths)
    return "\n".join(f"| {line} |" for line in (lines[0], rule, *lines[1:]))


def _row(measured: Measured, kind: str) -> list[str]:
    scores = [measured.score(kind, name) for name in SEARCHES]
    return [kind, str(len(measured.of(kind))), *map(_cells, scores)]


def _cells(one: Score) -> str:
    return f"{one.recall:.2f} {one.mrr:.2f} {one.ndcg:.2f}"


def misses(asked: Sequence[Asked]) -> Iterator[str]:
    """Each query whose answer is not perfect: what came, in its order, and what did not come."""
    for one in asked:
        ours = one.scores[OURS]
        if ours.recall < 1 or ours.ndcg < 0.9 or one.wrong(OURS):
            yield f"\n{one.query.kind}: {one.query.name}  {_cells(ours)}\n  {one.query.why}"
            yield from _lines(one)


def _lines(one: Asked) -> Iterator[str]:
    answer, grades = one.answers[OURS], one.query.grades
    for rank, entry in enumerate(answer.first, 1):
        yield f"  {rank:3} {grades.get(entry, '-')} {entry}"
    for entry, grade in grades.items():
        if entry not in answer.first:
            where = f"after the first {CUT}" if entry in answer.found else "not found"
            yield f"      {grade} {entry} ({where})"
    for entry in sorted(one.wrong(OURS)):
        yield f"      wrong: {entry}"
