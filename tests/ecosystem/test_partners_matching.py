"""How well two parties fit: parts that sum, the same from either side, each for its reason. No database."""

from dataclasses import replace
from itertools import product
from random import Random
from typing import Any

import pytest

from actors.choices import ActorKind, OfferKind, Role
from curation.choices import Kind, Phase
from ecosystem.partners.matching import Common, Party, Word, match, rarity
from ecosystem.partners.weights import ANSWERS, FILLS, MOST, ROLES_FOR, WEIGHTS, Part
from labs.choices import OpenTo, Setting
from missions.choices import NeedKind

ABOUT: dict[str, Any] = {"themes": frozenset([1]), "above": frozenset([9])}
NEED = Party(kind=Kind.NEED, id=1, type=NeedKind.TEST, phase="open", **ABOUT)
OFFER = replace(NEED, kind=Kind.OFFER, id=2, type=OfferKind.SITE)
LAB = Party(kind=Kind.LAB, id=3, **ABOUT)
ACTOR = Party(kind=Kind.ACTOR, id=4, type=ActorKind.UNIVERSITY, sides=frozenset(["push"]))
QUESTION = Party(kind=Kind.OFFER, type=OfferKind.RESEARCH, **ABOUT)


def points(one, other, part, common=None):
    return match(one, other, common or Common()).of(part).points


def test_the_weights_sum_to_a_hundred_and_each_has_its_reason():
    assert MOST == 100
    assert set(WEIGHTS) == set(Part)
    assert all(weight.most > 0 and str(weight.why) for weight in WEIGHTS.values())


def test_every_kind_of_need_has_an_answer_and_every_kind_of_offer_a_role():
    assert set(ANSWERS) == set(ROLES_FOR) == set(NeedKind)
    assert set(FILLS) == set(OfferKind)
    for full, partly in ANSWERS.values():
        assert full
        assert set(full).isdisjoint(partly)
    assert {kind for full, partly in ANSWERS.values() for kind in (*full, *partly)} == set(OfferKind)


def parties():
    """A hundred of all kinds, by chance and always the same."""
    chance = Random(5)
    types = {Kind.NEED: NeedKind, Kind.OFFER: OfferKind, Kind.ACTOR: ActorKind, Kind.LAB: ("", "place")}
    some = lambda of: frozenset(chance.sample(list(of), chance.randint(0, 3)))  # noqa: E731
    return [
        Party(
            kind=kind, id=number, type=str(chance.choice(list(types[kind]))),
            sides=some(["push", "pull", "both"]),
            themes=some(range(8)), above=some(range(10, 14)), towns=some(range(20, 24)),
            regions=some(range(30, 33)), x=chance.choice([None, 1_000_000 + number * 900]), y=7_500_000,
            setting=chance.choice(["", *Setting]), methods=some(["rct", "pilot"] * 2),
            phase=chance.choice(["", *Phase, "open", "matched"]), open_to=some(OpenTo), roles=some(Role),
            pushed=chance.random() > 0.5, has_lab=chance.random() > 0.5, claimed=chance.random() > 0.5,
            confirmed=chance.choice([None, 5, 100, 400]),
        )
        for number, kind in enumerate(list(types) * 25, start=1)
    ]  # fmt: skip


def test_both_sides_tell_the_same_parts_and_no_part_gives_more_than_its_weight():
    words = Common([Word("fald", 0.8), Word("gulv", 0.5)], ["Gate 21"])
    for one, other in product(parties(), repeat=2):
        there, back = match(one, other, words), match(other, one, words)
        assert [(part.part, part.points) for part in there.parts] == [
            (part.part, part.points) for part in back.parts
        ]
        assert all(0 <= part.points <= part.most for part in there.parts)
        assert there.score == sum(part.points for part in there.parts)
        assert there.is_about_the_same == back.is_about_the_same


def test_what_a_need_asks_for_is_answered_fully_partly_or_a_little():
    given = [OFFER, replace(OFFER, type=OfferKind.PANEL), replace(OFFER, type=OfferKind.FINANCE)]
    found = [points(NEED, offer, Part.KIND) for offer in given]
    assert found == sorted(found, reverse=True)
    assert found[0] == WEIGHTS[Part.KIND].most > found[1] > found[2] > 0


