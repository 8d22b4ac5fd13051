"""The app's place in the project."""

from django.apps import AppConfig


class KeepingConfig(AppConfig):
    """Names the app and the kinds of entry in its addresses, and lets drafts follow whoever logs in."""

    name = "keeping"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in
        from django.urls import register_converter

        from .arriving import bring_drafts
        from .converters import KindConverter

        register_converter(KindConverter, "kind")
        user_logged_in.connect(bring_drafts, dispatch_uid="keeping.bring_drafts")
