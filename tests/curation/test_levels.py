"""The levels of an entry: what each asks for, what is missing, and that the column is always true."""

import datetime as dt
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from accounts import personal
from actors.models import Actor
from curation import levels, reindexing
from curation.actions import confirm
from curation.choices import Kind, Level
from curation.levels import Check, quality
from curation.models import Entry, Record, RegisterVersion
from curation.qualities import qualities
from curation.search import INDEXERS
from curation.tasks.index import index_anew
from keeping.sections import SECTIONS
from keeping.tasks.freshness import rank_what_lapsed
from labs.models import Lab
from tests import factories
from tests.people import person

ONE = Check("one", Level.REQUIRED, "one")
TWO = Check("two", Level.GOOD, "two")
THREE = Check("three", Level.EXCELLENT, "three")


@pytest.mark.parametrize(
    ("there", "level", "lacks"),
    [
        ((False, False, False), Level.LACKING, [ONE]),
        ((False, True, True), Level.LACKING, [ONE]),  # what is useful does not make up for what must be there
        ((True, False, True), Level.REQUIRED, [TWO]),
        ((True, True, False), Level.GOOD, [THREE]),
        ((True, True, True), Level.EXCELLENT, []),
    ],
)
def test_a_level_holds_all_that_those_below_ask_for(
    there: tuple[bool, ...], level: Level, lacks: list[Check]
) -> None:
    found = quality(dict(zip((ONE, TWO, THREE), there, strict=True)))
    assert (found.level, list(found.lacks)) == (level, lacks)


@pytest.fixture
def whole(empty: None) -> Lab:
    """A lab of which everything is told."""
    owner, host = factories.actor("Aarhus Kommune", side="pull"), factories.actor("AU", side="push")
    now = timezone.now()
    lab = factories.lab(
        "Nærlab", places=[factories.place("Aarhus")], themes=[factories.theme()], owner=owner,
        contact_email="lab@aarhus.dk", claimed_at=now, confirmed_at=now, summary_da="Kort",
        summary_en="Short", description_da="Langt", purpose_da="Derfor", phase="running", setting="home",
        latitude=56.1, longitude=10.2, methods=["workshop"], open_to=["research"], hallmark_daily="a",
        hallmark_together="b", hallmark_whole="c", hallmark_learning="d",
    )  # fmt: skip
    factories.link(lab, owner, "pull", role="host")
    factories.link(lab, host, "push", role="research")
    factories.reindex(lab)
    return lab


def level(entry: Entry) -> int:
    return Record.objects.values_list("level", flat=True).get(pk=entry.pk)


def lacking(entry: Entry) -> list[str]:
    return [check.slug for check in qualities([Record.objects.get(pk=entry.pk)])[entry.pk].lacks]


def say(lab: Lab, **said: Any) -> None:
    for name, value in said.items():
        setattr(lab, name, value)
    lab.save()
    factories.reindex(lab)


def test_an_entry_rises_and_falls_with_what_it_says(whole: Lab) -> None:
    assert (level(whole), lacking(whole)) == (Level.EXCELLENT, [])
    say(whole, hallmark_whole="", methods=[])
    assert (level(whole), lacking(whole)) == (Level.GOOD, ["methods", "whole"])
    say(whole, summary_en="")
    assert (level(whole), lacking(whole)) == (Level.REQUIRED, ["english"])
    say(whole, summary_da="")
    assert (level(whole), lacking(whole)) == (Level.LACKING, ["summary"])


def test_it_lapses_with_its_confirmation_and_comes_back_with_it(whole: Lab) -> None:
    later = timezone.now() + dt.timedelta(days=367)
    with time_machine.travel(later, tick=False):
        rank_what_lapsed(timestamp=0)
        assert (level(whole), lacking(whole)) == (Level.GOOD, ["confirmed"])
        call_command("reindex", "--check", stdout=StringIO())
        confirm(Record.objects.get(pk=whole.pk), by=None)
        assert level(whole) == Level.EXCELLENT


def test_a_forgotten_address_is_no_address_to_write_to(whole: Lab) -> None:
    personal.erase(person("lab@aarhus.dk"))
    assert (level(whole), lacking(whole)) == (Level.REQUIRED, ["contact"])


def test_an_organisation_needs_no_theme_of_its_own(empty: None) -> None:
    actor = factories.actor("AU", places=[factories.place()], summary_da="Kort", source="https://au.dk/")
    factories.reindex(actor)
    assert level(actor) == Level.REQUIRED
    Record.objects.filter(pk=actor.pk).update(source="")
    factories.reindex(Actor.objects.get(pk=actor.pk))
    assert level(actor) == Level.LACKING


@pytest.mark.usefixtures("denmark")
def test_every_kind_asks_for_something_at_each_level_and_leads_to_a_field() -> None:
    """What no form says is done by somebody else, by time or by a press of a button."""
    elsewhere = {"claimed", "confirmed", "part", "learnt"}
    for kind in Kind:
        record = Record.objects.filter(kind=kind).order_by("pk").first()
        assert record is not None
        facts = INDEXERS[kind].facts([getattr(record, kind)])[record.pk]
        asked = set(facts.checks) | {
            levels.NAME,
            levels.SUMMARY,
            levels.ENGLISH,
            levels.CONTACT,
            levels.POINT,
        }
        assert {check.level for check in asked} == {Level.REQUIRED, Level.GOOD, Level.EXCELLENT}, kind
        assert len({check.slug for check in asked}) == len(asked), kind
        fields = {name for section in SECTIONS[kind] for name in section.base_fields}
        assert {check.field for check in asked if check.slug not in elsewhere} <= fields, kind


@pytest.mark.usefixtures("denmark")
def test_an_upgraded_register_gets_true_levels_by_itself() -> None:
    """As after a release that has the column and a register that was written by the one before."""
    truth = dict(Record.objects.order_by().values_list("pk", "level"))
    assert {Level.LACKING, Level.REQUIRED} <= set(truth.values())
    Record.objects.update(level=Level.LACKING)
    RegisterVersion.objects.update(derived_as=0)
    with pytest.raises(CommandError, match="records differed"):
        call_command("reindex", "--check", stdout=StringIO())
    assert reindexing.is_outdated()
    index_anew(timestamp=0)
    assert dict(Record.objects.order_by().values_list("pk", "level")) == truth
    assert not reindexing.is_outdated()
    Record.objects.filter(pk=min(truth)).update(quality=7)
    index_anew(timestamp=0)  # once is enough
    assert Record.objects.get(pk=min(truth)).quality == 7


@pytest.mark.usefixtures("denmark")
def test_the_page_for_curators_tells_what_each_level_asks() -> None:
    page = (settings.BASE_DIR / "docs" / "curating.md").read_text("utf-8")
    rows = [line.split("|")[1:-1] for line in page.splitlines() if line.startswith("|") and " · " in line]
    told = {row[0].strip(): [cell.strip() for cell in row[1:]] for row in rows if len(row) == 4}
    named = {
        "lab": "living lab", "actor": "organisation", "mission": "mission", "need": "need", "offer": "offer",
        "trial": "trial", "solution": "solution",
    }  # fmt: skip
    for kind, name in named.items():
        record = Record.objects.filter(kind=kind).order_by("pk").first()
        assert record is not None
        checks = INDEXERS[kind].facts([getattr(record, kind)])[record.pk].checks
        for level in (Level.GOOD, Level.EXCELLENT):
            with translation.override("en"):
                asked = [str(check.label) for check in checks if check.level == level]
            said = told[name][level - 1].split(" · ")
            assert [text.lower() for text in said] == [text.lower() for text in asked], (kind, level)
