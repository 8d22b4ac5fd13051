"""`make_entries`: synthetic labs for benchmarks, shaped and indexed like real ones."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pghistory.models import Events

from actors.choices import Role
from curation.choices import Kind
from curation.models import EntryPlace, EntryTheme, Record, RegisterVersion, Theme
from curation.reindexing import reindex
from labs.models import Adoption, Lab, Learning, Link, Partner, Solution, Trial, Value
from missions.models import Response
from places.models import Place
from places.projection import mercator
from tests.ecosystem import recount

pytestmark = pytest.mark.usefixtures("denmark")


def make(*arguments: str) -> str:
    settle()
    out = StringIO()
    call_command("make_entries", *arguments, stdout=out)
    return out.getvalue()


def settle() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def empty(*tables: str) -> None:
    settle()
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")


@pytest.fixture
def made(denmark: None) -> str:
    return make("50", "--beside")


def test_a_register_in_use_is_left_alone() -> None:
    with pytest.raises(CommandError, match="holds real entries"):
        make("50")
    assert Lab.objects.count() == 55


@pytest.mark.usefixtures("made")
def test_they_stand_beside_the_real_ones_and_say_what_they_are() -> None:
    of = {kind: Record.objects.of_kind(kind) for kind in Kind.values}
    made = {kind: found.filter(source="synthetic").count() for kind, found in of.items()}
    assert made == {
        "lab": 50, "actor": 10, "mission": 0, "need": 10, "offer": 10, "trial": 10, "solution": 10,
    }  # fmt: skip
    real = {kind: found.exclude(source="synthetic").count() for kind, found in of.items()}
    assert real == {kind: len(entries()) for kind, entries in recount.KINDS.items()}


def test_they_are_linked(made: str) -> None:
    links = Link.objects.filter(lab__record__source="synthetic")
    told = (
        r"50 labs, 10 actors, 10 needs, 10 offers, 10 trials, 10 solutions"
        rf" and {links.count()} links made in \d+ s\.\n"
    )
    assert re.fullmatch(told, made)
    assert 4.5 < links.filter(actor__isnull=False).count() / 50 < 6.5
    assert links.filter(role=Role.HOST).count() == 50
    assert {"pull"} == set(links.filter(need__isnull=False).values_list("side", flat=True))
    assert {"push"} == set(links.filter(offer__isnull=False).values_list("side", flat=True))
    assert Response.objects.filter(
        need__record__source="synthetic", offer__record__source="synthetic"
    ).exists()


@pytest.mark.usefixtures("made")
def test_what_they_tried_and_what_came_of_it_is_sound() -> None:
    for trial in Trial.objects.filter(record__source="synthetic"):
        trial.full_clean(exclude=["record", "owner", "lab", "solution"])
    solutions = Solution.objects.filter(record__source="synthetic")
    for solution in solutions:
        solution.full_clean(exclude=["record", "owner", "lab"])
    assert solutions.exclude(lab=None).count() == 10
    assert Adoption.objects.filter(solution__in=solutions).count() > 3
    assert Value.objects.filter(solution__in=solutions).count() > 3
    assert Learning.objects.filter(trial__record__source="synthetic").exists()
    assert Partner.objects.filter(trial__record__source="synthetic").count() > 10


@pytest.mark.usefixtures("made")
def test_they_have_themes_places_points_and_texts() -> None:
    labs = Lab.objects.filter(record__source="synthetic")
    for lab in labs.prefetch_related("record__entry_themes", "record__entry_places"):
        assert 1 <= len(lab.record.entry_themes.all()) <= 3
        assert len(lab.record.entry_places.all()) == 1
        for summary, description in (
            (lab.summary_da, lab.description_da),
            (lab.summary_en, lab.description_en),
        ):
            assert 60 <= len(f"{summary} {description}".split()) <= 200
        lab.full_clean(exclude=["record", "owner"])


@pytest.mark.usefixtures("made")
def test_they_lie_near_their_town() -> None:
    for lab in Lab.objects.filter(record__source="synthetic"):
        town = Place.objects.get(entry_places__record=lab.record)
        x, y = mercator(longitude=lab.longitude or 0, latitude=lab.latitude or 0)
        town_x, town_y = mercator(longitude=town.longitude or 0, latitude=town.latitude or 0)
        metres_of_the_map = ((x - town_x) ** 2 + (y - town_y) ** 2) ** 0.5
        assert metres_of_the_map < 8000 / 0.53  # the map stretches Denmark by 1 / cos 58° at most


@pytest.mark.usefixtures("made")
def test_the_index_says_of_them_what_it_would_say_of_any_entry() -> None:
    assert reindex() == 0
    assert not Record.objects.filter(source="synthetic", search_da=None).exists()


def test_the_register_has_changed_but_the_history_has_not() -> None:
    settle()
    version, events = RegisterVersion.objects.get().number, Events.objects.count()
    make("50", "--beside")
    assert RegisterVersion.objects.get().number == version + 1
    assert Events.objects.count() == events


@pytest.mark.usefixtures("made")
def test_the_indexes_and_triggers_are_there_again() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_indexes WHERE indexname LIKE 'record\\_%%'", [])
        assert cursor.fetchone()[0] == 15
        cursor.execute("SHOW session_replication_role")
        assert cursor.fetchone()[0] == "origin"
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgenabled <> 'O' AND NOT tgisinternal")
        assert cursor.fetchone()[0] == 0


@pytest.mark.usefixtures("made")
def test_the_next_record_gets_a_number_nobody_has() -> None:
    last = Record.objects.order_by("-pk").values_list("pk", flat=True)[0]
    assert Record.objects.create(kind="lab", slug="next").pk > last


def test_the_same_seed_makes_the_same_and_another_makes_others() -> None:
    def texts(seed: str) -> list[str]:
        empty("curation_record")
        make("20", "--seed", seed)
        return list(Lab.objects.order_by("pk").values_list("description_da", flat=True))

    first = texts("1")
    assert texts("1") == first
    assert texts("2") != first


def test_without_any_place_places_and_themes_are_loaded() -> None:
    empty("places_place", "curation_theme", "curation_record")
    make("20")
    assert (Lab.objects.count(), Theme.objects.count()) == (20, 92)
    assert Place.objects.municipalities().count() == 98
    assert EntryPlace.objects.count() == 20 + 10 + 4 + 4 + 4 + 4
    assert EntryTheme.objects.filter(record__lab__isnull=False).count() >= 20


def test_more_can_be_made_of_what_is_synthetic() -> None:
    empty("curation_record")
    make("20")
    make("20")
    assert Lab.objects.count() == 40
