"""The finder's questions as searches that can be saved: what fits all that was asked is told when new."""

from collections.abc import Sequence

from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from curation.models import Record
from curation.querysets import RecordQuerySet
from curation.reference import Reference
from outreach.saved_pages import Page

from .finding import Finder
from .profile import Asked

# They say how the answer is shown, not what it is.
OF_THE_PAGE = ("sort", "show", "cut")
TEXT_LETTERS = 60


class Question:
    """A question to the finder. What was loosened to have an answer is never told."""

    def __init__(self, finder: Finder) -> None:
        self.finder = finder

    @property
    def parameters(self) -> QueryDict:
        asked = QueryDict(self.finder.asked.address()[1:], mutable=True)
        for name in OF_THE_PAGE:
            asked.pop(name, None)
        for name in asked:
            asked.setlist(name, sorted(asked.getlist(name)))
        return asked

    @property
    def words(self) -> Sequence[str]:
        asked, subject = self.finder.asked, self.finder.subject
        text = f"“{Truncator(asked.text).chars(TEXT_LETTERS)}”" if asked.text else ""
        named = [subject.name if subject else "", text, asked.group]
        return [
            *filter(None, named),
            *(theme.name for theme in asked.themes),
            *(p.name for p in asked.places),
        ]

    def hits(self) -> RecordQuerySet:
        return Record.objects.current().filter(pk__in=self.finder.fitting())


def read(said: QueryDict, reference: Reference) -> Question | None:
    """Nothing where nothing is asked, or the entry partners are sought for is no more."""
    finder = Finder(Asked.read(said, reference), reference)
    gone = finder.asked.subject is not None and finder.subject is None
    return Question(finder) if finder.asked and not gone else None


PAGE = Page("ecosystem:partners", _("Practice partners"), read)
