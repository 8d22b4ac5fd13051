"""The balance: what counts for a place, on which side, and that every figure is a list one can read."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from django.utils.translation import override

from ecosystem import counted
from ecosystem.balance import Count, of_country
from places.models import Place
from tests import factories

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture
def region(empty):
    return factories.place("Regionen", kind="region")


@pytest.fixture
def town(region):
    return factories.place("Byen", within=[region])


def of_place(place):
    return counted.of_place(place, of_country().of(place.pk))


def count(place):
    """The place's count, which must be as many as the rows one can read."""
    found, of_all = of_place(place), of_country().of(place.pk)
    assert (len(found.pull_rows), len(found.push_rows), len(found.links)) == (
        of_all.pull,
        of_all.push,
        of_all.links,
    )
    assert found.pull_not_shown == found.push_not_shown == 0
    return found.pull, found.push


def test_an_empty_place_has_nothing(town):
    assert count(town) == (0, 0)
    assert not of_country().of(town.pk)


def test_a_mission_of_the_place_pulls(town):
    factories.mission(places=[town])
    assert count(town) == (1, 0)


def test_an_actor_on_the_push_side_pushes_and_others_do_not(town):
    factories.actor("Skubber", places=[town], side="push")
    factories.actor("Trækker", places=[town], side="pull")
    factories.actor("Bro", places=[town], side="both")
    assert count(town) == (0, 1)
    assert [row.name for row in of_place(town).push_actors] == ["Skubber"]


@pytest.mark.parametrize(("side", "expected"), [("pull", (1, 0)), ("push", (0, 1)), ("both", (1, 1))])
def test_a_link_counts_on_its_side_and_on_both_where_it_stands_on_both(town, side, expected):
    factories.link(factories.lab(places=[town]), factories.actor(side="pull"), side)
    assert count(town) == expected


def test_either_end_makes_it_the_places(town):
    factories.link(factories.lab(), factories.actor(places=[town], side="pull"), "pull")
    factories.link(factories.lab(), factories.mission(), "pull")
    factories.member(factories.mission(), factories.actor(places=[town], side="pull"), "push")
    factories.relation(factories.actor(), factories.actor(places=[town], side="pull"), side="push")
    assert count(town) == (1, 2)


def test_a_link_within_a_place_counts_once(town):
    factories.link(factories.lab(places=[town]), factories.actor(places=[town], side="pull"), "pull")
    assert count(town) == (1, 0)


def test_a_link_between_two_places_counts_in_each_and_once_above_them(town, region):
    other = factories.place("Nabobyen", within=[region])
    factories.link(factories.lab(places=[town]), factories.actor(places=[other], side="pull"), "pull")
    assert (count(town), count(other), count(region)) == ((1, 0), (1, 0), (1, 0))


def test_a_lab_in_two_places_counts_in_both(town, region):
    other = factories.place("Nabobyen", within=[region])
    factories.link(factories.lab(places=[town, other]), factories.actor(side="pull"), "push")
    assert (count(town), count(other)) == ((0, 1), (0, 1))
    assert of_country().of(region.pk).labs == 1


def test_links_with_a_draft_at_either_end_count_nowhere(town):
    factories.link(factories.lab(places=[town], state="draft"), factories.actor(side="pull"), "pull")
    factories.link(factories.lab(places=[town]), factories.actor(side="pull", state="draft"), "pull")
    factories.mission(places=[town], state="draft")
    factories.actor(places=[town], side="push", state="draft")
    assert count(town) == (0, 0)
    assert of_country().links == 0
    assert of_country().of(town.pk) == Count(labs=1)


def test_a_region_holds_what_is_in_its_municipalities(town, region):
    factories.mission(places=[town])
    factories.mission(places=[region])
    assert (count(town), count(region)) == ((1, 0), (2, 0))


def test_what_is_counted_can_be_read(town):
    lab = factories.lab("Laboratoriet", places=[town])
    factories.link(lab, factories.actor("Kommunen", side="pull"), "pull")
    factories.link(lab, factories.actor("Universitetet"), "both")
    found = of_place(town)
    assert [row.name for row in found.pull_rows] == ["Kommunen", "Universitetet"]
    assert [row.name for row in found.push_rows] == ["Universitetet"]
    assert {row.other_name for row in found.links} == {"Laboratoriet"}


