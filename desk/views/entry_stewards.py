"""Who looks after one entry: by itself, and by its places and themes."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from curation import stewards as keeping_after
from curation.access import can_curate
from curation.choices import State
from curation.looking_after import keepers
from curation.models import Record, Stewardship
from keeping.requests import MemberRequest

from ..access import duty_of
from ..people import person_named
from ..steward_forms import EntryStewardForm


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: MemberRequest, public_id: str) -> HttpResponse:
    """Who looks after an entry of one's own part of the register; curators give it to somebody."""
    record = _record(request, public_id)
    curates = can_curate(request.user)
    form = EntryStewardForm(request.POST if request.method == "POST" else None) if curates else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid() and _give(request, form, record):
            return redirect("desk:entry_stewards", public_id)
    rows = Stewardship.objects.of_record(record).with_scope().order_by("since", "pk")
    context = {"record": record, "keepers": keepers(rows), "form": form, "curates": curates}
    return render(request, "desk/entry_stewards.html", context, status=422 if form and form.errors else 200)


def _record(request: MemberRequest, public_id: str) -> Record:
    """An entry somebody looks after; for others it does not exist."""
    scope = duty_of(request.user)
    record = Record.objects.shown().exclude(state=State.MERGED).filter(public_id=public_id).first()
    if record is None or not scope.covers(record):
        raise Http404
    return record


def _give(request: MemberRequest, form: EntryStewardForm, record: Record) -> bool:
    person = person_named(form, "email")
    if person is None:
        return False
    try:
        keeping_after.give_entry(person, record, by=request.user)
    except keeping_after.AlreadySteward:
        form.add_error("email", _("This person looks after it already."))
        return False
    messages.success(request, _("%(who)s looks after %(what)s now.") % {"who": person, "what": record})
    return True
