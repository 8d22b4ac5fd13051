"""The addresses of networks: of every entry and of every place, as a page, a picture and a list."""

from django.urls import path

from .views import network

app_name = "network"

urlpatterns = [
    path("network/places/<slug:address>/", network.place, name="place"),
    path("network/places/<slug:address>/network.svg", network.place_svg, name="place_svg"),
    path("network/places/<slug:address>/network.csv", network.place_csv, name="place_csv"),
    path("network/<kind:kind>/<slug:slug>/", network.entry, name="entry"),
    path("network/<kind:kind>/<slug:slug>/network.svg", network.entry_svg, name="entry_svg"),
    path("network/<kind:kind>/<slug:slug>/network.csv", network.entry_csv, name="entry_csv"),
]
