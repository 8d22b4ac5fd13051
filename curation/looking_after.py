"""Who looks after what, as pages name them: with who is away, until when, and who stands in."""

from collections.abc import Iterable
from dataclasses import dataclass

from .absences import Away, away_today
from .models import Stewardship


@dataclass(frozen=True)
class Keeper:
    """Somebody who looks after something, and whether they are away today."""

    stewardship: Stewardship
    away: Away | None


def keepers(rows: Iterable[Stewardship]) -> list[Keeper]:
    """Stewardships with who is away; one statement besides that of the rows."""
    held = list(rows)
    away = away_today({row.user_id for row in held}) if held else {}
    return [Keeper(row, away.get(row.user_id)) for row in held]
