"""The app's place in the project."""

from django.apps import AppConfig


class ActorsConfig(AppConfig):
    """Names the app and tells the search index how to read its entries."""

    name = "actors"

    def ready(self) -> None:
        from curation import search
        from curation.choices import Kind

        from .index import facts, linked
        from .models import Actor

        search.register(Kind.ACTOR, Actor.objects.all, facts, linked)
