"""How good the entries are: counted by kind, place and theme, and listed with what each lacks."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from curation.choices import Kind, Level
from curation.reference import Reference
from keeping.requests import MemberRequest
from places.choices import PlaceKind

from .. import quality as found
from ..access import duty_of


@require_safe
def quality(request: MemberRequest) -> HttpResponse:
    """How many entries are at each level."""
    counted = found.counted(duty_of(request.user))
    return render(request, "desk/quality/quality.html", {"counted": counted, "levels": list(Level)})


@require_safe
def entries(request: MemberRequest) -> HttpResponse:
    """The entries at a level, of a kind, in a place, about a theme; what each lacks for the next level."""
    scope, reference = duty_of(request.user), Reference.now()
    asked = found.Asked.of(request.GET, reference)
    context = {
        "asked": asked,
        "listed": found.Listed.of(asked, scope, reference, request.GET.get("page", "")),
        "levels": list(Level),
        "kinds": list(Kind),
        "places": [place for kind in found.PLACES for place in reference.places_of(kind)],
        "themes": [each for top in reference.top_themes() for each in (top, *reference.themes_below(top))],
        "country": PlaceKind.COUNTRY,
    }
    return render(request, "desk/quality/entries.html", context)
