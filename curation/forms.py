"""What every form about an entry has in common.

A **section** is one part of what is said of an entry: a step of registering it, a part of the page that edits
it, fields of a suggested edit. Each app of entries has `forms.SECTIONS`, in the order they are asked.

*Words* are what somebody typed, `{field: [string, …]}`: one key for each field, JSON through and through, so
that a draft can keep them and two can be compared. What a browser sends becomes words by `Section.words`,
what an entry says by `Section.typed`; equal words say the same.

    section = Section(request.POST, entry=entry)   # words, or what a browser sent; or nothing
    section = Section(entry=entry)                 # not bound: shows what the entry says
    if Section.pressed(request.POST): …            # a picker's button (search, add, remove): show it again,
                                                   # Section(request.POST, entry=entry, checked=False)
    section.is_valid(); section.problems           # for the summary of errors: where, and what
    section.write(entry); save record and entry; section.write_ties(entry, by=user)
    Section.shown(words)                           # [(label, text), …], one pair for each field, in order
    {% include "keeping/section.html" %}           # its fields with labels, hints, examples and errors
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django import forms
from django.forms.utils import ErrorDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from accounts.models import User

from . import search
from .access import Visitor
from .fields import Pick, PickBound
from .models import Entry
from .months import Month, month_in, month_in_words
from .reference import Reference

type Words = dict[str, list[str]]


@dataclass(frozen=True)
class Problem:
    """What is wrong, and the id of the element to go to."""

    field: str
    message: str


@dataclass(frozen=True)
class Part:
    """A field as pages show it: which template draws it, its worked example, a heading before it."""

    bound: forms.BoundField
    look: str
    example: Any
    heading: Any


class Section(forms.Form):
    """One part of what is said of an entry.

    Values of fields named like a column of the entry are put there, those in `of_record` on its record; what
    is kept elsewhere a section says (`said`) and writes (`write_ties`) itself. With `checked=False` it shows
    what was typed and says nothing of what is wrong.
    """

    kind: ClassVar[str]
    slug: ClassVar[str]
    title: ClassVar[Any]
    lead: ClassVar[Any] = ""
    examples: ClassVar[Mapping[str, Any]] = {}
    headings: ClassVar[Mapping[str, Any]] = {}
    of_record: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, entry: Entry | None = None,
        initial: Mapping[str, Any] | None = None, checked: bool = True, files: Any = None,
        reference: Reference | None = None, by: Visitor | None = None, **options: Any,
    ) -> None:  # fmt: skip
        if initial is None and entry is not None:
            initial = self.said(entry)
        words = None if data is None else MultiValueDict(self.words(data))
        options = {"auto_id": "f-%s", "label_suffix": ""} | options
        super().__init__(words, files, initial=dict(initial or {}), **options)
        self.entry, self.checked, self.by = entry, checked, by
        self._reference = reference
        for pick in self._picks():
            pick.section = self

    @property
    def reference(self) -> Reference:
        """Themes and places, read when they are first asked for."""
        if self._reference is None:
            self._reference = Reference.now()
        return self._reference

    @property
    def kept(self) -> frozenset[int]:
        """The records the entry is tied to already, which may stay chosen though they are not public."""
        if self.entry is None or self.entry.pk is None:
            return frozenset()
        return frozenset(search.linked_to(self.entry.record)) | {getattr(self.entry, "owner_id", 0) or 0}

    @property
    def made(self) -> list[str]:
        """The fields in which something new can be named, which has an entry once it is written."""
        return [name for name, field in self.fields.items() if isinstance(field, Pick) and field.adds]

    def _picks(self) -> Iterator[Pick]:
        return (field for field in self.fields.values() if isinstance(field, Pick))

    # Words

    @classmethod
    def words(cls, data: Mapping[str, Any]) -> Words:
        """What a browser sent, or words, as words; buttons that add and remove have done so."""
        every = data if isinstance(data, MultiValueDict) else MultiValueDict(data)
        words: Words = {}
        for name, field in cls.base_fields.items():
            if isinstance(field, Pick):
                words |= field.words(every, name)
            else:
                words[name] = _words(field, every.getlist(name))
        return words

    @classmethod
    def typed(cls, entry: Entry) -> Words:
        """What an entry says now, as somebody would have typed it."""
        said = cls.said(entry)
        return {name: _words(field, _strings(said.get(name))) for name, field in cls.base_fields.items()}

    @classmethod
    def pressed(cls, data: Mapping[str, Any]) -> str:
        """The field one of whose own buttons was pressed: search, add, remove; else nothing."""
        names = (name for name, field in cls.base_fields.items() if isinstance(field, Pick))
        return next((name for name in names if Pick.pressed(data, name)), "")

    @classmethod
    def looked_for(cls, words: Mapping[str, Sequence[str]]) -> str:
        """The field where somebody has typed what to find, and has not chosen anything."""
        names = (name for name, field in cls.base_fields.items() if isinstance(field, Pick))
        return next((name for name in names if any(words.get(f"{name}-find", ()))), "")

    @classmethod
    def shown(cls, words: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
        """The words as people read them: for each field in order a label and a text, which may be empty."""
        section = cls({name: list(values) for name, values in words.items()}, checked=False)
        return [
            (str(field.label), _text(field, words.get(name, ()))) for name, field in section.fields.items()
        ]

    # Entry

    @classmethod
    def said(cls, entry: Entry) -> dict[str, Any]:
        """What the entry says now, as initial values of the fields."""
        said = {name: getattr(entry, name) for name in cls.base_fields if _has_column(entry, name)}
        return said | {name: getattr(entry.record, name) for name in cls.of_record}

    def write(self, entry: Entry) -> None:
        """Put the cleaned values on the entry and its record; saving them is the caller's."""
        for name, value in self.cleaned_data.items():
            if name in self.of_record:
                setattr(entry.record, name, value)
            elif _has_column(entry, name):
                setattr(entry, name, value)

    def write_ties(self, entry: Entry, *, by: User | None = None) -> None:
        """Save what hangs on the entry: themes, places, links. Called after the entry was saved.

        Organisations named on the spot are made in the name of `by`, and wait for the curators.
        """

    # Pages

    @property
    def parts(self) -> list[Part]:
        """The fields as pages show them, without those in English."""
        return [self._part(name) for name in self.fields if not name.endswith("_en")]

    @property
    def english(self) -> list[Part]:
        """The fields in English, which stand by themselves: most write in Danish first."""
        return [self._part(name) for name in self.fields if name.endswith("_en")]

    @property
    def has_english(self) -> bool:
        """Whether something is written there, or is wrong."""
        bounds = [self[name] for name in self.fields if name.endswith("_en")]
        return any(bound.value() or bound.errors for bound in bounds)

    def _part(self, name: str) -> Part:
        look = getattr(self.fields[name], "look", "field")
        return Part(self[name], look, self.examples.get(name, ""), self.headings.get(name, ""))

    @property
    def problems(self) -> list[Problem]:
        """What is wrong, in the order of the page; nothing where it is not checked."""
        found: list[Problem] = []
        for name in self.fields:
            bound: Any = self[name]
            if isinstance(bound, PickBound):
                found += [Problem(*problem) for problem in bound.problems]
            else:
                found += [Problem(bound.error_target, str(error)) for error in bound.errors]
        return found

    @property
    def centre(self) -> tuple[float, float] | None:
        """Latitude and longitude round which to ask for a point; None where no point is asked for."""
        return None

    @classmethod
    def of(cls, words: Mapping[str, Any], **options: Any) -> Self:
        """A section that only shows what was typed."""
        return cls(words, checked=False, **options)

    def full_clean(self) -> None:
        """Nothing is wrong with what is not checked. A file in the place of text is told beside the field."""
        if not self.checked:
            self._errors, self.cleaned_data = ErrorDict(renderer=self.renderer), {}
            return
        super().full_clean()
        for name in self.files:
            if name in self.fields:
                self.add_error(name, _("Write text here. A file was sent, and it has not been kept."))


