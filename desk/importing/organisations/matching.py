"""Organisations of a register beside the actors that are known: who is who, and what is new of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from actors.models import Actor
from curation.choices import Kind
from keeping.alike import ALIKE, house_in, house_of, share, telling
from keeping.columns import ID, columns_of, told_of
from places.danish import fold

COLUMNS = (
    "id", "name_da", "name_en", "type", "website", "places", "latitude", "longitude", "cvr", "ror", "source",
)  # fmt: skip
NUMBERS = ("ror", "cvr")
CHUNK = 500


@dataclass(frozen=True)
class Organisation:
    """What a register says of an organisation, by the columns of an actor."""

    said: Mapping[str, str]

    @property
    def name(self) -> str:
        return self.said.get("name_da", "")


class Actors:
    """The published actors by what they are known by."""

    def __init__(self) -> None:
        self.rows: dict[int, tuple[str, ...]] = {}
        self.by: dict[str, list[int]] = defaultdict(list)
        columns = ("pk", "name_da", "name_en", "website", "cvr", "ror")
        for row in Actor.objects.published().order_by("pk").values_list(*columns).iterator():
            pk, name_da, name_en, website, cvr, ror = row
            self.rows[pk] = (name_da, name_en, cvr, ror)
            for sign in _signs((name_da, name_en), house_of(website), cvr, ror):
                self.by[sign].append(pk)

    def same_as(self, one: Organisation) -> int | None:
        """The actor an organisation is: by ROR, CVR, website, name in this order; none where several are."""
        said = one.said
        names = (said.get("name_da", ""), said.get("name_en", ""))
        house = house_in({"website": [said.get("website", "")]})
        for sign in _signs(names, house, said.get("cvr", ""), said.get("ror", "")):
            found = [pk for pk in self.by.get(sign, ()) if self._may_be(pk, one, sign)]
            if len(found) == 1:
                return found[0]
        return None

    def _may_be(self, pk: int, one: Organisation, sign: str) -> bool:
        """No other number, and where many share a number or a website, a name that is like it."""
        name_da, name_en, cvr, ror = self.rows[pk]
        for known, told in ((ror, one.said.get("ror", "")), (cvr, one.said.get("cvr", ""))):
            if known and told and known != told:
                return False
        if sign.startswith(("ror:", "name:")) or (sign.startswith("cvr:") and len(self.by[sign]) == 1):
            return True
        own = telling(f"{one.name} {one.said.get('name_en', '')}")
        return share(own, telling(f"{name_da} {name_en}")) >= ALIKE


def _signs(names: Sequence[str], house: str, cvr: str, ror: str) -> Iterable[str]:
    found = [ror and f"ror:{ror}", cvr and f"cvr:{cvr}", house and f"house:{house}"]
    found += [f"name:{fold(name)}" for name in names if name]
    return dict.fromkeys(filter(None, found))


def rows_of(organisations: Sequence[Organisation], language: str) -> list[list[str]]:
    """Rows about actors: what is known says what it says, and what it does not say yet is filled in."""
    actors = Actors()
    same = [actors.same_as(one) for one in organisations]
    known = _cells({pk for pk in same if pk}, language)
    rows = []
    for one, pk in zip(organisations, same, strict=True):
        said = known.get(pk or 0, {})
        told = {name: one.said.get(name, "") for name in COLUMNS}
        filled = {name: said.get(name) or told[name] for name in COLUMNS}
        if said.get("places") or said.get("latitude"):  # where it is known to be it stays
            filled |= {name: said[name] for name in ("places", "latitude", "longitude")}
        rows.append([filled[name] for name in COLUMNS])
    return rows


def _cells(ids: Iterable[int], language: str) -> dict[int, dict[str, str]]:
    columns = [column for column in columns_of(Kind.ACTOR) if column.name in COLUMNS]
    entries = list(Actor.objects.select_related("record").filter(pk__in=ids).order_by("pk"))
    told = told_of(entries)
    found = {
        entry.pk: {column.name: told.cell(column, entry.pk, language) for column in columns}
        for entry in entries
    }
    for entry in entries:
        found[entry.pk][ID] = entry.record.public_id
    return found
