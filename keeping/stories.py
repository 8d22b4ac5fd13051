"""A place's own story: one text in two languages, told by whoever looks after the place."""

from collections.abc import Sequence

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from curation.access import Visitor, scope_of
from curation.actions import Overtaken
from curation.fields import Lines
from curation.forms import Words
from places.models import Place

from .comparing import Side, same

MOST_LETTERS = 2000


class StoryForm(forms.Form):
    """The two texts; either may be empty."""

    story_da = Lines(
        most=MOST_LETTERS, rows=10, required=False, label=_("The story in Danish"),
        help_text=_("What the place wants, what it has begun, whom it looks for. Markdown is understood."),
    )  # fmt: skip
    story_en = Lines(
        most=MOST_LETTERS, rows=10, required=False, label=_("The story in English"),
        help_text=_("May be left empty; readers then see the Danish text."),
    )  # fmt: skip


FIELDS = tuple(StoryForm.base_fields)


def may_tell(user: Visitor, place: Place) -> bool:
    """Those who look after the place itself, and curators."""
    scope = scope_of(user)
    return scope.everything or place.pk in scope.places


def place_to_tell(user: Visitor, address: str) -> Place:
    """A place whose story one may write. Others get 403, and 404 where there is no such place."""
    place = Place.objects.defer("outline").at_address(address).first()
    if place is None:
        raise Http404
    if not may_tell(user, place):
        raise PermissionDenied
    return place


def told(place: Place) -> Words:
    """What the place says now, as words."""
    return {name: [getattr(place, name)] for name in FIELDS}


def tell(place: Place, *, began: Words, **texts: str) -> None:
    """Replace what the place said when the writer began. Raises `Overtaken` where it says something else now.

    One conditional update, so that of two people at the same moment only one writes; who comes second reads
    the other's text before replacing it.
    """
    said = {name: values[0] for name, values in began.items()}
    if not Place.objects.filter(pk=place.pk, **said).update(**texts):
        raise Overtaken


def sides(began: Words, now: Words, typed: Words) -> list[Side]:
    """The texts that somebody else has changed meanwhile, beside what was typed."""
    return [
        Side(
            str(StoryForm.base_fields[name].label), began[name][0], now[name][0], typed[name][0],
            overtaken=not same(began[name], typed[name]),
        )
        for name in FIELDS
        if not same(began[name], now[name])
    ]  # fmt: skip


def merged(began: Words, now: Words, typed: Words) -> Words:
    """What was typed where the writer changed a text, and what it says now elsewhere."""
    return {name: _kept(began[name], now[name], typed[name]) for name in FIELDS}


def _kept(began: Sequence[str], now: Sequence[str], typed: Sequence[str]) -> list[str]:
    return list(now if same(began, typed) else typed)
