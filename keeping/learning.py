"""Writing the learning log of a trial: what was learned, when, and what it changed."""

from typing import Any, ClassVar

from django import forms
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import User
from actors.access import entry_to_edit
from curation.choices import Kind
from curation.fields import Lines
from curation.forms import Section
from curation.months import Month
from labs.choices import Changed
from labs.models import Learning, Trial

from .editing import edit_as

ENOUGH = 2000  # letters


class Learned(Section):
    """An entry of the log. Only the first two fields have to be told; it takes a minute."""

    kind = Kind.TRIAL
    slug = "learned"
    title = gettext_lazy("What was learned")
    examples: ClassVar = {
        "learned_da": gettext_lazy(
            "We thought it was about light. Residents woke because supper came at half past five and they"
            " were hungry at three."
        ),
        "how": gettext_lazy(
            "The need is described anew: it is about the evening as a whole. From May supper comes at seven"
            " on ward 2."
        ),
    }

    learned_da = Lines(
        most=ENOUGH, label=gettext_lazy("What was learned? In Danish"),
        help_text=gettext_lazy("Also what did not work. One or two sentences are enough."),
        error_messages={"required": gettext_lazy("Write what was learned.")},
    )  # fmt: skip
    learned_en = Lines(most=ENOUGH, label=gettext_lazy("What was learned, in English"), required=False)
    changed = forms.ChoiceField(
        label=gettext_lazy("What did it change?"), choices=Changed.choices, widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "In a living lab learning changes how one sees the problem and what one does."
        ),
        error_messages={"required": gettext_lazy("Say what it changed, or that it has changed nothing yet.")},
    )  # fmt: skip
    how = Lines(
        most=ENOUGH, rows=3, required=False, label=gettext_lazy("What became different? In Danish"),
        help_text=gettext_lazy("What the need, the method or the solution looks like now."),
    )  # fmt: skip
    on = Month(label=gettext_lazy("When?"), required=True, help_text=gettext_lazy("Month and year."))
    source = Lines(
        most=1500, rows=2, required=False, label=gettext_lazy("Where one can read about it"),
        help_text=gettext_lazy("A web address, a note or a report."),
    )  # fmt: skip

    @classmethod
    def about(cls, learning: Learning | None) -> dict[str, Any]:
        """What a form shows to begin with: an entry of the log, else a new one of this month."""
        if learning is None:
            return {"on": timezone.localdate()}
        return {name: getattr(learning, name) for name in cls.base_fields}


class TakingBack(Section):
    """Why an entry of the log is taken back."""

    kind = Kind.TRIAL
    slug = "taking_back"
    title = gettext_lazy("Take it back")

    reason = Lines(
        most=ENOUGH, rows=3, label=gettext_lazy("Why should it not stand there any more?"),
        help_text=gettext_lazy("The curators and your colleagues can read this; others cannot."),
        error_messages={"required": gettext_lazy("Write why it is taken back.")},
    )  # fmt: skip


def trial_to_write(user: User, slug: str) -> Trial:
    """A published trial whose log somebody may write. Others get 403, and 404 for what is not public."""
    trial: Trial = entry_to_edit(user, Kind.TRIAL, slug)
    return trial


def learning_of(trial: Trial, number: int) -> Learning:
    """An entry of the trial's own log; that of another does not exist."""
    learning = trial.learnings.filter(pk=number).first()
    if learning is None:
        raise Http404
    return learning


def learn(trial: Trial, said: dict[str, Any], *, by: User, version: int) -> None:
    """Write something down; live at once, and the trial's history tells of it. Raises `Overtaken`.

    A page that is sent twice is overtaken by itself, so nothing stands there twice.
    """
    edit_as(trial, by=by, version=version, write=lambda: Learning.objects.create(trial=trial, **said))


def correct(learning: Learning, said: dict[str, Any], *, by: User, version: int) -> None:
    """Say better what was learned; the history keeps what it said before. Raises `Overtaken`."""

    def write() -> None:
        for name, value in said.items():
            setattr(learning, name, value)
        learning.save(update_fields=list(said))

    edit_as(learning.trial, by=by, version=version, write=write)


def take_back(learning: Learning, *, by: User, version: int, reason: str) -> None:
    """Take it off the log. It stays in the trial's history, where everybody can read what it said.

    Raises `Overtaken`.
    """
    edit_as(learning.trial, by=by, version=version, write=learning.delete, reason=reason)
