"""Telling what one looked for and did not find: words, theme and place, and nothing of people."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curation.choices import Kind
from curation.fields import Line
from curation.models import Theme
from curation.query import MAX_LETTERS
from curation.reference import Reference
from keeping.guarding import Guarded
from places.choices import PlaceKind
from places.danish import fold
from places.models import Place

WHERE = (PlaceKind.REGION, PlaceKind.MUNICIPALITY)
# What stands for one person: a mail address, a CPR number, a telephone number. Two years are none.
PERSONAL = re.compile(
    r"[^\s@]+@[^\s@]+\.\w+"
    r"|(?<!\d)\d{6}[ -]?\d{4}(?!\d)"
    r"|(?<!\d)(?:(?:\+|00)\d{2} ?)?(?!(?:19|20)\d\d (?:19|20)\d\d(?!\d))\d{2} ?\d{2} ?\d{2} ?\d{2}(?!\d)"
)


class Missing(Guarded):
    """What was looked for; filled in from the search, so that a press is enough."""

    q = Line(label=gettext_lazy("What did you look for?"), most=MAX_LETTERS)
    theme = forms.ChoiceField(label=gettext_lazy("Theme"), required=False)
    place = forms.ChoiceField(label=gettext_lazy("Place"), required=False)
    kind = forms.ChoiceField(choices=[("", ""), *Kind.choices], required=False, widget=forms.HiddenInput)
    field_order = ("q", "theme", "place")

    def __init__(self, *args: Any, reference: Reference, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "f-%s", "label_suffix": ""} | options)
        self.reference = reference
        self.fields["theme"].choices = [("", _("Any theme")), *_themes(reference)]  # type: ignore[attr-defined]
        self.fields["place"].choices = [("", _("All of Denmark")), *_places(reference)]  # type: ignore[attr-defined]

    @classmethod
    def asked(cls, query: QueryDict, reference: Reference) -> "Missing":
        """As a search in vain leads to it: of several themes or places the first that is known."""
        form = cls(reference=reference)
        form.initial = {"q": " ".join(query.get("q", "")[:MAX_LETTERS].split())}
        for name, known in (("theme", reference.theme_at), ("place", _known_places(reference))):
            form.initial[name] = next((one for one in query.getlist(name) if one in known), "")
        if query.get("kind") in Kind.values:
            form.initial["kind"] = query["kind"]
        return form

    def clean_q(self) -> str:
        words = " ".join(self.cleaned_data["q"].split())
        if not fold(words):
            raise ValidationError(_("Write what you looked for in words."))
        if PERSONAL.search(words):
            raise ValidationError(
                _(
                    "This looks like an e-mail address, a telephone number or a CPR number. Take it out: what"
                    " you tell is kept and read by curators, and nothing about a person is to be in it."
                )
            )
        return words

    @property
    def said(self) -> dict[str, Any]:
        """What to keep."""
        cleaned = self.cleaned_data
        theme: Theme | None = self.reference.theme_at.get(cleaned["theme"])
        place: Place | None = self.reference.place_at.get(cleaned["place"])
        return {"words": cleaned["q"], "kind": cleaned["kind"], "theme": theme, "place": place}


def _themes(reference: Reference) -> list[tuple[str, str]]:
    ordered = [theme for top in reference.top_themes() for theme in (top, *reference.themes_below(top))]
    return [(theme.slug, f"– {theme.name}" if theme.parent_id else theme.name) for theme in ordered]


def _places(reference: Reference) -> list[tuple[str, str]]:
    return [(place.address, place.name) for kind in WHERE for place in reference.places_of(kind)]


def _known_places(reference: Reference) -> set[str]:
    return {address for address, _name in _places(reference)}