def test_a_lab_without_research_has_room_for_who_brings_it():
    alone = match(QUESTION, LAB).of(Part.KIND)
    full = replace(LAB, pushed=True, roles=frozenset(Role))
    assert (alone.points, alone.facts["alone"]) == (15, True)
    assert points(QUESTION, replace(LAB, pushed=True), Part.KIND) == 15
    assert points(QUESTION, full, Part.KIND) < 5
    assert points(LAB, replace(ACTOR, type=ActorKind.MUNICIPALITY), Part.KIND) == 15


def test_a_need_that_a_lab_works_on_is_worth_half_to_another_lab():
    assert points(LAB, NEED, Part.KIND) == 2 * points(LAB, replace(NEED, has_lab=True), Part.KIND) - 1


def test_exact_themes_outweigh_areas_and_one_who_is_in_everything_counts_less():
    area = replace(NEED, themes=frozenset([2]))
    everything = replace(OFFER, themes=frozenset(range(40)))
    assert points(NEED, OFFER, Part.THEME) > points(area, OFFER, Part.THEME) > 0
    assert points(NEED, everything, Part.THEME) < points(NEED, OFFER, Part.THEME)
    assert not match(area, OFFER).is_about_the_same
    assert match(replace(area, themes=frozenset()), OFFER).is_about_the_same


@pytest.mark.parametrize(
    ("words", "enough"), [((), False), ((0.2,), False), ((0.45, 0.45), True), ((0.9,), True)]
)
def test_one_rare_word_or_some_others_make_a_partner(words, enough):
    stranger = replace(OFFER, themes=frozenset([5]), above=frozenset([6]))
    common = Common([Word(str(number), rare) for number, rare in enumerate(words)])
    assert match(NEED, stranger, common).is_about_the_same == enough


def test_a_word_tells_less_the_more_entries_say_it():
    told = [rarity(number, 500) for number in (1, 5, 50, 500)]
    assert told == sorted(told, reverse=True)
    assert told[0] == 0.9 > told[1] > 0.5
    assert told[-1] < 0.01


def test_stale_entries_rank_below_fresh_ones():
    ages = [3, 100, 300, None, 800]
    found = [points(QUESTION, replace(LAB, claimed=True, confirmed=days), Part.FRESH) for days in ages]
    assert found == sorted(found, reverse=True)
    assert found[0] == WEIGHTS[Part.FRESH].most > found[-1] == 0


def test_who_is_open_to_the_other_ranks_above_who_does_not_tell_and_above_who_is_not():
    found = [
        points(QUESTION, replace(LAB, open_to=frozenset(open_to)), Part.OPEN)
        for open_to in ([OpenTo.RESEARCH], [], [OpenTo.VISITS])
    ]
    assert found == sorted(found, reverse=True)
    assert found[0] == WEIGHTS[Part.OPEN].most > found[1] > found[2] == 0


def test_nearer_is_better_and_the_same_place_is_best():
    here = replace(NEED, towns=frozenset([7]), x=1_100_000, y=7_500_000)
    found = [points(here, replace(OFFER, towns=frozenset([7])), Part.DISTANCE)]
    found += [points(here, replace(OFFER, x=1_100_000 + metres, y=7_500_000), Part.DISTANCE)
              for metres in (30_000, 80_000, 150_000, 900_000)]  # fmt: skip
    assert found == sorted(found, reverse=True)
    assert found[0] == WEIGHTS[Part.DISTANCE].most > found[-1] == points(here, OFFER, Part.DISTANCE) == 0


def test_what_is_known_of_the_hit_counts_in_full_for_a_question_and_half_for_an_entry():
    fresh, old = replace(OFFER, confirmed=1), replace(NEED, confirmed=None)
    assert points(QUESTION, replace(LAB, confirmed=1), Part.FRESH) == WEIGHTS[Part.FRESH].most
    assert 0 < points(old, fresh, Part.FRESH) < WEIGHTS[Part.FRESH].most
