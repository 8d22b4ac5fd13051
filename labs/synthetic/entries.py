"""What synthetic entries say, where they are, and how they are linked."""

import datetime as dt
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from actors.choices import OFFER_OVER, ActorKind, OfferKind, OfferStatus, Role, RoleSaid
from curation.choices import Kind, Phase, Side, State
from curation.models import PUBLIC_ID_LETTERS, Theme
from labs.choices import Form, Setting
from missions.choices import NEED_OVER, NeedKind, NeedStatus
from places.loading import address
from places.models import Place

from .words import Vocabulary, danish, english

SOURCE = "synthetic"
SCATTER_KM = 8
KM_PER_DEGREE = 111.2
ENDED_SHARE = 0.15
LINKS = ((3, 4, 5, 6, 7, 8), (1, 2, 3, 3, 2, 1))  # 5.5 on average, one of them the host
PHASES = (
    "",
    "",
    Phase.RUNNING,
    Phase.RUNNING,
    Phase.RUNNING,
    Phase.SETUP,
    Phase.FORMING,
    Phase.EMBEDDED,
    Phase.IDEA,
)
KINDS = (
    (ActorKind.MUNICIPALITY, Side.PULL, 35), (ActorKind.COMPANY, Side.BOTH, 15),
    (ActorKind.FOUNDATION, Side.BOTH, 9), (ActorKind.HOSPITAL, Side.PULL, 5),
    (ActorKind.CIVIL_SOCIETY, Side.PULL, 5), (ActorKind.UNIVERSITY, Side.PUSH, 5),
    (ActorKind.UNIVERSITY_COLLEGE, Side.BOTH, 3), (ActorKind.GTS, Side.PUSH, 3),
    (ActorKind.CLUSTER, Side.BOTH, 3), (ActorKind.RESEARCH_GROUP, Side.PUSH, 6),
    (ActorKind.CITIZEN_GROUP, Side.PULL, 4), (ActorKind.OTHER, Side.BOTH, 4),
)  # fmt: skip
ROLES = (
    (Role.COMPANY, "", Side.BOTH, 30), (Role.RESEARCH, "", Side.PUSH, 20), (Role.FUNDER, "", Side.BOTH, 8),
    (Role.FACILITATOR, "", Side.BOTH, 8), (Role.USERS, "", Side.PULL, 8), (Role.FRONTLINE, "", Side.PULL, 5),
    ("", RoleSaid.MUNICIPALITY, Side.PULL, 16), ("", RoleSaid.PARTNER, Side.BOTH, 10),
)  # fmt: skip
NEED_STATUSES = (
    (NeedStatus.OPEN, 40), (NeedStatus.IN_DIALOGUE, 10), (NeedStatus.MATCHED, 10), ("", 20),
    (NeedStatus.ANSWERED, 5), (NeedStatus.EXPIRED, 15),
)  # fmt: skip
OFFER_STATUSES = ((OfferStatus.OPEN, 70), ("", 20), (OfferStatus.EXPIRED, 10))
# Of needs and offers so many are tied to a lab, and of needs so many are answered by an offer.
TIED_SHARE = 0.5
ANSWERED_EVERY = 3  # of the needs one has an answer, however few there are

type Values = dict[str, Any]


@dataclass
class Written:
    """Rows for the tables, by the names of their columns."""

    record: Values
    entry: Values
    places: list[Values] = field(default_factory=list)
    themes: list[Values] = field(default_factory=list)
    links: list[Values] = field(default_factory=list)
    responses: list[Values] = field(default_factory=list)
    partners: list[Values] = field(default_factory=list)
    learnings: list[Values] = field(default_factory=list)
    adoptions: list[Values] = field(default_factory=list)
    values: list[Values] = field(default_factory=list)


