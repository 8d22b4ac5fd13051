"""Ideas without a database: freshness, sources, map cells, beginnings of texts."""

import datetime as dt

import pytest
from django.utils.text import Truncator
from hypothesis import given
from hypothesis import strategies as st

from actors.choices import ActorKind
from curation.cards import SUMMARY_LETTERS, beginning_of
from curation.choices import Freshness
from curation.facts import labels
from curation.freshness import freshness
from curation.mapping import MAX_ZOOM, WORLD_METRES, cell_bits
from curation.sources import Source, sources
from labs.choices import Form

TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("claimed", "days_ago", "expected"),
    [
        (False, None, Freshness.UNCLAIMED),
        (False, 1, Freshness.UNCLAIMED),
        (True, None, Freshness.UNCONFIRMED),
        (True, 0, Freshness.CONFIRMED),
        (True, 335, Freshness.CONFIRMED),
        (True, 336, Freshness.DUE),
        (True, 365, Freshness.DUE),
        (True, 366, Freshness.UNCONFIRMED),
    ],
)
def test_freshness(claimed: bool, days_ago: int | None, expected: Freshness) -> None:
    confirmed = None if days_ago is None else TODAY - dt.timedelta(days=days_ago)
    since = TODAY - dt.timedelta(days=2000) if claimed else None
    assert freshness(claimed=since, confirmed=confirmed, today=TODAY) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("   ", []),
        ("En avis", [Source("En avis")]),
        ("DTU (https://dtu.dk/a)", [Source("DTU", "https://dtu.dk/a")]),
        (
            "A; B (https://b.dk/?x=1;y=2) | C (to sider) (http://c.dk)",
            [Source("A"), Source("B", "https://b.dk/?x=1;y=2"), Source("C (to sider)", "http://c.dk")],
        ),
        ("Se (javascript:alert(1))", [Source("Se (javascript:alert(1))")]),
        ("Se (ftp://x.dk)", [Source("Se (ftp://x.dk)")]),
    ],
)
def test_sources(text: str, expected: list[Source]) -> None:
    assert sources(text) == expected


@given(st.integers(0, MAX_ZOOM))
def test_a_cell_is_32_to_64_pixels_wide(zoom: int) -> None:
    metres_per_pixel = WORLD_METRES / 256 / 2**zoom
    assert 32 <= 2 ** cell_bits(zoom) / metres_per_pixel <= 64


def test_cells_halve_with_each_zoom() -> None:
    bits = [cell_bits(zoom) for zoom in range(MAX_ZOOM + 1)]
    assert bits == sorted(bits, reverse=True)
    assert bits[0] - bits[-1] == MAX_ZOOM


@pytest.mark.parametrize("letters", ["æ", "e – ", "e\u0301", "\u0928\u093f\u094d"])
@pytest.mark.parametrize("more", [-1, 0, 1, 50])
def test_a_card_shows_as_much_of_a_text_as_fits(letters: str, more: int) -> None:
    text = (letters * SUMMARY_LETTERS)[: SUMMARY_LETTERS + more]
    assert beginning_of(text) == Truncator(text).chars(SUMMARY_LETTERS)


def test_values_of_two_lists_that_are_written_alike_keep_their_own_names() -> None:
    """Whichever an index meets first; as texts they are equal."""
    assert str(Form.NETWORK) == ActorKind.NETWORK
    labels.cache_clear()
    found = [labels(value) for value in (ActorKind.NETWORK, Form.NETWORK, ActorKind.NETWORK)]
    assert found[0] == found[2] == ("Netværk eller fagligt fællesskab", "Network or professional community")
    assert found[1] == ("Netværk af steder", "Network of sites")
