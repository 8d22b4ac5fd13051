"""Words that mean the same and names of places: sound, and loaded without overwriting what curators wrote."""

import csv
from collections import Counter
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from curation.models import Synonyms
from places.danish import fold
from places.models import Place


def rows(name: str) -> list[dict[str, str]]:
    with (settings.BASE_DIR / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_no_word_is_in_two_groups() -> None:
    groups = [row["words"].split(";") for row in rows("synonyms.csv")]
    counted = Counter(fold(word) for words in groups for word in words)
    assert [word for word, number in counted.items() if number > 1] == []
    assert len(groups) >= 150
    assert all(len(words) >= 2 for words in groups)


def test_every_group_and_name_says_why() -> None:
    assert [row["words"] for row in rows("synonyms.csv") if not row["source"].strip()] == []
    assert [row["name"] for row in rows("place_names.csv") if not row["source"].strip()] == []


def test_counties_cover_the_country_and_landscapes_are_whole() -> None:
    codes = {row["code"] for row in rows("municipalities.csv")}
    names = {row["name"]: set(row["municipality_codes"].split(";")) for row in rows("place_names.csv")}
    counties = [row["name"] for row in rows("place_names.csv") if row["kind"] == "county"]
    assert len(counties) == 14
    # Copenhagen and Frederiksberg were in no county.
    assert codes - set().union(*(names[county] for county in counties)) == {"0101", "0147"}
    assert names["Jylland"] | names["Fyn"] | names["Sjælland"] | {"0400"} >= codes - {
        "0360", "0376", "0390", "0482", "0492",
    }  # fmt: skip
    assert set().union(*names.values()) <= codes


@pytest.mark.usefixtures("denmark")
def test_a_second_load_adds_what_is_missing_and_leaves_what_curators_wrote() -> None:
    held = Synonyms.objects.count()
    assert held == len(rows("synonyms.csv"))
    assert Place.objects.get(code="0461").further_names[:2] == ["Fyns Amt", "Funen County"]
    changed = Synonyms.objects.get(words__contains=["demens"])
    Synonyms.objects.filter(pk=changed.pk).update(words=["demens", "vores ord"])
    Synonyms.objects.filter(words__contains=["biogas"]).delete()
    call_command("load_denmark", stdout=StringIO())
    changed.refresh_from_db()
    assert changed.words == ["demens", "vores ord"]
    assert Synonyms.objects.count() == held
    assert Synonyms.objects.get(words__contains=["biogas"]).source.startswith("synonyms.csv: ")
