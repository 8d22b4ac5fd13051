"""What pages tell machines in the words of schema.org: right words, public things, and nothing gets out."""

import json
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from rdflib import URIRef
from rdflib.namespace import RDF

from actors.choices import ActorKind
from actors.linked import TYPES
from curation.choices import State
from curation.linked import LICENCE
from curation.linked_lists import FILES
from curation.models import Record
from tests import factories
from tests.opendata.linked import TYPE, graph_of, names, thing, told_by
from tests.pages import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty")]

HOSTILE = "</script><script>alert(1)</script><!-- & ' \" \u2028 \u2029 ]]>"
# Which words schema.org has for what, as far as we use them.
THING = {"name", "description", "url", "identifier", "sameAs"}
ORGANIZATION = THING | {
    "location", "keywords", "parentOrganization", "member", "memberOf", "foundingDate", "dissolutionDate",
}  # fmt: skip
OFFERED = THING | {"areaServed", "validThrough", "itemOffered"}
WORDS = {
    "WebPage": THING | {"inLanguage", "isPartOf", "license", "mainEntity", "breadcrumb", "datePublished",
                        "dateModified"},
    "WebSite": THING | {"inLanguage", "publisher", "potentialAction"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name", "item"},
    "CreativeWork": THING | {"creator", "sourceOrganization", "contributor", "isBasedOn", "about",
                             "dateCreated", "locationCreated", "keywords", "creativeWorkStatus"},
    "Demand": OFFERED,
    "Offer": OFFERED | {"offeredBy"},
    "Service": {"serviceType", "category", "areaServed"},
    "Dataset": THING | {"inLanguage", "license", "isAccessibleForFree", "creator", "includedInDataCatalog",
                        "distribution"},
    "DataDownload": {"encodingFormat", "contentUrl"},
    "DefinedTerm": THING | {"inDefinedTermSet"},
    "PropertyValue": {"propertyID", "value"},
    "GeoCoordinates": {"latitude", "longitude"},
    "SearchAction": {"target", "query-input"},
    "EntryPoint": {"urlTemplate"},
    **dict.fromkeys(("Place", "AdministrativeArea", "Country"), THING | {"geo", "containedInPlace"}),
    **dict.fromkeys(("Organization", "Project", *TYPES.values()), ORGANIZATION),
}  # fmt: skip


def check(node: Any) -> None:
    """Every word is one of its type's; every thing that is named elsewhere has a full address."""
    if isinstance(node, list):
        for one in node:
            check(one)
    if not isinstance(node, dict) or "@value" in node:
        return
    if set(node) != {"@id"}:
        assert set(node) - {"@id", "@type", "@reverse"} <= WORDS[node["@type"]], node
    if "@id" in node:
        assert node["@id"].startswith(f"{settings.BASE_URL}/")
    for name, value in node.items():
        for one in value.values() if name == "@reverse" else [value]:
            check(one)
        assert value not in (None, "", [], {}), name


def of(entry: Any) -> str:
    return f"{settings.BASE_URL}/id/{entry.record.public_id}"


def everything() -> dict[str, Any]:
    """One of each kind, tied to each other."""
    country = factories.place("Danmark", kind="country", code="DK", name_en="Denmark")
    town = factories.place("Byen", code="0101", within=[country], latitude=55.7, longitude=12.5)
    at: dict[str, Any] = {"places": [town], "themes": [factories.theme("Vand")]}
    host = factories.actor("Værten", type="municipality", cvr="12345678", **at)
    school = factories.actor("Skolen", type="university", ror="04qtj9h94", website="https://skole.dk", **at)
    mission = factories.mission("Missionen", owner=host, start_year=2024, **at)
    lab = factories.lab(
        "Labbet", name_en="The lab", summary_da="Vand & sol.", website="https://lab.dk", start_year=2020,
        latitude=55.7, longitude=12.5, point_basis="kommunens hovedby", **at,
    )  # fmt: skip
    now = lab.record.published_at
    factories.link(lab, host, role="host")
    factories.link(lab, school, side="push", role="research", confirmed_at=now)
    factories.link(lab, mission, confirmed_at=now)
    factories.member(mission, school, side="push", confirmed_at=now)
    need = factories.need("Behovet", owner=host, mission=mission, **at)
    offer = factories.offer("Tilbuddet", owner=school, **at)
    solution = factories.solution("Løsningen", owner=host, lab=lab, need=need, stage="in_use", **at)
    trial = factories.trial(lab, "Forsøget", owner=host, solution=solution, **at)
    return {
        "town": town, "host": host, "school": school, "mission": mission, "lab": lab, "need": need,
        "offer": offer, "solution": solution, "trial": trial,
    }  # fmt: skip


def test_each_kind_of_entry_is_told_in_its_own_words(client: Client) -> None:
    made = everything()
    kinds = {
        "host": "GovernmentOrganization", "school": "CollegeOrUniversity", "mission": "Project",
        "lab": "Organization", "need": "Demand", "offer": "Offer", "solution": "CreativeWork",
        "trial": "Project",
    }  # fmt: skip
    found = {}
    for name, kind in kinds.items():
        page = told_by(client, made[name].get_absolute_url())
        check(page)
        found[name] = thing(page, kind)
        assert found[name]["@id"] == of(made[name])
        about = thing(page, "WebPage")
        assert (about["mainEntity"], about["license"]) == ({"@id": of(made[name])}, LICENCE)
        english = told_by(client, f"/en{made[name].get_absolute_url()}")
        assert thing(english, "WebPage")["inLanguage"] == "en"
        assert thing(english, kind)["@id"] == of(made[name])
        alone = client.get(f"/id/{made[name].record.public_id}.jsonld")
        assert alone["Content-Type"] == TYPE
        assert thing(alone.json()["@graph"], kind) == found[name]
    lab = found["lab"]
    assert names(lab) == {("da", "Labbet"), ("en", "The lab")}
    assert lab["description"] == {"@language": "da", "@value": "Vand & sol."}
    assert lab["url"] == "https://lab.dk"
    assert lab["foundingDate"] == "2020"
    assert lab["parentOrganization"]["@id"] == of(made["host"])
    assert lab["member"]["@id"] == of(made["school"])
    assert lab["memberOf"]["@id"] == of(made["mission"])
    spot = lab["location"]
    assert spot["geo"] == {"@type": "GeoCoordinates", "latitude": 55.7, "longitude": 12.5}
    assert spot["description"] == "kommunens hovedby"
    assert spot["containedInPlace"]["@id"] == f"{settings.BASE_URL}/places/0101/"
    numbers = [(one["propertyID"], one["value"]) for one in found["host"]["identifier"]]
    assert numbers == [("Stedkraft", made["host"].record.public_id), ("CVR", "12345678")]
    assert found["school"]["sameAs"] == "https://ror.org/04qtj9h94"
    assert {one["@id"] for one in found["mission"]["member"]} == {of(made["host"]), of(made["school"])}
    assert found["need"]["@reverse"]["seeks"]["@id"] == of(made["host"])
    assert found["offer"]["offeredBy"]["@id"] == of(made["school"])
    assert found["solution"]["creator"]["@id"] == of(made["host"])
    assert found["solution"]["sourceOrganization"]["@id"] == of(made["lab"])
    assert found["solution"]["about"]["@id"] == of(made["need"])
    assert found["trial"]["parentOrganization"]["@id"] == of(made["lab"])


def test_it_is_a_graph(client: Client) -> None:
    made = everything()
    text = client.get(f"/id/{made['lab'].record.public_id}.jsonld").text
    offline = json.loads(text) | {"@context": {"@vocab": "https://schema.org/"}}
    graph = graph_of(json.dumps(offline))
    lab, schema = URIRef(of(made["lab"])), "https://schema.org/"
    assert (lab, RDF.type, URIRef(f"{schema}Organization")) in graph
    assert (lab, URIRef(f"{schema}parentOrganization"), URIRef(of(made["host"]))) in graph
    (page,) = graph.subjects(URIRef(f"{schema}mainEntity"), lab)
    assert page == URIRef(settings.BASE_URL + made["lab"].get_absolute_url())


def test_each_kind_of_organisation_has_a_word() -> None:
    assert {kind for kind in ActorKind if kind not in TYPES} == {
        "housing_association", "utility", "citizen_group", "local_community", "tech_transfer", "science_park",
        "foundation", "cluster", "living_lab", "test_centre", "business_hub", "network", "other",
    }  # fmt: skip


def test_nothing_leaves_the_block(client: Client) -> None:
    lab = factories.lab(
        HOSTILE, slug="fjendtlig", summary_da=HOSTILE, places=[factories.place(HOSTILE, slug="x")]
    )
    response = client.get("/labs/fjendtlig/")
    page = read(response)
    (block,) = page.all("script", type=TYPE)
    raw = "".join(str(child) for child in block.children)
    assert not set("<>&\u2028\u2029") & set(raw)
    assert names(thing(json.loads(raw)["@graph"], "Organization")) == {("da", HOSTILE)}
    assert "<script>alert" not in response.text
    assert client.get(f"/id/{lab.record.public_id}.jsonld").json()


def test_only_what_everybody_may_read_is_named(client: Client) -> None:
    hidden = factories.actor("Kanarie", state=State.WITHDRAWN)
    lab = factories.lab("Labbet", owner=hidden, backbone=hidden)
    factories.link(lab, hidden, role="host")
    factories.link(lab, factories.mission("Kanariemission", state=State.DRAFT))
    named = factories.actor("Kun nævnt")
    factories.link(lab, named, role="research")
    for path in ("/labs/labbet/", f"/id/{lab.record.public_id}.jsonld"):
        assert "Kanarie" not in client.get(path).text
    told = thing(told_by(client, "/labs/labbet/"), "Organization")
    assert "member" not in told  # it has not said yes
    assert "parentOrganization" not in told
    for draft in (hidden, factories.lab("Kladde", state=State.DRAFT)):
        assert client.get(f"/id/{draft.record.public_id}.jsonld").status_code == 404


def test_an_ended_lab_says_so_and_a_project_is_one(client: Client) -> None:
    factories.lab("Labbet", form="project", ended=True, end_year=2024, start_year=2021)
    told = thing(told_by(client, "/labs/labbet/"), "Project")
    assert (told["foundingDate"], told["dissolutionDate"]) == ("2021", "2024")


def test_an_id_answers_with_what_is_asked_for(client: Client) -> None:
    lab = factories.lab("Labbet")
    path = f"/id/{lab.record.public_id}"
    for accept in ("text/html", "*/*", "", "application/ld+json;q=0.5, text/html"):
        response = client.get(path, headers={"Accept": accept} if accept else {})
        assert (response.status_code, response["Location"]) == (302, "/labs/labbet/")
        assert "Accept" in response["Vary"]
    response = client.get(path, headers={"Accept": "application/ld+json"})
    assert response["Content-Type"] == TYPE
    assert "Accept" in response["Vary"]
    assert response.json() == client.get(f"{path}.jsonld").json()
    Record.objects.filter(pk=lab.pk).update(state=State.WITHDRAWN)
    assert client.get(path, headers={"Accept": TYPE}).status_code == 404


def test_other_pages_tell_what_they_are(client: Client) -> None:
    made = everything()
    site, who = told_by(client, "/")
    check([site, who])
    assert (
        site["potentialAction"]["target"]["urlTemplate"]
        == f"{settings.BASE_URL}/search/?q={{search_term_string}}"
    )
    place = told_by(client, "/places/0101/")
    check(place)
    area = thing(place, "AdministrativeArea")
    assert area["containedInPlace"]["@id"] == f"{settings.BASE_URL}/places/DK/"
    assert area["geo"]["latitude"] == made["town"].latitude
    steps = thing(place, "WebPage")["breadcrumb"]["itemListElement"]
    shown = read(client.get("/places/0101/")).one("nav", "breadcrumbs").all("li")
    assert [step["name"] for step in steps] == [item.text for item in shown]
    theme = told_by(client, "/en/themes/vand/")
    check(theme)
    assert thing(theme, "DefinedTerm")["@id"] == f"{settings.BASE_URL}/themes/vand/"


@pytest.mark.parametrize(("path", "files"), [("/labs/", len(FILES) + 1), ("/en/barometer/", 2)])
def test_what_can_be_taken_is_a_data_set(client: Client, path: str, files: int) -> None:
    everything()
    told = told_by(client, f"{path}?theme=vand")
    check(told)
    whole = thing(told, "Dataset")
    assert whole["license"] == LICENCE
    assert len(whole["distribution"]) == files
    for one in whole["distribution"]:
        response = client.get(one["contentUrl"].removeprefix(settings.BASE_URL))
        assert response.status_code == 200
        assert response["Content-Type"].startswith(one["encodingFormat"])


def test_pages_name_their_other_forms(client: Client) -> None:
    made = everything()
    for path in ("/labs/?theme=vand", made["lab"].get_absolute_url(), "/places/0101/"):
        links = [node for node in read(client.get(path)).all("link", rel="alternate") if "type" in node.attrs]
        assert links
        for link in links:
            asked = link.attrs["href"]
            assert asked.startswith(settings.BASE_URL)
            response = client.get(asked.removeprefix(settings.BASE_URL))
            assert response.status_code == 200
            if "oembed" not in link.attrs["type"]:
                assert response["Content-Type"].startswith(link.attrs["type"])
    feed = read(client.get("/labs/?theme=vand")).one("link", type="application/atom+xml")
    assert feed.attrs["href"] == f"{settings.BASE_URL}/feeds/labs.atom?theme=vand"
