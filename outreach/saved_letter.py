"""What a mail says of saved searches: for each what is new in it, each entry named once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import Truncator

from curation.cards import card
from curation.choices import Kind
from curation.models import Record, SavedSearch
from curation.reference import Reference
from mail import links

from .saved_pages import page_at
from .saved_stopping import stop_link

NAMED = 10
LINE_LETTERS = 140


@dataclass(frozen=True)
class New:
    """What is new in a search: the entries, or of a broad one only how many of how many (`total`)."""

    search: SavedSearch
    pks: frozenset[int] = frozenset()
    number: int = 0
    total: int | None = None

    def __bool__(self) -> bool:
        return bool(self.pks or self.number)


@dataclass(frozen=True)
class Hit:
    """An entry as a mail tells of it."""

    name: str
    what: str
    line: str
    page: str


@dataclass(frozen=True)
class Part:
    """What a mail says of one search. `above`: new to it too, but told further up; `more`: not named."""

    new: New
    label: str
    hits: Sequence[Hit]
    above: int
    more: int
    see: str
    change: str
    stop: str

    @property
    def name(self) -> str:
        """As its reader called it, in one line."""
        return " ".join(self.new.search.name.split())

    @property
    def number(self) -> int:
        """How many it tells of for the first time."""
        return self.new.number or len(self.hits) + self.more


def parts_of(news: Iterable[New], language: str) -> list[Part]:
    """The mail's parts in the reader's language; three statements, however much is new."""
    news = list(news)
    order = _newest_first(pk for new in news for pk in new.pks)
    own = _once_each(news, order)
    hits = _hits(pk for pks in own.values() for pk in pks[:NAMED])
    return [_part(new, own[new.search.pk], hits, language) for new in news]


def _newest_first(pks: Iterable[int]) -> dict[int, int]:
    ids = Record.objects.filter(pk__in=set(pks)).newest().values_list("pk", flat=True)
    return {pk: place for place, pk in enumerate(ids)}


def _once_each(news: Sequence[New], order: Mapping[int, int]) -> dict[int, list[int]]:
    """The entries of each search that no search above it has."""
    own: dict[int, list[int]] = {}
    said: set[int] = set()
    for new in news:
        own[new.search.pk] = sorted(new.pks - said, key=order.__getitem__)
        said |= new.pks
    return own


def _hits(pks: Iterable[int]) -> dict[int, Hit]:
    reference = Reference.now()
    rows = Record.objects.filter(pk__in=list(pks)).select_related(*Kind.values).shown().order_by("pk")
    return {record.pk: _hit(record, reference) for record in rows}


def _hit(record: Record, reference: Reference) -> Hit:
    shown = card(record, reference)
    return Hit(
        name=_in_one_line(shown.name),
        what=f"{record.get_kind_display()} · {_in_one_line(shown.meta)}",
        line=Truncator(_in_one_line(shown.summary.text)).chars(LINE_LETTERS),
        page=links.absolute(shown.path),
    )


def _part(new: New, own: Sequence[int], hits: Mapping[int, Hit], language: str) -> Part:
    search, page = new.search, page_at(new.search.path)
    query = "&".join(part for part in (search.query, page.newest if page else "") if part)
    return Part(
        new=new,
        label=str(page.label) if page else "",
        hits=[hits[pk] for pk in own[:NAMED]],
        above=len(new.pks) - len(own),
        more=len(own[NAMED:]),
        see=links.absolute(f"{search.path}?{query}" if query else search.path, language),
        change=links.absolute(reverse("outreach:search", args=[search.pk])),
        stop=stop_link(search.user_id, [search.pk]),
    )


def _in_one_line(text: str) -> str:
    return " ".join(text.split())
