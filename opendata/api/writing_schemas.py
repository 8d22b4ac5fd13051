"""What partner systems may write of each kind of entry: the public fields its forms ask for.

They are named as the API tells them. What a form asks for and readers are not told (mailboxes), and whom it
concerns beside the organisation (who takes part, whose it is), is not written by machine.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from django import forms
from django.utils import translation
from pydantic import BaseModel, ConfigDict, Field, create_model

from curation.choices import Kind
from curation.fields import (
    FIRST_YEAR,
    LATITUDES,
    LONGITUDES,
    Lines,
    Pick,
    PickPlaces,
    PickThemes,
    Year,
)
from curation.forms import Section
from curation.months import Month
from keeping.history.words import PUBLIC_FIELDS
from keeping.sections import SECTIONS

POINT = ("latitude", "longitude")
ALSO = ("themes", "places", "source")
# The entry is the organisation's whose token writes it; giving it away is done by people.
NOT_WRITTEN = ("owner",)
LONGEST = 500  # letters of a field that names no limit of its own
PUBLIC_ID = "^[0-9a-z]{10}$"
ONE_LINE, SOME_LINES = r"^[^\x00\r\n]*$", r"^[^\x00]*$"


class PointWritten(BaseModel):
    """Where something stands, in degrees (WGS84)."""

    model_config = ConfigDict(extra="forbid", strict=True)

    longitude: float = Field(ge=LONGITUDES[0], le=LONGITUDES[1], allow_inf_nan=False)
    latitude: float = Field(ge=LATITUDES[0], le=LATITUDES[1], allow_inf_nan=False)


class Written(BaseModel):
    """What is left out stays as it is; null, an empty text and an empty list empty a field."""

    model_config = ConfigDict(extra="forbid", strict=True)


def fields_of(kind: str) -> Iterator[tuple[str, type[Section], forms.Field]]:
    """The fields of the forms of a kind that machines may write, with their section."""
    told = {*PUBLIC_FIELDS[kind], *ALSO} - {*NOT_WRITTEN}
    for section in SECTIONS[kind]:
        for name, field in section.base_fields.items():
            if name in told:
                yield name, section, field


def section_with(kind: str, name: str) -> type[Section]:
    """The section that asks for a field."""
    return next(section for each, section, _field in fields_of(kind) if each == name)


def _schema(kind: str, title: str, base: type[BaseModel]) -> type[BaseModel]:
    told: dict[str, Any] = {}
    for name, _section, field in fields_of(kind):
        if name in POINT:
            told["point"] = (PointWritten | None, _field("Where it stands; null: in the main town."))
        else:
            told[name] = (_type(field), _field(str(field.label)))
    made: type[BaseModel] = create_model(title, __base__=base, **told)
    return made


def _field(description: str) -> Any:
    return Field(None, description=description)


def _type(field: forms.Field) -> Any:
    match field:
        case PickThemes() | PickPlaces():
            return Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=field.most)]
        case Pick():
            return Annotated[str, Field(pattern=PUBLIC_ID)] | None
        case forms.MultipleChoiceField():
            return list[Literal[tuple(_words(field))]]  # type: ignore[misc]
        case forms.TypedChoiceField():
            return bool | None
        case forms.ChoiceField():
            return Literal[("", *_words(field))] | None
        case Year():
            return Annotated[int, Field(ge=FIRST_YEAR, le=9999)] | None
        case forms.DateField() | Month():
            return dt.date | None
    return _text(field) | None


def _words(field: Any) -> Iterator[str]:
    return (str(value) for value, _label in field.choices if value)


def _text(field: Any) -> Any:
    most = getattr(field, "most", None) or field.max_length or LONGEST
    pattern = SOME_LINES if isinstance(field, Lines) else ONE_LINE
    return Annotated[str, Field(max_length=most, pattern=pattern)]


class Coupled(Written):
    """The same; beside it the entry of the register an id of yours stands for, if there is one already."""

    id: Annotated[str, Field(pattern=PUBLIC_ID)] | None = Field(
        None, description="Public id of a published entry that your id is to stand for from now on."
    )


with translation.override("en"):
    PATCHED: Mapping[str, type[BaseModel]] = {
        kind: _schema(kind, f"{kind.title()}Change", Written) for kind in Kind.values
    }
    PUT: Mapping[str, type[BaseModel]] = {
        kind: _schema(kind, f"{kind.title()}Written", Coupled) for kind in Kind.values
    }
