"""The addresses of places: what is there is told by the records, so the pages are made here."""

from django.urls import path

from .views import places

app_name = "places"

urlpatterns = [
    path("places/", places.index, name="index"),
    path("places/<slug:address>/", places.place, name="place"),
]
