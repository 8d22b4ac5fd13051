"""Erases a person."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import personal
from accounts.models import User


class Command(BaseCommand):
    """For a person who asks and cannot log in; the page /account/erase/ does the same."""

    help = "Erase the person with this e-mail address for ever; what they did stays, by a former user."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, email: str, yes: bool, **options: Any) -> None:
        person = User.objects.filter(email__iexact=email).first()
        if person is None:
            raise CommandError("Nobody has an account with this address.")
        if not yes and input(f"Erase {person.email} for ever? Type the address again: ") != person.email:
            raise CommandError("Nothing was erased.")
        personal.erase(person)
        self.stdout.write("Erased.")
