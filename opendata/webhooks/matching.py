"""Which entries a webhook is about: those its list finds, asked with the list's own filters."""

from collections.abc import Collection, Iterable, Mapping
from urllib.parse import urlsplit

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.http import Http404, QueryDict
from django.urls import Resolver404, resolve
from django.utils import translation

from curation.models import Record
from curation.querysets import RecordQuerySet
from keeping.lists import LISTS, List
from mail.links import absolute

from ..models import Inside, Webhook

LONGEST = 500
BATCH = 5000


class NoList(Exception):
    """An address is that of no list."""


class Unknown(Exception):
    """A list is asked for what nobody knows; says the values."""


def list_asked(address: str) -> tuple[str, str]:
    """The kind and the filters of a list's page; nothing for nothing, which is the whole register.

    Raises `NoList`, and `Unknown`: left out, a mistyped value would quietly mean everything.
    """
    if not address.strip():
        return "", ""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        raise NoList from None
    if parts.netloc and parts.netloc != urlsplit(absolute("/")).netloc:
        raise NoList
    listed = _list_at(parts.path)
    browse = listed.asked(QueryDict(parts.query))
    if browse.filters.unknown:
        raise Unknown(", ".join(f"“{value}”" for _name, value in browse.filters.unknown))
    query = browse.parameters.urlencode()
    if len(query) > LONGEST:
        raise NoList
    return str(listed.kind), query


def _list_at(path: str) -> List:
    try:
        with translation.override(translation.get_language_from_path(path) or "da"):
            name = resolve(path).view_name
    except (Resolver404, Http404):
        raise NoList from None
    for word, listed in LISTS.items():
        if name == f"{word}:browse":
            return listed
    raise NoList


def path_of(webhook: Webhook) -> str:
    """The page of the list it is about; nothing where it is about everything."""
    if not webhook.kind:
        return ""
    path = LISTS[f"{webhook.kind}s"].path
    return f"{path}?{webhook.query}" if webhook.query else path


def found_among(webhook: Webhook, records: Collection[int]) -> set[int]:
    """Those of some public records that its list finds now; one statement."""
    if not records:
        return set()
    return set(_found(webhook).filter(pk__in=list(records)).values_list("pk", flat=True))


def inside_among(webhook: Webhook, kinds: Mapping[int, str]) -> set[int]:
    """Those of some records, told with their kinds, that it found when it last looked at them."""
    if not webhook.query:
        return {pk for pk, kind in kinds.items() if webhook.kind in ("", kind)}
    rows = Inside.objects.filter(webhook=webhook, record__in=list(kinds))
    return set(rows.order_by().values_list("record", flat=True))


def keep_inside(webhook: Webhook, *, came: Iterable[int], left: Collection[int] = ()) -> None:
    """Note what it finds now and what it finds no longer, where it has filters."""
    if not webhook.query:
        return
    Inside.objects.filter(webhook=webhook, record__in=left).delete()
    rows = (Inside(webhook=webhook, record_id=pk) for pk in came)
    Inside.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def keep_all_inside(webhook: Webhook) -> None:
    """Note all that a new webhook's filters find; one statement, however much that is."""
    if not webhook.query:
        return
    try:
        found, given = _found(webhook).values_list("pk").query.sql_with_params()
    except EmptyResultSet:  # words without a letter find nothing
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO opendata_inside (webhook_id, record_id)
            SELECT %s, found.id FROM ({found}) found (id)
            """,  # noqa: S608 - made of this file's own text and of a queryset with its parameters
            [webhook.pk, *given],
        )


def _found(webhook: Webhook) -> RecordQuerySet:
    """What its list finds now; words are read as Danish."""
    if not webhook.kind:
        return Record.objects.published().order_by()
    with translation.override("da"):
        browse = LISTS[f"{webhook.kind}s"].asked(QueryDict(webhook.query))
        return browse.filters.found().order_by()
