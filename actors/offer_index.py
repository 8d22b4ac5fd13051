"""What lists and search read of an offer."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from curation.choices import Level, Side, State
from curation.facts import Facts, labels
from curation.levels import Check, Met
from curation.points import Point, points_of_places

from .choices import OfferKind, OfferStatus
from .models import Actor, Offer

# What stands open is what readers look for; what may be gone comes after it.
WEIGHT: Mapping[str, int] = {OfferStatus.OPEN: 300}
WEIGHT_UNKNOWN = 100


def facts(offers: Sequence[Offer]) -> Mapping[int, Facts]:
    """The facts of many offers in a constant number of queries."""
    ids = [offer.pk for offer in offers]
    owners = Actor.objects.published().in_bulk({offer.owner_id for offer in offers if offer.owner_id})
    ties, points = _ties_of(ids), points_of_places(ids)
    return {
        offer.pk: _facts(offer, owners.get(offer.owner_id or 0), ties[offer.pk], points.get(offer.pk))
        for offer in offers
    }


def linked(offer: int) -> Iterable[int]:
    """Who makes it, the labs it is tied to and the needs it answers."""
    for path in ("owner_id", "links__lab_id", "responses__need_id"):
        rows = Offer.objects.filter(pk=offer, **{f"{path.removesuffix('_id')}__isnull": False})
        yield from rows.order_by().values_list(path, flat=True)


def _facts(offer: Offer, owner: Actor | None, ties: int, town: Point | None) -> Facts:
    danish, english = labels(OfferKind(offer.type))
    return Facts(
        type=offer.type,
        phase=offer.status,
        over=offer.status,
        weight=WEIGHT.get(offer.status, WEIGHT_UNKNOWN),
        sides=[Side.PUSH],
        links=ties,
        partners=[owner.name_da] if owner else [],
        texts_da=[offer.conditions_da, danish],
        texts_en=[offer.conditions_en, english],
        point=_point(offer) or (_point(owner) if owner else None) or town,
        completeness=_completeness(offer) + min(ties, 20),
        checks=_checks(offer),
    )


CONDITIONS = Check("conditions", Level.GOOD, _("Its conditions"), "conditions_da")
OPEN_UNTIL = Check("open_until", Level.GOOD, _("How long it stands"), "open_until")
WEBSITE = Check("website", Level.EXCELLENT, _("A website with more"), "website")
CONDITIONS_ENGLISH = Check(
    "conditions_english", Level.EXCELLENT, _("Its conditions in English"), "conditions_en"
)


def _checks(offer: Offer) -> Met:
    return {
        CONDITIONS: bool(offer.conditions_da),
        OPEN_UNTIL: offer.open_until is not None,
        WEBSITE: bool(offer.website),
        CONDITIONS_ENGLISH: bool(offer.conditions_en),
    }


def _point(entry: Offer | Actor) -> Point | None:
    if entry.latitude is None or entry.longitude is None:
        return None
    return entry.latitude, entry.longitude


def _ties_of(ids: Sequence[int]) -> Counter[int]:
    """How many published labs and needs each offer is tied to."""
    count: Counter[int] = Counter()
    for reverse, end in (("links", "lab"), ("responses", "need")):
        told = {f"{reverse}__{end}__record__state": State.PUBLISHED, f"{reverse}__ended_on__isnull": True}
        count.update(Offer.objects.filter(pk__in=ids, **told).order_by().values_list("pk", flat=True))
    return count


def _completeness(offer: Offer) -> int:
    said = (
        offer.summary_da, offer.summary_en, offer.website, offer.conditions_da, offer.owner_id,
        offer.open_until or offer.year,
    )  # fmt: skip
    return 10 * sum(1 for value in said if value)
