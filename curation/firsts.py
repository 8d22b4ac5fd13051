# ruff: noqa: S608 - statements put together from our own words; what is asked goes in as values
"""How many results there are and which come first, read in one go; their cards are read by these numbers."""

from .facets import Also, Counts, count_once
from .filters import RecordFilterSet

# Only the best by standing are ranked by their words; ranking every hit of a broad word costs seconds at a
# million entries (measured; see docs/decisions).
RANKED = 500
FIRST, KINDS, FIRST_OF_EACH = "first", "kinds", "first of each"


def first_of(filters: RecordFilterSet) -> Also:
    """The numbers of the first results in the list's order; with words those that are ranked."""
    columns, order = _order(filters)
    told = f"SELECT pk::text AS value, 1 AS number FROM kept ORDER BY {order} LIMIT {RANKED}"
    return Also(FIRST, columns, told)


def in_short(filters: RecordFilterSet) -> Counts:
    """How many results there are and which come first, where neither filters nor a map are shown."""
    if not filters.is_open:
        return count_once(filters.found(), (), [first_of(filters)])
    return Counts(filters.found().order_by().count() if filters.is_filtered else filters.whole().total, {})


def by_kind(filters: RecordFilterSet) -> Counts:
    """How many results each kind has and which of each come first, where all kinds are searched at once."""
    columns, order = _order(filters)
    placed = f"SELECT kind, pk, row_number() OVER (PARTITION BY kind ORDER BY {order}) AS place FROM kept"
    told = f"SELECT concat_ws(' ', kind, pk) AS value, 1 AS number FROM ({placed}) placed"
    first = f"{told} WHERE place <= {RANKED}"
    number = "SELECT kind AS value, count(*)::int AS number FROM kept GROUP BY kind"
    also = [Also(KINDS, ["kind"], number), Also(FIRST_OF_EACH, ["kind", *columns], first)]
    return count_once(filters.found(), (), also)


def _order(filters: RecordFilterSet) -> tuple[list[str], str]:
    """The columns a list is ordered by besides the number, and the order as SQL."""
    plain = filters.plain_order
    order = (f"{one.removeprefix('-')} DESC" if one.startswith("-") else one for one in plain)
    return [name for one in plain if (name := one.removeprefix("-")) != "pk"], ", ".join(order)
