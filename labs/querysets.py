"""Reading labs and their links."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from actors.querysets import PartyQuerySet
from curation.choices import State
from curation.querysets import EntryQuerySet, slim

if TYPE_CHECKING:
    from .models import (  # noqa: F401 - named in strings below
        Adoption,
        Assessment,
        Lab,
        Link,
        Partner,
        Solution,
        Trial,
    )


# What a link ties to a lab; and of that what belongs to an organisation.
ENDS = ("actor", "mission", "need", "offer")
TIED = ("mission", "need", "offer")


class LabQuerySet(EntryQuerySet["Lab"]):
    """Verbs for choosing labs."""


class TrialQuerySet(EntryQuerySet["Trial"]):
    """Verbs for choosing trials."""


class SolutionQuerySet(EntryQuerySet["Solution"]):
    """Verbs for choosing solutions."""


class LinkQuerySet(PartyQuerySet["Link"]):
    """Verbs for choosing links."""

    def public(self) -> Self:
        """The links whose other end everybody may read, with that end, in the order they were made."""
        either = Q(*((f"{end}__record__state", State.PUBLISHED) for end in ENDS), _connector=Q.OR)
        ends = self.filter(either).select_related(*(f"{end}__record" for end in ENDS))
        return ends.defer(*(column for end in ENDS for column in slim(f"{end}__record__"))).order_by("pk")

    def shown(self) -> Self:
        """The same with whose they are, as a lab's page shows them."""
        owners = [f"{end}__owner__record" for end in TIED]
        columns = (column for owner in owners for column in slim(f"{owner}__"))
        return self.public().select_related(*owners).defer(*columns)

    def to_entries(self) -> Self:
        """The links to missions, needs and offers in whatever state, with these."""
        ends = self.filter(actor__isnull=True).select_related(*(f"{end}__record" for end in TIED))
        return ends.order_by("pk")

    def owned_by(self, actor: Any) -> Self:
        """The links to what belongs to an organisation, or to each of those a query names."""
        return self.filter(Q(*((f"{end}__owner", actor) for end in TIED), _connector=Q.OR))

    def with_mission(self) -> Self:
        """The links to missions everybody may read, with the mission."""
        return (
            self.filter(mission__record__state=State.PUBLISHED)
            .select_related("mission__record")
            .defer(*slim("mission__record__"))
        )

    def with_lab(self) -> Self:
        """The links whose lab everybody may read, with that lab."""
        return (
            self.filter(lab__record__state=State.PUBLISHED)
            .select_related("lab__record")
            .defer(*slim("lab__record__"))
        )


class PartnerQuerySet(PartyQuerySet["Partner"]):
    """Verbs for choosing who takes part in trials and solutions."""

    def public(self) -> Self:
        """Those in trials and solutions everybody may read, with these."""
        either = Q(trial__record__state=State.PUBLISHED) | Q(solution__record__state=State.PUBLISHED)
        ends = self.filter(either).select_related("trial__record", "solution__record")
        return ends.defer(*slim("trial__record__"), *slim("solution__record__")).order_by("pk")


class AdoptionQuerySet(models.QuerySet["Adoption"]):
    """Verbs for choosing who took what over."""

    def public(self) -> Self:
        """Those of solutions everybody may read, by organisations everybody may read."""
        return self.filter(solution__record__state=State.PUBLISHED, adopter__record__state=State.PUBLISHED)

    def running(self) -> Self:
        """Those that are not over."""
        return self.filter(ended_on__isnull=True)

    def confirmed(self) -> Self:
        """Those the adopting organisation has said itself."""
        return self.filter(confirmed_at__isnull=False)

    def with_adopter(self) -> Self:
        """With the organisation that took it over, and where."""
        return self.select_related("adopter__record", "place").defer(
            *slim("adopter__record__"), "place__outline"
        )

    def with_solution(self) -> Self:
        """With the solution and who answers for it."""
        return self.select_related("solution__record", "solution__owner__record").defer(
            *slim("solution__record__"), *slim("solution__owner__record__")
        )

    def with_all(self) -> Self:
        """With all its page names: both ends, where, and from whom."""
        ends = self.with_adopter().with_solution()
        return ends.select_related("solution__lab__record", "taken_from__adopter__record").defer(
            *slim("solution__lab__record__"), *slim("taken_from__adopter__record__")
        )


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Verbs for choosing runs of PULL-spejlet."""

    def shown(self) -> Self:
        """Those everybody may read of: of labs everybody may read, entirely or only that they were done."""
        return self.exclude(shown="").filter(lab__record__state=State.PUBLISHED)

    def told(self) -> Self:
        """Those everybody may read entirely."""
        return self.filter(shown="all", lab__record__state=State.PUBLISHED)
