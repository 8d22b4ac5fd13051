"""A table of organisations with their CVR numbers, as an operator has taken it out of CVR."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from actors.choices import ActorKind
from actors.identifiers import plain_cvr
from places.danish import fold

from ..limits import Refused
from ..sheets import Sheet
from .matching import Organisation
from .naming import Municipalities, kind_by_name

# What such tables call their columns.
CALLED: Mapping[str, Sequence[str]] = {
    "cvr": ("cvr", "cvrnummer", "cvr nummer", "cvr nr"),
    "name": ("name", "navn", "virksomhedsnavn", "organisation"),
    "municipality": ("municipality code", "kommunekode", "kommune kode", "municipality", "kommune"),
    "website": ("homepage", "hjemmeside", "website", "websted", "webadresse"),
    "form": ("form", "virksomhedsform", "type"),
}
NEEDED = ("cvr", "name")
# CVR's words for forms of organisation.
FORMS: Mapping[str, ActorKind] = {
    "aktieselskab": ActorKind.COMPANY,
    "anpartsselskab": ActorKind.COMPANY,
    "enkeltmandsvirksomhed": ActorKind.COMPANY,
    "interessentskab": ActorKind.COMPANY,
    "forening": ActorKind.CIVIL_SOCIETY,
    "frivillig forening": ActorKind.CIVIL_SOCIETY,
    "fond": ActorKind.FOUNDATION,
    "erhvervsdrivende fond": ActorKind.FOUNDATION,
    "kommune": ActorKind.MUNICIPALITY,
    "primaerkommune": ActorKind.MUNICIPALITY,
    "region": ActorKind.REGION,
    "statslig administrativ enhed": ActorKind.STATE_AGENCY,
}


def organisations(sheet: Sheet) -> Iterator[Organisation]:
    """The rows of a table as organisations. Raises `Refused` where it lacks number or name."""
    at = _columns(sheet.columns)
    towns = Municipalities()
    for row in sheet.rows:
        cells = {name: row.cells[number] for name, number in at.items()}
        place = cells.get("municipality", "")
        number = plain_cvr(cells["cvr"])
        yield Organisation(
            {
                "name_da": cells["name"],
                "type": FORMS.get(fold(cells.get("form", "")), "") or kind_by_name(cells["name"]),
                "website": cells.get("website", ""),
                "places": towns.coded(place) or towns.called(place.removesuffix(" Kommune")),
                "cvr": number,
                "source": f"CVR {number}",
            }
        )


def _columns(headings: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, heading in enumerate(headings):
        plain = fold(heading)
        for name, called in CALLED.items():
            if plain in called:
                found.setdefault(name, number)
    if any(name not in found for name in NEEDED):
        raise Refused(_("The table is to have a column “cvr” and a column “name”."))
    return found
