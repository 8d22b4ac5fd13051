"""What the page about open data tells: the lists with their numbers and files, the dumps, an example."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from curation.models import Record
from curation.reference import Reference
from keeping.lists import LISTS
from mail.links import absolute

from .models import Dump

FORMS = {"csv": "CSV", "xlsx": "XLSX", "geojson": "GeoJSON"}


@dataclass(frozen=True)
class Row:
    """A list: its name, how many entries it has, its page, its files and what else tells it."""

    label: Any
    number: int
    path: str
    files: Sequence[tuple[str, str]]
    feed: str
    api: str


@dataclass(frozen=True)
class DataPage:
    """Each part is read when the template asks for it."""

    day: dt.date

    @cached_property
    def rows(self) -> list[Row]:
        numbers = Reference.now().keep("entries of each kind", _numbers)
        return [
            Row(
                listed.label, numbers.get(listed.kind, 0), listed.path,
                [(label, reverse(f"exports:{form}", args=[name])) for form, label in FORMS.items()],
                reverse("feeds:feed", args=[name]), reverse(f"api:{name}"),
            )
            for name, listed in LISTS.items()
        ]  # fmt: skip

    @property
    def entries(self) -> int:
        return sum(row.number for row in self.rows)

    @cached_property
    def dumps(self) -> list[Dump]:
        """The newest first."""
        return list(Dump.objects.all())

    @property
    def newest(self) -> Dump | None:
        return self.dumps[0] if self.dumps else None

    @property
    def older(self) -> list[Dump]:
        return self.dumps[1:]

    @property
    def home(self) -> str:
        return settings.BASE_URL

    @property
    def newest_address(self) -> str:
        return absolute(reverse("dumps:newest"))


def data_page() -> DataPage:
    return DataPage(timezone.localdate())


def _numbers() -> dict[str, int]:
    """One statement, kept while the register's version stands."""
    rows = Record.objects.published().order_by().values_list("kind")
    return dict(rows.annotate(number=Count("pk")))
