"""Missions, needs and what answers them, for those who keep the register."""

from typing import ClassVar

from django.contrib import admin

from curation.admin import EntryAdmin, records_of
from curation.models import Record

from .models import CoalitionMember, Mission, Need, Response


class Members(admin.TabularInline):
    """Who carries a mission."""

    model = CoalitionMember
    extra = 0
    autocomplete_fields = ("actor",)


class Responses(admin.TabularInline):
    """The offers that answer a need."""

    model = Response
    extra = 0
    autocomplete_fields = ("offer",)


@admin.register(Mission)
class MissionAdmin(EntryAdmin):
    """Missions by level and phase."""

    list_filter = ("level", "phase", "ended")
    autocomplete_fields: ClassVar = ("heir", "owner", "backbone")
    inlines = (Members,)

    def others(self, entry: Mission) -> list[Record]:
        """The actors of its coalition take its themes."""
        return records_of(entry.members.all(), "actor")


@admin.register(Need)
class NeedAdmin(EntryAdmin):
    """Needs by what they ask for and how far they are."""

    list_filter = ("type", "status", "ended")
    autocomplete_fields: ClassVar = ("heir", "owner", "mission")
    inlines = (Responses,)

    def others(self, entry: Need) -> list[Record]:
        """The offers that answer it count it."""
        return records_of(entry.responses.all(), "offer")
