"""The catalogue of what can be taken from the register, for data portals: DCAT-AP 3.

One data set for each kind of entry, the barometer, the whole as a dump, and the API as a service. Words of
controlled lists are those of the EU's authority tables.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from curation.choices import Kind
from curation.linked import LICENCE
from curation.linked_lists import SPREADSHEET
from curation.models import Record
from keeping.lists import LISTS
from mail.links import absolute

from .dcat_writing import Literal, Node, Ref, Value
from .models import Dump

AUTHORITY = "http://publications.europa.eu/resource/authority/"
MEDIA = "https://www.iana.org/assignments/media-types/"
LANGUAGES = {"da": "DAN", "en": "ENG"}
THEMES = ("GOVE", "SOCI", "TECH")
DESCRIPTIONS: Mapping[str, Any] = {
    Kind.LAB: _("Denmark’s living labs: where they are, what they are about, how far they are, who hosts"
                " them and what they are open to."),
    Kind.ACTOR: _("Organisations that take part in living labs and missions, on the PULL or the PUSH side,"
                  " with their CVR and ROR numbers where these are known."),
    Kind.MISSION: _("Missions: shared ambitions with a goal, carried by a coalition, from one municipality to"
                    " the whole country."),
    Kind.NEED: _("PULL: what places and organisations need, and what they ask of a partner."),
    Kind.OFFER: _("PUSH: what research and companies offer to practice: capacity, methods, panels, sites to"
                  " test in."),
    Kind.TRIAL: _("What living labs try, where and how, and what was learned by it."),
    Kind.SOLUTION: _("What came out of living labs: from idea to use, with what is known of its value and of"
                      " who took it over."),
}  # fmt: skip


def catalogue() -> list[Node]:
    """The whole graph; two statements."""
    changed = dict(
        Record.objects.published().values_list("kind").annotate(Max("updated_at")).order_by("kind")
    )
    dump = Dump.objects.first()
    sets = [*_kinds(changed), *_barometer(changed), *_whole(dump)]
    datasets = [node for node in sets if node["@type"] == Ref("dcat:Dataset")]
    last = max(changed.values(), default=None)
    return [_catalog(datasets, last), *_publisher(), *sets, _service(datasets)]


def _catalog(datasets: list[Node], last: dt.datetime | None) -> Node:
    return {
        "@id": Ref(_own("catalog")),
        "@type": Ref("dcat:Catalog"),
        "dct:title": told(lambda: "Stedkraft"),
        "dct:description": told(lambda: str(_(
            "Open data on Denmark’s living labs and their ecosystems: who pulls with a need, who pushes with"
            " knowledge, and where one is missing the other."
        ))),
        **_common(),
        "dct:modified": moment(last),
        "foaf:homepage": Ref(absolute("/")),
        "dcat:themeTaxonomy": Ref(f"{AUTHORITY}data-theme"),
        "dcat:dataset": [node["@id"] for node in datasets],
        "dcat:service": Ref(_own("api")),
    }  # fmt: skip


def _publisher() -> Iterator[Node]:
    yield {
        "@id": Ref(_own("publisher")), "@type": Ref("foaf:Agent"), "foaf:name": told(lambda: "Stedkraft"),
        "foaf:homepage": Ref(absolute("/about/")),
    }  # fmt: skip
    contact = settings.OPERATOR_CONTACT
    yield {
        "@id": Ref(_own("contact")), "@type": Ref("vcard:Organization"), "vcard:fn": Literal("Stedkraft"),
        "vcard:hasURL": Ref(absolute("/about/")),
        "vcard:hasEmail": Ref(f"mailto:{contact}") if "@" in contact else [],
    }  # fmt: skip


def _common() -> dict[str, Value]:
    """What holds of the catalogue, every data set and the service."""
    return {
        "dct:publisher": Ref(_own("publisher")),
        "dcat:contactPoint": Ref(_own("contact")),
        "dct:license": Ref(LICENCE),
        "dct:language": [Ref(f"{AUTHORITY}language/{code}") for code in LANGUAGES.values()],
        "dct:spatial": Ref(f"{AUTHORITY}country/DNK"),
    }


def _dataset(name: str, title: Callable[[], str], about: Callable[[], str], page: str, **more: Value) -> Node:
    return {
        "@id": Ref(_own(name)),
        "@type": Ref("dcat:Dataset"),
        "dct:identifier": Literal(_own(name)),
        "dct:title": told(title),
        "dct:description": told(about),
        **{key: value for key, value in _common().items() if key != "dct:license"},
        "dct:accessRights": Ref(f"{AUTHORITY}access-right/PUBLIC"),
        "dcat:theme": [Ref(f"{AUTHORITY}data-theme/{theme}") for theme in THEMES],
        "dcat:landingPage": Ref(absolute(page)),
        **more,
    }


def _kinds(changed: Mapping[str, dt.datetime]) -> Iterator[Node]:
    for name, listed in LISTS.items():
        files = list(_files(name, listed))
        yield _dataset(
            name, _label(listed.label), _label(DESCRIPTIONS[listed.kind]), _danish(f"{name}:browse"),
            **{
                "dct:modified": moment(changed.get(listed.kind)),
                "dct:accrualPeriodicity": Ref(f"{AUTHORITY}frequency/CONT"),
                "dcat:distribution": [one["@id"] for one in files],
            },
        )  # fmt: skip
        yield from files


def _label(text: Any) -> Callable[[], str]:
    return lambda: str(text)


def _files(name: str, listed: Any) -> Iterator[Node]:
    """A list as files, through the API, and what is new in it."""
    label = _label(listed.label)
    for kind, media, route in (
        ("CSV", "text/csv", "exports:csv"), ("XLSX", SPREADSHEET, "exports:xlsx"),
        ("GEOJSON", "application/geo+json", "exports:geojson"),
    ):  # fmt: skip
        path = _danish(route, name)
        yield _distribution(f"{name}-{kind.lower()}", kind, media, label, path, _file(path))
    yield _distribution(
        f"{name}-json", "JSON", "application/json", label, reverse(f"api:{name}"), _through_api()
    )
    yield _distribution(
        f"{name}-atom", "ATOM", "application/atom+xml",
        lambda: _("%(list)s – what is new") % {"list": listed.label}, _danish("feeds:feed", name),
    )  # fmt: skip


def _distribution(
    name: str, kind: str, media: str, title: Callable[[], str], path: str, more: Node | None = None
) -> Node:
    """One way to take a data set; what is a file also says where it is downloaded (`_file`)."""
    return {
        "@id": Ref(_own(name)),
        "@type": Ref("dcat:Distribution"),
        "dct:title": told(lambda: f"{title()} ({kind})"),
        "dcat:accessURL": Ref(absolute(path)),
        "dct:format": Ref(f"{AUTHORITY}file-type/{kind}"),
        "dcat:mediaType": Ref(MEDIA + media),
        "dct:license": Ref(LICENCE),
        "adms:status": Ref(f"{AUTHORITY}distribution-status/COMPLETED"),
        "dcatap:availability": Ref(f"{AUTHORITY}planned-availability/AVAILABLE"),
        **(more or {}),
    }


def _barometer(changed: Mapping[str, dt.datetime]) -> Iterator[Node]:
    label = _label(_("Barometer"))
    yield _dataset(
        "barometer", label,
        _label(_("The register’s own figures, each with what it counts and of how many.")),
        _danish("ecosystem:barometer"),
        **{
            "dct:modified": moment(max(changed.values(), default=None)),
            "dct:accrualPeriodicity": Ref(f"{AUTHORITY}frequency/CONT"),
            "dcat:distribution": [Ref(_own("barometer-csv")), Ref(_own("barometer-json"))],
        },
    )  # fmt: skip
    path = _danish("ecosystem:barometer_csv")
    yield _distribution("barometer-csv", "CSV", "text/csv", label, path, _file(path))
    path = reverse("api:barometer")
    yield _distribution("barometer-json", "JSON", "application/json", label, path, _through_api())


def _whole(dump: Dump | None) -> Iterator[Node]:
    """All of it as one file, made every night; nothing before the first night."""
    if dump is None:
        return
    label = _label(_("The whole register"))
    yield _dataset(
        "dump", label,
        _label(_("Every published entry with all that ties them together, places and themes, as one file.")),
        _danish("data:data"),
        **{
            "dct:modified": moment(dump.made_at),
            "dct:accrualPeriodicity": Ref(f"{AUTHORITY}frequency/DAILY"),
            "dcat:distribution": Ref(_own("dump-zip")),
        },
    )  # fmt: skip
    checksum: Node = {
        "@type": Ref("spdx:Checksum"), "spdx:algorithm": Ref("spdx:checksumAlgorithm_sha256"),
        "spdx:checksumValue": Literal(dump.digest, type="xsd:hexBinary"),
    }  # fmt: skip
    more: dict[str, Value] = {
        "dcat:byteSize": Literal(str(dump.size), type="xsd:nonNegativeInteger"),
        "dcat:packageFormat": Ref(f"{MEDIA}application/zip"),
        "spdx:checksum": checksum,
        "dct:modified": moment(dump.made_at),
    }
    path = dump.get_absolute_url()
    yield _distribution("dump-zip", "ZIP", "application/zip", label, path, _file(path, **more))


def _service(datasets: list[Node]) -> Node:
    return {
        "@id": Ref(_own("api")),
        "@type": Ref("dcat:DataService"),
        "dct:identifier": Literal(_own("api")),
        "dct:title": told(lambda: "Stedkraft API"),
        "dct:description": told(
            lambda: str(_("Everything that is published, with the filters of the lists."))
        ),
        **_common(),
        "dct:accessRights": Ref(f"{AUTHORITY}access-right/PUBLIC"),
        "dcat:theme": [Ref(f"{AUTHORITY}data-theme/{theme}") for theme in THEMES],
        "dcat:endpointURL": Ref(absolute("/api/v1/")),
        "dcat:endpointDescription": Ref(absolute(reverse("api:description"))),
        "dct:conformsTo": Ref("https://spec.openapis.org/oas/v3.1.0"),
        "dcat:landingPage": Ref(absolute(_danish("data:data"))),
        "dcat:servesDataset": [node["@id"] for node in datasets if node["@id"] != Ref(_own("dump"))],
    }


def told(words: Callable[[], str]) -> list[Literal]:
    """A text in each language."""
    found = []
    for code in LANGUAGES:
        with translation.override(code):
            found.append(Literal(words(), language=code))
    return found


def moment(at: dt.datetime | None) -> Value:
    return Literal(at.isoformat(timespec="seconds"), type="xsd:dateTime") if at else []


def _danish(route: str, *args: str) -> str:
    with translation.override("da"):
        return reverse(route, args=args)


def _own(name: str) -> str:
    """What a part of the catalogue is called."""
    return absolute(f"/data/catalog#{name}")


def _file(path: str, **more: Value) -> Node:
    """What is said besides of something that one address gives whole."""
    return {"dcat:downloadURL": Ref(absolute(path)), **more}


def _through_api() -> Node:
    return {"dcat:accessService": Ref(_own("api"))}
