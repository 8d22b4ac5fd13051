"""Writing to those behind an entry, and confirming from a mail that it was oneself."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from actors.access import entry_of, standing
from actors.answering import promise_of
from actors.choices import EnquiryState
from actors.models import Actor
from curation.access import record_to_read
from curation.models import Record
from keeping.links_in_mails import link_in_mail
from keeping.throttle import client_of
from keeping.tokens import Unanswerable

from ..enquiries import access, actions, mails
from ..enquiries.forms import WriteForm
from ..enquiries.limits import TooMany
from ..enquiries.recipients import asked_of, recipients_of


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """The form. Members send at once, others confirm first; what was typed stays where a limit is met."""
    entry = entry_of(record_to_read(kind, slug))
    if entry.record.ended:
        return _ended(request, entry)
    by = request.user if isinstance(request.user, User) else None
    about = access.about_of(request.user, request.GET.get("about", ""))
    form = WriteForm(request.POST, known=bool(by)) if request.method == "POST" else _begun(by)
    status = 200
    if request.method == "POST" and form.is_valid():
        letter = form.letter(language=get_language() or "da", about=about)
        try:
            made = actions.write(entry, letter=letter, by=by, client=client_of(request))
        except TooMany as many:
            form.add_error(None, told(many, entry.record))
            status = 429
        else:
            return _written(request, made, kind, slug)
    return render(request, "outreach/enquiry/write.html", _context(entry, form, about, by), status=status)


@login_not_required
@require_safe
def written(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """What a stranger does next: press the link in the mail."""
    record = record_to_read(kind, slug)
    context = {"record": record, "days": access.CONFIRM_WITHIN.days}
    return render(request, "outreach/enquiry/written.html", context)


@link_in_mail
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """What was typed, to be sent on by POST; pressed again it leads to where the answer will stand."""
    try:
        enquiry = access.unconfirmed(token)
    except Unanswerable as problem:
        if problem.why != "expired":
            raise
        return render(
            request, "outreach/enquiry/run_out.html", {"days": access.CONFIRM_WITHIN.days}, status=410
        )
    if enquiry.state != EnquiryState.UNCONFIRMED:
        return redirect("outreach:enquiry_sender", mails.token_of_sender(enquiry))
    entry = entry_of(enquiry.record)
    if enquiry.record.ended or not enquiry.record.is_public:
        return _ended(request, entry)
    context = {
        "enquiry": enquiry,
        "record": enquiry.record,
        "messages_of": enquiry.messages.all(),
        "told": "",
    }
    if request.method == "POST":
        try:
            actions.confirm(enquiry, client=client_of(request))
        except TooMany as many:
            context["told"] = told(many, enquiry.record)
            return render(request, "outreach/enquiry/confirm.html", context, status=429)
        messages.success(request, _("Your message is sent."))
        return redirect("outreach:enquiry_sender", mails.token_of_sender(enquiry))
    return render(request, "outreach/enquiry/confirm.html", context)


def told(many: TooMany, record: Record) -> str:
    """Why one more is not taken, and when it is."""
    why = {
        "owner": _("Those behind %(name)s have had as many messages as reach them in an hour."),
        "client": _("As many messages as we take in an hour have come from your network or account."),
        "sender": _("You have written as many messages as one can write in a day."),
        "all": _("More messages are being written than the register passes on in an hour."),
    }[many.why] % {"name": record.name}
    again = timezone.localtime(many.again_at)
    shown = "TIME_FORMAT" if again.date() == timezone.localdate() else "DATETIME_FORMAT"
    then = _("Yours is not sent yet, and nothing of it is lost. Send it again after %(time)s.")
    return f"{why} {then % {'time': date_format(again, shown)}}"


# Their parts


def _begun(by: User | None) -> WriteForm:
    if by is None:
        return WriteForm()
    speaks = list(standing(by).speaks_for)
    only = Actor.objects.get(pk=speaks[0]).name if len(speaks) == 1 else ""
    return WriteForm(known=True, initial={"name": by.name, "organisation": only})


def _written(request: HttpRequest, made: Any, kind: str, slug: str) -> HttpResponse:
    if made.sender_id is None:
        return redirect("outreach:written", kind, slug)
    messages.success(request, _("Your message is sent."))
    return redirect("outreach:enquiry", made.pk)


def _context(entry: Any, form: WriteForm, about: Record | None, by: User | None) -> dict[str, Any]:
    return {
        "entry": entry, "record": entry.record, "form": form, "about": about, "known": bool(by),
        "asked": asked_of(entry), "looked_after": recipients_of(entry).looked_after,
        "promise": promise_of(entry.record), "days": access.CONFIRM_WITHIN.days,
    }  # fmt: skip


def _ended(request: HttpRequest, entry: Any) -> HttpResponse:
    """Whom to write to instead: what continues it, and the organisation behind it."""
    heir, owner = entry.heir, asked_of(entry)
    others = [heir] if heir and heir.is_public else []
    if owner and owner.pk != entry.pk and not owner.ended:
        others.append(owner.record)
    context = {"entry": entry, "record": entry.record, "others": others}
    return render(
        request, "outreach/enquiry/ended.html", context, status=409 if request.method == "POST" else 200
    )
