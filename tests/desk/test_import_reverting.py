"""A file that was taken in is set back as a whole, but for what has become somebody else's."""

import pytest
from django.utils import timezone

from accounts.models import User
from actors.models import Actor
from curation import actions as deciding
from curation.actions import Overtaken
from curation.choices import Kind, State, Verb
from curation.models import Record
from desk.choices import BatchState
from desk.importing import actions
from desk.importing.reverting import what_revert_does
from desk.merging.actions import merge
from keeping.columns import words_of
from labs.models import Lab
from places.models import Place
from tests import factories
from tests.desk.importing import derived_right, events, handed_in, lab, row, taken_in, town, whole

__all__ = ["lab", "town"]


def test_what_it_made_is_withdrawn_and_what_it_changed_says_again_what_it_said(
    lab: Lab, curator: User
) -> None:
    before = words_of([lab])[lab.pk]
    batch = taken_in(
        handed_in(
            curator, {"name_da": "Ny"},
            whole(lab, phase="idea", themes="noise", source="X", contact_email="x@example.dk", places="0751"),
        ), curator,
    )  # fmt: skip
    assert (what_revert_does(batch).withdrawn, what_revert_does(batch).set_back) == (1, 1)
    actions.revert(batch, version=batch.version, by=curator)
    assert (batch.state, batch.reverted_by, batch.problem) == (BatchState.REVERTED, curator, "")
    now = Lab.objects.select_related("record").get(pk=lab.pk)
    assert words_of([now])[lab.pk] == before
    assert (now.record.version, now.record.contact_confirmed_at) == (3, None)
    assert events(lab.record) == [(Verb.IMPORTED, 2), (Verb.IMPORT_REVERTED, 3)]
    made = Record.objects.of_kind(Kind.LAB).exclude(pk=lab.pk).get()
    assert (made.state, made.version) == (State.WITHDRAWN, 2)
    assert made.decision != ""
    assert events(made) == [(Verb.IMPORTED, 1), (Verb.IMPORT_REVERTED, 2)]
    derived_right()


def test_what_was_changed_or_claimed_since_is_left_alone_and_named(lab: Lab, curator: User) -> None:
    batch = taken_in(
        handed_in(curator, {"name_da": "Ny"}, whole(lab, phase="idea"), {"name_da": "Krævet"}), curator
    )
    deciding.edit(lab.record, by=curator, version=2, write=lambda: None)
    claimed = row(batch, 4).record
    assert claimed is not None
    Record.objects.filter(pk=claimed.pk).update(claimed_at=timezone.now())
    assert what_revert_does(batch).left == [3, 4]
    actions.revert(batch, version=batch.version, by=curator)
    assert "3, 4" in batch.problem
    assert Lab.objects.get(pk=lab.pk).phase == "idea"
    states = Record.objects.of_kind(Kind.LAB).order_by("slug").values_list("slug", "state")
    assert list(states) == [("kraevet", "published"), ("lyslab", "published"), ("ny", "withdrawn")]


def test_what_it_said_before_may_have_been_merged_since(lab: Lab, curator: User) -> None:
    """The owner from before stands in another entry by now, so that one is the owner."""
    before, after, kept = Actor.objects.get(), factories.actor("Odense Kommune"), factories.actor("Aarhus")
    row_of_it = {"id": lab.record.public_id, "owner": after.record.public_id}
    batch = taken_in(handed_in(curator, row_of_it), curator)
    merge(before.record, kept.record, by=curator, version=1, into_version=1, reason="Den samme.")
    actions.revert(batch, version=batch.version, by=curator)
    assert batch.problem == ""
    assert Lab.objects.get(pk=lab.pk).owner_id == kept.pk


def test_set_back_twice_it_is_set_back_once(town: Place, curator: User) -> None:
    batch = taken_in(handed_in(curator, {}), curator)
    version = batch.version
    actions.revert(batch, version=version, by=curator)
    with pytest.raises(Overtaken):
        actions.revert(batch, version=version, by=curator)
    assert Record.objects.of_kind(Kind.LAB).get().version == 2
