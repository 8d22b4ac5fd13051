"""A run of PULL-spejlet that is not published shows nowhere: every public page stays byte by byte."""

from typing import Any

import pytest
from django.test import Client

from keeping.mirror import actions
from labs.models import Assessment
from tests import factories
from tests.keeping.mirrors import House, fill, finished, house
from tests.people import browser, person

pytestmark = pytest.mark.usefixtures("empty")
CANARY = "kanariefugl"


@pytest.fixture
def where() -> House:
    made = house()
    theme, town = factories.theme("Ældre", slug="ageing"), factories.place("Aarhus", code="0751")
    made.lab.record.entry_themes.create(theme=theme)
    made.lab.record.entry_places.create(place=town)
    factories.reindex(made.lab, made.owner, made.host)
    return made


def addresses(where: House) -> list[str]:
    lab, host = where.lab.get_absolute_url(), where.host.get_absolute_url()
    slug = where.lab.record.slug
    own = [
        lab, f"{lab}history/", host, where.owner.get_absolute_url(), f"/network/labs/{slug}/",
        f"/network/labs/{slug}/network.csv",
    ]  # fmt: skip
    lists = [
        "/", "/labs/", "/labs/map.geojson", "/actors/", "/barometer/", "/barometer/figures.csv", "/places/",
        "/themes/ageing/", "/places/0751/", "/places/0751/missing/", "/places/0751/missing/who/",
        "/places/0751/focus/", "/network/places/0751/", f"/search/?q={CANARY}", f"/labs/?q={CANARY}",
        "/partners/",
    ]  # fmt: skip
    return [*own, *lists, *(f"/en{path}" for path in (lab, "/", "/places/0751/", "/barometer/"))]


def shown(client: Client, where: House) -> dict[str, str]:
    found = {}
    for path in addresses(where):
        response = client.get(path)
        assert response.status_code == 200, path
        found[path] = response.text
    return found


def changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    return [path for path, text in after.items() if text != before[path]]


def test_nothing_of_an_unpublished_run_shows(where: House, client: Client) -> None:
    before, member = shown(client, where), browser(person())
    lab = member.get(where.lab.get_absolute_url()).text
    run = actions.begin(where.lab, by=where.anna)
    fill(run.sheets.get(), 4, CANARY)
    fill(actions.ask(run, of=None), 3, CANARY)
    assert changed(before, shown(client, where)) == []
    for sheet in run.sheets.all():
        actions.finish_sheet(sheet)
    assert Assessment.objects.get().finished_on
    assert changed(before, shown(client, where)) == []
    assert member.get(where.lab.get_absolute_url()).text == lab


def test_only_that_it_was_done_tells_the_day_and_nothing_else(where: House, client: Client) -> None:
    before = shown(client, where)
    run = finished(where, lab=4, evidence=CANARY)
    actions.show(run, shown="done")
    after = shown(client, where)
    assert where.lab.get_absolute_url() in changed(before, after)
    public = client.get(f"{where.lab.get_absolute_url()}mirror/").text
    for path in changed(before, after):
        assert CANARY not in after[path]
        assert "sk-mbar" not in after[path]
    assert CANARY not in public
    assert "sk-mbar" not in public
    actions.show(run, shown="")
    assert changed(before, shown(client, where)) == []


def test_published_and_withdrawn_again_is_as_if_it_never_was(where: House, client: Client) -> None:
    before = shown(client, where)
    run = finished(where, lab=4, evidence=CANARY)
    actions.show(run, shown="all")
    assert CANARY in client.get(f"{where.lab.get_absolute_url()}mirror/").text
    actions.show(run, shown="")
    assert changed(before, shown(client, where)) == []
    assert client.get(f"{where.lab.get_absolute_url()}mirror/").status_code == 404


def test_an_owners_page_is_kept_by_nobody(where: House) -> None:
    run = finished(where)
    response: Any = browser(where.anna).get(f"/account/mirror/runs/{run.pk}/")
    assert "no-store" in response["Cache-Control"]
