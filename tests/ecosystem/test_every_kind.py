"""Every kind of entry has everything that a kind of entry has: whoever adds one learns here what is missing.

The partner finder is not in the list: trials and solutions are no partners, and are left out of it.
"""

import json

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client

from accounts.models import User
from curation.cards import card
from curation.choices import Kind
from curation.models import Entry, Record
from curation.reference import Reference
from outreach.saved_pages import page_at
from outreach.shortlist.around import around
from outreach.shortlist.facts import OF_KIND, facts_of
from tests.pages import ListPage, read

pytestmark = pytest.mark.usefixtures("denmark")


def first(kind: str) -> Record:
    """An entry of the kind, the first by its slug."""
    return Record.objects.published().filter(kind=kind).select_related(kind).order_by("slug")[0]


@pytest.mark.parametrize("kind", Kind.values)
def test_it_is_listed_mapped_and_found(client: Client, kind: str) -> None:
    published = Record.objects.published().filter(kind=kind).count()
    assert published
    assert ListPage.at(client, f"/{kind}s/").total == published
    drawn = json.loads(client.get(f"/{kind}s/map.geojson").content)
    assert drawn["type"] == "FeatureCollection"
    assert drawn["features"]
    found = read(client.get("/search/", {"q": first(kind).name_da})).by_id("results")
    assert f"/{kind}s/{first(kind).slug}/" in found.links


@pytest.mark.parametrize("kind", Kind.values)
def test_it_is_read_followed_and_corrected(client: Client, kind: str) -> None:
    record = first(kind)
    page = read(client.get(f"/{kind}s/{record.slug}/"))
    assert record.name_da in page.one("h1").text
    assert str(record.freshness.label) in page.text
    leads_to = page.links
    assert f"/{kind}s/{record.slug}/history/" in leads_to
    assert f"/{kind}s/{record.slug}/suggest/" in leads_to
    assert record.name_da in read(client.get(f"/{kind}s/{record.slug}/history/")).text
    assert record.name_da in read(client.get(f"/{kind}s/{record.slug}/suggest/")).text


@pytest.mark.parametrize("kind", Kind.values)
def test_it_is_registered_kept_compared_and_saved(client: Client, member: User, kind: str) -> None:
    record = first(kind)
    client.force_login(member)
    assert client.get(f"/register/{kind}/").status_code == 200
    reference = Reference.now()
    shown = card(record, reference)
    assert (shown.name, shown.fresh_label) == (record.name, str(record.freshness.label))
    assert kind in OF_KIND
    assert facts_of(record, around([record]), reference)["fresh"]
    assert page_at(f"/{kind}s/")
    model = next(
        model for model in apps.get_models() if issubclass(model, Entry) and model._meta.model_name == kind
    )
    assert model in admin.site._registry
