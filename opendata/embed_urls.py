"""The addresses of what stands in frames, in each language."""

from django.urls import path

from .views import embeds

app_name = "embed"

urlpatterns = [
    path("embed/", embeds.build, name="builder"),
    path("embed/map/", embeds.show_map, name="map"),
    path("embed/id/<slug:public_id>/", embeds.show_card, name="card"),
    path("embed/places/<slug:address>/", embeds.show_place, name="place"),
    path("embed/<slug:name>/", embeds.show_list, name="list"),
]
