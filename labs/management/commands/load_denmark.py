"""`manage.py load_denmark`: fill the register with Denmark's real data, all of it or none."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError

from curation.models import Record
from labs.loading import ALL_FILES, load_all
from labs.models import Lab, Solution, Trial
from places.sheets import Load, NotLoaded, Tally

BAR = 30


class Command(BaseCommand):
    """Loads twice as well as once; files with one refused line change nothing."""

    help = "Loads places, themes, entries of every kind and links from CSV files, or says what is wrong."

    def add_arguments(self, parser: ArgumentParser) -> None:
        data = settings.BASE_DIR / "data"
        parser.add_argument("--folder", type=Path, default=data, help="where the files are; else data")
        parser.add_argument("--if-empty", action="store_true", help="only where nothing is published yet")

    def handle(self, *args: Any, **options: Any) -> None:
        held = Record.objects.published().count() if options["if_empty"] else 0
        if held:
            self.stdout.write(f"The register holds {held} published records already; nothing was loaded.")
            return
        progress = Progress(len(ALL_FILES) + 1)
        load = Load(options["folder"], finished=progress.step)
        try:
            with progress:
                load_all(load)
        except NotLoaded as error:
            reasons = "\n".join(str(refusal) for refusal in error.refused)
            raise CommandError(f"{len(error.refused)} refused:\n{reasons}\nNothing was loaded.") from error
        except IntegrityError as error:
            raise CommandError(f"The register refused: {error}\nNothing was loaded.") from error
        self._tell(load)

    def _tell(self, load: Load) -> None:
        self.stdout.write(f"{'':28}{'added':>9}{'changed':>9}{'unchanged':>11}")
        for name, tally in load.tallies.items():
            row = f"{name:28}{tally.added:9}{tally.changed:9}{tally.unchanged:11}"
            self.stdout.write(row + _remarks(tally))
        labs = Lab.objects.published()
        counted = f"{labs.count()} labs ({labs.filter(ended=True).count()} ended)"
        came = f"{Trial.objects.published().count()} trials, {Solution.objects.published().count()} solutions"
        self.stdout.write(f"0 refused. The register holds {counted}, {came}.")


def _remarks(tally: Tally) -> str:
    kept = f"  {tally.kept} left to their owners" if tally.kept else ""
    return kept + (f"  {tally.gone} no longer in the file" if tally.gone else "")


class Progress:
    """A bar, where there is a terminal; a step for each file, and one for the search index."""

    def __init__(self, steps: int) -> None:
        self.steps = steps
        self.done = 0

    def __enter__(self) -> None:
        pass

    def __exit__(self, *exception: object) -> None:
        if self.done:
            sys.stderr.write("\n")

    def step(self, name: str) -> None:
        if sys.stderr.isatty():
            self.done += 1
            filled = min(BAR * self.done // self.steps, BAR)
            sys.stderr.write(f"\r[{'#' * filled}{'.' * (BAR - filled)}] {name:22}")
            sys.stderr.flush()
