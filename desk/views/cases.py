"""One case: everything about it, the decision, and the next one by itself."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from curation.actions import Overtaken
from curation.models import ReasonText
from keeping.requests import MemberRequest

from ..access import duty_of
from ..cases import Case, case_of
from ..forms import Deciding
from ..parts import Part, part_of
from ..queues import Queue, Row, queue_named

BESIDE = 25


@require_http_methods(["GET", "HEAD", "POST"])
def case(request: MemberRequest, queue: str, number: str) -> HttpResponse:
    """Show a case and decide it; of two curators one wins, and the other is told."""
    of = queue_named(queue)
    scope = duty_of(request.user)
    part = part_of(request.user, scope, request.GET)
    found = case_of(of.slug).load(number, scope)
    found.typed = request.POST
    rows = part.kept(of.around(part.scope, number, BESIDE))
    if request.method != "POST":
        form = Deciding(initial={"version": found.version})
        return _page(request, of, part, found, number, rows, form)
    if "insert" in request.POST:
        return _page(request, of, part, found, number, rows, _with_text(request, found))
    form = Deciding(
        request.POST,
        decisions=[decision.slug for decision in found.decisions],
        needing=[decision.slug for decision in found.decisions if decision.needs_words],
    )
    if not found.decisions:
        return _page(request, of, part, found, number, rows, form, status=409)
    if not form.is_valid():
        return _page(request, of, part, found, number, rows, form, status=422)
    try:
        done = _decide(request, found, form)
    except Overtaken:
        found = case_of(of.slug).load(number, scope)
        found.typed = request.POST
        return _page(request, of, part, found, number, rows, form, status=409)
    except ValidationError as problem:
        for message in problem.messages:
            form.add_error(None, message)
        return _page(request, of, part, found, number, rows, form, status=422)
    messages.success(request, done)
    return _next(of, part, number, rows)


def _decide(request: MemberRequest, found: Case, form: Deciding) -> str:
    said = form.cleaned_data
    return found.decide(
        said["decision"], by=request.user, version=said["version"], reason=said["reason"], form=request.POST
    )


def _with_text(request: MemberRequest, found: Case) -> Deciding:
    """The form as it was, with a text from the shelf under what was typed."""
    words = request.POST.copy()
    chosen = words.get("text", "")
    text = ReasonText.objects.filter(pk=chosen).first() if chosen.isdecimal() else None
    if text is not None:
        author = found.record.created_by
        said = text.text_en if author and author.language == "en" else text.text_da
        words["reason"] = "\n\n".join(part for part in (words.get("reason", "").strip(), said) if part)
    return Deciding(initial={"version": words.get("version"), "reason": words.get("reason")})


def _next(of: Queue, part: Part, number: str, rows: Sequence[Row]) -> HttpResponse:
    """The one after it in the list as it stood, else the first that waits, else the list."""
    numbers = [row.number for row in rows]
    after = rows[numbers.index(number) + 1 :] if number in numbers else ()
    waiting = of.still(part.scope, [row.number for row in after])
    following = [row for row in after if row.number in waiting]
    for row in following or part.kept(of.rows(part.scope, 0, 2)):
        if row.number != number:
            return redirect(row.path)
    return redirect(part.keep(reverse("desk:queue", args=[of.slug])))


def _page(
    request: MemberRequest, of: Queue, part: Part, found: Case, number: str, rows: Sequence[Row],
    form: Deciding, *, status: int = 200,
) -> HttpResponse:  # fmt: skip
    numbers = [row.number for row in rows]
    place = numbers.index(number) if number in numbers else -1
    texts = ReasonText.objects.filter(occasion__in=found.occasions).order_by("occasion", "order", "pk")
    author = found.record.created_by
    if found.asks:
        form.fields["reason"].label = str(found.asks)
    context = {
        "queue": of,
        "queue_path": part.keep(reverse("desk:queue", args=[of.slug])),
        "case": found,
        "record": found.record,
        "number": number,
        "rows": rows,
        "before": rows[place - 1] if place > 0 else None,
        "after": rows[place + 1] if 0 <= place < len(rows) - 1 else None,
        "form": form,
        "texts": texts if found.decisions else [],
        "author_reads": author.language if author else "da",
        "overtaken": status == 409,
        "told": _("Somebody else has decided or changed it meanwhile.") if status == 409 else "",
        **found.shown(),
    }
    return render(request, found.template, context, status=status)
