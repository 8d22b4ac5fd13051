"""The app's place in the project."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CurationConfig(AppConfig):
    """Names the app and what it keeps of people."""

    name = "curation"
    verbose_name = _("The register")

    def ready(self) -> None:
        from accounts import personal as people

        from . import personal

        people.register("curation", personal.export, personal.erase)
