"""The app's place in the project."""

from django.apps import AppConfig


class EcosystemConfig(AppConfig):
    """Names the app."""

    name = "ecosystem"
