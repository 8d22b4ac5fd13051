"""The table of addresses, as tests walk it."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, get_resolver
from django.urls.resolvers import LocalePrefixPattern


def routes(resolver: Any = None, before: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """Name and pattern of each route, the administration's left out, whose views are Django's own.

    What libraries leave without a name is known by its address.
    """
    for part in (resolver or get_resolver()).url_patterns:
        if isinstance(part.pattern, LocalePrefixPattern):
            yield from routes(part, before, space)
            continue
        route = before + str(part.pattern)
        if isinstance(part, URLPattern):
            yield f"{space}{part.name or route}", f"/{route}"
        elif part.namespace != "admin":
            yield from routes(part, route, f"{part.namespace}:" if part.namespace else space)
