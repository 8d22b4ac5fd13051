"""The app's place in the project."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    """Names the app."""

    name = "outreach"
