"""Missions for those who keep the register."""

from typing import ClassVar

from django.contrib import admin

from curation.admin import EntryAdmin, records_of
from curation.models import Record

from .models import CoalitionMember, Mission


class Members(admin.TabularInline):
    """Who carries a mission."""

    model = CoalitionMember
    extra = 0
    autocomplete_fields = ("actor",)


@admin.register(Mission)
class MissionAdmin(EntryAdmin):
    """Missions by level and phase."""

    list_filter = ("level", "phase", "ended")
    autocomplete_fields: ClassVar = ("heir", "owner", "backbone")
    inlines = (Members,)

    def others(self, entry: Mission) -> list[Record]:
        """The actors of its coalition take its themes."""
        return records_of(entry.members.all(), "actor")
