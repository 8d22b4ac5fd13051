"""Stable addresses, feeds and the map of the site: what is public and nothing else."""

import xml.etree.ElementTree as ET

import pytest
from django.conf import settings
from django.test import Client

from curation.choices import State
from curation.models import Record
from keeping.lists import LISTS
from opendata import sitemap
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty")]

ATOM = {"a": "http://www.w3.org/2005/Atom"}
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def atom(client: Client, path: str) -> ET.Element:
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    return ET.fromstring(response.content)  # noqa: S314 - our own answer


def titles(feed: ET.Element) -> list[str]:
    return [found.text or "" for found in feed.findall("a:entry/a:title", ATOM)]


def locations(client: Client, path: str) -> set[str]:
    response = client.get(path)
    assert response.status_code == 200
    return {found.text or "" for found in ET.fromstring(response.content).iter(f"{{{SITEMAP['s']}}}loc")}  # noqa: S314


def test_an_id_leads_to_the_page_whatever_it_is_called(client: Client) -> None:
    lab = factories.lab("Havnelab")
    path = f"/id/{lab.record.public_id}"
    assert client.get(path)["Location"] == "/labs/havnelab/"
    Record.objects.filter(pk=lab.pk).update(slug="nyt-navn")
    assert client.get(path)["Location"] == "/labs/nyt-navn/"


def test_an_id_follows_what_it_was_merged_into(client: Client) -> None:
    kept = factories.lab("Det ene")
    gone = factories.lab("Det andet", state=State.MERGED, merged_into=kept.record)
    further = factories.lab("Det tredje", state=State.MERGED, merged_into=gone.record)
    assert client.get(f"/id/{further.record.public_id}")["Location"] == "/labs/det-ene/"


@pytest.mark.parametrize("state", [State.DRAFT, State.WITHDRAWN, State.SUBMITTED])
def test_an_id_of_what_is_not_public_does_not_exist(client: Client, state: str) -> None:
    lab = factories.lab("Kanarie", state=state)
    assert client.get(f"/id/{lab.record.public_id}").status_code == 404
    assert client.get("/id/0000000000").status_code == 404


def test_a_feed_of_each_list_tells_its_newest(client: Client) -> None:
    lab = factories.lab("Lab et", summary_da="Det handler om vand & <sol>.")
    made = [
        lab, factories.actor("Aktør et"), factories.mission("Mission et"), factories.need("Behov et"),
        factories.offer("Tilbud et"), factories.trial(lab, "Afprøvning et"), factories.solution("Løsning et"),
    ]  # fmt: skip
    assert {f"{entry.kind}s" for entry in made} == set(LISTS)
    for entry in made:
        feed = atom(client, f"/feeds/{entry.kind}s.atom")
        assert titles(feed) == [entry.name_da]
        found = feed.find("a:entry/a:id", ATOM)
        assert found is not None
        assert found.text == f"{settings.BASE_URL}/id/{entry.record.public_id}"
    summary = atom(client, "/feeds/labs.atom").find("a:entry/a:summary", ATOM)
    assert summary is not None
    assert summary.attrib["type"] == "html"
    assert summary.text == "Det handler om vand &amp; &lt;sol&gt;."


def test_a_feed_has_the_filters_of_its_list_and_no_draft(client: Client) -> None:
    water = factories.theme("Vand")
    factories.lab("Vandlab", themes=[water])
    factories.lab("Solfanger")
    factories.lab("Kanarie", themes=[water], state=State.DRAFT)
    assert titles(atom(client, "/feeds/labs.atom?theme=vand")) == ["Vandlab"]
    assert set(titles(atom(client, "/feeds/labs.atom"))) == {"Vandlab", "Solfanger"}
    assert titles(atom(client, "/feeds/labs.atom?q=findesikke")) == []
    english = atom(client, "/en/feeds/labs.atom")
    assert english.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "en"
    assert client.get("/feeds/kanarier.atom").status_code == 404


def test_the_map_of_the_site_names_what_is_public(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "PER_PART", 2)
    for number in range(3):
        factories.lab(f"Lab {number}")
    factories.lab("Kanarie", state=State.DRAFT)
    index = locations(client, "/sitemap.xml")
    assert index == {f"{settings.BASE_URL}/sitemap-{number}.xml" for number in (1, 2, 3)}
    factories.theme("Vand")
    pages = locations(client, "/sitemap-1.xml")
    named = ("/solutions/", "/data/", "/embed/", "/api/v1/docs/", "/roles/", "/themes/vand/")
    assert {settings.BASE_URL + prefix + path for path in named for prefix in ("", "/en")} <= pages
    entries = locations(client, "/sitemap-2.xml") | locations(client, "/sitemap-3.xml")
    names = {f"/labs/lab-{number}/" for number in range(3)}
    assert entries == {settings.BASE_URL + prefix + name for name in names for prefix in ("", "/en")}
    assert client.get("/sitemap-4.xml").status_code == 404
    assert client.get("/sitemap-0.xml").status_code == 404


def test_robots_are_told_where_the_map_is(client: Client) -> None:
    text = client.get("/robots.txt").text
    assert f"Sitemap: {settings.BASE_URL}/sitemap.xml" in text
    assert {"Disallow: /desk/", "Disallow: /en/desk/", "Disallow: /en/account/"} <= set(text.splitlines())
