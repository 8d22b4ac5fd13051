"""What curators type about words: groups that mean the same, and what was done about a search in vain."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from curation.actions.words import NEVER
from curation.fields import Line, Lines
from curation.models import Synonyms
from curation.query import STOP_WORDS
from places.danish import fold

MOST_WORDS, MOST_LETTERS = 20, 80


class SynonymsForm(forms.Form):
    """A group of words, one on each line; `seen` is when the group was last changed as it is shown."""

    words = Lines(
        label=gettext_lazy("Words that mean the same"), most=MOST_WORDS * (MOST_LETTERS + 2), rows=6,
        help_text=gettext_lazy(
            "One on each line, in Danish and in English. A line may hold several words: “loss of memory”."
            " Inflections and spellings without æ, ø, å are found anyway."
        ),
    )  # fmt: skip
    source = Line(
        label=gettext_lazy("Where it comes from"), most=300, required=False,
        help_text=gettext_lazy("A dictionary, a professional, a search in vain. Only curators see it."),
    )  # fmt: skip
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    @classmethod
    def of(cls, group: Synonyms) -> "SynonymsForm":
        """A group as it stands."""
        seen = group.changed_at.isoformat()
        return cls(initial={"words": "\n".join(group.words), "source": group.source, "seen": seen})

    def clean_words(self) -> list[str]:
        """Each word once, however it is spelt."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["words"].splitlines()]
        first: dict[str, str] = {}
        for line in lines:
            first.setdefault(fold(line), line)
        words = [line for folded, line in first.items() if folded]
        for word in words:
            if len(word) > MOST_LETTERS:
                raise ValidationError(
                    _("“%(word)s …” is longer than %(most)s letters.")
                    % {"word": word[:30], "most": MOST_LETTERS}
                )
            if set(fold(word).split()) <= STOP_WORDS:
                raise ValidationError(_("Search passes over “%(word)s”. Take it out.") % {"word": word})
        if len(words) < 2:
            raise ValidationError(_("Write at least two words that mean the same, each on its own line."))
        if len(words) > MOST_WORDS:
            raise ValidationError(
                ngettext(
                    "A group holds at most %(most)s word. Make two groups of it.",
                    "A group holds at most %(most)s words. Make two groups of it.",
                    MOST_WORDS,
                )
                % {"most": MOST_WORDS}
            )
        return words

    @property
    def seen_at(self) -> dt.datetime:
        """The moment the page showed."""
        return moment(self.data.get("seen", ""))


def moment(text: str) -> dt.datetime:
    """A moment as a form sends it back; what is none was never."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return NEVER
    return found if found and found.tzinfo else NEVER


class Settling(forms.Form):
    """What was done about a search in vain."""

    done = Lines(
        label=gettext_lazy("What was done about it?"), most=1000, rows=3,
        help_text=gettext_lazy(
            "For example: added as a synonym, asked the municipality to register its lab, nothing to do."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "f-%s", "label_suffix": ""} | options)
