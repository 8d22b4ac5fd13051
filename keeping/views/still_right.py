"""Still right, something has changed, it has ended: the answers to a mail, without logging in."""

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from actors.access import entry_to_follow
from curation import actions
from curation.actions import Overtaken
from curation.forms import Section

from ..answering import fits, main_facts, save
from ..asking import Answered, Question, question_of, say_changed, say_ended, say_still_right
from ..comparing import merged, seal, sides, unseal
from ..editing import speaker
from ..ending import ending_of
from ..links_in_mails import link_in_mail
from ..requests import MemberRequest
from ..versions import version_in


@link_in_mail
def still_right(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is asked after; confirm it by POST. Answered twice, it is answered once."""
    try:
        question = question_of(token)
    except Answered as before:
        return _thanks(request, before)
    if request.method == "POST":
        with suppress(Overtaken):
            say_still_right(question)
        return redirect("keeping:still_right", token)
    return render(request, "keeping/still_right/ask.html", _context(question, token))


@link_in_mail
def change(request: HttpRequest, token: str) -> HttpResponse:
    """Put right what changes most often; the rest counts as confirmed."""
    try:
        question = question_of(token)
    except Answered:
        return redirect("keeping:still_right", token)
    form = main_facts(question.entry.kind)(_sent(request), entry=question.entry)
    if request.method == "POST" and fits(form, question.entry):
        try:
            say_changed(question, version=version_in(request.POST), write=lambda: save(form, question.entry))
        except Overtaken:
            return _change_again(request, token)
        return redirect("keeping:still_right", token)
    return _form(request, "change", token, question, form)


def _change_again(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody was first: they have answered, and the page says so; or they have changed the entry, and it
    stands beside what was typed.
    """
    try:
        question = question_of(token)
    except Answered:
        return redirect("keeping:still_right", token)
    facts = main_facts(question.entry.kind)
    now, typed = facts.typed(question.entry), facts.words(request.POST)
    began = unseal(request.POST.get("began", "")) or now
    form = facts.of(merged(facts, began, now, typed), entry=question.entry)
    meanwhile = [side for side in sides(facts, began, now, typed) if side.began != side.now]
    return _form(request, "change", token, question, form, status=409, overtaken=True, meanwhile=meanwhile)


@link_in_mail
def ended(request: HttpRequest, token: str) -> HttpResponse:
    """Tell that it has ended; what else was changed since the page was opened is no hindrance."""
    try:
        question = question_of(token)
    except Answered:
        return redirect("keeping:still_right", token)
    ending = ending_of(question.entry.kind)
    pressed = bool(ending.pressed(request.POST))
    form = ending(_sent(request), entry=question.entry, checked=not pressed)
    if request.method == "POST" and not pressed and form.is_valid():
        form.mark(question.entry)
        try:
            say_ended(question, version=question.record.version, **form.told)
        except Overtaken:
            return _form(request, "ended", token, question, form, status=409, overtaken=True)
        return redirect("keeping:still_right", token)
    return _form(request, "ended", token, question, form)


@require_POST
def confirm(request: MemberRequest, public_id: str) -> HttpResponse:
    """The same from one's own page of the entry, without a mail."""
    entry = entry_to_follow(request.user, public_id)
    try:
        organisation = speaker(request.user, entry).organisation
        actions.confirm(entry.record, by=request.user, organisation=organisation)
    except Overtaken:
        messages.error(request, _("Only an entry that is public and has not ended can be confirmed."))
    else:
        messages.success(request, _("Thank you. Readers now see that it was confirmed today."))
    return redirect("keeping:entry", public_id)


# Their parts


def _thanks(request: HttpRequest, before: Answered) -> HttpResponse:
    context = {"asking": before.asking, "record": before.asking.record}
    return render(request, "keeping/still_right/thanks.html", context)


def _context(question: Question, token: str) -> dict[str, Any]:
    facts = main_facts(question.entry.kind)
    return {
        "token": token, "record": question.record, "askings": question.askings,
        "facts": facts.shown(facts.typed(question.entry)),
    }  # fmt: skip


def _form(
    request: HttpRequest, page: str, token: str, question: Question, form: Section, *, status: int = 200,
    **more: Any,
) -> HttpResponse:  # fmt: skip
    """A page sent again keeps what it was made from; one that shows what others changed begins anew."""
    sent = request.POST if status == 200 else QueryDict()
    context = {
        "token": token, "record": question.record, "form": form, "overtaken": False,
        "began": sent.get("began") or seal(form.typed(question.entry)),
        "version": sent.get("version") or question.record.version, **more,
    }  # fmt: skip
    return render(request, f"keeping/still_right/{page}.html", context, status=status)


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
