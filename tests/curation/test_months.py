"""Months as people write them, and the time between two."""

import datetime as dt

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from curation.months import Month, month_in, time_between

MARCH = dt.date(2026, 3, 1)


@pytest.mark.parametrize(
    "text",
    [
        "03.2026", "3/2026", "3-2026", "03 2026", "2026-03", "2026-3", "2026-03-01", "31.3.2026",
        "marts 2026", "March 2026", " MARTS  2026 ", "mar. 2026", "mar 2026",
    ],
)  # fmt: skip
def test_a_month_is_read_however_it_is_written(text: str) -> None:
    assert month_in(text) == MARCH


@pytest.mark.parametrize(
    "text",
    ["", "2026", "marts", "13.2026", "00.2026", "2026-00", "ma 2026", "ju 2026", "foråret 2026", "3.26"],
)
def test_what_names_no_month_is_none(text: str) -> None:
    assert month_in(text) is None


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("foråret 2026", "Write month and year, for example 03.2026."),
        ("03.1300", "Write a year after 1849."),
        ("01.2999", "That month lies ahead. Write one that has begun."),
    ],
)
def test_the_field_says_what_is_wrong(typed: str, words: str) -> None:
    with translation.override("en"), pytest.raises(ValidationError, match=words):
        Month().clean(typed)


def test_this_month_has_begun_and_none_is_none() -> None:
    today = timezone.localdate()
    assert Month().clean(f"{today:%m.%Y}") == today.replace(day=1)
    assert Month().clean("") is None


@pytest.mark.parametrize(("language", "shown"), [("da", "marts 2026"), ("en", "March 2026")])
def test_it_is_shown_in_words_and_read_again(language: str, shown: str) -> None:
    class One(forms.Form):
        month = Month()

    with translation.override(language):
        for form in (One(initial={"month": MARCH}), One({"month": "2026-03"}), One({"month": "3.2026"})):
            assert f'value="{shown}"' in str(form["month"])
        assert 'value="foråret"' in str(One({"month": "foråret"})["month"])
    assert Month.word(shown) == "2026-03"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ((2024, 11), (2026, 3), "1 year 4 months"),
        ((2024, 3), (2026, 3), "2 years"),
        ((2026, 2), (2026, 3), "1 month"),
        ((2026, 3), (2026, 3), "less than a month"),
    ],
)
def test_the_time_between(first: tuple[int, int], last: tuple[int, int], words: str) -> None:
    with translation.override("en"):
        assert time_between(dt.date(*first, 1), dt.date(*last, 1)) == words
