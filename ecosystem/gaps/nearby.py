"""Who could fill a missing link, nearest first."""

from collections.abc import Sequence
from dataclasses import dataclass

from curation.models import Record, Theme
from curation.reference import Reference

from .asking import ask
from .distance import Point, kilometres_from
from .reading import SHOWN
from .seeking import Search, Wanted
from .ties import ties

ROWS = 25
# Read nearest first as the map measures, which stretches the north by a tenth more than the south; so more
# are read than are shown, and put in order by the true distance.
READ = 4 * ROWS
# Those at no known distance come last, and where nothing has one, those of the place come first.
STATEMENT = """
, tie(one, other) AS NOT MATERIALIZED ({ties}),
known AS MATERIALIZED (SELECT other AS id FROM tie WHERE one = %(subject)s UNION SELECT %(subject)s),
near AS MATERIALIZED (
    SELECT id FROM standing entry WHERE {fitting} AND x IS NOT NULL AND {measured}
    ORDER BY point(x, y) <-> point(%(x)s, %(y)s) LIMIT {read}
)
SELECT id FROM near
UNION ALL (
    SELECT id FROM standing entry WHERE {fitting} AND (x IS NULL OR NOT {measured})
    ORDER BY NOT place_ids @> ARRAY[%(place)s], quality DESC, id LIMIT {rows}
)
"""


@dataclass(frozen=True)
class Candidate:
    """An entry that could fill the missing link, the themes both are about, and how far away it is."""

    record: Record
    shared: Sequence[Theme]
    kilometres: float | None


def who_could(
    subject: Record, place_id: int, search: Search, origin: Point | None, reference: Reference
) -> list[Candidate]:
    """Up to 25, none of which the entry is tied to already; two statements.

    An entry whose themes are not known, as of an actor that is in nothing, could meet anybody.
    """
    themes = [theme for theme in subject.theme_ids if theme in reference.themes]
    top = [theme for theme in themes if reference.themes[theme].parent_id is None]
    statement = STATEMENT.format(
        ties=ties(), fitting=_fitting(search.wanted, by_theme=bool(top)), read=READ, rows=ROWS,
        measured="TRUE" if origin else "FALSE",
    )  # fmt: skip
    x, y = origin or (0, 0)
    rows = ask(statement, subject=subject.pk, themes=top, x=x, y=y, place=place_id)
    records = Record.objects.current().only(*SHOWN).in_bulk([number for (number,) in rows])
    found = [
        Candidate(
            record,
            _most_exact([reference.themes[theme] for theme in record.theme_ids if theme in themes]),
            kilometres_from(origin, record) if origin else None,
        )
        for record in (records[number] for (number,) in rows)
    ]
    return sorted(found, key=_nearness)[:ROWS]


def _most_exact(shared: Sequence[Theme]) -> Sequence[Theme]:
    """Without a theme that only stands above another one of them."""
    above = {theme.parent_id for theme in shared}
    return [theme for theme in shared if theme.pk not in above]


def _nearness(candidate: Candidate) -> tuple[bool, float]:
    return candidate.kilometres is None, candidate.kilometres or 0.0


def _fitting(wanted: Sequence[Wanted], *, by_theme: bool) -> str:
    kinds = " OR ".join(_is(one) for one in wanted)
    about = "theme_ids && %(themes)s::int[]" if by_theme else "TRUE"
    return f"({kinds}) AND {about} AND NOT EXISTS (SELECT FROM known WHERE known.id = entry.id)"


def _is(wanted: Wanted) -> str:
    if not wanted.sides:
        return f"kind = '{wanted.kind}'"
    return f"kind = '{wanted.kind}' AND sides && '{{{','.join(wanted.sides)}}}'::varchar[]"
