"""What is asked of the partner finder, as its address says it, and the address with something changed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from actors.choices import Role
from curation.choices import Kind, Side
from curation.models import Theme
from curation.reference import Reference
from labs.choices import Method, Setting
from places.models import Place

# A text longer than this never stands in an address that we make: its telling words take its place. What
# somebody else puts into one is read up to the second number, what is sent by form up to the third.
SHORT_TEXT, LONGEST_IN_ADDRESS, LONGEST = 200, 1_500, 5_000
GROUP_LETTERS = 80
# Says that none is meant, so that none is read from the text either.
NONE = "-"
SUBJECTS = (Kind.NEED, Kind.OFFER, Kind.LAB)
SHOWN = (Kind.LAB, Kind.NEED, Kind.ACTOR, Kind.OFFER)


class Reach(models.TextChoices):
    """How far away a partner may be; the whole country where nothing is said."""

    COUNTRY = "", _("The whole country")
    REGION = "region", _("The region")
    KM_100 = "100", _("Within 100 km")
    KM_50 = "50", _("Within 50 km")
    HERE = "here", _("Only here")

    @property
    def kilometres(self) -> int:
        """The distance it stands for; 0 where it is told by places."""
        return int(self.value) if self.value.isdigit() else 0


class Order(models.TextChoices):
    """The orders of the hits."""

    FIT = "", _("Fits best")
    NEAR = "near", _("Nearest")
    FRESH = "fresh", _("Most recently confirmed")


@dataclass(frozen=True)
class Asked:
    """A question to the finder. `no_themes` and `no_places`: none is to be read from the text.

    `subject` is the kind and slug of an entry partners are sought for. `unknown` is what makes no sense.
    """

    text: str = ""
    themes: Sequence[Theme] = ()
    no_themes: bool = False
    places: Sequence[Place] = ()
    no_places: bool = False
    reach: Reach = Reach.COUNTRY
    setting: str = ""
    method: str = ""
    group: str = ""
    role: str = ""
    open_now: bool = False
    order: Order = Order.FIT
    show: str = ""
    subject: tuple[str, str] | None = None
    cut: bool = False
    unknown: Sequence[str] = field(default=(), compare=False)

    @classmethod
    def read(cls, said: QueryDict, reference: Reference, *, longest: int = LONGEST_IN_ADDRESS) -> "Asked":
        """What the parameters say; what is not known is left out and told."""
        unknown: list[str] = []
        known = _Known(said, unknown)
        text = said.get("text", "").strip()
        return cls(
            text=text[:longest],
            themes=known.several("theme", reference.theme_at.get),
            no_themes=NONE in said.getlist("theme"),
            places=known.several("place", reference.place_at.get),
            no_places=NONE in said.getlist("place"),
            reach=Reach(known.one("reach", Reach.values)),
            setting=known.one("setting", Setting.values),
            method=known.one("method", Method.values),
            group=said.get("group", "").strip()[:GROUP_LETTERS],
            role=known.one("role", Role.values),
            open_now=bool(said.get("open")),
            order=Order(known.one("sort", Order.values)),
            show=known.one("show", SHOWN),
            subject=next(((kind, slug) for kind in SUBJECTS if (slug := said.get(kind, ""))), None),
            cut=bool(said.get("cut")) or len(text) > longest,
            unknown=unknown,
        )  # fmt: skip

    def __bool__(self) -> bool:
        """Whether there is anything to find partners by."""
        return bool(self.text or self.themes or self.places or self.setting or self.method or self.group
                    or self.role or self.subject)  # fmt: skip

    @property
    def brings(self) -> bool:
        """Whether who asks brings knowledge and seeks practice; else they seek somebody on the PUSH side."""
        return self.role not in PUSH_ROLES

    @property
    def parameters(self) -> dict[str, Any]:
        return {
            **({self.subject[0]: self.subject[1]} if self.subject else {}),
            "text": self.text,
            "theme": NONE if self.no_themes else [theme.slug for theme in self.themes],
            "place": NONE if self.no_places else [place.address for place in self.places],
            "reach": self.reach.value,
            "setting": self.setting,
            "method": self.method,
            "group": self.group,
            "role": self.role,
            "open": "1" if self.open_now else "",
            "cut": "1" if self.cut else "",
            "sort": self.order.value,
            "show": self.show,
        }

    def address(self, **changes: Any) -> str:
        """The question of an address, with some of it said otherwise."""
        query = QueryDict(mutable=True)
        for name, value in (self.parameters | changes).items():
            values = value if isinstance(value, list) else [value]
            query.setlist(name, [one for one in values if one])
        return "?" + query.urlencode()


PUSH_ROLES = (Role.RESEARCH, Role.EVALUATOR, Role.COMPANY, Role.FUNDER)
# Kinds of entry that fill a role on a side; of actors only those that could.
WANTED: Mapping[bool, Sequence[Kind]] = {
    True: (Kind.LAB, Kind.NEED, Kind.ACTOR),
    False: (Kind.OFFER, Kind.ACTOR, Kind.LAB),
}
WANTED_BY: Mapping[str, Sequence[Kind]] = {
    Kind.NEED: (Kind.OFFER, Kind.ACTOR, Kind.LAB),
    Kind.OFFER: (Kind.NEED, Kind.LAB),
    Kind.LAB: (Kind.ACTOR, Kind.NEED, Kind.OFFER),
}
# Whom a need asks for are those who bring something; for a lab it depends on what it lacks.
SIDES_OF_ACTORS: Mapping[str, Sequence[Side]] = {Kind.NEED: (Side.PUSH, Side.BOTH)}


def wanted(asked: Asked) -> Sequence[Kind]:
    """The kinds of entry that could answer."""
    return WANTED_BY[asked.subject[0]] if asked.subject else WANTED[asked.brings]


@dataclass
class _Known:
    """Reads parameters, and remembers what is not known."""

    said: QueryDict
    unknown: list[str]

    def one(self, name: str, values: Iterable[str]) -> str:
        value = self.said.get(name, "").strip()
        if not value or value in set(values):
            return value
        self.unknown.append(value)
        return ""

    def several[T](self, name: str, find: Callable[[str], T | None]) -> list[T]:
        found = []
        for value in dict.fromkeys(value.strip() for value in self.said.getlist(name)):
            if value and value != NONE:
                thing = find(value)
                if thing is None:
                    self.unknown.append(value)
                else:
                    found.append(thing)
        return found[:MOST]


MOST = 12
