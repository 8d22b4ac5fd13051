"""What is promised of the search, and what of it does not hold; the baseline below which nothing may fall."""

import json
from collections.abc import Iterator
from dataclasses import asdict

from . import partners
from .judgements import FOLDER
from .run import OURS, OVER_ALL, RIVALS, Measured

BASELINE = FOLDER / "baseline.json"
RECALL, RECALL_OF_A_KIND, NDCG = 0.95, 0.9, 0.85
ROUNDING = 0.0006  # the baseline holds three decimals


def missed(measured: Measured) -> list[str]:
    """The promises that do not hold, as sentences."""
    return [*_targets(measured), *_behind(measured), *_lower(measured), *_not_to_be(measured)]


def _targets(measured: Measured) -> Iterator[str]:
    whole = measured.score(OVER_ALL, OURS)
    yield from _below(OVER_ALL, "recall@10", whole.recall, RECALL)
    yield from _below(OVER_ALL, "nDCG@10", whole.ndcg, NDCG)
    for kind in measured.kinds:
        yield from _below(kind, "recall@10", measured.score(kind, OURS).recall, RECALL_OF_A_KIND)


def _below(kind: str, what: str, found: float, wanted: float) -> Iterator[str]:
    if found < wanted:
        yield f"{kind}: {what} is {found:.3f}, wanted is {wanted}"


def _behind(measured: Measured) -> Iterator[str]:
    """Where a rival is as good or better."""
    for kind in measured.kinds:
        ours = asdict(measured.score(kind, OURS))
        for rival in RIVALS:
            theirs = asdict(measured.score(kind, rival))
            for what in ("recall", "ndcg"):
                if ours[what] <= theirs[what]:
                    yield f"{kind}: {rival} has {what} {theirs[what]:.3f}, we have {ours[what]:.3f}"


def _lower(measured: Measured) -> Iterator[str]:
    """Where it was better when the baseline was kept."""
    kept = json.loads(BASELINE.read_text("utf-8")) if BASELINE.exists() else {}
    now = _figures(measured)
    for kind, figures in kept.items():
        for what, value in figures.items():
            if now.get(kind, {}).get(what, 0) < value - ROUNDING:
                yield f"{kind}: {what} was {value}, is {now.get(kind, {}).get(what)}"


def _not_to_be(measured: Measured) -> Iterator[str]:
    for one in measured.asked:
        if wrong := one.wrong(OURS):
            yield f"{one.query.name}: finds {', '.join(sorted(wrong))}"
    for query in measured.empty:
        yield f"{query.name}: ends in an empty page"


def keep(measured: Measured) -> None:
    """Make what is measured now the baseline."""
    BASELINE.write_text(json.dumps(_figures(measured), ensure_ascii=False, indent=2) + "\n", "utf-8")


def _figures(measured: Measured) -> dict[str, dict[str, float]]:
    found = {kind: asdict(measured.score(kind, OURS)) for kind in (*measured.kinds, OVER_ALL)}
    found |= {f"partners: {one.which}": asdict(one) for one in partners.means(measured.projects)}
    return {
        name: {what: round(value, 3) for what, value in values.items() if isinstance(value, float)}
        for name, values in found.items()
    }
