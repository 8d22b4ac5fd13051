"""The addresses of labs."""

from django.urls import path

from .views import browse, read

app_name = "labs"

urlpatterns = [
    path("labs/", browse.browse, name="browse"),
    path("labs/map.geojson", browse.points, name="map"),
    path("labs/<slug:slug>/", read.lab, name="lab"),
]
