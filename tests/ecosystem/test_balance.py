"""The balance: what counts for a place, on which side, and that every figure is a list one can read."""

import pytest
from django.utils.translation import override

from curation.models import Theme
from curation.reference import Reference
from ecosystem.balance import Count, EvidenceKind, medians_of, of_country
from ecosystem.balance.rows import rows_of
from ecosystem.balance.under import evidence_of
from places.models import Place
from tests import factories
from tests.ecosystem import recount, recount_sides

# Three municipalities, a health council, three regions of which one is to come, and the country.
PLACES = ("0101", "0165", "0751", "hovedstaden", "1082", "1084", "oestdanmark", "DK")


@pytest.fixture
def region(empty):
    return factories.place("Regionen", kind="region")


@pytest.fixture
def town(region):
    return factories.place("Byen", within=[region])


def rows(place, theme=None):
    """What one can read of each kind."""
    return {kind: rows_of(kind, place, theme, number=10_000) for kind in EvidenceKind}


def count(place, theme=None):
    """PULL and PUSH, which must be as many as the rows one can read, and no row twice."""
    evidence = of_country().evidence(place.pk, theme.pk if theme else None)
    read = rows(place, theme)
    assert {kind: len(found) for kind, found in read.items()} == {
        kind: evidence.of(kind) for kind in EvidenceKind
    }
    return evidence.pull, evidence.push


def names(place, kind):
    return [row.name for row in rows_of(EvidenceKind(kind), place, number=100)]


def test_an_empty_place_has_nothing(town):
    assert count(town) == (0, 0)
    assert not of_country().of(town.pk)


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (factories.need, (1, 0)),
        (factories.mission, (1, 0)),
        (factories.lab, (1, 0)),
        (factories.offer, (0, 1)),
    ],
    ids=["need", "mission", "lab", "offer"],
)
def test_an_entry_stands_on_its_side_once_for_each_place_it_belongs_to(town, region, make, expected):
    other = factories.place("Nabobyen", within=[region])
    make("Sagen", places=[town, other])
    make("Kladden", places=[town], state="draft")
    assert count(town) == count(other) == count(region) == expected


def test_an_actor_on_the_push_side_pushes_and_others_do_not(town):
    factories.actor("Skubber", places=[town], side="push")
    factories.actor("Trækker", places=[town], side="pull")
    factories.actor("Bro", places=[town], side="both")
    assert count(town) == (0, 1)
    assert names(town, "push_actor") == ["Skubber"]


@pytest.mark.parametrize(("side", "expected"), [("pull", (1, 0)), ("push", (0, 1)), ("both", (1, 1))])
def test_a_link_counts_on_its_side_and_on_both_where_it_stands_on_both(town, side, expected):
    factories.link(factories.lab(), factories.actor(places=[town], side="pull"), side)
    assert count(town) == expected


def test_either_end_makes_it_the_places(town):
    factories.link(factories.lab(), factories.actor(places=[town], side="pull"), "pull")
    factories.link(factories.lab(), factories.mission(places=[town]), "pull")
    factories.link(factories.lab(), factories.need(places=[town]), "pull")
    factories.link(factories.lab(), factories.offer(places=[town]), "push")
    factories.member(factories.mission(), factories.actor(places=[town], side="pull"), "push")
    factories.relation(factories.actor(), factories.actor(places=[town], side="pull"), side="push")
    assert count(town) == (5, 4)


def test_a_link_within_a_place_counts_once_and_between_two_places_once_in_each_and_above(town, region):
    other = factories.place("Nabobyen", within=[region])
    lab = factories.lab(places=[town])
    factories.link(lab, factories.actor(places=[town], side="pull"), "pull")
    factories.link(lab, factories.actor(places=[other], side="pull"), "both")
    assert (count(town), count(other), count(region)) == ((3, 1), (1, 1), (3, 1))
    assert of_country().of(region.pk) == Count(of_country().evidence(region.pk), labs=1, actors=2, links=2)


def test_what_is_a_draft_at_either_end_counts_nowhere(town):
    factories.link(factories.lab(places=[town], state="draft"), factories.actor(side="pull"), "pull")
    factories.link(factories.lab(places=[town]), factories.actor(side="pull", state="draft"), "pull")
    factories.actor(places=[town], side="push", state="draft")
    assert count(town) == (1, 0)
    assert of_country().links == 0


def test_what_is_over_counts_on_neither_side_but_is_known_of(town):
    over = factories.lab(places=[town], ended=True)
    factories.link(over, factories.actor(side="pull"), "both")
    factories.need(places=[town], status="answered", ended=True)
    factories.offer(places=[town], status="closed", ended=True)
    assert count(town) == (0, 0)
    assert of_country().of(town.pk) == Count(labs=1, needs=1, offers=1)
    factories.link(factories.lab(places=[town]), factories.actor(side="pull"), "both", ended_on="2026-01-01")
    factories.member(factories.mission(), factories.actor(places=[town], side="pull"), ended_on="2026-01-01")
    assert count(town) == (1, 0)


