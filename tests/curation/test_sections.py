"""Sections and words: what an entry says can be said again, and saying it again changes nothing."""

from typing import Any

import pytest
from django.http import QueryDict

from actors.forms import SECTIONS as OF_ACTORS
from actors.forms.picking import read, written
from actors.models import Actor
from curation.choices import Kind
from curation.forms import Section
from curation.models import EntryPlace, EntryTheme
from labs.forms import SECTIONS as OF_LABS
from labs.models import Lab, Link
from missions.forms import SECTIONS as OF_MISSIONS
from missions.models import CoalitionMember, Mission
from tests import factories as make

pytestmark = pytest.mark.usefixtures("denmark")

SECTIONS = {Kind.LAB: OF_LABS, Kind.ACTOR: OF_ACTORS, Kind.MISSION: OF_MISSIONS}
MODELS: dict[str, Any] = {Kind.LAB: Lab, Kind.ACTOR: Actor, Kind.MISSION: Mission}
EACH = [
    pytest.param(kind, section, id=f"{kind}-{section.slug}")
    for kind in SECTIONS
    for section in SECTIONS[kind]
]


def rows() -> list[Any]:
    tables: tuple[Any, ...] = (EntryTheme, EntryPlace, Link, CoalitionMember)
    return [list(table.objects.order_by("pk").values()) for table in tables]


@pytest.mark.parametrize(("kind", "section"), EACH)
def test_saying_again_what_an_entry_says_changes_nothing(kind: str, section: type[Section]) -> None:
    before = rows()
    for entry in MODELS[kind].objects.select_related("record").order_by("pk")[:60]:
        words = section.typed(entry)
        filled = section(words, entry=entry)
        assert filled.is_valid() or required_only(filled), (entry, filled.errors)
        if not filled.errors:
            columns = {field.name: getattr(entry, field.attname) for field in entry._meta.concrete_fields}
            filled.write(entry)
            filled.write_ties(entry)
            assert {f.name: getattr(entry, f.attname) for f in entry._meta.concrete_fields} == columns
        assert section.typed(entry) == words
    assert rows() == before


def required_only(section: Section) -> bool:
    """What was read from open sources may lack what its author is asked for."""
    return all(error.code == "required" for errors in section.errors.as_data().values() for error in errors)


@pytest.mark.parametrize(("kind", "section"), EACH)
def test_words_and_what_a_browser_sends_are_the_same(kind: str, section: type[Section]) -> None:
    entry = MODELS[kind].objects.select_related("record").order_by("pk")[0]
    words = section.typed(entry)
    assert section.words(words) == words | {name: [] for name in section.words(words) if name not in words}
    sent = QueryDict(mutable=True)
    for name, values in words.items():
        sent.setlist(name, [value.replace("\n", "\r\n") for value in values])
    assert {name: values for name, values in section.words(sent).items() if name in words} == words


@pytest.mark.parametrize(("kind", "section"), EACH)
def test_words_are_shown_with_a_label_for_each_field(kind: str, section: type[Section]) -> None:
    entry = MODELS[kind].objects.select_related("record").order_by("pk")[0]
    shown = section.shown(section.typed(entry))
    assert len(shown) == len(section.base_fields)
    assert all(label for label, _text in shown)


def test_numbered_rows_are_read_in_their_order() -> None:
    (who,) = [section for section in OF_LABS if section.slug == "who"]
    sent = {"parties-2-name": "C", "parties-0-name": "A", "parties-10-name": "K", "parties-0-evil": "x"}
    assert [read(row) for row in who.words(sent)["parties"]] == [{"name": "A"}, {"name": "C"}, {"name": "K"}]


def test_a_row_is_one_string_whatever_its_order() -> None:
    assert written({"side": "pull", "name": "Å", "role": ""}) == written({"name": "Å", "side": "pull"})
    assert read("nonsense") == read("[]") == read("null") == {}


def test_the_host_can_change_places() -> None:
    (who,) = [section for section in OF_LABS if section.slug == "who"]
    lab, old, new = make.lab(), make.actor("Før"), make.actor("Nu")
    kept = make.link(lab, old, role="host", confirmed_at="2026-01-01T00:00Z")
    make.link(lab, new, role="research", side="push")
    said = [
        {"actor": old.record.public_id, "role": "funder", "side": "pull"},
        {"actor": new.record.public_id, "role": "host", "side": "push"},
    ]
    filled = who({"parties": [written(row) for row in said]}, entry=lab)
    assert filled.is_valid(), filled.errors
    filled.write_ties(lab)
    assert sorted(lab.links.values_list("actor__name_da", "role")) == [("Før", "funder"), ("Nu", "host")]
    kept.refresh_from_db()
    assert kept.confirmed_at is None, "it was asked about another role"


def test_who_declined_to_be_named_is_not_named_again() -> None:
    (who,) = [section for section in OF_LABS if section.slug == "who"]
    lab, actor = make.lab(), make.actor("Nej tak")
    actor.refusals.create(record=lab.record)
    row = written({"actor": actor.record.public_id, "role": "host", "side": "pull"})
    assert not who({"parties": [row]}, entry=lab).is_valid()


def test_a_point_of_its_own_stays_when_the_municipality_changes() -> None:
    (what,) = [section for section in OF_LABS if section.slug == "what"]
    lab = make.lab("Lys", summary_da="x", latitude=56.0, longitude=10.0, point_basis="ROR (by)")
    words = what.typed(lab) | {"places": ["0101"]}
    filled = what(words, entry=lab)
    assert filled.is_valid(), filled.errors
    filled.write(lab)
    assert (lab.latitude, lab.point_basis) == (56.0, "ROR (by)")
    what(words | {"latitude": [""], "longitude": [""]}, entry=lab, checked=True).is_valid()


def test_without_a_point_it_stands_in_the_main_town() -> None:
    (what,) = [section for section in OF_LABS if section.slug == "what"]
    lab = make.lab("Lys", summary_da="x", latitude=56.0, longitude=10.0)
    filled = what(what.typed(lab) | {"places": ["0101"], "latitude": [""], "longitude": [""]}, entry=lab)
    assert filled.is_valid(), filled.errors
    filled.write(lab)
    assert round(lab.latitude or 0, 1) == 55.7
    assert lab.point_basis == "kommunens hovedby"
    assert what.typed(lab)["latitude"] == [""], "the town's point is not the lab's own"
