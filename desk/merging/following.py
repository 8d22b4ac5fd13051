"""What follows from a merge in other entries, and what comes too late for it.

Whoever ties something to an entry reads first that it is public. Where a merge ends between that and the end
of their own transaction, their row names the merged entry and nobody reads it. So a worker looks again, once
all who had read the entry before are done.
"""

from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from accounts.models import User
from actors.access import entry_of
from curation import actions, search
from curation.choices import Verb
from curation.models import Entry, Record

from ..importing import writing
from ..models import Merge
from .moving import Moving
from .steps import Step, Steps, told

LONGEST_WORK = 300  # seconds; no page and no job that ties entries holds a transaction open for so long


def others(merge: Merge, steps: Sequence[Step], verb: Verb, *, by: User) -> None:
    """A version and a line in the log for other entries that say something else in a field of theirs.

    Who edits one reads it anew, and who reads its history finds why.
    """
    changed: set[int] = set()
    for step in steps:
        model, _before, _after = told(step)
        if issubclass(model, Entry):
            changed |= set(step["rows"])
    changed -= {merge.gone_id, merge.kept_id}
    writing.raise_versions(changed)
    rows = Record.objects.filter(pk__in=changed).order_by("pk").values_list("pk", "version")
    writing.log(list(rows), Verb.EDITED, by=by, reason=_why(merge, verb))


def _why(merge: Merge, verb: Verb) -> str:
    with translation.override("da"):
        text = (
            _("%(gone)s was merged into %(kept)s.")
            if verb == Verb.MERGED
            else _("The merge of %(gone)s into %(kept)s was undone.")
        )
        return text % {"gone": merge.gone.name, "kept": merge.kept.name}


def rewrite(gone: Record, kept: Record, touched: Collection[int]) -> None:
    """Write anew what is derived of both, of all they are tied to, and of all they were tied to before."""
    linked = {*touched, *search.linked_to(gone), *search.linked_to(kept), gone.pk}
    actions.rewritten(kept, *linked)


def later(merge: Merge) -> None:
    """Have a worker look again, once this transaction is committed and all who were at it are done."""
    job = app.configure_task("desk.follow_merge", queue="jobs", schedule_in={"seconds": LONGEST_WORK})
    job.defer(number=merge.pk)


@transaction.atomic
def catch_up(number: int) -> None:
    """Move what has come to the merged entry since, as the merge would have; nothing where it was undone."""
    merge = Merge.objects.select_related("by").filter(pk=number, undone_at=None).first()
    if merge is None:
        return
    gone, kept = (Record.objects.shown().get(pk=pk) for pk in (merge.gone_id, merge.kept_id))
    touched = {*search.linked_to(gone), *search.linked_to(kept)}
    actions.hold(gone, kept)
    merge = Merge.objects.select_for_update().get(pk=number)
    steps = Steps()
    if merge.undone_at is None:
        Moving(entry_of(gone), entry_of(kept), by=merge.by, steps=steps, again=True).move()
    if steps.done:
        merge.moved = [*merge.moved, *steps.done]
        merge.save(update_fields=["moved"])
        others(merge, steps.done, Verb.MERGED, by=merge.by)
        rewrite(gone, kept, touched)
