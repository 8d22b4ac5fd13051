"""Which entries a webhook is about: those its list finds, asked with the list's own filters."""

from collections.abc import Collection
from urllib.parse import urlsplit

from django.http import Http404, QueryDict
from django.urls import Resolver404, resolve
from django.utils import translation

from curation.models import Record
from keeping.lists import LISTS, List
from mail.links import absolute

from ..models import Webhook

LONGEST = 500


class NoList(Exception):
    """An address is that of no list."""


def list_asked(address: str) -> tuple[str, str]:
    """The kind and the filters of a list's page; nothing for nothing, which is the whole register.

    Values of filters that nobody knows are left out, as the page does. Raises `NoList`.
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
    if not webhook.kind:
        rows = Record.objects.published().filter(pk__in=records)
    else:
        browse = LISTS[f"{webhook.kind}s"].asked(QueryDict(webhook.query))
        rows = browse.filters.found().filter(pk__in=records)
    return set(rows.order_by().values_list("pk", flat=True))
