"""The app's place in the project."""

from django.apps import AppConfig


class EcosystemConfig(AppConfig):
    """Names the app, and tells that questions to the partner finder can be saved."""

    name = "ecosystem"

    def ready(self) -> None:
        from outreach import saved_pages

        from .partners.saving import PAGE

        saved_pages.register(PAGE)
