"""The product's own answers: whole pages through every middleware, and what a list page is made of."""

from typing import cast
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.test import Client
from django.utils import translation

from curation.browsing import Browse
from curation.models import Record, Theme
from curation.reference import Reference
from curation.similar import similar_to
from labs.filters import LabFilterSet

from .floor import Answer
from .queries import MUNICIPALITY, Query

THEME = "lighting"  # of the lab that stands for all: neither common nor rare


def reader() -> Client:
    """Somebody without a session who reads in this process."""
    return Client(SERVER_NAME=urlsplit(settings.BASE_URL).hostname)


def get(client: Client, path: str, **headers: str) -> HttpResponse:
    response = client.get(path, headers=headers)
    if response.status_code not in (200, 304):
        raise RuntimeError(f"{path} answers {response.status_code}")
    return cast(HttpResponse, response)


def answer(query: Query) -> Answer:
    """What the page of a question tells, before it is rendered; not what it shows in place of nothing."""
    with translation.override(query.language):
        browse = Browse(LabFilterSet(QueryDict(urlencode(query.parameters)), Reference()))
        counts = browse.filters.counts() if browse.loosened else browse.counts
        facets = {name: dict(values) for name, values in counts.by.items() if values}
        if browse.loosened:
            return Answer(total=0, facets=facets, cards=[], cells=[])
        return Answer(
            total=counts.total,
            facets=facets,
            cards=[card.path.rstrip("/").rpartition("/")[2] for card in browse.cards],
            cells=sorted(feature["properties"]["count"] for feature in browse.map_data["features"]),
        )


class Samples:
    """A typical lab, and the pages whose cost should not grow with the register.

    The lab has the same single theme at every size: how far one looks for others depends on its themes.
    """

    def __init__(self) -> None:
        theme = Theme.objects.get(slug=THEME)
        labs = Record.objects.current().of_kind("lab").filter(theme_ids=[theme.pk, theme.parent_id])
        middle = labs.count() // 2
        self.lab = labs.order_by("-quality", "pk")[middle]
        self.pages = {
            "entry page": self.lab.get_absolute_url(),
            "unfiltered map": "/labs/map.geojson?zoom=6",
            "place page": f"/places/{MUNICIPALITY}/",
            # The largest place there is holds everything.
            "the country's page": "/places/DK/",
            "its missing links": "/places/DK/missing/",
            "its focus finder": "/places/DK/focus/",
            "its network": "/network/places/DK/",
        }

    def nearest(self) -> object:
        """The labs most like another."""
        return similar_to(self.lab, Reference.now())
