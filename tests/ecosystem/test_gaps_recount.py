"""Missing links of real places against a recount in plain Python over all rows, also after changes."""

import pytest
from django.utils import timezone

from actors.models import Actor, Offer
from curation.models import Record
from curation.reference import Reference
from ecosystem.gaps.counting import of_country
from ecosystem.gaps.distance import point_of
from ecosystem.gaps.kinds import GapKind
from ecosystem.gaps.nearby import who_could
from ecosystem.gaps.parallel import pairs_of, side_by_side
from ecosystem.gaps.reading import read
from ecosystem.gaps.seeking import search_for
from ecosystem.gaps.worklist import themes_without_lab
from labs.models import Lab, Link
from missions.models import CoalitionMember, Need
from places.models import Place
from tests import factories
from tests.ecosystem.recount_gaps import Recount

pytestmark = pytest.mark.usefixtures("denmark")

# Albertslund, Aarhus, København; the capital's health council; Nordjylland and Østdanmark; the country.
PLACES = ("0165", "0751", "0101", "hovedstaden", "1081", "oestdanmark", "DK")
OF_ENTRIES = [kind for kind in GapKind if kind != GapKind.THEMES]
ALL = 1000


def places() -> list[Place]:
    return [Place.objects.at_address(address).get() for address in PLACES]


def check(recount: Recount, reference: Reference) -> None:
    counted = of_country()
    for place in places():
        found = read(place.pk, OF_ENTRIES, limit=ALL)
        for kind in OF_ENTRIES:
            shown = {one.record.pk for one in found.get(kind, ())}
            assert shown == recount.there(recount.gaps[kind], place.pk), (place, kind)
            for theme in (0, *recount.top):
                assert counted.of(place.pk, kind, theme) == recount.count(kind, place.pk, theme), (
                    place,
                    kind,
                )
        ties = {one.record.pk: one.ties for one in found.get(GapKind.LINKS, ())}
        assert ties == {pk: n for pk, n in recount.unconfirmed.items() if pk in ties}
        lacked = {one.record.pk: len(one.parts) for one in found.get(GapKind.LABS, ())}
        assert lacked == {pk: len(recount.parts_lacked(pk)) for pk in lacked}
        themes = {theme.pk for theme, _here in themes_without_lab(place, reference)}
        assert themes == recount.themes_without_lab(place.pk), place


def check_parallel(recount: Recount, reference: Reference) -> None:
    for place in places():
        found = side_by_side(place.pk, reference)
        for theme in recount.top:
            pairs = recount.parallel(place.pk, theme)
            assert (theme in found) == bool(pairs), (place, theme)
            if pairs:
                pull, push = {one for one, _other in pairs}, {other for _one, other in pairs}
                told = found[theme]
                assert told.pairs == len(pairs)
                assert (told.needs, told.labs) == (recount.kinds(pull, "need"), recount.kinds(pull, "lab"))
                assert (told.offers, told.actors) == (
                    recount.kinds(push, "offer"),
                    recount.kinds(push, "actor"),
                )


def change_much() -> None:
    """What the files have none of: answers, ties over or confirmed, entries that are gone or over."""
    today, now = timezone.localdate(), timezone.now()
    needs, offers = Need.objects.current().order_by("pk"), Offer.objects.current().order_by("pk")
    for number, (need, offer) in enumerate(zip(needs[:9], offers[:9], strict=True)):
        factories.response(
            need, offer, ended_on=today if number % 3 == 0 else None, confirmed_at=now if number % 2 else None
        )
    for number, lab in enumerate(Lab.objects.current().order_by("pk")[:6]):
        factories.link(lab, needs[number + 6], "pull", ended_on=today if number == 0 else None)
    for model in (Link, CoalitionMember):
        keys = list(model.objects.order_by("pk").values_list("pk", flat=True))
        model.objects.filter(pk__in=keys[::4]).update(ended_on=today)
        model.objects.filter(pk__in=keys[1::3]).update(confirmed_at=now)
    for entries in (Lab, Actor):
        keys = list(entries.objects.order_by("pk").values_list("pk", flat=True))
        Record.objects.filter(pk__in=keys[::7]).update(ended=True)
        Record.objects.filter(pk__in=keys[3::9]).update(state="withdrawn")
    Record.objects.filter(pk=offers[1].pk).update(state="draft")
    labs = Lab.objects.current().order_by("pk")
    Lab.objects.filter(pk=labs[2].pk).update(backbone=Actor.objects.current().order_by("pk")[5])


def test_every_place_is_missing_what_the_rows_say() -> None:
    recount, reference = Recount(), Reference()
    assert all(len(found) > 5 for found in recount.gaps.values())
    check(recount, reference)
    check_parallel(recount, reference)


def test_it_stays_so_when_answers_come_and_ties_and_entries_go() -> None:
    before = Recount()
    change_much()
    recount, reference = Recount(), Reference()
    assert all(recount.gaps[kind] != before.gaps[kind] for kind in recount.gaps)
    check(recount, reference)
    check_parallel(recount, reference)


def test_pairs_are_uncoupled_and_the_nearest() -> None:
    recount, reference = Recount(), Reference()
    place = Place.objects.get(code="DK")
    for theme in side_by_side(place.pk, reference):
        expected = recount.parallel(place.pk, theme)
        found = pairs_of(place.pk, theme)
        assert {(pair.pull.pk, pair.push.pk) for pair in found} <= expected
        nearest: list[float] = []
        for pull in {one for one, _other in expected}:
            away = (recount.km(one, other) for one, other in expected if one == pull)
            nearest += sorted(km for km in away if km is not None)[:3]
        told = [pair.kilometres for pair in found if pair.kilometres is not None]
        assert told == pytest.approx(sorted(nearest)[: len(told)], abs=0.01)
        assert len(told) == min(len(nearest), 25)


@pytest.mark.parametrize("kind", ["need", "offer", "actor"])
def test_who_could_fill_it_is_the_nearest_about_the_same(kind: str) -> None:
    recount, reference = Recount(), Reference()
    wanted = {"need": ("offer", "actor"), "offer": ("need", "lab"), "actor": ("need", "lab")}[kind]
    place, checked = Place.objects.get(code="DK"), 0
    for pk in sorted(recount.gaps[f"{kind}s"])[:40]:
        subject = Record.objects.get(pk=pk)
        if subject.x is None or (kind == "actor" and subject.sides != ["push"]):
            continue
        fitting = {
            other for other, row in recount.current.items()
            if row["kind"] in wanted and not (row["kind"] == "actor" and row["sides"] == ["pull"])
        } - recount.near[pk] - {pk}  # fmt: skip
        if themes := recount.top.intersection(subject.theme_ids):
            fitting = {pk for pk in fitting if themes.intersection(recount.current[pk]["theme_ids"])}
        known = sorted(km for other in fitting if (km := recount.km(pk, other)) is not None)
        origin = point_of(subject, place)
        found = who_could(subject, place.pk, search_for(kind, "push"), origin, reference)
        assert {one.record.pk for one in found} <= fitting
        assert len(found) == min(len(fitting), 25)
        told = [one.kilometres for one in found]
        assert told[: len(known)] == pytest.approx(known[:25], abs=0.01)
        assert set(told[len(known) :]) <= {None}
        checked += 1
    assert checked > 2
