"""The addresses of missions."""

from django.urls import path

from .views import browse, read

app_name = "missions"

urlpatterns = [
    path("missions/", browse.browse, name="browse"),
    path("missions/map.geojson", browse.points, name="map"),
    path("missions/<slug:slug>/", read.mission, name="mission"),
]
