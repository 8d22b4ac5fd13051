"""The app's place in the project."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Names the app and what it keeps of people."""

    name = "desk"

    def ready(self) -> None:
        from accounts import personal as people

        from . import personal

        people.register("desk", personal.export, personal.erase)
