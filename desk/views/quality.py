"""How good the entries are: counted by kind, place and theme, and listed with what each lacks."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from curation.choices import Kind, Level
from curation.qualities import qualities
from curation.reference import Reference
from keeping.requests import MemberRequest

from .. import quality as found
from ..access import duty_of
from ..paging import Paged


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
    paged = Paged.asked(request.GET, asked.rows(scope, reference))
    known = qualities(paged.rows)
    context = {
        "asked": asked,
        "paged": paged,
        "rows": [(record, known[record.pk]) for record in paged.rows],
        "levels": list(Level),
        "kinds": list(Kind),
        "places": reference.places_in_order(),
        "themes": reference.themes_in_order(),
    }
    return render(request, "desk/quality/entries.html", context)