def _has_column(entry: Entry, name: str) -> bool:
    return any(field.name == name for field in entry._meta.concrete_fields)


def _words(field: forms.Field, values: Iterable[Any]) -> list[str]:
    """One string for a field of one value, and as many as are chosen for the others."""
    typed = [_plain(value) for value in values]
    if isinstance(field, Pick | forms.MultipleChoiceField):
        return [value for value in typed if value]
    if isinstance(field, Month):
        typed = [field.word(value) for value in typed]
    return typed[-1:] or [""]


def _plain(value: Any) -> str:
    """Typed text with one kind of line end, so that limits count what one sees."""
    return str(value).replace("\r\n", "\n").replace("\r", "\n")


def _strings(value: Any) -> list[str]:
    match value:
        case None:
            return []
        case list() | tuple():
            return [str(one) for one in value]
        case _one:
            return [str(value)]


def _text(field: forms.Field, values: Sequence[str]) -> str:
    if isinstance(field, Pick):
        return field.text(values)
    if isinstance(field, forms.ChoiceField):
        labels = {str(key): str(label) for key, label in _choices(field.choices)}
        return ", ".join(labels.get(value, value) for value in values if value)
    if isinstance(field, Month):
        return ", ".join(_month(value) for value in values if value)
    return "\n".join(value for value in values if value)


def _month(value: str) -> str:
    month = month_in(value)
    return month_in_words(month) if month else value


def _choices(choices: Any) -> Iterator[tuple[Any, Any]]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label
