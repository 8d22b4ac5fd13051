"""The finder's answer: hits of each kind with their reasons, and what had to be loosened to have any."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from curation.choices import Kind
from curation.models import Record
from curation.reference import Reference
from curation.words import KEPT

from .asking import Reading, limits_of, party_of, read, with_question
from .candidates import Candidate, Limits, Tied, candidates, own_facts, tied
from .matching import Common, Match, Party, Word, match
from .profile import NONE, SHORT_TEXT, Asked, Order, wanted
from .reasons import Teller, Told, kind_told
from .words import Telling, of_entry

FEW, MANY = 5, 60


class Loosened(TextChoices):
    """What was let go because nothing fitted all that was asked."""

    NOTHING = "", ""
    WISHES = (
        "wishes",
        _("Nothing fits the role or is known to be open now. Without these wishes there is this:"),
    )
    REACH = "reach", _("Nothing fits so near. In the whole country there is this:")
    AREA = "area", _("Nothing is about just this. These are about the same area:")
    ALL = "all", _("Nothing in the register is about this yet. These are the nearest that go on:")


@dataclass(frozen=True)
class PartShown:
    """A part of a score in its table."""

    label: str
    points: int
    most: int

    @property
    def width(self) -> int:
        """Of the bar, in units of its view box."""
        return 4 * self.points

    @property
    def full_width(self) -> int:
        return 4 * self.most


@dataclass(frozen=True)
class Hit:
    """Somebody or something that could be a partner."""

    number: int
    match: Match
    record: Record
    told: Told
    what: str
    places: str

    @property
    def parts(self) -> list[PartShown]:
        return [PartShown(str(one.part.label), one.points, one.most) for one in self.match.parts]


@dataclass(frozen=True)
class Section:
    """The hits of one kind, how many there are, and the address that shows all of them."""

    kind: Kind
    label: Any
    total: int
    hits: Sequence[Hit]
    path: str


LABELS: Mapping[Kind, Any] = {
    Kind.LAB: _("Living labs"), Kind.NEED: _("Needs"), Kind.ACTOR: _("Organisations"), Kind.OFFER: _("Offers")
}  # fmt: skip


class Finder:
    """Everything the page shows; each part is found when it is asked for, once.

    At most ten statements in all, however large the register: what is kept with the register's version, the
    words, the candidates (up to three more where nothing fits), the ties, and the entries that are shown.
    """

    def __init__(self, asked: Asked, reference: Reference) -> None:
        self.asked = asked
        self.reference = reference

    @cached_property
    def subject(self) -> Record | None:
        """The entry partners are sought for, if one is named and goes on."""
        if self.asked.subject is None:
            return None
        kind, slug = self.asked.subject
        return Record.objects.current().shown().of_kind(kind).filter(slug=slug).first()

    @cached_property
    def reading(self) -> Reading:
        return read(self.asked, self.reference)

    @property
    def understood_address(self) -> str:
        """The question without its text where that is long: its words, and the themes and places it names."""
        if len(self.asked.text) <= SHORT_TEXT:
            return self.asked.address()
        return self.asked.address(
            text=" ".join(word.shown for word in self.reading.words),
            theme=[theme.slug for theme in self.reading.themes] or NONE,
            place=[place.address for place in self.reading.places] or NONE,
        )

    @cached_property
    def _own(self) -> Candidate | None:
        return own_facts(self.subject, self.reference) if self.subject else None

    @cached_property
    def asker(self) -> Party:
        if self._own is None:
            return party_of(self.asked, self.reading, self.reference)
        return with_question(self._own.party, self.asked, self.reading, self.reference)

    @cached_property
    def all_entries(self) -> int:
        """How many there are to tell how rare a word is."""
        if kept := self.reference.answers.get(KEPT):
            return int(kept.entries)
        return self.reference.keep("published entries", Record.objects.published().count)

    @cached_property
    def words(self) -> Sequence[Telling]:
        """Of an entry all its words, of a text the most telling ones; rarest first."""
        if self._own is None:
            return self.reading.words
        own = of_entry(self._own.lexemes, self.reference, self.all_entries)
        return [*self.reading.words, *own]

    # The answer

    @cached_property
    def _found(self) -> tuple[Loosened, list[Match]]:
        matches: list[Match] = []
        for loosened, limits in self._ladder():
            anything = loosened == Loosened.ALL or not self._has_subject_matter
            if loosened != Loosened.AREA:  # the same candidates, less strictly
                rows = candidates(
                    self.asker, self.words, wanted(self.asked), limits, self.reference,
                    all_entries=self.all_entries, anything=anything,
                )  # fmt: skip
                matches = self._matched(rows)
            found = [one for one in matches if self._fits(one, limits, loosened, anything=anything)]
            if found:
                return loosened, found
        return Loosened.ALL, []

    def _ladder(self) -> Iterator[tuple[Loosened, Limits]]:
        """As asked; without wishes; in the whole country; whatever is nearest."""
        limits = limits_of(self.asked, self.asker, self.reference)
        yield Loosened.NOTHING, limits
        if limits.roles or limits.open_now:
            limits = replace(limits, roles=(), open_now=False)
            yield Loosened.WISHES, limits
        if limits.places or limits.box:
            limits = replace(limits, places=(), box=None)
            yield Loosened.REACH, limits
        yield Loosened.AREA, limits
        yield Loosened.ALL, limits

    def _fits(self, one: Match, limits: Limits, loosened: Loosened, *, anything: bool) -> bool:
        if limits.box and (one.kilometres is None or one.kilometres > self.asked.reach.kilometres):
            return False
        in_area = loosened == Loosened.AREA and one.is_in_the_same_area
        return anything or in_area or one.is_about_the_same

    @property
    def _has_subject_matter(self) -> bool:
        return bool(self.words or self.asker.themes or self.asker.above)

    def _matched(self, rows: Sequence[Candidate]) -> list[Match]:
        ties = tied(self.asker, [row.party.id for row in rows]) if self.subject and rows else {}
        return [
            match(self.asker, row.party, self._common(row, ties.get(row.party.id, Tied()))) for row in rows
        ]

    def _common(self, row: Candidate, ties: Tied) -> Common:
        words = [Word(word.shown, word.rarity) for word in self.words if word.lexemes & row.lexemes]
        english = get_language() == "en"
        names = [(english and name_en) or name_da for name_da, name_en in ties.through]
        return Common(words, names, ties.directly)

    def fitting(self) -> list[int]:
        """The records that fit all that was asked."""
        loosened, found = self._found
        return [one.other.id for one in found] if loosened == Loosened.NOTHING else []

    @property
    def loosened(self) -> Loosened:
        return self._found[0]

    @cached_property
    def sections(self) -> list[Section]:
        """The kinds with hits, in the order they are asked for; all of one kind where that is asked."""
        kinds = [kind for kind in wanted(self.asked) if self.asked.show in ("", kind)]
        of_kind = {kind: sorted(self._of(kind), key=self._order) for kind in kinds}
        shown = {kind: found[: MANY if self.asked.show else FEW] for kind, found in of_kind.items()}
        hits = self._hits([one for found in shown.values() for one in found])
        sections = []
        for kind, found in shown.items():
            own, hits = hits[: len(found)], hits[len(found) :]
            sections.append(
                Section(kind, LABELS[kind], len(of_kind[kind]), own, self.asked.address(show=kind.value))
            )
        return sections

    def _of(self, kind: Kind) -> list[Match]:
        return [one for one in self._found[1] if one.other.kind == kind]

    def _order(self, one: Match) -> tuple[Any, ...]:
        """Who works with the asker already comes after those who do not: what is sought is somebody new."""
        km, days, known = one.kilometres, one.other.confirmed, one.common.tied
        by_fit = (-one.score, km is None, km or 0.0, -one.other.quality, one.other.id)
        match Order.NEAR if self.loosened == Loosened.ALL else self.asked.order:
            case Order.NEAR:
                return known, km is None, km or 0.0, *by_fit
            case Order.FRESH:
                return known, days is None, days or 0, *by_fit
        return known, *by_fit

    def _hits(self, matches: Sequence[Match]) -> list[Hit]:
        """With the entries they are, numbered as the map numbers them; one statement."""
        records = Record.objects.current().shown().in_bulk([one.other.id for one in matches])
        teller = Teller(self.reference, origin=self.asker.x is not None)
        hits = []
        for number, one in enumerate(matches, start=1):
            record = records[one.other.id]
            places = ", ".join(place.name for place in self.reference.places_named(record))
            hits.append(Hit(number, one, record, teller.tell(one, record), kind_told(record), places))
        return hits

    @property
    def total(self) -> int:
        return sum(section.total for section in self.sections)

    @property
    def hits(self) -> list[Hit]:
        return [hit for section in self.sections for hit in section.hits]
