"""The app's place in the project."""

from django.apps import AppConfig


class OpendataConfig(AppConfig):
    """Names the app."""

    name = "opendata"
