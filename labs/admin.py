"""Labs and what comes out of them, for those who keep the register."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from curation.admin import EntryAdmin, records_of
from curation.models import Record

from .models import Adoption, Lab, Learning, Link, Partner, Solution, Trial, Value
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


class Values(admin.TabularInline):
    """What a solution is worth."""

    model = Value
    fields = ("kind", "evidence", "said", "year", "source")
    extra = 0


class Partners(admin.TabularInline):
    """Who takes part in it."""

    model = Partner
    exclude = ("trial",)
    extra = 0
    autocomplete_fields = ("actor",)


class PartnersInTrials(Partners):
    """Who takes part in a trial."""

    exclude = ("solution",)


class Learnings(admin.TabularInline):
    """What was learned by it."""

    model = Learning
    fields = ("on", "learned_da", "learned_en", "changed", "how", "source")
    extra = 0


@admin.register(Trial)
class TrialAdmin(EntryAdmin):
    """Trials by stage and setting."""

    list_filter = ("stage", "setting", "ended")
    autocomplete_fields: ClassVar = ("heir", "owner", "lab", "need", "solution")
    inlines = (Learnings, PartnersInTrials)

    def others(self, entry: Trial) -> list[Record]:
        """Those it is tied to are found by it, and actors take its themes."""
        ends = (entry.owner, entry.lab, entry.need, entry.solution)
        return [*records_of(entry.partners.all(), "actor"), *(end.record for end in ends if end)]


class Adoptions(admin.TabularInline):
    """Who has taken it over."""

    model = Adoption
    fields = ("adopter", "place", "how", "in_use_since", "confirmed_at", "ended_on")
    readonly_fields = fields
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        """Adopters tell of it themselves."""
        return False


@admin.register(Solution)
class SolutionAdmin(EntryAdmin):
    """Solutions by stage and type."""

    list_filter = ("stage", "operable", "ended")
    autocomplete_fields: ClassVar = ("heir", "owner", "lab", "need", "inspired_by")
    inlines = (Values, Partners, Adoptions)

    def others(self, entry: Solution) -> list[Record]:
        """Those it is tied to are found by it, and actors take its themes."""
        return [
            *records_of(entry.partners.all(), "actor"),
            *records_of(entry.adoptions.all(), "adopter"),
            *(end.record for end in (entry.owner, entry.lab, entry.need) if end),
        ]
