"""The addresses of the four shifts."""

from django.urls import path

from .views import shifts

app_name = "shifts"

urlpatterns = [
    path("places/<slug:address>/shifts/", shifts.of_a_place, name="place"),
    path("missions/<slug:slug>/shifts/", shifts.of_a_mission, name="mission"),
]
