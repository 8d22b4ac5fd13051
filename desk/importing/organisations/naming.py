"""What names tell of organisations and towns in Denmark."""

from actors.choices import ActorKind
from curation.reference import Reference
from places.choices import PlaceKind
from places.danish import fold

# Words of Danish and English names that tell what kind of organisation bears them, the most telling first.
WORDS = (
    (ActorKind.MUNICIPALITY, ("kommune", "municipality")),
    (ActorKind.REGION, ("region",)),
    (ActorKind.HOSPITAL, (
        "hospital", "hospitalet", "hospitalsenhed", "sygehus", "sygehuset", "rigshospitalet",
    )),
    (ActorKind.UNIVERSITY_COLLEGE, (
        "professionshoejskole", "professionshoejskolen", "university college", "erhvervsakademi",
        "ucl", "via",
    )),
    (ActorKind.UNIVERSITY, ("universitet", "university")),
    (ActorKind.GTS, ("teknologisk institut", "force technology", "alexandra instituttet", "bioneer", "dhi")),
    (ActorKind.FOUNDATION, ("fond", "fonden", "foundation")),
    (ActorKind.HOUSING_ASSOCIATION, ("boligforening", "boligselskab", "boligorganisation")),
    (ActorKind.CIVIL_SOCIETY, ("forening", "foreningen", "forbund", "association")),
    (ActorKind.COMPANY, ("a s", "aps", "p s", "i s", "ltd")),
)  # fmt: skip


def kind_by_name(name: str) -> str:
    """What kind of organisation a name tells of; empty where it does not."""
    words = f" {fold(name)} "
    if words.startswith(" region "):
        return ActorKind.REGION
    told = ((kind, one) for kind, ones in WORDS if kind != ActorKind.REGION for one in ones)
    return str(next((kind for kind, one in told if f" {one} " in words), ""))


class Municipalities:
    """The municipalities of today by name and code."""

    def __init__(self) -> None:
        places = Reference.now().places_of(PlaceKind.MUNICIPALITY)
        self._by_name = {fold(name): place.address for place in places for name in
                         (place.name_da, place.name_en) if name}  # fmt: skip
        self._codes = {place.code for place in places}

    def called(self, name: str) -> str:
        """The code of the municipality a town gives its name to, else nothing."""
        return self._by_name.get(fold(name), "")

    def coded(self, code: str) -> str:
        """A code as the register writes it: `751` is `0751`."""
        full = code.strip().zfill(4)
        return full if full in self._codes else ""
