"""Actors and their offers for those who keep the register."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from curation.admin import EntryAdmin
from curation.models import Record

from .models import Actor, Enquiry, Offer, Relation


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


@admin.register(Enquiry)
class EnquiryAdmin(admin.ModelAdmin):
    """Where enquiries stand: to be looked at, without who wrote them and what is said in them."""

    list_display = ("record", "state", "sent_at", "answer_by", "answered_at", "closed_at")
    list_filter = ("state", "sender_says", "owner_says")
    list_select_related = ("record",)
    search_fields = ("record__name_da",)
    date_hierarchy = "made_at"
    fields = (
        "record", "organisation", "state", "made_at", "sent_at", "answer_by", "reminded_at", "answered_at",
        "asked_at", "sender_says", "owner_says", "closed_at", "forgotten_at",
    )  # fmt: skip

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
