"""What a reader can ask of the lists of actors and of offers."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from curation.choices import Kind, Side
from curation.filters import FacetFilter, RecordFilterSet

from .choices import ActorKind, OfferKind
from .offer_statuses import OFFERED


class ActorFilterSet(RecordFilterSet):
    """Actors by usual side, kind, theme of what they take part in, and place."""

    side = FacetFilter("sides", _("Usual side"), array=True, choices=Side.choices)
    kind = FacetFilter("type", _("Kind"), choices=ActorKind.choices)

    record_kind = Kind.ACTOR
    sort_labels: ClassVar = {"best": _("Most active first")}
    order: ClassVar = ("side", "kind", "theme", "place")


class OfferFilterSet(RecordFilterSet):
    """Offers by theme, what is brought, status and place."""

    kind = FacetFilter("type", _("Brings"), choices=OfferKind.choices)
    phase = FacetFilter("phase", _("Status"), choices=OFFERED)

    record_kind = Kind.OFFER
    sort_labels: ClassVar = {"best": _("Open first")}
    order: ClassVar = ("theme", "kind", "phase", "place")
