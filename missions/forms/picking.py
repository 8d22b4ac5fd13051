"""The field that chooses missions."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language

from curation import query
from curation.choices import State
from curation.fields import OFFERED, Pick, Picked
from curation.models import Record

from ..models import Mission


class PickMissions(Pick):
    """Missions by their public id: published ones, and those the entry is tied to already."""

    what = "mission"

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"most": 10, "required": False} | options)

    def things(self, values: Sequence[str]) -> Mapping[str, Mission]:
        wanted = [value for value in values if value.isalnum()]
        if not wanted:
            return {}
        visible = Q(record__state=State.PUBLISHED) | Q(pk__in=self.section.kept)
        found = Mission.objects.filter(visible, record__public_id__in=wanted).select_related("record")
        return {mission.record.public_id: mission for mission in found.order_by("pk")}

    def shown(self, value: str, thing: Mission) -> Picked:
        places = ", ".join(place.name for place in self.section.reference.places_named(thing.record))
        return Picked(value, thing.name, places or thing.scope)

    def offers(self, typed: str, chosen: Sequence[str]) -> list[Picked]:
        question = query.read(typed)
        if not question:
            return []
        language = "en" if get_language() == "en" else "da"
        hits = Record.objects.published().of_kind("mission").exclude(public_id__in=chosen)
        hits = (
            hits.filter(**{f"search_{language}": question.search(language)}).select_related("mission").shown()
        )
        found = []
        for record in hits.select_related("mission").order_by("-quality", "pk")[:OFFERED]:
            mission = record.mission
            mission.record = record
            found.append(self.shown(record.public_id, mission))
        return found
