# ruff: noqa: S608 - statements put together from our own words; what is asked goes in as values
"""The partner finder: whole pages, and the least their answer can cost in hand-written SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from curation.models import Theme
from places.danish import fold

from .queries import Words

KINDS = ("lab", "need", "actor")
BY_TEXT, BY_THEME, SHOWN = 150, 60, 15
THEME, PLACE = "dementia", "0461"
# Shares of labs that say each of the eight words: the rare ones a project has, and middling ones.
SHARES = {"rare words": 0.003, "middling words": 0.02}
CURRENT = "state = 'published' AND NOT ended"
FACTS = (
    "id, kind, type, record.setting, record.phase, sides, push_count, both_count, place_ids, theme_ids, x, y,"
    " claimed_at, confirmed_at, quality, methods, open_to, target_groups"
)


@dataclass(frozen=True)
class Project:
    """A text of eight words, a theme and a place."""

    name: str
    words: Sequence[str]

    @property
    def path(self) -> str:
        return f"/partners/?{urlencode({'text': ' '.join(self.words), 'theme': THEME, 'place': PLACE})}"


def projects() -> list[Project]:
    """With words of the register at hand."""
    words = Words.read("da")
    found = []
    for name, share in SHARES.items():
        chosen: list[str] = []
        for _number in range(8):
            chosen.append(words.common_to(share, but=chosen))
        found.append(Project(name, chosen))
    return found


class PartnersFloor:
    """Answers a project in three statements: what is known of the words, who could fit, the hits."""

    def __init__(self, cursor: Any, project: Project) -> None:
        theme = Theme.objects.get(slug=THEME)
        self.cursor = cursor
        self.values = {
            "words": [fold(word) for word in project.words],
            "text": " ".join(fold(word) for word in project.words),
            "either": " | ".join(fold(word) for word in project.words),
            "themes": [theme.pk, theme.parent_id],
        }

    def answer(self) -> list[Any]:
        self._rows("SELECT word, shown, entries, parts FROM curation_word WHERE word = ANY(%(words)s)")
        found = self._rows(self._candidates())
        best = sorted(found, key=lambda row: (-len(row[-1]), row[0]))[:SHOWN]
        self.values["shown"] = [row[0] for row in best]
        self._rows(
            "SELECT id, public_id, kind, slug, name_da, name_en, phase, ended, place_ids, theme_ids, x, y,"
            " claimed_at, confirmed_at FROM curation_record WHERE id = ANY(%(shown)s)"
        )
        return best

    def _rows(self, statement: str) -> list[Any]:
        self.cursor.execute(statement, self.values)
        return list(self.cursor.fetchall())

    @staticmethod
    def _candidates() -> str:
        kinds = ", ".join(f"'{kind}'" for kind in KINDS)
        about = " UNION ".join(
            f"(SELECT id FROM curation_record WHERE {CURRENT} AND kind = '{kind}'"
            f" AND theme_ids && %(themes)s::int[] ORDER BY quality DESC, id LIMIT {BY_THEME})"
            for kind in KINDS
        )
        return (
            "WITH hits AS (SELECT id, row_number() OVER (PARTITION BY kind ORDER BY quality DESC, id) AS n"
            f" FROM curation_record WHERE {CURRENT} AND kind IN ({kinds})"
            " AND search_da @@ to_tsquery('danish', %(either)s)),"
            f" found AS (SELECT id FROM hits WHERE n <= {BY_TEXT} UNION {about})"
            f" SELECT {FACTS}, ARRAY(SELECT word FROM unnest(tsvector_to_array(search_da)) word"
            " WHERE word = ANY(tsvector_to_array(to_tsvector('danish', %(text)s))))"
            " FROM curation_record record LEFT JOIN labs_lab ON record_id = id"
            " WHERE id IN (SELECT id FROM found)"
        )
