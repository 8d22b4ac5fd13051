"""The workload: how much waits, for whom and where, and how fast it was answered."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from curation.promises import ANSWER_WORKING_DAYS
from keeping.requests import MemberRequest

from ..access import duty_of
from ..workload.page import Workload


@require_safe
def workload(request: MemberRequest) -> HttpResponse:
    """Curators see all of it, stewards themselves and what they look after."""
    scope = duty_of(request.user)
    context = {
        "workload": Workload.of(request.user, scope),
        "promise": ANSWER_WORKING_DAYS,
        "all": scope.everything,
    }
    return render(request, "desk/workload/workload.html", context)