class Maker:
    """Makes entries by chance; the same seed, over the same places and themes, makes the same entries again.

    `first` is the number of the first record, so that a second run adds others.
    """

    def __init__(self, seed: int, places: Sequence[Place], themes: Sequence[Theme], first: int) -> None:
        self.chance = random.Random(f"{seed} {first}")  # noqa: S311
        self.danish: Vocabulary = danish(self.chance)
        self.english: Vocabulary = english(self.chance)
        self.towns = [place for place in places if place.latitude is not None and place.population]
        self.people = [place.population or 0 for place in self.towns]
        self.themes = self.chance.sample(list(themes), len(themes))
        self.now = timezone.now()
        self.first = first
        self.sides: dict[int, str] = {}
        self.made: range = range(first, first)
        self.offered: range = range(first, first)

    def actors(self, number: int) -> Iterator[Written]:
        kinds, sides, weights = zip(*KINDS, strict=True)
        for pk in range(self.first, self.first + number):
            kind, side = self.chance.choices(list(zip(kinds, sides, strict=True)), weights)[0]
            self.sides[pk] = side
            yield self.entry(pk, Kind.ACTOR, kind.replace("_", " ").title(), {"type": kind, "side": side})

    def labs(self, number: int) -> Iterator[Written]:
        """To be made after the actors that are linked to them."""
        first = self.first + len(self.sides)
        hubs = [1 / rank**0.7 for rank in range(1, len(self.sides) + 1)]
        self.made = range(first, first + number)
        for pk in self.made:
            actors = self._parties(hubs)
            lab = self.entry(pk, Kind.LAB, "Living Lab", self._life() | {"owner_id": actors[0]})
            lab.themes = self.themes_of(pk)
            lab.links = [self._link(pk, actor, host=actor == actors[0]) for actor in actors]
            yield lab

    def offers(self, number: int) -> Iterator[Written]:
        """To be made after the labs that some of them are tied to."""
        self.offered = range(self.made.stop, self.made.stop + number)
        for pk in self.offered:
            yield self._brought(pk, Kind.OFFER, OfferKind.values, OFFER_STATUSES, OFFER_OVER)

    def needs(self, number: int) -> Iterator[Written]:
        """To be made after the offers that answer some of them."""
        for pk in range(self.offered.stop, self.offered.stop + number):
            need = self._brought(pk, Kind.NEED, NeedKind.values, NEED_STATUSES, NEED_OVER)
            if self.offered and pk % ANSWERED_EVERY == 0:
                offer = self.chance.choice(self.offered)
                need.responses = [{"need_id": pk, "offer_id": offer, "made_at": self.now, "source": SOURCE}]
            yield need

    def _brought(
        self,
        pk: int,
        kind: Kind,
        types: Sequence[str],
        statuses: Sequence[tuple[str, int]],
        over: Sequence[str],
    ) -> Written:
        """A need or an offer, half of them tied to a lab on their own side."""
        status = str(self.chance.choices([value for value, _n in statuses], [n for _value, n in statuses])[0])
        owner = self.chance.choice(range(self.first, self.first + len(self.sides)))
        said = {"type": self.chance.choice(types), "status": status, "ended": status in over, "year": 2026}
        entry = self.entry(pk, kind, kind.value.title(), said | {"owner_id": owner})
        entry.themes = self.themes_of(pk)
        if self.made and self.chance.random() < TIED_SHARE:
            side = Side.PULL if kind == Kind.NEED else Side.PUSH
            tie = {"lab_id": self.chance.choice(self.made), f"{kind}_id": pk, "side": side.value}
            entry.links = [tie | {"source": SOURCE}]
        return entry

    def entry(self, pk: int, kind: Kind, what: str, values: Values) -> Written:
        """An entry with texts in both languages near a town, and its record."""
        town = self.chance.choices(self.towns, self.people)[0]
        latitude, longitude = self._near(town)
        word = self.chance.choice(self.danish.words[20:1000]).capitalize()
        name = f"{word} {what} {town.name_da} {pk}"
        said = values | self._texts() | {
            "record_id": pk, "name_da": name, "website": f"https://{kind}{pk}.example.dk",
            "latitude": latitude, "longitude": longitude, "point_basis": SOURCE,
        }  # fmt: skip
        return Written(self._record(pk, kind, name), said, [{"record_id": pk, "place_id": town.pk}])

    def _record(self, pk: int, kind: Kind, name: str) -> Values:
        day = self.now - dt.timedelta(days=self.chance.random() * 700)
        return {
            "id": pk, "public_id": "".join(self.chance.choices(PUBLIC_ID_LETTERS, k=10)), "kind": kind.value,
            "slug": address(name)[:120], "state": State.PUBLISHED.value, "source": SOURCE, "created_at": day,
            "updated_at": day, "published_at": day,
        }  # fmt: skip

    def _texts(self) -> Values:
        """60 to 200 words in each language, the first of them as a summary."""
        length = self.chance.randint(60, 200)
        return {
            f"{part}_{code}": vocabulary.text(self.chance, words)
            for code, vocabulary in (("da", self.danish), ("en", self.english))
            for part, words in (("summary", 30), ("description", length - 30))
        }

    def _near(self, town: Place) -> tuple[float, float]:
        """A point within some kilometres of the town, evenly spread."""
        away = SCATTER_KM * math.sqrt(self.chance.random())
        angle = self.chance.random() * 2 * math.pi
        latitude, longitude = town.latitude or 0.0, town.longitude or 0.0
        narrowing = math.cos(math.radians(latitude))
        return (
            round(latitude + away * math.cos(angle) / KM_PER_DEGREE, 5),
            round(longitude + away * math.sin(angle) / KM_PER_DEGREE / narrowing, 5),
        )

    def _life(self) -> Values:
        start = self.chance.randint(2008, 2026)
        values: Values = {
            "form": self.chance.choice(Form.values),
            "setting": self.chance.choice(Setting.values),
        }
        if self.chance.random() < ENDED_SHARE:
            return values | {"start_year": start, "end_year": min(start + 3, 2026), "ended": True}
        return values | {"start_year": start, "phase": str(self.chance.choice(PHASES))}

    def themes_of(self, pk: int) -> list[Values]:
        """One to three themes, a few of them far more often than others."""
        number = self.chance.choice((1, 2, 2, 3))
        weights = [1 / rank for rank in range(1, len(self.themes) + 1)]
        drawn = dict.fromkeys(theme.pk for theme in self.chance.choices(self.themes, weights, k=number))
        return [{"record_id": pk, "theme_id": theme, "order": order} for order, theme in enumerate(drawn)]

    def _parties(self, hubs: Sequence[float]) -> list[int]:
        """The actors of a lab, the host first; a few actors take part in very many labs."""
        number = self.chance.choices(*LINKS)[0]
        drawn: dict[int, None] = {}
        while len(drawn) < min(number, len(hubs)):
            drawn |= dict.fromkeys(
                self.chance.choices(range(self.first, self.first + len(hubs)), hubs, k=number)
            )
        return list(drawn)[:number]

    def _link(self, lab: int, actor: int, *, host: bool) -> Values:
        role, said, side, _weight = self.chance.choices(ROLES, [role[3] for role in ROLES])[0]
        if host:
            role, said, side = Role.HOST, "", Side(self.sides[actor])
        return {
            "lab_id": lab, "actor_id": actor, "role": str(role), "role_said": str(said), "side": str(side),
            "source": SOURCE,
        }  # fmt: skip
