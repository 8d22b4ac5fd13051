"""What two plain searches find in the same entries: PostgreSQL's own text search, and `icontains`.

Both read what an entry says itself, in both languages: names, summaries, descriptions and what needs and
offers add to them. Like the product they show at most five entries of each list where all are searched.
"""

from typing import Any

from django.db import connection

from curation.choices import Kind
from curation.models import Entry, Record
from curation.querysets import RecordQuerySet
from ecosystem.finding import SHOWN

from .judgements import EVERYWHERE, Query
from .metrics import CUT, at_most
from .product import Answer

TEXTS = (
    "name_da", "name_en", "summary_da", "summary_en", "description_da", "description_en", "tried_da",
    "tried_en", "success_da", "success_en", "asks_for_da", "asks_for_en", "conditions_da", "conditions_en",
)  # fmt: skip
CONFIGURATIONS = {"da": "danish", "en": "english"}
PLAIN = """
SELECT list || '/' || slug FROM relevance_texts, websearch_to_tsquery(%(how)s, %(words)s) AS asked
WHERE list = ANY(%(lists)s) AND to_tsvector(%(how)s, words) @@ asked
ORDER BY ts_rank(to_tsvector(%(how)s, words), asked) DESC, quality DESC, list, slug
"""
CONTAINS = """
SELECT list || '/' || slug FROM relevance_texts
WHERE list = ANY(%(lists)s) AND lower(words) LIKE ALL(%(like)s) ORDER BY quality DESC, list, slug
"""


def gather() -> None:
    """Put what all entries say into a table that lives as long as the connection."""
    rows = [row for kind in Kind.values for row in _rows(Record.objects.published().of_kind(kind), kind)]
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS relevance_texts")
        cursor.execute(
            "CREATE TEMPORARY TABLE relevance_texts (list text, slug text, quality int, words text)"
        )
        cursor.executemany("INSERT INTO relevance_texts VALUES (%s, %s, %s, %s)", rows)


def _rows(records: RecordQuerySet, kind: str) -> list[tuple[str, str, int, str]]:
    return [
        (f"{kind}s", record.slug, record.quality, _says(getattr(record, kind)))
        for record in records.select_related(kind).order_by("pk")
    ]


def _says(entry: Entry) -> str:
    return " ".join(text for name in TEXTS if (text := getattr(entry, name, "")))


def plain(query: Query) -> Answer:
    """PostgreSQL's search for the page's language, as its documentation shows it."""
    return _answer(PLAIN, query, how=CONFIGURATIONS[query.language], words=query.words)


def contains(query: Query) -> Answer:
    """Every word has to be somewhere, also inside another."""
    return _answer(CONTAINS, query, like=[f"%{_escaped(word)}%" for word in query.words.lower().split()])


def _answer(statement: str, query: Query, **asked: Any) -> Answer:
    lists = [f"{kind}s" for kind in Kind.values] if query.list == EVERYWHERE else [query.list]
    with connection.cursor() as cursor:
        cursor.execute(statement, asked | {"lists": lists})
        found = [key for (key,) in cursor.fetchall()]
    first = at_most(found, SHOWN if query.list == EVERYWHERE else CUT)
    return Answer(first, frozenset(found), bool(found))


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
