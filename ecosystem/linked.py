"""The front page, places, themes and the barometer in the words of schema.org."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from curation.linked import (
    area,
    document,
    geo,
    identifier,
    page_told,
    register,
    site,
    tidy,
    topic,
)
from curation.linked_head import Head, embedded
from curation.linked_lists import dataset
from curation.models import Theme
from mail.links import absolute
from places.models import Place


def home_told() -> Head:
    """The site, who runs it, and how it is searched."""
    search = absolute(reverse("ecosystem:search"))
    told = document(
        site() | {
            "@type": "WebSite", "name": "Stedkraft", "url": absolute(reverse("ecosystem:home")),
            "inLanguage": get_language(), "publisher": {"@id": register()["@id"]},
            "potentialAction": {
                "@type": "SearchAction",
                "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{search_term_string}}"},
                "query-input": "required name=search_term_string",
            },
        },
        register(),
    )  # fmt: skip
    return Head(told)


def place_page(place: Place, above: Iterable[Place]) -> Head:
    """A place within what it belongs to today."""
    code = [identifier("Danmarks Statistik" if place.code.isdigit() else "ISO 3166-1", place.code)]
    thing = area(place) | tidy({
        "identifier": code if place.code else None,
        "geo": geo(place),
        "containedInPlace": [area(one) for one in above],
        "url": absolute(place.get_absolute_url()),
    })  # fmt: skip
    path = place.get_absolute_url()
    crumbs = [(_("Places"), reverse("places:index")), (place.name, path)]
    told = document(page_told(path, {"@id": thing["@id"]}, *crumbs), thing)
    return Head(told, [embedded(path, place.name)])


def theme_page(theme: Theme) -> Head:
    """A theme as a term of the register's own list."""
    path = theme.get_absolute_url()
    crumbs = [(_("Themes"), reverse("curation:themes")), (theme.name, path)]
    return Head(document(page_told(path, {"@id": topic(theme)["@id"]}, *crumbs), topic(theme)))


def barometer_page(path: str) -> Head:
    """The register's own figures as a data set."""
    files = [("text/csv", reverse("ecosystem:barometer_csv")), ("application/json", "/api/v1/barometer")]
    about = _(
        "The register’s own figures: what came out of living labs, what was learned, what spread, and what"
        " came of enquiries."
    )
    name = _("Barometer")
    whole = dataset(absolute("/barometer/#data"), name, about, path, files)
    return Head(document(page_told(path, {"@id": whole["@id"]}, (name, path)), whole))
