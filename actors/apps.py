"""The app's place in the project."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActorsConfig(AppConfig):
    """Names the app, tells the search index how to read its entries, and what is kept of people."""

    name = "actors"
    verbose_name = _("Actors and offers")

    def ready(self) -> None:
        from accounts import personal
        from curation import phases, search
        from curation.choices import Kind

        from . import index, offer_index
        from .models import Actor, Offer
        from .offer_statuses import SHOWN
        from .personal import erase, export

        search.register(Kind.ACTOR, Actor.objects.all, index.facts, index.linked)
        search.register(Kind.OFFER, Offer.objects.all, offer_index.facts, offer_index.linked)
        phases.register(Kind.OFFER, SHOWN)
        personal.register("actors", export, erase)
