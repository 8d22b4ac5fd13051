"""Why two entries look like one, in the reader's language, from the parts that were kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Pair

IN_WORDS: Mapping[str, Any] = {
    "same_name": gettext_lazy("The same words in the name"),
    "like_name": gettext_lazy("Nearly the same name"),
    "nothing_said": gettext_lazy("A name any lab or organisation might bear"),
    "other_name": gettext_lazy("Another name"),
    "short_for": gettext_lazy("One name is the initials of the other"),
    "other_words": gettext_lazy("Each name has words of its own"),
    "more_words": gettext_lazy("One name says more"),
    "cvr": gettext_lazy("The same CVR number"),
    "cvr_shared": gettext_lazy("The same CVR number, which several entries bear"),
    "cvr_other": gettext_lazy("Another CVR number"),
    "ror": gettext_lazy("The same ROR identifier"),
    "ror_other": gettext_lazy("Another ROR identifier"),
    "website": gettext_lazy("The same website"),
    "website_shared": gettext_lazy("The same website, which several entries have"),
    "same_place": gettext_lazy("A place in common"),
    "other_place": gettext_lazy("Other places"),
    "near": gettext_lazy("Less than one kilometre apart"),
    "far": gettext_lazy("More than 50 kilometres apart"),
    "same_owner": gettext_lazy("The same owner or host"),
    "other_owner": gettext_lazy("Another owner or host"),
    "same_type": gettext_lazy("The same kind of organisation"),
    "other_type": gettext_lazy("Another kind of organisation"),
}


@dataclass(frozen=True)
class Reason:
    """One part of a certainty: what it is, and what it counts."""

    text: str
    points: int

    @property
    def counted(self) -> str:
        return f"+{self.points}" if self.points > 0 else f"−{-self.points}"


def reasons(pair: Pair) -> list[Reason]:
    """What speaks for it first, what speaks against it last."""
    parts: Mapping[str, int] = pair.reasons.get("parts", {})
    known = [(name, points) for name, points in parts.items() if name in IN_WORDS]
    return [Reason(str(IN_WORDS[name]), points) for name, points in sorted(known, key=lambda part: -part[1])]


def in_short(pair: Pair) -> str:
    """What speaks most for it, for a list."""
    told = [reason.text for reason in reasons(pair) if reason.points > 0][:2]
    if pair.reasons.get("asked"):
        told.insert(0, _("Somebody asks to merge them"))
    return " · ".join(told)


def apart(pair: Pair) -> str:
    """How far apart the two are, where both have a point of their own."""
    km = pair.reasons.get("km")
    if km is None:
        return ""
    return _("%(km)s km apart") % {"km": localize(km, use_l10n=True)} if km >= 0.1 else _("At the same spot")
