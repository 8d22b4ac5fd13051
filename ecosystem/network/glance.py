"""What a place's page says of its network, from what is counted of the whole country anyway."""

from dataclasses import dataclass

from django.urls import reverse

from curation.reference import Reference
from places.models import Place

from ..balance import country_of


@dataclass(frozen=True)
class Glance:
    """How many links tie what is in a place, to each other or to the rest of the country."""

    links: int
    path: str


def glance_at(place: Place, reference: Reference) -> Glance:
    """For the include `places/place/network.html`."""
    links = country_of(reference).of(place.pk).links
    return Glance(links, reverse("network:place", args=[place.address]))
