"""The app's place in the project."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Names the app."""

    name = "places"
