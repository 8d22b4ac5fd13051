"""Two entries of each kind with everything hanging on them that can, and a digest of the whole register."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.utils import timezone

from accounts.models import User
from actors.models import Actor, Claim, Enquiry, Invitation, Offer, Refusal
from curation.models import Asking, Entry, Kept, Record, Shortlist, Suggestion
from desk.merging.pointing import Pointing, moving_with
from labs.models import Lab, Solution, Trial
from missions.models import Mission, Need
from opendata.models import ForeignId, Token
from tests import factories, people

TODAY = dt.date(2026, 11, 22)
LATER = dt.datetime(2036, 1, 1, tzinfo=dt.UTC)
# What a merge raises or writes anew, and what tells of it.
NOT_COUNTED = {"version", "reviewed_version", "updated_at"}
OURS = ("accounts", "places", "curation", "actors", "missions", "labs", "desk", "opendata")
LOGS = {
    "curation.RecordEvent", "curation.RegisterVersion", "desk.Merge", "mail.Message", "sessions.Session",
}  # fmt: skip


@dataclass
class World:
    """What hangs on the entry that is merged away; on the kept one hangs some of the same."""

    gone: Any
    kept: Any
    by: User
    readers: list[User] = field(default_factory=list)

    def pointing(self) -> list[Pointing]:
        return moving_with(self.gone)

    def rows(self, pointing: Pointing, entry: Entry) -> set[int]:
        rows = pointing.model._base_manager.filter(**{pointing.column: entry.pk})
        return set(rows.exclude(pk=entry.pk).order_by().values_list("pk", flat=True))


def world(kind: str) -> World:
    """Made for each kind alike: what only one has, and what both have."""
    themes, towns = [factories.theme() for _ in range(3)], [factories.place() for _ in range(2)]
    make = MAKERS[kind]
    gone = make("Den ene", themes=themes[:2], places=towns[:1], website="https://a.example", source="Kilde A")
    kept = make("Den anden", themes=themes[1:], places=towns[1:], summary_da="Kort.", source="Kilde B")
    readers = [people.person() for _ in range(3)]
    made = World(gone, kept, people.person(is_curator=True), readers)
    for entry, some in ((gone, readers), (kept, readers[:1])):
        _what_hangs_on_every(entry, some)
    _other = MAKERS[kind]("En tredje", ended=True, heir=gone.record, **ENDED.get(kind, {}))
    TIES[kind](made)
    for every in (gone, kept):
        every.refresh_from_db()
        factories.reindex(every)
        every.record.refresh_from_db()
    return made


def _what_hangs_on_every(entry: Any, some: list[User]) -> None:
    record, now = entry.record, timezone.now()
    for number, user in enumerate(some):
        shortlist, _made = Shortlist.objects.get_or_create(user=user)
        Kept.objects.create(shortlist=shortlist, record=record, note=f"Se på {number}")
        factories.stewardship(user, record)
        actor = factories.actor()
        Claim.objects.create(record=record, user=user, actor=actor)
        Refusal.objects.create(record=record, actor=actor)
    Asking.objects.create(record=record, fact="details")
    Asking.objects.create(record=record, fact="contact", answer="still", answered_at=now)
    Suggestion.objects.create(record=record, base_version=1, changes={}, reason="Ret det")
    Enquiry.objects.create(record=record, state="sent", sent_at=now, answer_by=TODAY)
    Enquiry.objects.create(record=factories.lab().record, about=record)
    system = factories.actor()
    for number in (1, 2):
        ForeignId.objects.create(
            actor=system, kind=record.kind, their_id=f"{record.pk}-{number}", record=record
        )


# What hangs on each kind. The first of each pair is the merged one's alone, the second stands on both.


def _ties_of_actor(made: World) -> None:
    gone, kept, now = made.gone, made.kept, timezone.now()
    both, alone = factories.lab(), factories.lab()
    missions = [factories.mission(), factories.mission()]
    needs = factories.need(owner=gone, mission=missions[0])
    factories.lab(owner=gone, backbone=gone)
    for number, every in enumerate((gone, kept)):
        factories.link(both, every, role="research", confirmed_at=now if every == gone else None)
        factories.member(missions[0], every, role="sponsor")
        factories.relation(every, factories.actor(), verb="funds")
        factories.membership(made.readers[0], every, role="owner" if every == gone else "editor")
        _invite(every, "ida@example.org", made.by)
        factories.partner(factories.trial(both, need=needs), every, role="peer")
        factories.adoption(_solution_of(), every)
        Suggestion.objects.create(
            record=both.record, base_version=1, changes={}, reason="Ret", organisation=every.record
        )
        Enquiry.objects.create(record=both.record, organisation=every)
        Refusal.objects.create(record=factories.lab().record, actor=every)
        Claim.objects.create(record=factories.lab().record, user=made.readers[2], actor=every)
        _token(every, made.readers[0], number)
        ForeignId.objects.create(actor=every, kind="lab", their_id="17", record=both.record)
        factories.mission(owner=every, backbone=every)
        factories.offer(owner=every)
        factories.solution(owner=every)
        factories.trial(alone, owner=every)
        factories.assessment(factories.lab(), host=every)
    third = factories.actor()
    factories.relation(gone, kept)
    factories.relation(kept, gone, verb="funds")
    factories.relation(third, gone, verb="funds")
    factories.relation(gone, third, verb="partners_with")
    factories.relation(kept, third, verb="partners_with")
    factories.link(alone, gone, role="host", confirmed_at=now)
    factories.member(missions[1], gone)
    factories.membership(made.readers[1], gone)
    _invite(gone, "ole@example.org", made.by)
    _tree_both_took(gone, kept, third)
    Actor.objects.filter(pk=gone.pk).update(ror="05n894m26", cvr="29190925")


def _tree_both_took(gone: Actor, kept: Actor, third: Actor) -> None:
    """The kept one took it from the merged one, and a third from the merged one too."""
    shared = factories.solution()
    first = factories.adoption(shared, gone)
    factories.adoption(shared, kept, taken_from=first, confirmed_at=None)
    factories.adoption(shared, third, taken_from=first)
    first.values.create(kind="efficiency", evidence="felt")


def _ties_of_lab(made: World) -> None:
    gone, kept = made.gone, made.kept
    actor, ends = factories.actor(), (factories.mission(), factories.need(), factories.offer())
    for every in (gone, kept):
        factories.link(every, actor, role="research")
        factories.link(every, factories.actor(), role="host")
        for end in ends:
            factories.link(every, end)
        factories.trial(every)
        factories.solution(lab=every)
        factories.assessment(every, on=TODAY)
        factories.assessment(every)
    factories.link(gone, factories.actor(), role="funder")
    declined = factories.actor()
    factories.link(gone, declined, role="users")
    Refusal.objects.create(record=kept.record, actor=declined)


def _ties_of_mission(made: World) -> None:
    actor = factories.actor()
    for every in (made.gone, made.kept):
        factories.member(every, actor, confirmed_at=timezone.now() if every == made.gone else None)
        factories.need(mission=every)
        factories.link(factories.lab(), every)
    factories.member(made.gone, factories.actor())


def _ties_of_need(made: World) -> None:
    offer, lab = factories.offer(), factories.lab()
    for every in (made.gone, made.kept):
        factories.response(every, offer)
        factories.link(lab, every)
        factories.trial(lab, need=every)
        factories.solution(need=every)
    factories.response(made.gone, factories.offer())
    factories.link(factories.lab(), made.gone)


def _ties_of_offer(made: World) -> None:
    need, lab = factories.need(), factories.lab()
    for every in (made.gone, made.kept):
        factories.response(need, every)
        factories.link(lab, every)
    factories.response(factories.need(), made.gone)
    factories.link(factories.lab(), made.gone)


def _ties_of_trial(made: World) -> None:
    actor = factories.actor()
    for every in (made.gone, made.kept):
        factories.learning(every)
        factories.partner(every, actor, role="peer")
    factories.partner(made.gone, factories.actor())


def _ties_of_solution(made: World) -> None:
    gone, kept = made.gone, made.kept
    actors = [factories.actor() for _ in range(5)]
    first = factories.adoption(gone, actors[0])
    second = factories.adoption(gone, actors[1], taken_from=first)
    factories.adoption(gone, actors[2], taken_from=second)
    factories.adoption(gone, actors[3], taken_from=first)
    theirs = factories.adoption(kept, actors[4])
    factories.adoption(kept, actors[1], taken_from=theirs, confirmed_at=None)
    factories.adoption(kept, actors[3])
    for every in (gone, kept):
        factories.partner(every, actors[0], role="peer")
        every.values.create(kind="quality", evidence="felt")
        factories.trial(factories.lab(), solution=every)
        factories.solution(inspired_by=every)
    gone.values.create(kind="efficiency", evidence="felt")
    Solution.objects.filter(pk=kept.pk).update(inspired_by=gone)


def _solution_of() -> Solution:
    return factories.solution()


def _trial(name: str, **said: Any) -> Trial:
    return factories.trial(factories.lab(), name, **said)


def _invite(actor: Actor, email: str, by: User) -> None:
    Invitation.objects.create(
        actor=actor, email=email, role="editor", digest=f"{actor.pk}-{email}", invited_by=by
    )


def _token(actor: Actor, user: User, number: int) -> None:
    Token.objects.create(
        digest=f"{actor.pk:064}", hint=str(number), name="System", user=user, actor=actor, expires_at=LATER
    )


MAKERS: dict[str, Any] = {
    "lab": factories.lab, "actor": factories.actor, "mission": factories.mission, "need": factories.need,
    "offer": factories.offer, "trial": _trial, "solution": factories.solution,
}  # fmt: skip
ENDED: dict[str, dict[str, str]] = {"need": {"status": "answered"}, "offer": {"status": "closed"}}
TIES: dict[str, Any] = {
    "lab": _ties_of_lab, "actor": _ties_of_actor, "mission": _ties_of_mission, "need": _ties_of_need,
    "offer": _ties_of_offer, "trial": _ties_of_trial, "solution": _ties_of_solution,
}  # fmt: skip
KINDS: dict[str, Any] = {
    "lab": Lab, "actor": Actor, "mission": Mission, "need": Need, "offer": Offer, "trial": Trial,
    "solution": Solution,
}  # fmt: skip


def everything() -> dict[str, list[Any]]:
    """Every row of every table that is no log, as text; what a merge raises is left out."""
    return {
        model._meta.label: sorted(_rows(model), key=repr) for model in apps.get_models() if _counts(model)
    }


def _counts(model: Any) -> bool:
    ours = model._meta.managed and not hasattr(model, "pgh_tracked_model")
    return ours and model._meta.label not in LOGS and model._meta.app_label in OURS


def _rows(model: Any) -> Iterator[Any]:
    key = {"id"} if model.__name__ in ("EntryTheme", "EntryPlace") else set()  # written anew in their order
    names = [each.attname for each in model._meta.concrete_fields if each.attname not in NOT_COUNTED | key]
    for row in model._base_manager.order_by().values(*names):
        yield {name: repr(value) for name, value in row.items()}


def now(record: Record) -> Record:
    return Record.objects.get(pk=record.pk)
