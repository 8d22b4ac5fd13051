"""Places for those who keep the register."""

from django.contrib import admin

from .models import Place, PlaceLink


class BelongsTo(admin.TabularInline):
    """What a place belongs to, and when."""

    model = PlaceLink
    fk_name = "child"
    extra = 0
    autocomplete_fields = ("parent",)


@admin.register(Place)
class PlaceAdmin(admin.ModelAdmin):
    """Places by kind."""

    list_display = ("name_da", "kind", "code", "population")
    list_filter = ("kind",)
    search_fields = ("name_da", "name_en", "code", "slug")
    exclude = ("outline",)
    inlines = (BelongsTo,)
