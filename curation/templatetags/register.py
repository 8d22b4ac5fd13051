"""Words and figures of the register for templates."""

import re
from typing import Any
from urllib.parse import urlsplit

import nh3
from django import template
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from markdown_it import MarkdownIt

from curation.browsing import Browse
from curation.filters import RecordFilterSet
from curation.freshness import renewable
from curation.phases import phase_of
from places.templatetags.pages import Said, said_of

register = template.Library()

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "blockquote", "h3", "h4"}
MARKDOWN = MarkdownIt("commonmark", {"html": False})


register.simple_tag(phase_of)


@register.filter
def may_be_renewed(entry: Any) -> bool:
    """Whether a need or an offer has expired, and not longer ago than it can be renewed."""
    return bool(entry.status == "expired" and renewable(entry.ended_on, timezone.localdate()))


@register.simple_tag
def short(entry: Any, field: str, letters: int) -> Said:
    """The beginning of a text, cut between words."""
    text = said_of(entry, field)
    return Said(Truncator(text.text).chars(letters), text.lang)


@register.filter
def markdown(text: Said | str) -> SafeString:
    """Markdown as clean HTML: whatever is not on the list of tags is gone."""
    html = MARKDOWN.render(str(text))
    clean = nh3.clean(html, tags=TAGS, url_schemes={"http", "https", "mailto"}, link_rel="noopener nofollow")
    return mark_safe(clean)  # noqa: S308


@register.filter
def json_block(data: Any) -> SafeString:
    """Data for our scripts in a block the browser does not run."""
    return json_script(data)


@register.simple_tag
def page_path(browse: Browse, number: int) -> str:
    """The address of another page of a list."""
    return browse.address(page=str(number) if number > 1 else None)


@register.simple_tag
def asking(browse: Browse, words: str) -> str:
    """The address of a list with other words."""
    return browse.address(q=words)


@register.simple_tag
def in_vain(filters: RecordFilterSet) -> str:
    """What a search says of itself on the page where one tells that it was in vain."""
    asked = QueryDict(mutable=True)
    asked["q"] = filters.typed
    if filters.record_kind:
        asked["kind"] = filters.record_kind
    for name in ("theme", "place"):
        asked.setlist(name, filters.chosen[name])
    return "?" + asked.urlencode()


SENTENCE_ENDS = re.compile(r"(?<=[a-zæøå²)\d][.!?])\s+(?=[A-ZÆØÅ])")


def _sentences(text: Said | str) -> list[str]:
    return SENTENCE_ENDS.split(str(text).strip(), maxsplit=1)


@register.filter
def first_sentence(text: Said | str) -> str:
    """What a page's lead says; the rest follows below."""
    return _sentences(text)[0]


@register.filter
def after_first_sentence(text: Said | str) -> str:
    """The rest, or nothing."""
    return "".join(_sentences(text)[1:])


@register.filter
def host(url: str) -> str:
    """Whose website it is, without www."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


@register.filter
def grouped(number: int) -> str:
    """A large number as the reader's language writes it: 671.714 or 671,714."""
    return number_format(number, use_l10n=True, force_grouping=True)
