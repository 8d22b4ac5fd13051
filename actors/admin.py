"""Actors and their offers for those who keep the register."""

from typing import ClassVar

from django.contrib import admin

from curation.admin import EntryAdmin
from curation.models import Record

from .models import Actor, Offer, Relation


class Relations(admin.TabularInline):
    """What an actor does to others."""

    model = Relation
    fk_name = "subject"
    extra = 0
    autocomplete_fields = ("object",)


@admin.register(Actor)
class ActorAdmin(EntryAdmin):
    """Actors by kind and side."""

    list_display = ("name_da", "type", "side", "state")
    list_filter = ("type", "side")
    inlines = (Relations,)

    def others(self, entry: Actor) -> list[Record]:
        """The actors it is tied to count their ties too."""
        return [relation.object.record for relation in entry.relations_out.select_related("object__record")]


@admin.register(Offer)
class OfferAdmin(EntryAdmin):
    """Offers by what they bring and whether they stand."""

    list_filter = ("type", "status", "ended")
    autocomplete_fields: ClassVar = ("heir", "owner")
