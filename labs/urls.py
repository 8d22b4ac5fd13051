"""The addresses of labs."""

from django.urls import path

from .views import browse, read, read_mirror

app_name = "labs"

urlpatterns = [
    path("labs/", browse.browse, name="browse"),
    path("labs/map.geojson", browse.points, name="map"),
    path("labs/<slug:slug>/", read.lab, name="lab"),
    path("labs/<slug:slug>/mirror/", read_mirror.mirror, name="mirror"),
    path("labs/<slug:slug>/mirror/<slug:day>/", read_mirror.mirror, name="mirror_on"),
]
