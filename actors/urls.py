"""The addresses of actors."""

from django.urls import path

from .views import browse, read

app_name = "actors"

urlpatterns = [
    path("actors/", browse.browse, name="browse"),
    path("actors/map.geojson", browse.points, name="map"),
    path("actors/<slug:slug>/", read.actor, name="actor"),
]
