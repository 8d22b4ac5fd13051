"""How many missing links every place has, of each kind and under each theme: one statement for all."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from curation.choices import Kind
from curation.reference import Reference

from .asking import ASKED, FILLED, LACKS, UNCONFIRMED, ask
from .kinds import GapKind

# There are many labs, each with many links, so what is asked of each is gathered in one pass over all links.
# Entries with a missing link are counted by their lists of places before a list is taken apart. Theme 0 is
# for all, whatever their themes.
STATEMENT = f"""
, listed AS MATERIALIZED (SELECT id, kind, place_ids, theme_ids FROM standing),
held AS MATERIALIZED (
    SELECT link.lab_id AS id, {FILLED}, bool_or(link.confirmed_at IS NULL) AS unconfirmed
    FROM labs_link link JOIN listed other
        ON other.id = coalesce(link.actor_id, link.mission_id, link.need_id, link.offer_id)
    WHERE link.ended_on IS NULL GROUP BY link.lab_id
),
gap(kind, id) AS MATERIALIZED (
    SELECT '{GapKind.NEEDS}', entry.id FROM {ASKED[GapKind.NEEDS]}
    UNION ALL SELECT '{GapKind.OFFERS}', entry.id FROM {ASKED[GapKind.OFFERS]}
    UNION ALL SELECT '{GapKind.ACTORS}', entry.id FROM {ASKED[GapKind.ACTORS]}
    UNION ALL SELECT '{GapKind.LABS}', lab.record_id
    FROM labs_lab lab LEFT JOIN held ON held.id = lab.record_id
        LEFT JOIN listed backbone ON backbone.id = lab.backbone_id
    WHERE {LACKS}
    UNION ALL SELECT '{GapKind.LINKS}', id FROM held WHERE unconfirmed
    UNION ALL SELECT '{GapKind.LINKS}', entry.id FROM standing entry
    WHERE entry.kind IN ('{Kind.MISSION}', '{Kind.NEED}') AND {UNCONFIRMED}
),
counted AS (
    SELECT gap.kind, place_ids, theme, count(*) AS n
    FROM gap JOIN listed USING (id), LATERAL (SELECT 0 UNION ALL SELECT unnest(theme_ids)) carried(theme)
    WHERE theme = 0 OR EXISTS (SELECT FROM curation_theme top WHERE top.id = theme AND top.parent_id IS NULL)
    GROUP BY 1, 2, 3
)
SELECT kind, place, theme, sum(n)::int FROM counted, unnest(place_ids) place GROUP BY 1, 2, 3
"""


@dataclass(frozen=True)
class Counted:
    """The missing links of every place, by the place's id, the kind and the theme's id, 0 for all themes."""

    by_place: Mapping[int, Mapping[tuple[str, int], int]]

    def of(self, place_id: int, kind: GapKind, theme_id: int = 0) -> int:
        """How many; themes without a lab are not counted here."""
        return self.by_place.get(place_id, {}).get((kind, theme_id), 0)


def of_country() -> Counted:
    """The counts of all places; one statement over the whole register."""
    found: dict[int, dict[tuple[str, int], int]] = defaultdict(dict)
    for kind, place, theme, number in ask(STATEMENT):
        found[place][kind, theme] = number
    return Counted(found)


def counted_of(reference: Reference) -> Counted:
    """The same, kept for as long as the register's version stands."""
    return reference.keep("missing links of the country", of_country)
