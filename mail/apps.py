"""The app's place in the project."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Names the app."""

    name = "mail"
