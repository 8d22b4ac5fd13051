"""Whatever hangs on an entry follows it into another, and back again: every table is as it was."""

import pytest

from curation.models import Record
from desk.merging import actions
from desk.merging.fields import groups_of
from desk.merging.pointing import FATES, pointing_at
from tests.desk.merging_worlds import KINDS, World, everything, now, world

pytestmark = pytest.mark.usefixtures("empty")


def merged(made: World, **said: object) -> object:
    gone, kept = now(made.gone.record), now(made.kept.record)
    told = {"version": gone.version, "into_version": kept.version, "reason": "Den samme.", "by": made.by}
    return actions.merge(gone, kept, **told | said)  # type: ignore[arg-type]


def test_every_relation_is_told_and_none_besides() -> None:
    """Whoever adds a relation to a record or an entry says what becomes of it in a merge."""
    found = {each.name for target in (Record, *KINDS.values()) for each in pointing_at(target)}
    assert found == set(FATES)


@pytest.mark.parametrize("kind", KINDS)
def test_all_that_hangs_on_it_moves_and_comes_back(kind: str) -> None:
    made = world(kind)
    bare = {each.name for each in made.pointing() if not made.rows(each, made.gone)}
    organisations = {"curation.Suggestion.organisation"} if kind != "actor" else set()
    assert {name for name in bare if not name.endswith(".heir")} == organisations, "a table without a row"
    before = everything()
    done = merged(made, taken=[name for name in groups_of(kind) if name not in ("name_da", "ended")])
    assert now(made.gone.record).merged_into_id == made.kept.pk
    left = {each.name: rows for each in made.pointing() if (rows := made.rows(each, made.gone))}
    assert set(left) <= MAY_STAY
    assert everything() != before
    assert actions.undo(done, by=made.by) == []  # type: ignore[arg-type]
    after = everything()
    changed = [table for table in before if before[table] != after[table]]
    assert changed == [], [row for table in changed for row in before[table] if row not in after[table]]


# Where the kept entry has the same already, the other's row stays behind, out of sight.
MAY_STAY = {
    "curation.Kept.record", "curation.Asking.record", "actors.Refusal.record", "actors.Relation.subject",
    "actors.Relation.object", "labs.Link.actor", "labs.Link.lab", "labs.Link.mission", "labs.Link.need",
    "labs.Link.offer", "missions.CoalitionMember.actor", "missions.CoalitionMember.mission",
    "missions.Response.need", "missions.Response.offer", "labs.Partner.trial", "labs.Partner.solution",
    "labs.Adoption.adopter", "labs.Adoption.solution", "labs.Value.solution", "labs.Assessment.lab",
    "opendata.ForeignId.actor",
}  # fmt: skip
