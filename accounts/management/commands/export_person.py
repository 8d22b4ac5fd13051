"""Prints all that is kept of a person, as JSON."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import personal
from accounts.models import User


class Command(BaseCommand):
    """For a person who asks and cannot log in; the page /account/data/ gives the same."""

    help = "Print what is kept of the person with this e-mail address, as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        person = User.objects.filter(email__iexact=email).first()
        if person is None:
            raise CommandError("Nobody has an account with this address.")
        self.stdout.write(json.dumps(personal.export(person), indent=2, ensure_ascii=False))
