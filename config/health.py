"""Two questions a machine asks: does the process live, and may it be sent readers."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@login_not_required
@never_cache
def live(request: HttpRequest) -> JsonResponse:
    """Touches no database, so that a lost one does not get the process killed."""
    return JsonResponse({"status": "ok", "build": settings.BUILD})


@require_safe
@login_not_required
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return JsonResponse({"status": "no database", "build": settings.BUILD}, status=503)
    return JsonResponse({"status": "ok", "build": settings.BUILD})
