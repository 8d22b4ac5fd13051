"""Give up on giving up: mails whose last try has failed get a new job."""

from typing import Any

from django.core.management.base import BaseCommand

from mail import outbox


class Command(BaseCommand):
    help = "Try once more to deliver the mails whose tries have come to an end."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Mails that are tried again: {outbox.send_again()}")