def test_rows_lead_to_the_entries_they_name(town):
    lab, actor, mission = (factories.lab(places=[town]), factories.actor(side="push"), factories.mission())
    partner = factories.actor(places=[town], side="push")
    factories.link(lab, actor)
    factories.link(lab, mission)
    factories.member(mission, partner)
    factories.relation(actor, partner)
    found = of_place(town)
    entries = {str(entry): entry.get_absolute_url() for entry in (lab, actor, mission, partner)}
    named = [(row.name, row.path) for row in [*found.push_actors, *found.links]]
    named += [(row.other_name, row.other_path) for row in found.links]
    assert len(named) == 1 + 4 * 2
    assert all(entries[name] == path for name, path in named)


def test_rows_are_named_in_the_readers_language(town):
    lab = factories.lab("Laboratoriet", name_en="The laboratory", places=[town])
    factories.link(lab, factories.actor("Kommunen", side="pull"), "pull")
    with override("en"):
        (row,) = of_place(town).links
    assert (row.name, row.other_name) == ("Kommunen", "The laboratory")
    assert row.other_path.startswith("/en/labs/")


def test_the_statements_are_few_whatever_there_is(town, django_assert_num_queries):
    def some():
        lab = factories.lab(places=[town])
        factories.link(lab, factories.actor(places=[town]), "both")
        factories.link(lab, factories.mission(places=[town]), "pull")
        factories.member(factories.mission(), factories.actor(places=[town]))
        factories.relation(factories.actor(places=[town]), factories.actor())

    for _more in range(2):
        some()
        with django_assert_num_queries(1):
            of_country()
        with django_assert_num_queries(3):
            assert counted.of_place(town, Count()).links


# The same by hand, from the files


def rows(name):
    with (DATA / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def ended(row):
    return row["status"] == "ended"


def recount():
    """PULL, PUSH and labs by municipality code, counted from the CSV files alone."""
    actors = rows("actors.csv") + rows("actors_more.csv")
    places = {("actor", row["name"]): {row["municipality_code"]} - {""} for row in actors}
    for kind in ("lab", "mission"):
        for row in rows(f"{kind}s.csv"):
            places[kind, row["name"]] = set(row["municipality_codes"].split(";")) - {""}
    pull, push, labs = Counter(), Counter(), Counter()
    over = {(kind, row["name"]) for kind in ("lab", "mission") for row in rows(f"{kind}s.csv") if ended(row)}
    for link in rows("links.csv"):
        ends = (link["from_type"], link["from_name"]), (link["to_type"], link["to_name"])
        if over.intersection(ends):
            continue
        codes = places[ends[0]] | places[ends[1]]
        pull.update(codes if link["direction"] != "push" else ())
        push.update(codes if link["direction"] != "pull" else ())
    for (kind, name), codes in places.items():
        pull.update(codes if kind == "mission" and (kind, name) not in over else ())
        labs.update(codes if kind == "lab" else ())
    for row in actors:
        push.update(places["actor", row["name"]] if row["side"] == "push" else ())
    return {code: (pull[code], push[code], labs[code]) for code in pull | push | labs}


def test_denmark_is_counted_as_the_files_say(denmark):
    country = of_country()
    expected = recount()
    counts = {place.code: country.of(place.pk) for place in Place.objects.municipalities()}
    assert {code: (c.pull, c.push, c.labs) for code, c in counts.items() if c} == expected
    assert country.links == len(rows("links.csv"))


def test_every_place_says_the_same_in_both_ways(denmark):
    places = Place.objects.order_by("pk")
    for place in [*places.exclude(kind="municipality"), *places.filter(kind="municipality")[::9]]:
        count(place)


def test_lists_too_long_to_show_are_counted_all_the_same(town, monkeypatch):
    monkeypatch.setattr(counted, "SHOWN", 2)
    lab = factories.lab(places=[town])
    for side in ("pull", "push", "both", "pull"):
        factories.link(lab, factories.actor(side="pull"), side)
    for _number in range(3):
        factories.mission(places=[town])
    found = of_place(town)
    assert (found.pull, found.push) == (3 + 3, 2)
    assert (len(found.missions), len(found.links)) == (2, 2)
    assert (found.pull_not_shown, found.push_not_shown) == (6 - 2 - 1, 2 - 1)


def test_what_has_ended_counts_on_neither_side(town):
    over = factories.lab(places=[town], ended=True)
    factories.link(over, factories.actor(side="pull"), "both")
    assert (of_place(town).pull, of_place(town).push) == (0, 0)
    assert of_country().of(town.pk).labs == 1
