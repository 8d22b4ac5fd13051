"""Picking an organisation while typing: without æ, ø, å, unfinished, with a slip, inflected; no draft."""

import pytest

from actors.forms.picking import found_by
from curation.fields import _matching
from curation.learning import learn
from tests import factories

pytestmark = pytest.mark.usefixtures("empty")


@pytest.fixture
def _known(empty: None) -> None:
    town = factories.place("København")
    for name in ("Københavns Universitet", "Københavns Kommune", "Aarhus Universitet", "Plejehjemmet Lind"):
        factories.actor(name, places=[town] if name.startswith("K") else [])
    factories.actor("Københavns Unionshus", state="draft")
    learn()


@pytest.mark.usefixtures("_known")
@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("kobenhavns uni", "Københavns Universitet"),
        ("koebenhavns universitet", "Københavns Universitet"),
        ("aarhsu universitet", "Aarhus Universitet"),
        ("Aarhus' universiteter", "Aarhus Universitet"),
        ("plejehjem", "Plejehjemmet Lind"),
        ("lin", "Plejehjemmet Lind"),
    ],
)
def test_the_organisation_is_found(typed: str, first: str) -> None:
    assert found_by(typed)[0].name_da == first


@pytest.mark.usefixtures("_known")
def test_drafts_and_what_is_taken_are_not_offered() -> None:
    [taken] = found_by("kobenhavns uni")
    assert found_by("unionshus") == []
    assert taken not in found_by("kobenhavns uni", [taken.record.public_id])
    assert found_by("") == found_by("?!") == []


@pytest.mark.parametrize(
    ("typed", "found"), [("kobenhavn", [1]), ("havn", [1]), ("aahrus", [2]), ("xq", []), ("", []), ("?", [])]
)
def test_themes_and_places_are_found_by_a_part_or_with_a_slip(typed: str, found: list[int]) -> None:
    assert _matching(typed, [("koebenhavn", 1), ("aarhus kommune", 2)]) == found
