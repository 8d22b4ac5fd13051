"""The addresses of needs."""

from django.urls import path

from .views import browse_needs, read_need

app_name = "needs"

urlpatterns = [
    path("needs/", browse_needs.browse, name="browse"),
    path("needs/map.geojson", browse_needs.points, name="map"),
    path("needs/<slug:slug>/", read_need.need, name="need"),
]
