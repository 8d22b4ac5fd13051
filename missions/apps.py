"""The app's place in the project."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MissionsConfig(AppConfig):
    """Names the app and tells the search index how to read its entries."""

    name = "missions"
    verbose_name = _("Missions and needs")

    def ready(self) -> None:
        from curation import phases, search
        from curation.choices import Kind

        from . import index, need_index
        from .models import Mission, Need
        from .statuses import SHOWN

        search.register(Kind.MISSION, Mission.objects.all, index.facts, index.linked)
        search.register(Kind.NEED, Need.objects.all, need_index.facts, need_index.linked)
        phases.register(Kind.NEED, SHOWN)
