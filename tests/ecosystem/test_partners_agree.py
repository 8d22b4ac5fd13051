"""Over the real register: need and offer, and need and lab, tell the same of each other."""

from itertools import product

import pytest
from django.http import QueryDict

from curation.choices import Kind
from curation.models import Record
from curation.reference import Reference
from ecosystem.partners.candidates import own_facts
from ecosystem.partners.finding import Finder
from ecosystem.partners.matching import Common, Word, match
from ecosystem.partners.profile import Asked
from ecosystem.partners.words import of_entry

pytestmark = pytest.mark.usefixtures("denmark")
FEW = 3


def sides(kind, reference, number):
    """All current entries of a kind as scoring reads them, with the words they ask by."""
    records = Record.objects.current().of_kind(kind).order_by("pk")
    facts = [own_facts(record, reference) for record in records]
    return [(one.party, one.lexemes, of_entry(one.lexemes, reference, number)) for one in facts]


def seen(one, other):
    party, _lexemes, words = one
    hit, lexemes, _words = other
    common = Common([Word(word.shown, word.rarity) for word in words if word.lexemes & lexemes])
    return match(party, hit, common)


@pytest.mark.parametrize(("one", "other"), [(Kind.NEED, Kind.OFFER), (Kind.NEED, Kind.LAB)])
def test_every_pair_scores_the_same_from_either_side(one, other):
    reference, number = Reference(), Record.objects.published().count()
    partners = 0
    for here, there in product(sides(one, reference, number), sides(other, reference, number)):
        to, back = seen(here, there), seen(there, here)
        assert [(part.part, part.points) for part in to.parts] == [
            (part.part, part.points) for part in back.parts
        ]
        for part in ("theme", "text", "setting"):
            assert to.of(part).facts == back.of(part).facts
        partners += to.is_about_the_same
    assert partners > 50


def found(kind, record, show, reference):
    """Everything of a kind that the page of an entry suggests, by id."""
    query = QueryDict(f"{kind}={record.slug}&show={show}")
    finder = Finder(Asked.read(query, reference), reference)
    return {hit.record.pk: hit for section in finder.sections for hit in section.hits}


@pytest.mark.parametrize("kind", [Kind.OFFER, Kind.LAB])
def test_who_is_suggested_to_a_need_is_led_to_it(kind):
    reference = Reference()
    needs = Record.objects.current().of_kind(Kind.NEED).order_by("-quality", "pk")
    for need in needs[:FEW]:
        suggested = list(found(Kind.NEED, need, kind, reference).values())
        assert suggested
        for hit in (suggested[0], suggested[len(suggested) // 2], suggested[-1]):
            back = found(kind, hit.record, Kind.NEED, reference)[need.pk]
            assert [(part.label, part.points) for part in back.parts] == [
                (part.label, part.points) for part in hit.parts
            ]
            assert back.told.why[0] == hit.told.why[0]
