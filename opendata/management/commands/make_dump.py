"""`manage.py make_dump`: the whole register as a file, as every night."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from opendata.dumps.making import make_anew, make_dump


class Command(BaseCommand):
    """Makes the dump of today, if there is none yet."""

    help = "Makes the dump of today if there is none, and removes those that have had their time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--anew", action="store_true",
            help="make it again and remove all others, so that what was withdrawn is in none of them",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        dump = make_anew() if options["anew"] else make_dump()
        if dump is None:
            self.stdout.write("There is a dump of today already; nothing was made.")
            return
        self.stdout.write(f"{dump.name}: {dump.entries} entries, {dump.size} bytes, SHA-256 {dump.digest}")
