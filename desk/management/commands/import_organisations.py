"""Hand in the organisations of a register's file: they wait on the desk, row by row, to be looked at.

manage.py import_organisations v1.63-2026-11-03-ror-data.zip --by curator@example.dk
manage.py import_organisations virksomheder.csv --register cvr --by curator@example.dk
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from curation.access import can_curate
from mail.links import absolute

from ...importing import organisations
from ...importing.handing_in import hand_in_organisations
from ...importing.limits import Refused


class Command(BaseCommand):
    """Makes a file on the desk of ROR's data file or of a table with CVR numbers."""

    help = "Hand in organisations from ROR's data file (schema 2) or from a table with CVR numbers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, help="The file as ROR ships it, packed or not; or CSV or XLSX."
        )
        parser.add_argument("--register", choices=organisations.REGISTERS, default="ror")
        parser.add_argument("--by", required=True, help="The address of the curator who looks at the rows.")
        parser.add_argument(
            "--country", action="append", metavar="CODE",
            help="A country of ROR's organisations, such as SE; may stand several times. Denmark without it.",
        )  # fmt: skip
        parser.add_argument("--source", default="", help="Where it comes from, if not just the register.")

    def handle(
        self, *, file: Path, register: str, by: str, country: list[str] | None, source: str, **_: Any
    ) -> None:
        curator = User.objects.filter(email__iexact=by, is_active=True).first()
        if curator is None or not can_curate(curator):
            raise CommandError(f"{by} is no curator.")
        with translation.override(curator.language):
            try:
                with file.open("rb") as opened:
                    batch = hand_in_organisations(
                        file_name=file.name, content=opened, register=register, source=source,
                        language=curator.language, by=curator, most=organisations.ON_DISK_BYTES,
                        countries=country or organisations.DENMARK,
                    )  # fmt: skip
            except OSError as problem:
                raise CommandError(str(problem)) from problem
            except Refused as problem:
                raise CommandError(str(problem)) from problem
            path = reverse("desk:import", args=[batch.pk])
        for note in batch.notes:
            self.stdout.write(note)
        self.stdout.write(f"{batch.total} rows wait at {absolute(path)}")
