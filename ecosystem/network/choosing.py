"""What a reader chooses to see of a network, as it stands in the address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from curation.choices import Side
from curation.reference import Reference

from .reading import STEPS, Chosen

SIDES = (Side.PULL, Side.PUSH)


@dataclass(frozen=True)
class Option:
    """A value one can choose."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Choice:
    """What is chosen, what else could be, and the values that are none."""

    chosen: Chosen
    sides: Sequence[Option]
    themes: Sequence[Option]
    unknown: Sequence[str]

    @property
    def query(self) -> str:
        """With its question mark, or nothing."""
        values = {
            "theme": self.chosen.theme.slug if self.chosen.theme else "",
            "side": self.chosen.side,
            "steps": "" if self.chosen.steps == STEPS else str(self.chosen.steps),
        }
        asked = urlencode({name: value for name, value in values.items() if value})
        return f"?{asked}" if asked else ""


def choice(asked: Mapping[str, str], reference: Reference) -> Choice:
    """Values nobody knows are left out, and told."""
    side, slug, steps = (asked.get(name, "") for name in ("side", "theme", "steps"))
    theme = reference.theme_at.get(slug)
    chosen = Chosen(side if side in SIDES else "", theme, 1 if steps == "1" else STEPS)
    unknown = [side] * (side not in ("", *SIDES)) + [slug] * bool(slug and not theme)
    offered = [*reference.top_themes()]
    if theme and theme not in offered:
        offered.append(theme)
    return Choice(
        chosen,
        [Option("", _("Both sides"), not chosen.side), *(_side(side, chosen) for side in SIDES)],
        [
            Option("", _("All themes"), theme is None),
            *(Option(one.slug, one.name, one == theme) for one in offered),
        ],
        unknown,
    )


def _side(side: Side, chosen: Chosen) -> Option:
    return Option(side.value, str(side.label), chosen.side == side)
