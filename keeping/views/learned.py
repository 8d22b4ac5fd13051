"""Writing down what was learned by a trial, changing an entry of its log, taking one back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from curation.access import record_to_read
from curation.actions import Overtaken
from curation.choices import Kind
from curation.forms import Section
from labs.learning import log_of
from labs.models import Learning, Trial

from .. import learning as log
from ..learning import Learned, TakingBack
from ..requests import MemberRequest
from ..versions import version_in

GET_AND_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_AND_POST)
def learn(request: MemberRequest, slug: str) -> HttpResponse:
    """One more entry of the log, in a minute; below it what stands there already."""
    try:
        trial = log.trial_to_write(request.user, slug)
    except PermissionDenied:
        record = record_to_read(Kind.TRIAL, slug)
        return render(request, "keeping/edit/refused.html", {"record": record}, status=403)
    if request.method != "POST":
        return _form(request, trial, Learned(initial=Learned.about(None)))
    form = Learned(request.POST, files=request.FILES)
    if not form.is_valid():
        return _form(request, trial, form)
    try:
        log.learn(trial, form.cleaned_data, by=request.user, version=version_in(request.POST))
    except Overtaken:
        return _overtaken(request, slug, form)
    messages.success(request, _("Written down. It can be read on the page now."))
    return redirect(f"{trial.get_absolute_url()}#log")


@require_http_methods(GET_AND_POST)
def correct(request: MemberRequest, slug: str, number: int) -> HttpResponse:
    """An entry of the log as it stands, to be said better."""
    trial = log.trial_to_write(request.user, slug)
    learning = _still_there(request, trial, number)
    if learning is None:
        return _overtaken(request, slug, Learned(request.POST, checked=False))
    if request.method != "POST":
        return _form(request, trial, Learned(initial=Learned.about(learning)), learning)
    form = Learned(request.POST, files=request.FILES)
    if not form.is_valid():
        return _form(request, trial, form, learning)
    try:
        log.correct(learning, form.cleaned_data, by=request.user, version=version_in(request.POST))
    except Overtaken:
        return _overtaken(request, slug, form, number)
    messages.success(request, _("Saved. It can be read on the page now."))
    return redirect(f"{trial.get_absolute_url()}#learned-{number}")


@require_http_methods(GET_AND_POST)
def take_back(request: MemberRequest, slug: str, number: int) -> HttpResponse:
    """Off the log, with a reason; the history keeps it."""
    trial = log.trial_to_write(request.user, slug)
    learning = log.learning_of(trial, number)
    if request.method != "POST":
        return _form(request, trial, TakingBack(), learning)
    form = TakingBack(request.POST, files=request.FILES)
    if not form.is_valid():
        return _form(request, trial, form, learning)
    reason = form.cleaned_data["reason"]
    try:
        log.take_back(learning, by=request.user, version=version_in(request.POST), reason=reason)
    except Overtaken:
        return _overtaken(request, slug, form, number)
    messages.success(request, _("It is taken back. The history keeps what it said."))
    return redirect(f"{trial.get_absolute_url()}#log")


def _still_there(request: MemberRequest, trial: Trial, number: int) -> Learning | None:
    """The entry of the log; nothing where one sends a form about one that was taken back meanwhile."""
    try:
        return log.learning_of(trial, number)
    except Http404:
        if request.method != "POST":
            raise
        return None


def _overtaken(
    request: MemberRequest, slug: str, form: Section, number: int | None = None
) -> HttpResponse:  # fmt: skip
    """Somebody has changed the trial meanwhile: this is how its log stands now; what was typed is kept.

    What was typed about an entry that is gone can be written down as a new one.
    """
    trial = log.trial_to_write(request.user, slug)
    learning = trial.learnings.filter(pk=number).first() if number else None
    return _form(request, trial, form, learning, overtaken=True)


def _form(
    request: MemberRequest, trial: Trial, form: Section, learning: Learning | None = None, *,
    overtaken: bool = False,
) -> HttpResponse:  # fmt: skip
    context: dict[str, Any] = {
        "trial": trial, "record": trial.record, "section": form, "learning": learning, "overtaken": overtaken,
        "log": log_of(trial.learnings.order_by("on", "pk")),
    }  # fmt: skip
    template = f"keeping/learning/{form.slug}.html"
    return render(request, template, context, status=409 if overtaken else 200)
