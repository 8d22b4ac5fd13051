"""The app's place in the project."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    """Names the app, and lets a shortlist follow whoever logs in."""

    name = "outreach"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from .shortlist.arriving import bring_shortlist

        user_logged_in.connect(bring_shortlist, dispatch_uid="outreach.bring_shortlist")
