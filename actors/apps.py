"""The app's place in the project."""

from django.apps import AppConfig


class ActorsConfig(AppConfig):
    """Names the app, tells the search index how to read its entries, and what is kept of people."""

    name = "actors"

    def ready(self) -> None:
        from accounts import personal
        from curation import search
        from curation.choices import Kind

        from .index import facts, linked
        from .models import Actor
        from .personal import erase, export

        search.register(Kind.ACTOR, Actor.objects.all, facts, linked)
        personal.register("actors", export, erase)
