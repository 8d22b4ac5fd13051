"""ROR's data file, schema 2: a list of records in JSON, packed as ROR ships it or not.

The file unpacks to some hundred megabytes, so it is read record by record.
https://ror.readme.io/docs/data-dump, https://ror.readme.io/v2/docs/fields
"""

import codecs
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any

from django.utils.translation import gettext as _

from actors.choices import ActorKind
from actors.identifiers import is_ror, plain_ror
from curation.fields import LATITUDES, LONGITUDES

from ..limits import LONGEST_CELL, Refused, readable
from .matching import Organisation
from .naming import Municipalities, kind_by_name

PIECE = 1024 * 1024
LONGEST_RECORD = 2 * PIECE
MOST_RATIO = 100
# What no text holds: a database and a page take none of it.
UNTYPED = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")
# What ROR calls kinds of organisation, the most telling first.
KINDS: Mapping[str, ActorKind] = {
    "education": ActorKind.UNIVERSITY,
    "healthcare": ActorKind.HOSPITAL,
    "government": ActorKind.STATE_AGENCY,
    "company": ActorKind.COMPANY,
    "facility": ActorKind.RESEARCH_GROUP,
    "nonprofit": ActorKind.CIVIL_SOCIETY,
    "funder": ActorKind.FOUNDATION,
    "archive": ActorKind.OTHER,
    "other": ActorKind.OTHER,
}


def organisations(file: IO[bytes], countries: Sequence[str], most: int) -> Iterator[Organisation]:
    """The organisations of some countries that are at work; of the file at most so many bytes are read."""
    towns = Municipalities()
    for record in records(file, most):
        if record.get("status") == "active" and (place := _place(record, countries)):
            identifier = plain_ror(_line(record.get("id")))
            if is_ror(identifier):
                yield Organisation(_said(record, identifier, place, towns))


def _said(
    record: Mapping[str, Any], identifier: str, place: Mapping[str, Any], towns: "Municipalities"
) -> dict[str, str]:
    danish, english = _names(record)
    town = towns.called(_line(place.get("name")))
    point = {"places": town} if town else _point(place)
    links = [_line(link.get("value")) for link in _listed(record, "links") if link.get("type") == "website"]
    return {
        "name_da": danish,
        "name_en": english if english != danish else "",
        "type": kind_by_name(danish) or _kind(record),
        "website": next(iter(links), ""),
        "ror": identifier,
        "source": f"https://ror.org/{identifier}",
        **point,
    }


def _names(record: Mapping[str, Any]) -> tuple[str, str]:
    """The Danish and the English name; the one ROR shows where there is none in Danish."""
    by_language: dict[str, str] = {}
    shown = ""
    for name in _listed(record, "names"):
        types, value = _words(name.get("types")), _line(name.get("value"))
        if "ror_display" in types:
            shown = value
        if "label" in types or "ror_display" in types:
            by_language.setdefault(_line(name.get("lang")), value)
    return by_language.get("da") or shown, by_language.get("en", "")


def _kind(record: Mapping[str, Any]) -> str:
    types = _words(record.get("types"))
    return str(next((kind for said, kind in KINDS.items() if said in types), ActorKind.OTHER))


def _place(record: Mapping[str, Any], countries: Sequence[str]) -> Mapping[str, Any] | None:
    for location in _listed(record, "locations"):
        details = location.get("geonames_details") or {}
        if isinstance(details, dict) and details.get("country_code") in countries:
            return details
    return None


def _point(place: Mapping[str, Any]) -> dict[str, str]:
    """The town's own, where it lies in Denmark and the register does not know the town."""
    north, east = place.get("lat"), place.get("lng")
    if not isinstance(north, int | float) or not isinstance(east, int | float):
        return {}
    if not (LATITUDES[0] <= north <= LATITUDES[1] and LONGITUDES[0] <= east <= LONGITUDES[1]):
        return {}
    return {"latitude": str(round(north, 6)), "longitude": str(round(east, 6))}


def _listed(record: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = record.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _line(said: Any) -> str:
    """As one line; what is no text says nothing."""
    return " ".join(UNTYPED.sub(" ", said).split())[:LONGEST_CELL] if isinstance(said, str) else ""


def _words(said: Any) -> list[str]:
    return [one for one in said if isinstance(one, str)] if isinstance(said, list) else []


# The file


def records(file: IO[bytes], most: int) -> Iterator[Mapping[str, Any]]:
    """The records of a file, packed or not, one by one. Raises `Refused`."""
    first = file.read(4)
    file.seek(0)
    if first != b"PK\x03\x04":
        yield from _listed_in(file, most)
        return
    with (
        readable(_("The packed file cannot be read.")),
        zipfile.ZipFile(file) as packed,
        packed.open(_member(packed, most)) as unpacked,
    ):
        yield from _listed_in(unpacked, most)


def _member(packed: zipfile.ZipFile, most: int) -> zipfile.ZipInfo:
    """The list in the packed file: in schema 2 where it has both."""
    lists = [one for one in packed.infolist() if one.filename.lower().endswith(".json")]
    lists = [one for one in lists if "schema_v2" in one.filename] or lists
    if not lists:
        raise Refused(_("The packed file holds no list in JSON."))
    found = lists[0]
    if found.file_size > most or found.file_size > MOST_RATIO * max(found.compress_size, 1):
        raise Refused(_("The packed file unpacks to more than is read here."))
    return found


def _listed_in(file: IO[bytes], most: int) -> Iterator[Mapping[str, Any]]:
    """Each record of a list, however it is set out."""
    text = _Text(file, most)
    if text.next() != "[":
        raise Refused(_("This is no list of organisations as ROR gives it."))
    text.at += 1
    while text.next() != "]":
        record = text.value()
        if not isinstance(record, dict) or "names" not in record:
            raise Refused(_("This is no list of organisations in ROR's schema 2."))
        yield record


class _Text:
    """The text of a file from where one has come to; no more than a piece and a record of it are held."""

    def __init__(self, file: IO[bytes], most: int) -> None:
        self.file, self.most = file, most
        self.text, self.at, self.ended = "", 0, False
        self._letters = codecs.getincrementaldecoder("utf-8-sig")()
        self._json = json.JSONDecoder()

    def next(self) -> str:
        """The letter one has come to, behind white space and commas; nothing at the end."""
        while True:
            while self.at < len(self.text) and self.text[self.at] in " \t\r\n,":
                self.at += 1
            if self.at < len(self.text) or self.ended:
                return self.text[self.at : self.at + 1]
            self._more()

    def value(self) -> Any:
        """What stands here, and go on behind it."""
        while True:
            try:
                found, self.at = self._json.raw_decode(self.text, self.at)
            except (ValueError, RecursionError) as error:
                if self.ended or len(self.text) - self.at > LONGEST_RECORD:
                    raise Refused(_("The list of organisations breaks off or cannot be read.")) from error
                self._more()
            else:
                return found

    def _more(self) -> None:
        piece = self.file.read(PIECE)
        self.most -= len(piece)
        self.ended = not piece
        if self.most < 0:
            raise Refused(_("The list of organisations is larger than is read here."))
        try:
            self.text = self.text[self.at :] + self._letters.decode(piece, final=self.ended)
        except UnicodeDecodeError as error:
            raise Refused(_("The letters of the list cannot be read; it is to be in UTF-8.")) from error
        self.at = 0
