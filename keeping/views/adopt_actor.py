"""What an organisation has taken over, and what others have taken over from it."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from curation.access import record_to_read
from curation.caching import public_page
from curation.choices import Kind
from labs.models import Adoption

# What goes on first, and what is newest in use.
ORDER = (F("ended_on").desc(nulls_first=True), F("in_use_since").desc(nulls_last=True), "pk")
MOST = 100


@login_not_required
@require_safe
@public_page
def reuse(request: HttpRequest, slug: str) -> HttpResponse:
    """Both lists; the organisation's page shows them where JavaScript runs, and else leads here."""
    record = record_to_read(Kind.ACTOR, slug)
    if record.slug != slug:
        return redirect("keeping:reuse", record.slug, permanent=True)
    shown = Adoption.objects.public().with_adopter().with_solution().order_by(*ORDER)
    context = {
        "actor": record.actor,
        "taken_over": list(shown.filter(adopter=record.pk)[:MOST]),
        "passed_on": list(shown.filter(solution__owner=record.pk)[:MOST]),
    }
    return render(request, "keeping/adopting/reuse.html", context)
