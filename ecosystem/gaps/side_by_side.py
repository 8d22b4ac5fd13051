"""What lives side by side in a place without being coupled, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curation.choices import Kind
from curation.models import Theme
from curation.reference import Reference
from places.models import Place

from .distance import distance_told
from .parallel import Pair, SideBySide, pairs_of, side_by_side
from .telling import listed, note_of


@dataclass(frozen=True)
class Shelf:
    """A theme under which both sides are there and do not meet: how many, in one sentence, and in pairs."""

    theme: Theme
    told: SideBySide

    @property
    def sentence(self) -> str:
        told = self.told
        pull = [
            ngettext("%(n)s need", "%(n)s needs", told.needs) % {"n": told.needs} if told.needs else "",
            ngettext("%(n)s lab without PUSH", "%(n)s labs without PUSH", told.labs) % {"n": told.labs}
            if told.labs else "",
        ]  # fmt: skip
        push = [
            ngettext("%(n)s offer", "%(n)s offers", told.offers) % {"n": told.offers} if told.offers else "",
            ngettext("%(n)s actor on the PUSH side", "%(n)s actors on the PUSH side", told.actors)
            % {"n": told.actors}
            if told.actors else "",
        ]  # fmt: skip
        return _("%(pull)s live side by side with %(push)s.") % {
            "pull": listed([part for part in pull if part]),
            "push": listed([part for part in push if part]),
        }


@dataclass(frozen=True)
class Meeting:
    """A pair that could meet: what each is, how far apart they are, and where they are introduced."""

    pair: Pair
    pull_note: str
    push_note: str
    distance: str
    path: str


def shelves_of(place: Place, reference: Reference, theme_id: int = 0) -> Sequence[Shelf]:
    """The themes in their order, or the one asked for; kept with the register's version."""
    found = side_by_side(place.pk, reference)
    return [
        Shelf(theme, found[theme.pk])
        for theme in reference.top_themes()
        if theme.pk in found and theme_id in (0, theme.pk)
    ]


def meetings_of(place: Place, reference: Reference, theme: Theme) -> Sequence[Meeting]:
    """The nearest pairs under a theme; two statements."""
    return [_meeting(pair, reference) for pair in pairs_of(place.pk, theme.pk)]


def _meeting(pair: Pair, reference: Reference) -> Meeting:
    """A need is answered with an offer; a lab is written to on its page."""
    path = (
        reverse("keeping:answer", args=[pair.pull.slug])
        if pair.pull.kind == Kind.NEED
        else pair.pull.get_absolute_url()
    )
    notes = note_of(pair.pull, reference), note_of(pair.push, reference)
    return Meeting(pair, *notes, distance_told(pair.kilometres), path)
