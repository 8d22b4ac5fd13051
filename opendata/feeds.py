"""What is new in a list, as an Atom feed (RFC 4287)."""

from collections.abc import Sequence

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from curation.browsing import Browse
from curation.models import Record
from curation.reference import Reference
from keeping.lists import List
from mail.links import absolute
from places.templatetags.pages import said_of

from .plain import plain
from .stable import stable_path

ENTRIES = 50
LICENCE = "CC BY 4.0"


def feed_of(listed: List, browse: Browse, address: str) -> str:
    """The newest of a list, the last published first; `address` is the feed's own path with its query."""
    records = newest(listed, browse)
    feed = Atom1Feed(
        title=_("%(list)s in Stedkraft") % {"list": listed.label},
        subtitle=plain(", ".join(str(chosen.label) for chosen in browse.chosen)),
        link=absolute(with_filters(listed.path, browse)),
        feed_url=absolute(address),
        feed_guid=absolute(address),
        description="",
        language=get_language(),
        author_name="Stedkraft",
        feed_copyright=LICENCE,
    )
    for record in records:
        _add(feed, record, browse.filters.reference)
    return str(feed.writeString("utf-8"))


def with_filters(path: str, browse: Browse) -> str:
    """A path with the filters as they are understood."""
    return f"{path}?{browse.query}" if browse.query else path


def newest(listed: List, browse: Browse) -> Sequence[Record]:
    """The last published of what answers the list as it is asked; never what stands in place of nothing."""
    found = browse.filters.found().select_related(listed.kind).shown().newest()
    return list(found[:ENTRIES])


def _add(feed: Atom1Feed, record: Record, reference: Reference) -> None:
    entry = getattr(record, record.kind)
    feed.add_item(
        title=plain(record.name),
        link=absolute(record.get_absolute_url()),
        unique_id=absolute(stable_path(record)),
        description=escape(plain(said_of(entry, "summary").text)),  # Atom1Feed says it is HTML
        pubdate=record.published_at,
        updateddate=max(record.updated_at, record.published_at or record.updated_at),
        categories=[theme.name for theme in reference.themes_of(record)],
    )
