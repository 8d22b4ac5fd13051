"""The addresses of places: what is there is told by the records, so the pages are made here."""

from django.urls import path

from .views import counted, gaps, places

app_name = "places"

urlpatterns = [
    path("places/", places.index, name="index"),
    path("places/<slug:address>/", places.place, name="place"),
    path("places/<slug:address>/focus/", places.focus, name="focus"),
    path("places/<slug:address>/counted/", counted.counted, name="counted"),
    path("places/<slug:address>/missing/", gaps.missing, name="missing"),
    path("places/<slug:address>/missing/who/", gaps.who, name="who"),
]
