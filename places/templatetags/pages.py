"""The frame of a page: menu, the same page in the other language, texts in the reader's language."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()

NAMES = {"da": "Dansk", "en": "English"}


@dataclass(frozen=True)
class OtherLanguage:
    """The page one is on, in the other language."""

    code: str
    name: str
    path: str


@dataclass(frozen=True)
class MenuItem:
    """A page of the main menu; `here` is what aria-current says on this page and those below it."""

    label: str
    path: str
    here: str


@dataclass(frozen=True)
class Said:
    """A text of an entry; `lang` is empty where it is the page's own language."""

    text: str
    lang: str

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text


@register.simple_tag(takes_context=True)
def other_language(context: template.Context, query: str | None = None) -> OtherLanguage | None:
    """The page in the other language; with `query` instead of the parameters it was asked with.

    Nothing on pages without an address of their own, such as error pages.
    """
    request: HttpRequest | None = context.get("request")
    if request is None or request.resolver_match is None:
        return None
    code = "da" if get_language() == "en" else "en"
    here = request.get_full_path() if query is None else request.path + query
    return OtherLanguage(code, NAMES[code], translate_url(here, code))


@register.simple_tag(takes_context=True)
def main_menu(context: template.Context) -> list[MenuItem]:
    request: HttpRequest | None = context.get("request")
    here = request.path if request else ""
    pages = [
        (_("Labs"), reverse("labs:browse")),
        (_("Places"), reverse("places:index")),
        (_("Actors"), reverse("actors:browse")),
        (_("Missions"), reverse("missions:browse")),
        (_("Needs and offers"), reverse("needs:browse")),
        (_("Solutions"), reverse("solutions:browse")),
        (_("Find partner"), reverse("ecosystem:partners")),
        (_("Themes"), reverse("curation:themes")),
    ]
    also = {
        reverse("needs:browse"): reverse("offers:browse"),
        reverse("solutions:browse"): reverse("trials:browse"),
    }
    return [MenuItem(label, path, _here(path, here, also.get(path, path))) for label, path in pages]


def _here(path: str, here: str, also: str) -> str:
    """`also` is where else the item's pages lie: offers share one with needs, trials one with solutions."""
    if here == path:
        return "page"
    return "true" if here.startswith((path, also)) else ""


def said_of(entry: Any, field: str) -> Said:
    """A text in the reader's language, else in the other one, marked as such."""
    language = get_language() or "da"
    if own := getattr(entry, f"{field}_{language}"):
        return Said(own, "")
    other = "da" if language == "en" else "en"
    return Said(getattr(entry, f"{field}_{other}"), other)


@register.simple_tag
def said(entry: Any, field: str) -> Said:
    """`{% said lab "summary" as summary %}`: the text and, where it differs, its language."""
    return said_of(entry, field)


@register.filter
def lang(text: Said) -> SafeString | str:
    """The attribute that tells a screen reader of another language: ` lang="da"`, or nothing."""
    return format_html(' lang="{}"', text.lang) if text.lang else ""
