"""What one's organisations have taken over, what waits for their yes, and what one told of others."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from actors.access import Standing
from curation.choices import State
from labs.models import Adoption

MOST = 100


@dataclass(frozen=True)
class Adopted:
    """For one's own page. `told`: what one has told of others, as long as they have not confirmed it."""

    waiting: Sequence[Adoption]
    theirs: Sequence[Adoption]
    told: Sequence[Adoption]

    @classmethod
    def of(cls, stands: Standing) -> "Adopted":
        """One statement. Of what is withdrawn nothing is said."""
        speaks = list(stands.speaks_for)
        named_only = Q(made_by=stands.user.pk, confirmed_at__isnull=True)
        rows = Adoption.objects.with_adopter().with_solution().filter(Q(adopter__in=speaks) | named_only)
        found = list(rows.filter(solution__record__state=State.PUBLISHED).order_by("-pk")[:MOST])
        own = [adoption for adoption in found if adoption.adopter_id in stands.speaks_for]
        return cls(
            waiting=[adoption for adoption in own if not adoption.confirmed and adoption.ended_on is None],
            theirs=[adoption for adoption in own if adoption.confirmed or adoption.ended_on],
            told=[adoption for adoption in found if adoption.adopter_id not in stands.speaks_for],
        )

    def __bool__(self) -> bool:
        return bool(self.theirs or self.told)
