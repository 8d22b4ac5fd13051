"""Labs for those who keep the register."""

from typing import ClassVar

from django.contrib import admin

from curation.admin import EntryAdmin, records_of
from curation.models import Record

from .models import Lab, Link
from .querysets import ENDS


class Links(admin.TabularInline):
    """What is tied to a lab."""

    model = Link
    extra = 0
    autocomplete_fields = ENDS


@admin.register(Lab)
class LabAdmin(EntryAdmin):
    """Labs by phase and setting."""

    list_filter = ("phase", "setting", "ended")
    autocomplete_fields: ClassVar = ("heir", "owner", "backbone")
    inlines = (Links,)

    def others(self, entry: Lab) -> list[Record]:
        """What it is tied to counts its links, and actors take its themes."""
        return [
            record
            for end in ENDS
            for record in records_of(entry.links.filter((f"{end}__isnull", False)), end)
        ]
