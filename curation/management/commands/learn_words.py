"""`manage.py learn_words`: learn the register's words and what its compounds are made of."""

from typing import Any

from django.core.management.base import BaseCommand

from curation.learning import learn
from curation.models import Record, Word
from curation.reindexing import reindex


class Command(BaseCommand):
    """The worker does the same by night."""

    help = "Learns the words of all published entries and indexes these again."

    def handle(self, *args: Any, **options: Any) -> None:
        changed = learn()
        differed = reindex()
        self.stdout.write(
            f"{changed} of {Word.objects.count()} words changed,"
            f" {differed} of {Record.objects.count()} records differed."
        )
