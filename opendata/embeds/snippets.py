"""The code that puts a part of the register on another page: an iframe with its name and its size."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.html import escape
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from curation.browsing import Browse
from curation.models import Record
from keeping.lists import List
from mail.links import absolute
from places.models import Place


@dataclass(frozen=True)
class Size:
    """Pixels."""

    width: int
    height: int


SIZES: Mapping[str, Size] = {
    "map": Size(640, 520),
    "list": Size(640, 600),
    "card": Size(480, 430),
    "place": Size(480, 390),
}


@dataclass(frozen=True)
class Frame:
    """A frame: what it shows (`shape`, `path`), its name for who cannot see it, its size.

    Without a width it is as wide as what it stands in.
    """

    shape: str
    path: str
    title: str
    width: int | None = None
    height: int = 0

    def sized(self, width: int | None, height: int) -> "Frame":
        return replace(self, width=width, height=height)

    @property
    def address(self) -> str:
        return absolute(self.path)

    @property
    def html(self) -> str:
        """The code to copy, as plain text: a page that shows it escapes it once more."""
        height = self.height or SIZES[self.shape].height
        return (
            f'<iframe src="{escape(self.address)}" title="{escape(self.title)}"'
            f' width="{self.width or "100%"}" height="{height}" loading="lazy" referrerpolicy="no-referrer"'
            ' frameborder="0"></iframe>'
        )


def card_frame(record: Record) -> Frame:
    return Frame("card", reverse("embed:card", args=[record.public_id]), f"{record.name} – Stedkraft")


def place_frame(place: Place) -> Frame:
    title = _("PULL and PUSH in %(place)s – Stedkraft") % {"place": place.name}
    return Frame("place", reverse("embed:place", args=[place.address]), title)


def list_frame(listed: List, browse: Browse) -> Frame:
    """A list with its filters."""
    path = reverse("embed:list", args=[browse.name])
    return Frame(
        "list", f"{path}?{browse.query}" if browse.query else path, f"{heading(listed, browse)} – Stedkraft"
    )


def map_frame(listed: List, browse: Browse) -> Frame:
    """The same on a map."""
    asked = "&".join(part for part in (urlencode({"list": browse.name}), browse.query) if part)
    title = _("Map: %(list)s – Stedkraft") % {"list": heading(listed, browse)}
    return Frame("map", f"{reverse('embed:map')}?{asked}", title)


def heading(listed: List, browse: Browse) -> str:
    """A list by name, then what it is filtered by."""
    chosen = ", ".join(str(one.label) for one in browse.chosen)
    return f"{listed.label}: {chosen}" if chosen else str(listed.label)
