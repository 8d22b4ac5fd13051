"""Two and three sides of what was typed: what it said when one began, what it says now, what one typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.core import signing

from curation.forms import Section, Words

SALT = "keeping.began"


@dataclass(frozen=True)
class Side:
    """One field on three sides, in words."""

    label: str
    began: str
    now: str
    typed: str
    overtaken: bool  # somebody else has changed it, and so has the reader


def seal(words: Words) -> str:
    """What a page began with, to be sent along with it; signed, so that it comes back as it was."""
    return signing.dumps(words, salt=SALT, compress=True)


def unseal(sealed: str) -> Words | None:
    """What a page began with; nothing if the page does not tell."""
    try:
        words: Words = signing.loads(sealed, salt=SALT)
    except signing.BadSignature:
        return None
    return words


def same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two values say the same; white space around them and empty ones say nothing."""
    return _bare(one) == _bare(other)


def _same(field: forms.Field, one: Sequence[str], other: Sequence[str]) -> bool:
    """Ticks have no order; what is picked has, because the first counts most."""
    if isinstance(field, forms.MultipleChoiceField):
        return sorted(one) == sorted(other)
    return same(one, other)


def changed(section: type[Section], before: Mapping[str, Sequence[str]], after: Words) -> list[str]:
    """The fields that say something else."""
    return [
        name
        for name, field in section.base_fields.items()
        if not _same(field, before.get(name, ()), after.get(name, ()))
    ]


def merged(section: type[Section], began: Words, now: Words, typed: Words) -> Words:
    """What was typed where the reader changed something, and what it says now everywhere else."""
    mine = changed(section, began, typed)
    return {name: list((typed if name in mine else now).get(name, ())) for name in section.base_fields}


def sides(section: type[Section], began: Words, now: Words, typed: Words) -> list[Side]:
    """The fields that the reader or somebody else has changed meanwhile."""
    mine, theirs = set(changed(section, began, typed)), set(changed(section, began, now))
    before, after, wanted = (in_words(section, words) for words in (began, now, typed))
    return [
        Side(label, text, after[name][1], wanted[name][1], overtaken=name in mine and name in theirs)
        for name, (label, text) in before.items()
        if name in mine | theirs
    ]


def in_words(section: type[Section], words: Words) -> dict[str, tuple[str, str]]:
    """What each field is called and says, in the order of the page."""
    return dict(zip(section.of({}).fields, section.shown(words), strict=True))


def _bare(values: Sequence[str]) -> list[str]:
    return [bare for value in values if (bare := value.replace("\r\n", "\n").strip())]
