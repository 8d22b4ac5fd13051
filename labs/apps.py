"""The app's place in the project."""

from django.apps import AppConfig


class LabsConfig(AppConfig):
    """Names the app and tells the search index how to read its entries."""

    name = "labs"

    def ready(self) -> None:
        from curation import search
        from curation.choices import Kind

        from .index import facts, linked
        from .models import Lab

        search.register(Kind.LAB, Lab.objects.all, facts, linked)
