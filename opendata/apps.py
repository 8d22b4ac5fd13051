"""The app's place in the project."""

from django.apps import AppConfig


class OpendataConfig(AppConfig):
    """Names the app and what it keeps of people."""

    name = "opendata"

    def ready(self) -> None:
        from accounts import personal as people

        from . import personal

        people.register("opendata", personal.export, personal.erase)
