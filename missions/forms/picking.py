"""The fields that choose missions and needs."""

from typing import Any

from actors.forms.entries import PickEntries

from ..models import Mission, Need


class PickMissions(PickEntries):
    """Missions: where, else how far they reach in the source's words."""

    what = "mission"
    model = Mission

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"most": 10} | options)

    def note(self, thing: Any) -> str:
        places = ", ".join(place.name for place in self.section.reference.places_named(thing.record))
        return places or str(thing.scope)


class PickNeeds(PickEntries):
    """Needs: what they ask for, whose they are."""

    what = "need"
    model = Need

    def note(self, thing: Any) -> str:
        return " · ".join(filter(None, (str(thing.get_type_display()), super().note(thing))))
