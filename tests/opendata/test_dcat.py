"""The catalogue says what DCAT-AP asks for, the same in both writings, and every address in it answers."""

import datetime as dt

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, XSD

from curation.choices import State
from keeping.lists import LISTS
from opendata.dcat_writing import Literal as Said
from opendata.dcat_writing import Node, Ref, in_json, in_turtle
from opendata.models import Dump
from tests import factories
from tests.opendata.linked import graph_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty")]

SPDX, VCARD = Namespace("http://spdx.org/rdf/terms#"), Namespace("http://www.w3.org/2006/vcard/ns#")
DIGEST = "0123456789abcdef" * 4
# What each class must have (DCAT-AP 3), and what the Danish profile and portals ask for besides.
MANDATORY = {
    DCAT.Catalog: {DCTERMS.title, DCTERMS.description, DCTERMS.publisher},
    DCAT.Dataset: {DCTERMS.title, DCTERMS.description},
    DCAT.Distribution: {DCAT.accessURL},
    DCAT.DataService: {DCTERMS.title, DCAT.endpointURL},
    FOAF.Agent: {FOAF.name},
}
ASKED = {
    DCAT.Catalog: {
        DCAT.dataset, DCAT.service, DCTERMS.license, DCTERMS.language, DCTERMS.spatial, FOAF.homepage,
    },
    DCAT.Dataset: {
        DCTERMS.identifier, DCTERMS.publisher, DCAT.contactPoint, DCAT.theme, DCAT.distribution,
        DCTERMS.spatial, DCTERMS.language, DCTERMS.accrualPeriodicity, DCTERMS.accessRights, DCAT.landingPage,
    },
    DCAT.Distribution: {DCTERMS.title, DCTERMS["format"], DCAT.mediaType, DCTERMS.license},
    DCAT.DataService: {
        DCAT.endpointDescription, DCAT.servesDataset, DCTERMS.license, DCAT.contactPoint, DCTERMS.publisher,
    },
}  # fmt: skip


def turtle(client: Client) -> Graph:
    response = client.get("/data/catalog.ttl")
    assert response["Content-Type"].startswith("text/turtle")
    return Graph().parse(data=response.text, format="turtle")


def own(name: str) -> URIRef:
    return URIRef(f"{settings.BASE_URL}/data/catalog#{name}")


def test_everything_that_must_be_said_is_said(client: Client) -> None:
    factories.lab("Labbet")
    graph = turtle(client)
    for asked in (MANDATORY, ASKED):
        for kind, words in asked.items():
            found = list(graph.subjects(RDF.type, kind))
            assert found
            for one in found:
                assert words <= set(graph.predicates(one)), (kind, one)
    for said in (DCTERMS.title, DCTERMS.description):
        for one in {*graph.subjects(RDF.type, DCAT.Dataset), *graph.subjects(RDF.type, DCAT.Catalog)}:
            texts = list(graph.objects(one, said))
            assert {text.language for text in texts if isinstance(text, Literal)} == {"da", "en"}


def test_whatever_is_pointed_at_is_there(client: Client) -> None:
    factories.lab("Labbet")
    graph = turtle(client)
    inside = f"{settings.BASE_URL}/data/catalog#"
    pointed = {one for one in graph.objects() if isinstance(one, URIRef) and one.startswith(inside)}
    assert pointed <= set(graph.subjects(RDF.type, None))
    sets = set(graph.objects(own("catalog"), DCAT.dataset))
    assert (
        sets == set(graph.subjects(RDF.type, DCAT.Dataset)) == {own(name) for name in (*LISTS, "barometer")}
    )
    files = set(graph.subjects(RDF.type, DCAT.Distribution))
    assert files == set(graph.objects(None, DCAT.distribution))
    assert set(graph.objects(own("api"), DCAT.servesDataset)) == sets


def test_every_address_answers_with_its_media_type(client: Client) -> None:
    factories.lab("Labbet")
    graph = turtle(client)
    for word in (DCAT.accessURL, DCAT.landingPage, DCAT.endpointDescription, FOAF.homepage):
        for one, address in graph.subject_objects(word):
            response = client.get(str(address).removeprefix(settings.BASE_URL))
            assert response.status_code == 200, address
            for media in graph.objects(one, DCAT.mediaType):
                kind = str(media).removeprefix("https://www.iana.org/assignments/media-types/")
                assert response["Content-Type"].startswith(kind), address


def test_both_writings_say_the_same(client: Client) -> None:
    factories.lab("Labbet")
    Dump.objects.create(on=dt.date(2026, 5, 4), of_version=1, entries=1, size=12, digest=DIGEST)
    response = client.get("/data/catalog.jsonld")
    assert response["Content-Type"] == "application/ld+json"
    assert isomorphic(turtle(client), graph_of(response.text))


def test_the_newest_dump_has_its_size_and_checksum(client: Client) -> None:
    for day in (3, 4):
        made = timezone.now().replace(microsecond=0)
        dump = Dump.objects.create(
            on=dt.date(2026, 5, day), of_version=1, entries=1, size=10 + day, digest=DIGEST, made_at=made
        )
    graph = turtle(client)
    assert own("dump") in set(graph.objects(own("catalog"), DCAT.dataset))
    assert graph.value(own("dump-zip"), DCAT.byteSize) == Literal(14, datatype=XSD.nonNegativeInteger)
    assert str(graph.value(own("dump-zip"), DCAT.downloadURL)) == settings.BASE_URL + dump.get_absolute_url()
    checksum = graph.value(own("dump-zip"), SPDX.checksum)
    assert str(graph.value(checksum, SPDX.checksumValue)) == DIGEST
    assert graph.value(checksum, SPDX.algorithm) == SPDX.checksumAlgorithm_sha256


def test_a_data_set_says_when_it_changed(client: Client) -> None:
    lab = factories.lab("Labbet")
    factories.need("Kladde", state=State.DRAFT)
    graph = turtle(client)
    changed = graph.value(own("labs"), DCTERMS.modified)
    assert isinstance(changed, Literal)
    assert changed.toPython() == lab.record.updated_at.replace(microsecond=0)
    assert graph.value(own("needs"), DCTERMS.modified) is None


def test_the_operator_is_the_contact(client: Client, settings: pytest.FixtureRequest) -> None:
    assert turtle(client).value(own("contact"), VCARD.hasEmail) is None
    settings.OPERATOR_CONTACT = "data@by.dk"  # type: ignore[attr-defined]
    assert str(turtle(client).value(own("contact"), VCARD.hasEmail)) == "mailto:data@by.dk"


def test_hostile_text_stays_text() -> None:
    text, address = 'a "b" \\ \n\t <c> \u2028 . ; # æ', 'https://x.dk/<"{}|^`\\ >'
    node: Node = {"@id": Ref("https://x.dk/1"), "@type": Ref("dcat:Dataset"), "dct:title": Said(text, "da"),
            "dcat:landingPage": Ref(address)}  # fmt: skip
    graph = Graph().parse(data=in_turtle([node]), format="turtle")
    assert graph.value(URIRef("https://x.dk/1"), DCTERMS.title) == Literal(text, lang="da")
    assert len(graph) == 3
    again = graph_of(in_json([node]))
    assert again.value(URIRef("https://x.dk/1"), DCTERMS.title) == Literal(text, lang="da")
