"""The app's place in the project."""

from django.apps import AppConfig


class CurationConfig(AppConfig):
    """Names the app."""

    name = "curation"
