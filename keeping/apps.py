"""The app's place in the project."""

from django.apps import AppConfig


class KeepingConfig(AppConfig):
    """Names the app and the kinds of entry in its addresses."""

    name = "keeping"

    def ready(self) -> None:
        from django.urls import register_converter

        from .converters import KindConverter

        register_converter(KindConverter, "kind")
