"""Somebody's webhooks: seen together, made, tried, looked into, ended."""

import json
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keeping.requests import MemberRequest
from keeping.throttle import allowed_for

from ..models import Delivery, Webhook
from ..tasks.webhooks import soon
from ..webhooks import actions, delivering
from ..webhooks.forms import WebhookForm
from ..webhooks.matching import path_of

GET_AND_POST = ["GET", "HEAD", "POST"]
SENT_AN_HOUR = 20  # by hand, for each person
PER_PAGE = 25
# What went wrong, as people say it; other words are those of the machinery.
PROBLEMS = {
    "timeout": gettext_lazy("It did not answer within five seconds."),
    "ConnectionRefusedError": gettext_lazy("Nothing listens there."),
    "forbidden: name": gettext_lazy("The name in the address is not known."),
    "forbidden: network": gettext_lazy("The address lies in a closed network, where nothing is sent."),
    "forbidden: port": gettext_lazy("Only the usual ports 443 and 8443 can be used."),
    "forbidden: https": gettext_lazy("The address has to begin with https://, so that nobody reads along."),
    "ended": gettext_lazy("The webhook was ended before."),
}


@require_safe
@never_cache
def webhooks(request: MemberRequest) -> HttpResponse:
    """Those that are told of changes, and those that were."""
    rows = Webhook.objects.filter(user=request.user).order_by("-ended_at", "-pk")
    context = {"webhooks": [(webhook, path_of(webhook)) for webhook in rows]}
    return render(request, "opendata/webhooks/webhooks.html", context)


@require_http_methods(GET_AND_POST)
@never_cache
@reauthentication_required  # type: ignore[untyped-decorator]
def make(request: MemberRequest) -> HttpResponse:
    """A new webhook; its secret stands in this one answer."""
    form = WebhookForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            webhook = actions.make(**form.said, by=request.user)
        except actions.TooMany:
            said = _("You have %(most)s webhooks, and more cannot be kept. End one you no longer need.")
            form.add_error(None, said % {"most": actions.MOST_WEBHOOKS})
        else:
            return _shown(request, webhook, webhook.secret)
    return render(request, "opendata/webhooks/make.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@never_cache
def webhook(request: MemberRequest, number: int) -> HttpResponse:
    """What was sent, and what became of it. What is not public any more is not shown."""
    found = _own(request, number)
    rows = found.deliveries.select_related("record").order_by("-made_at", "-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "webhook": found, "list_path": path_of(found), "page": page,
        "deliveries": [(row, _body(row), PROBLEMS.get(row.problem, row.problem)) for row in page.object_list],
    }  # fmt: skip
    return render(request, "opendata/webhooks/webhook.html", context)


@require_http_methods(GET_AND_POST)
@never_cache
@reauthentication_required  # type: ignore[untyped-decorator]
def secret(request: MemberRequest, number: int) -> HttpResponse:
    """Another secret, asked once more: the old one signs nothing from then on."""
    found = _running(request, number)
    if request.method == "POST":
        return _shown(request, found, actions.change_secret(found))
    return render(request, "opendata/webhooks/secret.html", {"webhook": found})


@require_POST
def test(request: MemberRequest, number: int) -> HttpResponse:
    """A message that tells of nothing."""
    found = _running(request, number)
    if _not_too_often(request):
        with transaction.atomic():
            actions.send_test(found)
            soon(found.pk)
        messages.success(request, _("A test is on its way. The log says what came back."))
    return redirect("opendata_account:webhook", number)


@require_POST
def again(request: MemberRequest, number: int, delivery: UUID) -> HttpResponse:
    """Once more what could not be delivered, or what the receiver has lost."""
    found = _running(request, number)
    row = Delivery.objects.filter(webhook=found, number=delivery).first()
    if row is None:
        raise Http404
    if _not_too_often(request):
        with transaction.atomic():
            actions.send_again(row)
            soon(found.pk)
        messages.success(request, _("It is sent again. The log says what came back."))
    return redirect("opendata_account:webhook", number)


@require_http_methods(GET_AND_POST)
@never_cache
def end(request: MemberRequest, number: int) -> HttpResponse:
    """Asked once more: nothing is sent any more."""
    found = _running(request, number)
    if request.method == "POST":
        delivering.end(found)
        said = _("“%(name)s” is ended. Nothing more is sent to it.")
        messages.success(request, said % {"name": found.name})
        return redirect("opendata_account:webhooks")
    return render(request, "opendata/webhooks/end.html", {"webhook": found})


def _own(request: MemberRequest, number: int) -> Webhook:
    found = Webhook.objects.filter(pk=number, user=request.user).first()
    if found is None:
        raise Http404
    return found


def _running(request: MemberRequest, number: int) -> Webhook:
    found = _own(request, number)
    if found.ended_at is not None:
        raise Http404
    return found


def _not_too_often(request: MemberRequest) -> bool:
    """Others' servers are not to be troubled through ours."""
    if allowed_for("webhook", str(request.user.pk), each=SENT_AN_HOUR):
        return True
    said = _("You have sent %(most)s messages by hand in the last hour. Try again later.")
    messages.warning(request, said % {"most": SENT_AN_HOUR})
    return False


def _body(delivery: Delivery) -> str:
    """What was sent, to be read by people; nothing of what nobody may read now."""
    if not delivery.body or (delivery.record is not None and not delivery.record.is_public):
        return ""
    return json.dumps(json.loads(delivery.body), indent=2, ensure_ascii=False)


def _shown(request: MemberRequest, webhook: Webhook, text: str) -> HttpResponse:
    return render(request, "opendata/webhooks/made.html", {"webhook": webhook, "text": text})