def test_a_theme_has_its_entries_and_the_links_of_its_labs_and_missions(town):
    climate, energy = factories.theme("Klima"), factories.theme("Skole")
    below = factories.theme("Solceller", parent=climate)
    lab = factories.lab(places=[town], themes=[below, energy])
    factories.link(lab, factories.actor(places=[town], side="pull"), "both")
    factories.need(places=[town], themes=[below])
    factories.offer(places=[town], themes=[energy])
    factories.member(factories.mission(themes=[climate]), factories.actor(places=[town], side="pull"), "push")
    factories.relation(factories.actor(places=[town], side="pull"), factories.actor(side="pull"))
    assert (count(town, climate), count(town, energy)) == ((3, 2), (2, 2))
    assert count(town) == (4, 4)
    found = of_country().by_theme(town.pk)
    assert set(found) == {climate.pk, energy.pk}
    narrow = evidence_of(town, below, Reference())
    assert (narrow.need, narrow.lab, narrow.pull, narrow.push) == (1, 1, 3, 1)
    assert len(rows_of(EvidenceKind.PULL_LINK, town, below, number=9)) == narrow.pull_link == 1


def test_the_median_municipality_is_the_one_in_the_middle_with_the_empty_ones_counted_in(empty):
    theme = factories.theme()
    towns = [factories.place() for _number in range(5)]
    factories.place(kind="region")
    for town, number in zip(towns, (9, 2, 3), strict=False):
        for _number in range(number):
            factories.need(places=[town], themes=[theme])
    median = medians_of(of_country(), Reference())[theme.pk]
    assert (median.pull, median.push) == (2, 0)
    factories.need(places=[factories.place()], themes=[theme])
    assert medians_of(of_country(), Reference())[theme.pk].pull == 1.5


def test_rows_lead_to_the_entries_they_name(town):
    lab, actor, mission = (factories.lab(places=[town]), factories.actor(side="push"), factories.mission())
    need, offer, partner = factories.need(), factories.offer(), factories.actor(places=[town], side="push")
    for other in (actor, mission, need, offer):
        factories.link(lab, other, "pull")
    factories.member(mission, partner, "pull")
    factories.relation(actor, partner, side="pull")
    read = rows(town)
    entries = {str(one): one.get_absolute_url() for one in (lab, actor, mission, partner, need, offer)}
    links = read[EvidenceKind.PULL_LINK]
    named = [(row.name, row.path) for row in [*read[EvidenceKind.PUSH_ACTOR], *links]]
    named += [(row.other_name, row.other_path) for row in links]
    assert len(named) == 1 + 6 * 2
    assert all(entries[name] == path for name, path in named)


def test_rows_are_named_in_the_readers_language(town):
    lab = factories.lab("Laboratoriet", name_en="The laboratory", places=[town])
    factories.link(lab, factories.actor("Kommunen", side="pull"), "pull")
    with override("en"):
        (row,) = rows_of(EvidenceKind.PULL_LINK, town, number=9)
    assert (row.name, row.other_name) == ("Kommunen", "The laboratory")
    assert row.other_path.startswith("/en/labs/")


def test_pages_of_rows_follow_on_each_other(town):
    lab = factories.lab(places=[town])
    for number in range(5):
        factories.link(lab, factories.actor(f"Nr. {number}", side="pull", places=[town]), "pull")
        factories.need(f"Behov {number}", places=[town])
    for kind in (EvidenceKind.PULL_LINK, EvidenceKind.NEED):
        pages = [rows_of(kind, town, start=start, number=2) for start in (0, 2, 4)]
        assert [len(page) for page in pages] == [2, 2, 1]
        assert [row for page in pages for row in page] == rows_of(kind, town, number=9)


def test_the_statements_are_few_whatever_there_is(town, django_assert_num_queries):
    theme = factories.theme()
    for _more in range(2):
        lab = factories.lab(places=[town], themes=[theme])
        factories.link(lab, factories.actor(places=[town]), "both")
        factories.link(lab, factories.need(places=[town]), "pull")
        factories.member(factories.mission(), factories.actor(places=[town]))
        with django_assert_num_queries(1):
            of_country()
        for kind in EvidenceKind:
            with django_assert_num_queries(1):
                rows_of(kind, town, theme, number=5)


# The same from the files


@pytest.fixture(scope="module")
def top_themes():
    return [row["slug"] for row in recount.rows("themes.csv") if not row["parent"]]


def plain(evidence):
    return {kind.value: evidence.of(kind) for kind in EvidenceKind if evidence.of(kind)}


def told(place, theme=""):
    return {kind: number for kind, number in recount_sides.evidence(place, theme).items() if number}


def test_every_theme_of_real_places_is_counted_as_the_files_say(denmark, top_themes):
    country = of_country()
    themes = {theme.slug: theme.pk for theme in Theme.objects.filter(parent=None)}
    assert len(top_themes) == 14
    for code in PLACES:
        place = Place.objects.at_address(code).get()
        found = country.by_theme(place.pk)
        assert plain(country.evidence(place.pk)) == told(code), code
        expected = {themes[slug]: told(code, slug) for slug in top_themes}
        assert {pk: plain(one) for pk, one in found.items()} == {pk: e for pk, e in expected.items() if e}


def test_every_municipality_is_counted_as_the_files_say(denmark):
    country = of_country()
    for place in Place.objects.municipalities():
        here = country.of(place.pk)
        assert (here.pull, here.push) == recount_sides.totals(recount_sides.evidence(place.code)), place
        assert here.labs == recount_sides.known("lab", place.code)
        assert here.needs == recount_sides.known("need", place.code)
        assert here.offers == recount_sides.known("offer", place.code)
    assert country.links == len(recount_sides.ties())


def test_real_places_can_be_read_as_they_are_counted(denmark):
    for code in PLACES:
        count(Place.objects.at_address(code).get())
    for code, slug in (("0751", "places"), ("1082", "climate"), ("DK", "health")):
        theme = Theme.objects.filter(parent=None, slug=slug).first() or Theme.objects.filter(parent=None)[0]
        count(Place.objects.at_address(code).get(), theme)
