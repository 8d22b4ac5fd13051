"""Labs for those who keep the register."""

from typing import ClassVar

from django.contrib import admin

from curation.admin import EntryAdmin, records_of
from curation.models import Record

from .models import Lab, Link


class Links(admin.TabularInline):
    """What is tied to a lab."""

    model = Link
    extra = 0
    autocomplete_fields = ("actor", "mission")


@admin.register(Lab)
class LabAdmin(EntryAdmin):
    """Labs by phase and setting."""

    list_filter = ("phase", "setting", "ended")
    autocomplete_fields: ClassVar = ("heir", "owner", "backbone")
    inlines = (Links,)

    def others(self, entry: Lab) -> list[Record]:
        """The actors and missions it is tied to count their links and take its themes."""
        return [
            *records_of(entry.links.filter(actor__isnull=False), "actor"),
            *records_of(entry.links.filter(mission__isnull=False), "mission"),
        ]
