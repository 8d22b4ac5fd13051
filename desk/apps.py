"""The app's place in the project."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Names the app."""

    name = "desk"
