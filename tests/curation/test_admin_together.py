"""Two people in the administration at once: the second is told, and nothing is replaced unseen."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from curation.models import Record
from tests import factories
from tests.keeping.forms import form_of
from tests.pages import read
from tests.people import browser

pytestmark = pytest.mark.usefixtures("empty")

ENTRIES: dict[str, Callable[..., Any]] = {
    "labs_lab": factories.lab,
    "labs_trial": lambda name: factories.trial(factories.lab(), name),
    "labs_solution": factories.solution,
    "actors_actor": factories.actor,
    "actors_offer": factories.offer,
    "missions_mission": factories.mission,
    "missions_need": factories.need,
}


def opened(client: Client, path: str) -> dict[str, Any]:
    return dict(form_of(read(client.get(path))))


def saved(client: Client, path: str, sent: dict[str, Any]) -> str:
    """What the page says that does not save; nothing where it does."""
    answer = client.post(path, sent)
    return "" if answer.status_code == 302 else read(answer).by_id("content").text


@pytest.mark.parametrize("name", ENTRIES)
def test_an_entry_is_not_replaced_unseen(admin: User, name: str) -> None:
    entry = ENTRIES[name]("Først")
    client, path = browser(admin), reverse(f"admin:{name}_change", args=[entry.pk])
    one, other = opened(client, path), opened(client, path)
    assert saved(client, path, one | {"name_da": "Den ene"}) == ""
    assert "Nogen har ændret den" in saved(client, path, other | {"name_da": "Den anden"})
    entry.refresh_from_db()
    assert entry.name_da == "Den ene"
    assert entry.record.events.count() == 1


def test_whoever_saves_again_means_it(admin: User) -> None:
    lab = factories.lab("Først")
    client, path = browser(admin), reverse("admin:labs_lab_change", args=[lab.pk])
    stale = opened(client, path)
    saved(client, path, stale | {"name_da": "Den ene"})
    refused = form_of(read(client.post(path, stale | {"name_da": "Den anden"})))
    assert refused["name_da"] == ["Den anden"]
    assert saved(client, path, refused) == ""
    lab.refresh_from_db()
    assert lab.name_da == "Den anden"


def test_a_record_is_as_its_version_says(admin: User) -> None:
    lab = factories.lab("Først")
    client, path = browser(admin), reverse("admin:curation_record_change", args=[lab.pk])
    sent = opened(client, path)
    Record.objects.filter(pk=lab.pk).update(version=7)
    assert "Nogen har ændret den" in saved(client, path, sent | {"slug": "nyt"})
    assert not Record.objects.filter(slug="nyt").exists()


def test_themes_and_places_are_as_they_were_opened(admin: User) -> None:
    client = browser(admin)
    theme, place = factories.theme("Energi"), factories.place("Aarhus")
    for one, name in ((theme, "curation_theme"), (place, "places_place")):
        path = reverse(f"admin:{name}_change", args=[one.pk])
        sent = opened(client, path)
        assert saved(client, path, sent) == ""
        assert "Nogen har ændret den" in saved(client, path, sent | {"name_en": "Else"})
        assert saved(client, path, opened(client, path) | {"name_en": "Else"}) == ""
        one.refresh_from_db()
        assert one.name_en == "Else"


def test_a_new_theme_was_not_there_before(admin: User) -> None:
    path = reverse("admin:curation_theme_add")
    sent = opened(browser(admin), path)
    assert sent["seen"] == [""]
    new = {
        "slug": "nyt",
        "name_da": "Nyt",
        "name_en": "New",
        "synonyms_da": "",
        "synonyms_en": "",
        "order": "1",
    }
    assert saved(browser(admin), path, sent | new) == ""
