"""Small entries for tests: only what a test says, published unless it says otherwise, and indexed."""

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from django.utils import timezone

from accounts.models import User
from actors.models import Actor, Membership, Offer, Relation
from curation.choices import Kind, State
from curation.models import Absence, Entry, EntryPlace, EntryTheme, Record, Stewardship, Theme
from curation.promises import answer_by
from curation.search import index
from labs.models import Adoption, Assessment, Lab, Learning, Link, Partner, Sheet, Solution, Trial, Value
from missions.models import CoalitionMember, Mission, Need, Response
from places.choices import PlaceKind
from places.danish import fold
from places.models import Place, PlaceLink

NUMBERS = count(1)
OF_RECORD = (
    "source", "source_read_on", "claimed_at", "confirmed_at", "merged_into", "created_by", "contact_email",
    "contact_confirmed_at", "submitted_at", "answer_by", "decision", "version", "reviewed_version",
)  # fmt: skip


def slug_of(name: str) -> str:
    return fold(name).replace(" ", "-")


def theme(name: str = "", *, parent: Theme | None = None, **said: Any) -> Theme:
    name = name or f"Theme {next(NUMBERS)}"
    values = {"slug": slug_of(name), "name_da": name, "name_en": name, "order": next(NUMBERS)}
    return Theme.objects.create(parent=parent, **values | said)


def place(name: str = "", *, within: Sequence[Place] = (), **said: Any) -> Place:
    """A municipality unless another kind is said; it belongs for ever to what it is within."""
    name = name or f"Place {next(NUMBERS)}"
    made = Place.objects.create(
        **{"kind": PlaceKind.MUNICIPALITY, "slug": slug_of(name), "name_da": name} | said
    )
    for parent in within:
        belongs(made, parent)
    return made


def belongs(child: Place, parent: Place, **said: Any) -> PlaceLink:
    return PlaceLink.objects.create(child=child, parent=parent, **said)


def record(kind: str = Kind.LAB, *, state: str = State.PUBLISHED, **said: Any) -> Record:
    """A record without its entry, for what concerns records alone."""
    now = timezone.now()
    values: dict[str, Any] = {"slug": f"entry-{next(NUMBERS)}"}
    if state == State.PUBLISHED:
        values["published_at"] = now
    elif state == State.SUBMITTED:
        values |= {"submitted_at": now, "answer_by": answer_by(timezone.localdate(now))}
    elif state == State.RETURNED:
        values["decision"] = "En kilde mangler."
    return Record.objects.create(kind=kind, state=state, **values | said)


def actor(name: str = "", **said: Any) -> Actor:
    return _entry(Actor, name, {"type": "company", "side": "push"} | said)


def mission(name: str = "", **said: Any) -> Mission:
    return _entry(Mission, name, {"level": "national"} | said)


def lab(name: str = "", **said: Any) -> Lab:
    return _entry(Lab, name, said)


def need(name: str = "", **said: Any) -> Need:
    return _entry(Need, name, {"type": "solution", "status": "open"} | said)


def offer(name: str = "", **said: Any) -> Offer:
    return _entry(Offer, name, {"type": "research", "status": "open"} | said)


def solution(name: str = "", *, values: Mapping[str, str] | None = None, **said: Any) -> Solution:
    """`values` says of each kind of value how one knows; what is more than felt gets a source."""
    made = _entry(Solution, name, said)
    for kind, evidence in (values or {}).items():
        Value.objects.create(
            solution=made,
            kind=kind,
            evidence=evidence,
            source="" if evidence == "felt" else "Evaluering 2025",
        )
    reindex(made)
    made.record.refresh_from_db()
    return made


def trial(lab: Lab, name: str = "", **said: Any) -> Trial:
    return _entry(Trial, name, {"lab": lab} | said)


def learning(trial: Trial, learned: str = "", changed: str = "method", **said: Any) -> Learning:
    values = {"on": dt.date(2026, 5, 4), "learned_da": learned or "Vi lærte noget nyt."}
    return Learning.objects.create(trial=trial, changed=changed, **values | said)


