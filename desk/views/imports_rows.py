"""The rows of a file: mended, left out, taken back, made an entry that is there already."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from curation.actions import Overtaken
from curation.views.lists import is_partial
from keeping.columns import columns_of
from keeping.requests import MemberRequest

from ..access import only_curators
from ..choices import BatchState, Verdict
from ..importing import actions
from ..importing.actions import row_seal
from ..importing.preview import Preview, rows_of
from ..importing.sending import Sent, is_number
from ..importing.showing import Table
from ..models import Batch
from .imports_batch import batch_at, page_of


class Done:
    """What came of a press: rows that are different now, and rows somebody else had changed."""

    def __init__(self, sent: Sent) -> None:
        self.sent = sent
        self.mended: list[int] = []
        self.changed: set[int] = set()
        self.overtaken: list[int] = []

    def mend(self, batch: Batch, changes: dict[int, dict[str, str]], request: MemberRequest) -> None:
        if not changes:
            return
        rows, overtaken = actions.mend(batch, changes, seals=self.sent.seals, by=request.user)
        self.mended += [row.number for row in rows]
        self.changed.update(row.number for row in rows)
        self.overtaken += overtaken

    @property
    def notes(self) -> dict[int, str]:
        """What rows somebody else had changed say above what they say now."""
        return {number: self._note(number) for number in self.overtaken}

    def _note(self, number: int) -> str:
        told = _("Somebody else has changed this row meanwhile; it stands as they left it.")
        wrote = "; ".join(text for text in self.sent.changes.get(number, {}).values() if text)
        return " ".join((told, _("You wrote: %(text)s") % {"text": wrote})) if wrote else told


@require_POST
def rows(request: MemberRequest, number: int) -> HttpResponse:
    """Whatever button is pressed, what was written on the page is mended; then the button's own is done."""
    only_curators(request.user)
    batch = batch_at(number)
    sent = Sent.of(request.POST, (column.name for column in columns_of(batch.kind)))
    done = Done(sent)
    try:
        done.mend(batch, _mended(request, sent), request)
        _press(request, batch, done)
    except Overtaken:
        return _refused(request, number, sent)
    batch = batch_at(number)
    if is_partial(request.htmx):
        return _answer(request, batch, done)
    if done.overtaken:
        told = _("Somebody else has changed rows of this file meanwhile.")
        return page_of(request, batch, status=409, overtaken=told, notes=done.notes, typed=done.sent.changes)
    messages.success(request, _told(Preview(batch, request.GET), batch, done))
    return redirect(_next(request, batch, done))


def _mended(request: MemberRequest, sent: Sent) -> dict[int, dict[str, str]]:
    """What was written on the page, and the entry a row was said to be."""
    changes = {row: dict(cells) for row, cells in sent.changes.items()}
    number, _colon, public_id = request.POST.get("same", "").partition(":")
    if is_number(number) and public_id:
        changes.setdefault(int(number), {})["id"] = public_id
    return changes


def _press(request: MemberRequest, batch: Batch, done: Done) -> None:
    """What the pressed button asks for besides; what it names in vain is passed over."""
    form = request.POST
    left = [int(number) for number in form.getlist("leave") if is_number(number)]
    taken = [int(number) for number in form.getlist("take") if is_number(number)]
    if left:
        actions.leave_out(batch, left, by=request.user)
    if taken:
        actions.take_back(batch, taken, by=request.user)
    if "leave_refused" in form:
        actions.leave_out(batch, None, by=request.user)
    done.changed.update(left, taken)


def _refused(request: MemberRequest, number: int, sent: Sent) -> HttpResponse:
    """Somebody is at the file this moment, or has taken it in or dropped it; what was written is kept."""
    batch = batch_at(number)
    if batch.state != BatchState.READY:
        told = _("Somebody else has taken this file in or dropped it meanwhile. Nothing was mended.")
        messages.warning(request, told)
        return _sent_to(request, reverse("desk:import", args=[number]))
    told = _("Somebody else is working on this file at this moment. Send it again.")
    if is_partial(request.htmx):
        context = {"batch": batch, "preview": Preview(batch, request.GET), "changed": [], "told": told}
        return render(request, "desk/import/preview.html#answer", context, status=409)
    return page_of(request, batch, status=409, overtaken=told, typed=sent.changes)


def _sent_to(request: MemberRequest, path: str) -> HttpResponse:
    if not is_partial(request.htmx):
        return redirect(path)
    answer = HttpResponse()
    answer["HX-Redirect"] = path
    return answer


def _answer(request: MemberRequest, batch: Batch, done: Done) -> HttpResponse:
    """Every row of the page that is different now: two rows about the same change together."""
    preview = Preview(batch, request.GET)
    seals = done.sent.seals
    asked = done.changed | seals.keys()
    found = rows_of(batch).filter(number__in=asked)
    changed = [row for row in found if row.number in done.changed or row_seal(row) != seals[row.number]]
    shown = Table(batch, changed, notes=done.notes, typed=done.sent.changes).rows
    context = {"batch": batch, "preview": preview, "changed": shown, "told": _told(preview, batch, done)}
    status = 409 if done.overtaken else 200
    return render(request, "desk/import/preview.html#answer", context, status=status)


def _told(preview: Preview, batch: Batch, done: Done) -> str:
    """One line: what was done, and what is refused still."""
    mended, said = len(done.mended), []
    if mended:
        still = batch.rows.filter(number__in=done.mended, verdict=Verdict.REFUSED).count()
        said.append(ngettext("%(n)s row is mended.", "%(n)s rows are mended.", mended) % {"n": mended})
        if still:
            said.append(
                ngettext("%(n)s of them is refused still.", "%(n)s of them are refused still.", still)
                % {"n": still}
            )
    if done.overtaken:
        said.append(_("Somebody else has changed rows of this file meanwhile."))
    if preview.refused:
        text = ngettext("%(n)s row is refused.", "%(n)s rows are refused.", preview.refused)
        said.append(text % {"n": preview.refused})
    else:
        said.append(_("No row is refused."))
    return " ".join(said)


def _next(request: MemberRequest, batch: Batch, done: Done) -> str:
    """Back to the page, at the next fault: the one below what was mended, else the first there is."""
    preview = Preview(batch, request.GET)
    path = reverse("desk:import", args=[batch.pk])
    after = max(done.changed, default=0)
    below = [row.place for row in preview.rows if row.place and row.number >= after]
    faults = below or [row.place for row in preview.rows if row.place]
    if not faults and preview.refused and preview.show == Verdict.REFUSED:
        return path + preview.first_fault
    place = faults[0] if faults else f"row-{after}" if after else "import-summary"
    return f"{path}?{preview.query}#{place}"
