"""Reading organisations and what ties them together."""

from typing import TYPE_CHECKING, Any, Self

from curation.choices import State
from curation.querysets import Dated, EntryQuerySet

if TYPE_CHECKING:
    from .models import Actor, Relation


class ActorQuerySet(EntryQuerySet["Actor"]):
    """Verbs for choosing actors."""


class RelationQuerySet(Dated["Relation"]):
    """Verbs for choosing ties between actors."""

    def public(self) -> Self:
        """Ties between two published actors."""
        return self.filter(subject__record__state=State.PUBLISHED, object__record__state=State.PUBLISHED)


class PartyQuerySet[P: Any](Dated[P]):
    """Verbs for rows that tie an actor to something: the links of labs, the members of coalitions."""

    def with_actor(self) -> Self:
        """The rows whose actor everybody may read, with that actor."""
        return self.filter(actor__record__state=State.PUBLISHED).select_related("actor__record")
