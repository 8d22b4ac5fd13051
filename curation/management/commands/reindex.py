"""`manage.py reindex`: compute anew what lists and search read of all entries."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from curation.models import Record
from curation.reindexing import reindex


class Command(BaseCommand):
    """Needed when the definition of a derived column changes; otherwise nothing ever differs."""

    help = "Recomputes the derived columns of all records and says how many differed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail if any record differs")

    def handle(self, *args: Any, **options: Any) -> None:
        check: bool = options["check"]
        with transaction.atomic():
            differed = reindex()
            transaction.set_rollback(check)
        told = f"{differed} of {Record.objects.count()} records differed"
        if check and differed:
            raise CommandError(f"{told}; run manage.py reindex.")
        self.stdout.write(f"{told}.")
