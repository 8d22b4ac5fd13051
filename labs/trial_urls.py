"""The addresses of trials."""

from django.urls import path

from .views import browse_trials, read_trial

app_name = "trials"

urlpatterns = [
    path("trials/", browse_trials.browse, name="browse"),
    path("trials/map.geojson", browse_trials.points, name="map"),
    path("trials/<slug:slug>/", read_trial.trial, name="trial"),
]