def partner(end: Trial | Solution, actor: Actor, side: str = "push", **said: Any) -> Partner:
    made = Partner.objects.create(actor=actor, side=side, **{end.kind: end}, **said)
    reindex(end)
    return made


def adoption(solution: Solution, adopter: Actor, **said: Any) -> Adoption:
    """Confirmed unless it says otherwise."""
    made = Adoption.objects.create(
        solution=solution, adopter=adopter, **{"confirmed_at": timezone.now()} | said
    )
    reindex(solution)
    return made


def assessment(
    lab: Lab, *, on: dt.date | None = None, shown: str = "",
    scores: Mapping[str, Mapping[int, int]] | None = None, **said: Any,
) -> Assessment:  # fmt: skip
    """A run of PULL-spejlet, finished where it says `on`; `scores` says of each half its answers."""
    made = Assessment.objects.create(lab=lab, **said)
    for half, answers in (scores or {}).items():
        sheet = Sheet.objects.create(assessment=made, half=half)
        for number, score in answers.items():
            sheet.answers.create(
                statement=number, score=score, evidence="Ses i referatet" if score >= 3 else ""
            )
        if on:
            sheet.finished_at = timezone.now()
            sheet.save()
    made.finished_on, made.shown = on, shown
    made.save()
    return made


def link(lab: Lab, other: Actor | Mission | Need | Offer, side: str = "pull", **said: Any) -> Link:
    """Ties an actor, a mission, a need or an offer to a lab."""
    made = Link.objects.create(lab=lab, side=side, **{other.kind: other}, **said)
    reindex(lab, other)
    return made


def member(mission: Mission, actor: Actor, side: str = "pull", **said: Any) -> CoalitionMember:
    made = CoalitionMember.objects.create(mission=mission, actor=actor, side=side, **said)
    reindex(mission, actor)
    return made


def relation(subject: Actor, target: Actor, verb: str = "partners_with", **said: Any) -> Relation:
    made = Relation.objects.create(
        subject=subject, object=target, verb=verb, side=said.pop("side", "both"), **said
    )
    reindex(subject, target)
    return made


def response(need: Need, offer: Offer, **said: Any) -> Response:
    """The offer is made in answer to the need."""
    made = Response.objects.create(need=need, offer=offer, **said)
    reindex(need, offer)
    return made


def membership(user: User, actor: Actor, role: str = "editor", **said: Any) -> Membership:
    return Membership.objects.create(user=user, actor=actor, role=role, **{"basis": "steward"} | said)


def stewardship(user: User, scope: Place | Theme | Record, **said: Any) -> Stewardship:
    """The user looks after a place, a theme or an entry."""
    return Stewardship.objects.create(user=user, **{type(scope).__name__.lower(): scope}, **said)


def absence(user: User, cover: User | None = None, *, since: int = 0, until: int = 7, **said: Any) -> Absence:
    """The user is away from so many days from now until so many days from now."""
    today = timezone.localdate()
    first, last = (today + dt.timedelta(days=days) for days in (since, until))
    return Absence.objects.create(user=user, cover=cover, since=first, until=last, **said)


def reindex(*entries: Entry) -> None:
    """What an action does at the end of what it changes."""
    for entry in entries:
        index([entry])


def _entry[E: Entry](model: type[E], name: str, said: dict[str, Any]) -> E:
    name = name or f"{model.__name__} {next(NUMBERS)}"
    themes, places = said.pop("themes", ()), said.pop("places", ())
    of_record = {key: said.pop(key) for key in (*OF_RECORD, "state", "published_at") if key in said}
    made = model._base_manager.create(
        record=record(model.kind, slug=said.pop("slug", slug_of(name)), **of_record), name_da=name, **said
    )
    for order, theme in enumerate(themes):
        EntryTheme.objects.create(record=made.record, theme=theme, order=order)
    for order, place in enumerate(places):
        EntryPlace.objects.create(record=made.record, place=place, order=order)
    index([made])
    made.record.refresh_from_db()
    return made
