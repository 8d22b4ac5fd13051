"""Themes in sentences: their names hold commas and an "and" of their own, so each stands in quotes."""

from collections.abc import Sequence

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from curation.models import Theme


def quoted(theme: Theme) -> str:
    return _("“%(name)s”") % {"name": theme.name}


def named(themes: Sequence[Theme]) -> str:
    """One, two or many of them as a part of a sentence."""
    return get_text_list([quoted(theme) for theme in themes], _("and"))
