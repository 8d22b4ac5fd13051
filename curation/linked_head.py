"""What stands in the head of a page for machines: what the page tells, and the same in other forms."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from mail.links import absolute

from .linked import Crumb, Node, entry_page
from .models import Record

EMBEDDED = "application/json+oembed"


@dataclass(frozen=True)
class Alternate:
    """The page in another form: its media type, its full address, and what it is called."""

    type: str
    address: str
    title: str = ""


@dataclass(frozen=True)
class Head:
    """What a page tells machines, and where they find more."""

    data: Node
    others: Sequence[Alternate] = ()


def entry_head(record: Record, thing: Node, *crumbs: Crumb) -> Head:
    """Of an entry's page: linked data, the API, and how it is embedded."""
    others = [
        Alternate("application/ld+json", absolute(reverse("opendata:jsonld", args=[record.public_id]))),
        Alternate("application/json", absolute(reverse(f"api:{record.kind}", args=[record.public_id]))),
        embedded(record.get_absolute_url(), record.name),
    ]
    return Head(entry_page(record, thing, *crumbs), others)


def list_head(data: Node, name: str, heading: str, path: str, query: str) -> Head:
    """Of a list's page as it is filtered: its feed, and how it is embedded. Its foot names its files."""
    asked = f"?{query}" if query else ""
    feed = absolute(reverse("feeds:feed", args=[name]) + asked)
    newest = _("What is new")
    others = [
        Alternate("application/atom+xml", feed, f"{heading}: {newest}"),
        embedded(path + asked, heading),
    ]
    return Head(data, others)


def embedded(path: str, title: str) -> Alternate:
    """How a page is embedded elsewhere (oEmbed)."""
    asked = urlencode({"url": absolute(path), "format": "json"})
    return Alternate(EMBEDDED, f"{absolute(reverse('opendata:oembed'))}?{asked}", title)
