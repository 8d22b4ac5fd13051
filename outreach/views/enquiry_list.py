"""One's own enquiries: what one has sent, what has come, what waits."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from actors.choices import EnquiryState
from actors.models import Enquiry
from keeping.requests import MemberRequest

from ..enquiries.access import received_by, sent_by

MOST = 100


@never_cache
@require_safe
def enquiries(request: MemberRequest) -> HttpResponse:
    """What waits for an answer first, the oldest promise before the others; then the rest, newest first."""
    received, sent = received_by(request.user)[: MOST + 1], sent_by(request.user)[: MOST + 1]
    waiting, others = _waiting(received[:MOST])
    context = {
        "waiting": waiting, "received": others, "sent": sent[:MOST], "most": MOST,
        "more": len(received) > MOST or len(sent) > MOST, "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "outreach/enquiry/list.html", context)


def _waiting(rows: Iterable[Enquiry]) -> tuple[list[Enquiry], list[Enquiry]]:
    """Those that wait, and the others."""
    sides: tuple[list[Enquiry], list[Enquiry]] = ([], [])
    for row in rows:
        sides[row.state != EnquiryState.SENT].append(row)
    return sorted(sides[0], key=lambda row: str(row.answer_by)), sides[1]
