"""What is done with a run of PULL-spejlet. Nobody is written to by any of it.

Each verb locks what it decides on, the run before its sheets, so that of two people one is told.
"""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from actors.choices import Role
from labs.choices import Half
from labs.models import Assessment, Lab, Sheet, StatementAnswer

from .words import Said, Words, missing, words_of


class Closed(Exception):
    """The run or the sheet is finished, or not there any more: nothing of it can be changed."""


class Elsewhere(Exception):
    """The sheet was saved from another window since this one was opened; it is as `sheet` says now."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__("saved elsewhere")
        self.sheet = sheet


class Unfinished(Exception):
    """Something is missing before it can be finished; `lacking` says what, by field."""

    def __init__(self, lacking: dict[str, str]) -> None:
        super().__init__("unfinished")
        self.lacking = lacking


def begin(lab: Lab, *, by: User) -> Assessment:
    """A run with the lab's sheet, which is whoever begins it; if one is under way, that one."""
    under_way = Assessment.objects.filter(lab=lab, finished_on__isnull=True)
    try:
        return under_way.get()
    except Assessment.DoesNotExist:
        pass
    try:
        with transaction.atomic():
            host = lab.links.running().filter(role=Role.HOST, actor__isnull=False).first()
            run = Assessment.objects.create(lab=lab, host=host.actor if host else None, begun_by=by)
            run.sheets.create(half=Half.LAB, by=by)
    except IntegrityError:  # somebody else began one in the same moment
        return under_way.get()
    return run


@transaction.atomic
def ask(run: Assessment, *, of: User | None) -> Sheet:
    """Open the host's half: for whoever holds its link, or for somebody by name. Raises `Closed`.

    Given anew it keeps what is answered; a link made before is closed while it is somebody's.
    """
    _hold(run)
    sheet, _made = run.sheets.get_or_create(half=Half.HOST)
    if sheet.finished_at is not None:
        raise Closed
    Sheet.objects.filter(pk=sheet.pk).update(by=of)
    sheet.by = of
    return sheet


@transaction.atomic
def stop_asking(run: Assessment) -> None:
    """Take the host's half back, and with it its link and what was answered. Raises `Closed`."""
    _hold(run)
    sheet = run.sheets.select_for_update().filter(half=Half.HOST).first()
    if sheet is not None and sheet.finished_at is not None:
        raise Closed
    if sheet is not None:
        sheet.delete()


@transaction.atomic
def save(sheet: Sheet, words: Words, *, by: User | None, version: int, window: str) -> Sheet:
    """Keep what was typed; when this returns and is committed, it is kept.

    `version` and `window` name what the page was made from, and the page. Raises `Closed`, and `Elsewhere` if
    another window has saved since and says something else.
    """
    held = _hold_sheet(sheet)
    kept = words_of(held)
    if words == kept:
        return held
    if held.version != version and not (window and held.window == window):
        raise Elsewhere(held)
    _write(held, kept, words)
    held.saved_at, held.window, held.post = timezone.now(), window, words.post
    if held.half == Half.HOST and held.by_id is None and by is not None:
        held.by = by  # a member of the host has taken it on
    held.version = F("version") + 1
    held.save(update_fields=["saved_at", "window", "post", "by", "version"])
    held.refresh_from_db(fields=["version"])
    return held


def _write(sheet: Sheet, kept: Words, words: Words) -> None:
    """Only the answers that differ."""
    differing = {number: said for number, said in words.said.items() if said != kept.said[number]}
    sheet.answers.filter(statement__in=[n for n, said in differing.items() if said == Said()]).delete()
    StatementAnswer.objects.bulk_create(
        (
            StatementAnswer(sheet=sheet, statement=number, score=said.score, evidence=said.evidence)
            for number, said in differing.items()
            if said != Said()
        ),
        update_conflicts=True, unique_fields=["sheet", "statement"], update_fields=["score", "evidence"],
    )  # fmt: skip


@transaction.atomic
def finish_sheet(sheet: Sheet) -> Assessment:
    """From now on it is not changed; with the second of two the run is finished too.

    Raises `Closed`, and `Unfinished` where an answer or a line of evidence is missing.
    """
    run = _hold(sheet.assessment)
    held = _hold_sheet(sheet)
    if lacking := missing(words_of(held)):
        raise Unfinished(lacking)
    held.finished_at = timezone.now()
    held.save(update_fields=["finished_at"])
    if run.sheets.filter(finished_at__isnull=False).count() == len(Half):
        _finish(run)
    return run


@transaction.atomic
def finish(run: Assessment) -> None:
    """With what is finished; a half that is not is dropped, and what was answered there.

    Raises `Closed`, and `Unfinished` if no half is finished.
    """
    held = _hold(run)
    if not held.sheets.filter(finished_at__isnull=False).exists():
        raise Unfinished({})
    for sheet in held.sheets.select_for_update().filter(finished_at__isnull=True):
        sheet.delete()
    _finish(held)


def _finish(run: Assessment) -> None:
    run.finished_on = timezone.localdate()
    run.save(update_fields=["finished_on"])


@transaction.atomic
def drop(run: Assessment) -> None:
    """Throw away a run of which nothing is finished. Raises `Closed`."""
    held = _hold(run)
    sheets = list(held.sheets.select_for_update())
    if any(sheet.finished_at for sheet in sheets):
        raise Closed
    for sheet in sheets:
        sheet.delete()
    held.delete()


@transaction.atomic
def show(run: Assessment, *, shown: str) -> None:
    """Choose what everybody may read; it holds as soon as this is committed. Raises `Closed` if under way."""
    held = Assessment.objects.select_for_update().get(pk=run.pk)
    if held.finished_on is None:
        raise Closed
    held.shown = shown
    held.save(update_fields=["shown"])


def _hold(run: Assessment) -> Assessment:
    """A run under way, for this transaction alone."""
    held = Assessment.objects.select_for_update().filter(pk=run.pk, finished_on__isnull=True).first()
    if held is None:
        raise Closed
    return held


def _hold_sheet(sheet: Sheet) -> Sheet:
    """A sheet that is not finished, of a run that is not."""
    held = Sheet.objects.select_for_update().filter(pk=sheet.pk, finished_at__isnull=True).first()
    under_way = Assessment.objects.filter(finished_on__isnull=True)
    if held is None or not under_way.filter(pk=held.assessment_id).exists():
        raise Closed
    return held
