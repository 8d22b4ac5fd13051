"""The register for those who keep it: records, themes, and what the admin of every kind of entry shares."""

from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import CharField
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from places.models import Place, PlaceLink

from . import actions
from .models import EntryPlace, EntryTheme, Record, SearchMiss, Synonyms, Theme, Word


class Seen(forms.ModelForm):
    """Knows as what its row was opened, and does not write over what somebody else has made of it since.

    Whoever is told so can look, and press again: then what they wrote is what counts.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)  # empty where the row is new

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if self.instance.pk is not None:
            self.initial["seen"] = self.stamps().get()

    def stamps(self) -> "models.QuerySet[Any, str]":
        """The text that changes with the row: the transaction that wrote it last."""
        rows = self._meta.model._default_manager.filter(pk=self.instance.pk)  # noqa: SLF001
        return rows.values_list(RawSQL("xmin::text", ()), flat=True)

    def clean(self) -> Any:
        found = super().clean()
        if self.instance.pk is not None and self.cleaned_data.get("seen") != (now := self._held()):
            sent = cast(QueryDict, self.data).copy()
            sent["seen"] = now
            self.data = sent
            raise ValidationError(
                _(
                    "Somebody has changed this since you opened it, so nothing is saved yet. Look at it in"
                    " another tab; if you save again, what stands here replaces it."
                )
            )
        return found

    def _held(self) -> str:
        return self.stamps().select_for_update(no_key=True).get()


class SeenVersion(Seen):
    """The same for records and entries, whose version rises with all that belongs to them."""

    def stamps(self) -> "models.QuerySet[Any, str]":
        record = self.instance.pk  # an entry has the number of its record
        return Record.objects.filter(pk=record).values_list(Cast("version", CharField()), flat=True)


class BelongsTo(admin.TabularInline):
    """What a place belongs to, and when."""

    model = PlaceLink
    fk_name = "child"
    extra = 0
    autocomplete_fields = ("parent",)


@admin.register(Place)
class PlaceAdmin(admin.ModelAdmin):
    """Places by kind; what is filed under a place follows its names and belongings."""

    list_display = ("name_da", "kind", "code", "population")
    list_filter = ("kind",)
    search_fields = ("name_da", "name_en", "code", "slug")
    form = Seen
    exclude = ("outline",)
    inlines = (BelongsTo,)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        actions.renamed(Record.objects.in_place(form.instance.pk))


@admin.register(Theme)
class ThemeAdmin(admin.ModelAdmin):
    """Themes in their order."""

    form = Seen
    list_display = ("name_da", "name_en", "parent", "order")
    list_filter = (("parent", admin.RelatedOnlyFieldListFilter),)
    search_fields = ("name_da", "name_en", "slug")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        actions.renamed(Record.objects.about(form.instance.pk))


class EntryThemes(admin.TabularInline):
    """What a record is about."""

    model = EntryTheme
    extra = 0
    max_num = 5
    autocomplete_fields = ("theme",)


class EntryPlaces(admin.TabularInline):
    """Where a record belongs."""

    model = EntryPlace
    extra = 0
    autocomplete_fields = ("place",)


@admin.register(Record)
class RecordAdmin(admin.ModelAdmin):
    """Records: identity, state, source, themes and places; what is derived is not edited."""

    list_display = ("name_da", "kind", "state", "version", "updated_at")
    list_filter = ("kind", "state")
    search_fields = ("name_da", "name_en", "slug", "public_id")
    readonly_fields = ("public_id", "kind", "state", "version", "created_at", "updated_at", "published_at")
    form = SeenVersion
    fields = (
        "public_id", "kind", "slug", "state", "version", "source", "source_read_on", "claimed_at",
        "confirmed_at", "created_at", "updated_at", "published_at", "seen",
    )  # fmt: skip
    inlines = (EntryThemes, EntryPlaces)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A record comes with its entry."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Record | None = None) -> bool:
        """Nothing is deleted: entries end or are withdrawn."""
        return False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        actions.edited(form.instance, by=cast(User, request.user))


class LookedAt(admin.ModelAdmin):
    """What is written elsewhere and only looked at here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        return False


@admin.register(Word)
class WordAdmin(LookedAt):
    """The words search has learnt, with what they are made of."""

    list_display = ("shown", "word", "entries", "parts")
    search_fields = ("word", "bare")


@admin.register(Synonyms)
class SynonymsAdmin(LookedAt):
    """Words that mean the same; the desk is where they are changed."""

    list_display = ("__str__", "source", "changed_at", "changed_by")
    list_select_related = ("changed_by",)


@admin.register(SearchMiss)
class SearchMissAdmin(LookedAt):
    """What was searched for in vain; the desk is where it is settled."""

    list_display = ("words", "kind", "theme", "place", "language", "told_on", "settled_at")
    list_filter = ("kind", "language", ("settled_at", admin.EmptyFieldListFilter))
    list_select_related = ("theme", "place")
    search_fields = ("words",)


class EntryAdmin(admin.ModelAdmin):
    """What the admin of labs, actors and missions shares; saving goes the way every edit goes."""

    form = SeenVersion
    list_display: tuple[str, ...] = ("name_da", "state", "ended")
    list_select_related = ("record",)
    search_fields = ("name_da", "name_en")
    readonly_fields = ("record",)
    autocomplete_fields: ClassVar[tuple[str, ...]] = ("heir",)

    @admin.display(ordering="record__state")
    def state(self, entry: Any) -> str:
        return entry.record.get_state_display()

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Entries are made where their record is made too."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        """Nothing is deleted: entries end or are withdrawn."""
        return False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        with transaction.atomic():
            super().save_related(request, form, formsets, change)
            actions.edited(form.instance.record, *self.others(form.instance), by=cast(User, request.user))

    def others(self, entry: Any) -> list[Record]:
        """Records whose derived columns follow from this entry's links."""
        return []


def records_of(rows: models.QuerySet[Any], end: str) -> list[Record]:
    """The records at one end of links."""
    return [getattr(row, end).record for row in rows.select_related(f"{end}__record")]
