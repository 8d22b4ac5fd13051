"""How pages of the register are embedded elsewhere, for programs that ask by a page's address (oEmbed 1.0).

Only addresses of this site are looked at, and nothing is fetched: an address is read, not followed.
"""

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, QueryDict
from django.urls import ResolverMatch, resolve
from django.utils import translation

from curation.access import record_to_read
from curation.choices import Kind
from keeping.lists import list_at
from mail.links import absolute
from places.models import Place

from .embeds.snippets import SIZES, Frame, card_frame, list_frame, place_frame
from .plain import plain
from .stable import record_at

LONGEST = 2000
DAY = 24 * 60 * 60


class Refused(Exception):
    """The question makes no sense; `status` is the answer's."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True)
class Asked:
    """What a program asks: a page, in which form the answer comes, and how large it may be at most."""

    url: str
    form: str
    width: int | None
    height: int | None

    @classmethod
    def read(cls, query: QueryDict) -> "Asked":
        form = query.get("format", "json")
        if form not in ("json", "xml"):
            raise Refused(501, "format is json or xml.")
        url = query.get("url", "")
        if not url or len(url) > LONGEST:
            raise Refused(400, "url is the full address of a page of this register.")
        return cls(url, form, _pixels(query, "maxwidth"), _pixels(query, "maxheight"))


def _pixels(query: QueryDict, name: str) -> int | None:
    asked = query.get(name)
    if asked is None:
        return None
    if not (asked.isascii() and asked.isdigit() and 0 < len(asked) < 6 and int(asked)):
        raise Refused(400, f"{name} is a number of pixels.")
    return int(asked)


def answer_to(asked: Asked) -> dict[str, Any]:
    """What is told of a page that can be embedded; any other does not exist."""
    frame = frame_of(asked.url)
    size = SIZES[frame.shape]
    frame = frame.sized(_at_most(size.width, asked.width), _at_most(size.height, asked.height))
    return {
        "version": "1.0",
        "type": "rich",
        "title": frame.title,
        "provider_name": "Stedkraft",
        "provider_url": absolute("/"),
        "cache_age": DAY,
        "html": frame.html,
        "width": frame.width,
        "height": frame.height,
    }


def _at_most(usual: int, most: int | None) -> int:
    return usual if most is None else min(usual, most)


def frame_of(url: str) -> Frame:
    """The frame for a page of this site, by its address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        raise Http404 from None
    own = urlsplit(settings.BASE_URL)
    if parts.scheme not in ("http", "https") or parts.netloc != own.netloc:
        raise Http404
    language = translation.get_language_from_path(parts.path) or settings.LANGUAGE_CODE
    with translation.override(language):
        return _frame(resolve(parts.path), parts.query)


def _frame(found: ResolverMatch, query: str) -> Frame:
    space, name, told = found.namespace, found.url_name or "", found.kwargs
    if (space, name) == ("opendata", "stable"):
        return card_frame(record_at(told["public_id"]))
    if (space, name) == ("places", "place"):
        place = Place.objects.at_address(told["address"]).first() or _nothing()
        return place_frame(place)
    kind = space.removesuffix("s")
    if kind in Kind and name == kind:
        return card_frame(record_to_read(kind, told["slug"]))
    if kind in Kind and name == "browse":
        listed = list_at(space)
        return list_frame(listed, listed.asked(QueryDict(query)))
    raise Http404


def _nothing() -> Place:
    raise Http404


def in_xml(answer: Mapping[str, Any]) -> bytes:
    """The answer as XML."""
    root = ET.Element("oembed")
    for name, value in answer.items():
        ET.SubElement(root, name).text = plain(str(value))
    told: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return told
