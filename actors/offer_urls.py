"""The addresses of offers."""

from django.urls import path

from .views import browse_offers, read_offer

app_name = "offers"

urlpatterns = [
    path("offers/", browse_offers.browse, name="browse"),
    path("offers/map.geojson", browse_offers.points, name="map"),
    path("offers/<slug:slug>/", read_offer.offer, name="offer"),
]
