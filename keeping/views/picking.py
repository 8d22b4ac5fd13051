"""What a picker finds as one types."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from curation.fields import Pick

from ..kinds import kind_to_register


@login_not_required
@require_safe
@never_cache
def find(request: HttpRequest, kind: str, step: str, field: str) -> HttpResponse:
    """Published things only, and one's own organisations; nothing of anybody's draft is read."""
    section = kind_to_register(kind).section(step)
    if not isinstance(section.base_fields.get(field), Pick):
        raise Http404
    by = request.user if isinstance(request.user, User) else None
    return render(request, "keeping/fields/found.html", {"bound": section.of(request.GET, by=by)[field]})
