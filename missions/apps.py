"""The app's place in the project."""

from django.apps import AppConfig


class MissionsConfig(AppConfig):
    """Names the app and tells the search index how to read its entries."""

    name = "missions"

    def ready(self) -> None:
        from curation import search
        from curation.choices import Kind

        from .index import facts, linked
        from .models import Mission

        search.register(Kind.MISSION, Mission.objects.all, facts, linked)
