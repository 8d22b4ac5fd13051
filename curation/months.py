"""Months as people write them, the time between two, and the field that asks for one.

A month is kept as its first day.
"""

import datetime as dt
import re
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .fields import FIRST_YEAR

WRITTEN = (
    re.compile(r"(?P<month>\d{1,2})[./ -]+(?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})[./ -]+(?P<month>\d{1,2})(?:-\d{1,2})?"),
    re.compile(r"\d{1,2}[./-](?P<month>\d{1,2})[./-](?P<year>\d{4})"),
    re.compile(r"(?P<name>[^\W\d]{3,})[. ]+(?P<year>\d{4})"),
)


class MonthInput(forms.TextInput):
    """A month as people write it, in the language of the page; what is no month stays as it was typed."""

    def __init__(self) -> None:
        super().__init__(attrs={"autocomplete": "off"})

    def format_value(self, value: Any) -> str | None:
        month = month_in(str(value or ""))
        return month_in_words(month) if month else super().format_value(value)


class Month(forms.Field):
    """A month as its first day: “03.2026”, “2026-03”, “marts 2026”. It has begun, or may lie `ahead`."""

    default_error_messages = {"invalid": gettext_lazy("Write month and year, for example 03.2026.")}

    def __init__(self, *, required: bool = False, ahead: bool = False, **options: Any) -> None:
        super().__init__(required=required, widget=MonthInput(), **options)
        self.ahead = ahead

    def to_python(self, value: Any) -> dt.date | None:
        """The first day of the month, or nothing."""
        text = str(value or "").strip()
        if not text:
            return None
        month = month_in(text)
        if month is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if month.year < FIRST_YEAR:
            raise ValidationError(_("Write a year after %(year)s.") % {"year": FIRST_YEAR - 1})
        if month > timezone.localdate() and not self.ahead:
            raise ValidationError(_("That month lies ahead. Write one that has begun."))
        return month

    @staticmethod
    def word(text: str) -> str:
        """What was typed, written the same however it was typed: “2026-03”."""
        month = month_in(text)
        return f"{month:%Y-%m}" if month else text


def month_in(text: str) -> dt.date | None:
    """The first day of the month a text names, in Danish, English or numbers; nothing where it names none."""
    asked = " ".join(text.lower().split())
    found = next((match for form in WRITTEN if (match := form.fullmatch(asked))), None)
    if found is None:
        return None
    said = found.groupdict()
    number = int(said["month"]) if said.get("month") else _month_named(said["name"])
    year = int(said["year"])
    return dt.date(year, number, 1) if 1 <= number <= 12 and year else None


def month_in_words(month: dt.date) -> str:
    """“marts 2026”."""
    return date_format(month, "F Y")


def time_between(first: dt.date, last: dt.date) -> str:
    """From one month to a later one: “1 year 4 months”."""
    years, months = divmod((last.year - first.year) * 12 + last.month - first.month, 12)
    parts = []
    if years:
        parts.append(ngettext("%(n)s year", "%(n)s years", years) % {"n": years})
    if months:
        parts.append(ngettext("%(n)s month", "%(n)s months", months) % {"n": months})
    return " ".join(parts) or _("less than a month")


def _month_named(name: str) -> int:
    """The month a name or the beginning of one stands for; nought where none or several do."""
    numbers = {number for full, number in _month_names() if full.startswith(name)}
    return numbers.pop() if len(numbers) == 1 else 0


@cache
def _month_names() -> list[tuple[str, int]]:
    names = []
    for language in ("da", "en"):
        with translation.override(language):
            names += [(str(name).lower(), number) for number, name in MONTHS.items()]
    return names
