"""Who may do what, for everybody to read."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..roles import ACTIVITIES, ROLES


@login_not_required
@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """The roles, and a table of what each may do."""
    return render(request, "keeping/roles/roles.html", {"roles": ROLES, "activities": ACTIVITIES})
